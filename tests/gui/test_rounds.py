"""The keyboard's ways from panel to panel, to a value and into the menus."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from gui.window import Window
from tests.gui.windows import shown_window

SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = shown_window(qtbot)
    made.place_docks()
    return made


def press(key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, keys)
    QApplication.processEvents()


def place(window: Window) -> str:
    """The name of the panel in which the focus is."""
    panels = {"canvas": window.canvas, "inspector": window.inspector, "monitor": window.pages,
              "palette": window.palette_panel}  # fmt: skip
    focused = QApplication.focusWidget()
    assert focused is not None
    return next(name for name, panel in panels.items() if panel is focused or panel.isAncestorOf(focused))


def test_f6_goes_round_the_panels_that_are_shown(window: Window) -> None:
    gone = []
    for _ in range(4):
        press(Qt.Key.Key_F6)
        gone.append(place(window))
    assert gone == ["inspector", "monitor", "palette", "canvas"]
    window.docks["palette"].hide()
    press(Qt.Key.Key_F6, SHIFT)
    assert place(window) == "monitor"


def test_a_value_is_set_by_keys_alone(window: Window) -> None:
    window.selection.set(["n2"])
    press(Qt.Key.Key_E)
    assert place(window) == "inspector"
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "17")
    press(Qt.Key.Key_Return)
    assert window.document.graph.node("n2").values["filters"] == 17
    press(Qt.Key.Key_Escape)
    assert window.canvas.hasFocus()
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_E)
    assert window.canvas.hasFocus()
    assert window.notice.text.startswith("Nothing is selected.")


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_alt_and_a_letter_open_a_menu(window: Window) -> None:
    letters = [menu.title()[menu.title().index("&") + 1].lower() for menu in window.bar.menus.findChildren(QMenu)
               if menu.parent() is window.bar.menus]  # fmt: skip
    assert len(set(letters)) == len(letters) == 7
    keys = {key for id in window.actions_by_id for key in window.shortcuts.keys(id)}
    assert keys.isdisjoint(f"Alt+{letter.upper()}" for letter in letters)
    press(Qt.Key.Key_L, ALT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.title() == "Se&lect"
    menu.close()
