"""The menus say what is on, and by which keys it is done, also where the key is the canvas's to hear."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMenu, QMenuBar
from pytestqt.qtbot import QtBot

from gui.actions import BY_ID
from gui.entries import entries
from gui.menus import BESIDE
from gui.window import Window
from tests.gui.windows import shown_window


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    return shown_window(qtbot)


def test_what_can_be_on_shows_a_tick_and_no_icon(window: Window) -> None:
    for id, spec in BY_ID.items():
        action = window.actions_by_id[id]
        assert action.isCheckable() == spec.checkable
        assert action.isIconVisibleInMenu() != spec.checkable, id
    assert window.actions_by_id["show_palette"].isChecked()


def test_a_menu_shows_a_key_of_every_action_that_has_one(window: Window) -> None:
    for id in BY_ID:
        action, label = window.actions_by_id[id], window.shortcuts.label(id)
        told = action.text().partition(BESIDE)[2] or action.shortcut().toString()
        assert bool(told) == bool(label), id
    assert window.actions_by_id["minimap"].text() == f"Minimap{BESIDE}M"


def test_another_key_takes_the_place_of_the_one_told(window: Window) -> None:
    action = window.actions_by_id["minimap"]
    window.shortcuts.choose("ComfyUI-like")
    assert action.text() == "Minimap"
    assert action.shortcut().toString() == "Alt+M"
    window.shortcuts.choose("Layerloom")
    assert action.text() == f"Minimap{BESIDE}M"


def test_the_list_of_actions_names_them_without_the_key(window: Window) -> None:
    named = {entry.id: entry.title for entry in entries(window)}
    assert named["minimap"] == "Minimap"
    assert not [text for text in named.values() if BESIDE in text]


def test_colours_wait_for_something_to_be_selected(window: Window) -> None:
    bar = next(bar for bar in window.findChildren(QMenuBar) if bar.actions())
    layer = next(menu for menu in bar.findChildren(QMenu) if "colour" in [a.objectName() for a in menu.actions()])
    layer.aboutToShow.emit()
    assert not window.actions_by_id["colour"].isEnabled()
    layer.aboutToHide.emit()
    window.selection.set([next(iter(window.document.graph.nodes))])
    layer.aboutToShow.emit()
    assert window.actions_by_id["colour"].isEnabled()
    layer.aboutToHide.emit()
