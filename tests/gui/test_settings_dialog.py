"""The settings: theme, import style, a set of keys, single keys with their conflicts; by keyboard alone too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.key_button import WAITS
from gui.key_editor import KeyEditor
from gui.key_rows import ID
from gui.keyboard import KeyboardPage
from gui.settings import Settings
from gui.settings_dialog import PAGES, SettingsDialog
from gui.shortcuts import Shortcuts
from gui.theme import DARK, LIGHT, themes
from gui.window import Window
from tests.gui.windows import comes_to_front, shown_window

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(qtbot: QtBot) -> KeyboardPage:
    made = KeyboardPage(Shortcuts())
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    made = shown_window(qtbot)
    yield made
    made.commands.use_theme("dark")
    made.settings.choose_imports("keras")


def dialog(window: Window) -> SettingsDialog:
    QTest.keyClick(window.canvas, Qt.Key.Key_Comma, CTRL)
    found = window.findChild(SettingsDialog)
    assert found is not None
    assert comes_to_front(found)
    return found


def press(editor: KeyEditor, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(editor.add, Qt.Key.Key_Space)
    assert editor.add.text() == WAITS
    QTest.keyClick(editor.add, key, held)


def test_motion_and_snapping_hold_at_once_and_are_the_actions_of_the_menus(window: Window) -> None:
    shown = dialog(window)
    assert (shown.motion.choice, shown.snap.choice) == ("system", "free")
    try:
        shown.motion.choose("less")
        shown.snap.choose("grid")
        assert window.actions_by_id["less_motion"].isChecked()
        assert window.actions_by_id["snap"].isChecked()
        assert window.canvas.drawing.on_grid
        assert (Settings().less_motion, Settings().snap) == (True, True)
        window.actions_by_id["snap"].trigger()
        shown.open_at("general")
        assert (shown.motion.choice, shown.snap.choice) == ("less", "free")
    finally:
        shown.motion.choose("system")
        shown.snap.choose("free")
    assert not window.actions_by_id["less_motion"].isChecked()


def test_a_theme_holds_at_once_and_is_remembered(window: Window) -> None:
    dialog(window).theme.choose("light")
    assert themes().current is LIGHT
    assert Settings().theme == "light"
    assert window.actions_by_id["light"].isChecked()
    window.actions_by_id["dark"].trigger()
    assert themes().current is DARK
    assert dialog(window).theme.choice == "dark"


def test_the_import_style_goes_to_the_code(window: Window) -> None:
    window.pages.page("code")
    dialog(window).imports.choose("tensorflow")
    assert Settings().imports == "tensorflow"
    assert window.pages.code.import_style == "tensorflow"


def test_it_opens_at_a_page(window: Window) -> None:
    found = dialog(window)
    for page in PAGES:
        window.commands.ask_settings(page)
        assert found.pages.currentIndex() == PAGES.index(page)
    QTest.keyClick(found, Qt.Key.Key_Escape)
    assert not found.isVisible()


def test_a_set_is_chosen(page: KeyboardPage) -> None:
    page.sets.choose("Blender-like")
    assert page._shortcuts.keys("delete") == ("X", "Del")
    page.go("delete")
    assert [button.text() for button in page.editor.keys] == ["X", "Del"]


def test_search_finds_words_and_keys(page: KeyboardPage) -> None:
    QTest.keyClicks(page.search, "ctrl+y")
    assert (page.rows.rowCount(), page.current) == (1, "redo")
    page.search.setText("qqq")
    assert (page.rows.rowCount(), page.current) == (0, "")
    assert not page.editor.add.isEnabled()
    page.search.clear()
    assert page.rows.rowCount() > 30


def test_a_key_is_added_and_taken_away(page: KeyboardPage) -> None:
    page.go("train")
    press(page.editor, Qt.Key.Key_T, CTRL | SHIFT)
    assert page._shortcuts.keys("train") == ("F5", "Ctrl+Return", "Ctrl+Shift+T")
    page.editor.keys[0].click()
    assert page._shortcuts.keys("train") == ("Ctrl+Return", "Ctrl+Shift+T")
    assert page.editor.reset.isEnabled()
    page.editor.reset.click()
    assert page._shortcuts.keys("train") == ("F5", "Ctrl+Return")
    assert not page.editor.reset.isEnabled()


@pytest.mark.parametrize(
    ("key", "spelled"),
    [(Qt.Key.Key_Tab, "Tab"), (Qt.Key.Key_Escape, "Esc"), (Qt.Key.Key_Question, "?"), (Qt.Key.Key_F9, "F9")],
)
def test_the_button_hears_keys_that_lead_elsewhere(page: KeyboardPage, key: Qt.Key, spelled: str) -> None:
    heard: list[str] = []
    page.editor.add.heard.disconnect()
    page.editor.add.heard.connect(heard.append)
    page.go("train")
    press(page.editor, key)
    assert heard == [spelled]
    assert page.editor.add.text() != WAITS


def test_a_modifier_alone_is_no_key(page: KeyboardPage) -> None:
    page.go("train")
    press(page.editor, Qt.Key.Key_Control)
    assert page.editor.add.waiting
    page.search.setFocus()
    page.editor.add.wait(False)
    assert page._shortcuts.keys("train") == ("F5", "Ctrl+Return")


def test_a_taken_key_asks_first(page: KeyboardPage) -> None:
    page.go("train")
    press(page.editor, Qt.Key.Key_S, CTRL)
    assert page.editor.sentence.text() == "Ctrl+S is the key of “Save” (File). Take it from there?"
    assert page._shortcuts.action("Ctrl+S") == "save"
    page.editor.leave.click()
    assert page.editor.sentence.text() == ""
    assert not page.editor.take.isVisible()
    press(page.editor, Qt.Key.Key_S, CTRL)
    page.editor.take.click()
    assert page._shortcuts.action("Ctrl+S") == "train"
    assert page._shortcuts.keys("save") == ()
    page.reset_all.click()
    assert page._shortcuts.action("Ctrl+S") == "save"
    assert not page.reset_all.isEnabled()


def test_space_stays_what_it_is(page: KeyboardPage) -> None:
    page.go("train")
    press(page.editor, Qt.Key.Key_Space)
    assert page.editor.sentence.text().startswith("Space moves the canvas")
    assert page._shortcuts.action("Space") == ""


def test_the_keyboard_alone_gives_a_key(page: KeyboardPage) -> None:
    page.search.setFocus()
    QTest.keyClicks(page.search, "train")
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.list.hasFocus()
    while page.list.currentIndex().data(ID) != "train":
        QTest.keyClick(page.list, Qt.Key.Key_Down)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert page.editor.add.hasFocus()
    QTest.keyClick(page.editor.add, Qt.Key.Key_F9)
    assert "F9" in page._shortcuts.keys("train")


def test_a_theme_tints_anew(page: KeyboardPage) -> None:
    page.go("train")
    page.retint()
    assert page.current == "train"
