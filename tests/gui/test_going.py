"""The command palette finds the drawing's layers and frames by name, and goes there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.graph import REROUTE, Frame, Graph, Node
from gui.going import MOST, Places
from gui.window import Window
from tests.gui.drawings import node
from tests.gui.test_launcher import first, found, opened
from tests.gui.windows import shown_window


def titles(text: str, graph: Graph) -> list[str]:
    return [entry.title for entry in Places(graph, catalogue(), lambda _id: None).find(text)]


def drawing(*names: str) -> Graph:
    return Graph().with_nodes(Node(f"n{place}", "Dense", name) for place, name in enumerate(names))


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = shown_window(qtbot)
    far = node("far", "Dense", 9000)
    made.document.edit("Add", made.document.graph.with_node(far).renamed("far", "undo_head"))
    return made


def test_names_that_begin_so_come_first_then_the_shorter() -> None:
    graph = drawing("my_head", "head_two", "head", "tail")
    assert titles("head", graph) == ["Go to head", "Go to head_two", "Go to my_head"]
    assert titles("go to head two", graph) == ["Go to head_two"]
    assert titles("node tail", graph) == ["Go to tail"]
    assert titles("", graph) == titles("nowhere", graph) == []


def test_dots_are_left_out_and_titled_frames_are_not() -> None:
    graph = drawing("head").with_node(Node("r", REROUTE, "head_dot"))
    graph = graph.with_frames([Frame("f1", "Head of it", (0, 0), (9, 9)), Frame("f2", "", (0, 0), (9, 9))])
    assert titles("head", graph) == ["Go to head", "Go to Head of it"]


def test_no_more_are_offered_than_can_be_read() -> None:
    assert len(titles("d", drawing(*(f"dense_{number}" for number in range(500))))) == MOST


def test_enter_selects_it_and_brings_it_into_view(window: Window) -> None:
    launcher = opened(window)
    assert first(launcher, "undo head").id == "place:far"
    QTest.keyClick(launcher.field, Qt.Key.Key_Return)
    assert window.selection.ids == {"far"}
    assert window.canvas.area().contains(window.canvas.drawing.nodes.frame("far"))
    assert window.focusWidget() is window.canvas
    assert "place:far" not in window.settings.entry_weights, "another drawing has other names"


def test_an_action_that_fits_as_well_comes_before_it(window: Window) -> None:
    launcher = opened(window)
    ids = [first(launcher, "undo").id, *(entry.id for entry in found(launcher))]
    assert ids.index("undo_history") < ids.index("place:far")
    window.settings.count_entry("place:far")
    launcher.leave()
    assert first(opened(window), "undo").id == "undo"


def test_nothing_of_the_drawing_stands_in_the_empty_list(window: Window) -> None:
    assert not any(entry.passing for entry in found(opened(window)))
