"""The ways to a page of help in the window: F1, the inspector's sign, menus; and back to the drawing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from gui.canvas.menu import NODE
from gui.help.panel import HelpPanel
from gui.window import Window
from tests.gui.windows import shown_window


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = shown_window(qtbot)
    made.place_docks()
    return made


def help_of(window: Window) -> HelpPanel:
    panel = window.docks["help"].widget()
    assert isinstance(panel, HelpPanel)
    return panel


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)
    QApplication.processEvents()


def test_f1_tells_of_the_selected_layer_and_escape_leads_back(window: Window) -> None:
    window.selection.set(["n2"])
    press(Qt.Key.Key_F1)
    assert help_of(window).shown == "Conv2D"
    assert help_of(window).reader.hasFocus()
    assert window.actions_by_id["show_help"].isChecked()
    press(Qt.Key.Key_Escape)
    assert window.docks["help"].isHidden()
    assert window.canvas.hasFocus()


def test_f1_without_a_layer_shows_all_pages(window: Window) -> None:
    window.selection.set(())
    press(Qt.Key.Key_F1)
    assert help_of(window).list.isVisible()


def test_f1_in_the_palette_tells_of_its_layer(window: Window) -> None:
    window.selection.set(["n2"])
    window.palette_panel.focus_search()
    QTest.keyClicks(window.palette_panel.search, "lstm")
    press(Qt.Key.Key_F1)
    assert help_of(window).shown == "LSTM"
    press(Qt.Key.Key_Escape)
    assert window.palette_panel.search.hasFocus()


def test_the_sign_in_the_inspector_opens_the_page(window: Window) -> None:
    window.selection.set(["n3"])
    sign = window.inspector.heading.help
    assert sign.isVisible()
    sign.click()
    assert help_of(window).shown == "MaxPooling2D"
    window.selection.set(())
    assert not sign.isVisible(), "nothing is told of several layers, or of none"


def test_the_menu_of_a_node_has_help(window: Window) -> None:
    assert ("help", "Help") in NODE
    window.selection.set(["n2"])
    window.canvas.asked.emit("help")
    assert help_of(window).shown == "Conv2D"


def test_the_menu_of_the_palette_has_help(window: Window) -> None:
    palette = window.palette_panel
    palette.list.go(palette.shelf.row_of(window.document.catalogue.layer("Dense")))
    words = {action.text(): action for action in palette.menu().actions()}
    words["Help"].trigger()
    assert help_of(window).shown == "Dense"
    words["Fold all groups"].trigger()
    assert set(palette.shelf.entries) == set(palette.shelf.groups)
    words["Open all groups"].trigger()
    assert window.settings.folded == frozenset()


def test_the_inspector_stays_as_wide_as_it_is(window: Window, qtbot: QtBot) -> None:
    before = window.inspector.width()
    window.actions_by_id["help"].trigger()
    qtbot.waitUntil(lambda: window.docks["help"].width() >= 280)
    qtbot.waitUntil(lambda: abs(window.inspector.width() - before) < 3)
    window.actions_by_id["show_help"].trigger()
    assert window.docks["help"].isHidden()
    qtbot.waitUntil(lambda: abs(window.inspector.width() - before) < 3)


def test_a_window_of_1280_has_room_for_the_help(window: Window) -> None:
    window.pages.fill()
    for page in ("maps", "code"):
        window.pages.open(page)
    window.selection.set(["n2"])
    press(Qt.Key.Key_F1)
    QApplication.processEvents()
    assert window.width() == 1280, "it would reach beyond a small screen"
    assert window.docks["inspector"].width() > 270, "a size of three numbers has room in it"


def test_a_layer_is_added_from_its_page(window: Window) -> None:
    window.commands.helping.open_page("GRU")
    before = len(window.document.graph.nodes)
    help_of(window).add.click()
    assert len(window.document.graph.nodes) == before + 1
    assert any(node.layer == "GRU" for node in window.document.graph.nodes.values())


def test_the_help_is_empty_until_it_is_asked_for(window: Window) -> None:
    assert not isinstance(window.docks["help"].widget(), HelpPanel)
    assert window.docks["help"].isHidden()


def test_what_had_the_keyboard_may_be_gone_when_the_help_is_left(window: Window) -> None:
    gone = QLineEdit(window)
    gone.show()
    gone.setFocus()
    window.commands.helping.open_page("Dense")
    Shiboken.delete(gone)
    press(Qt.Key.Key_Escape)
    assert window.canvas.hasFocus()


def test_a_window_that_was_left_with_the_help_open_comes_up_with_its_list(window: Window) -> None:
    window.show_help(shown=True)
    window.commands.helping.restore()
    assert help_of(window).list.isVisible()
