"""Delete, copy, cut, paste, duplicate, nudge and walk, by keys and as the window calls them."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication

from engine.graph import Edge, End, Graph, Node
from gui.canvas.edits import pasted
from tests.gui.canvas.conftest import Hand
from tests.gui.drawings import node

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def paste_text(hand: Hand, text: str) -> list[str]:
    said: list[str] = []
    hand.canvas.said.connect(said.append)
    QGuiApplication.clipboard().setText(text)
    hand.key(Qt.Key.Key_V, CTRL)
    return said


def test_delete_removes_what_is_selected_in_one_step(hand: Hand) -> None:
    hand.key(Qt.Key.Key_Delete)
    assert hand.steps == 0, "nothing was selected"
    hand.selection.set(["n2", "n6"])
    hand.key(Qt.Key.Key_Delete)
    assert set(hand.graph.nodes) == {"n1", "n3", "n4", "n5", "n7"}
    assert hand.graph.edges == ()
    assert (hand.steps, hand.title) == (1, "Delete 2 layers")
    hand.agree()
    hand.key(Qt.Key.Key_Z, CTRL)
    assert len(hand.graph.nodes) == 7
    assert len(hand.graph.edges) == 3
    hand.agree()
    hand.key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert len(hand.graph.nodes) == 5


def test_a_copy_pasted_has_new_ids_free_names_and_its_inner_wires(hand: Hand) -> None:
    hand.selection.set(["n1", "n2"])
    hand.key(Qt.Key.Key_C, CTRL)
    hand.canvas.pointer = None
    hand.key(Qt.Key.Key_V, CTRL)
    assert hand.steps == 1
    assert hand.selection.ids == {"n8", "n9"}
    assert hand.graph.node("n8").name == "inputlayer_n1_1"
    assert hand.graph.node("n8").values == hand.graph.node("n1").values
    assert hand.graph.node("n8").at == (24.0, 24.0)
    assert Edge(End("n8", "output"), End("n9", "input")) in hand.graph.edges
    assert len(hand.graph.edges) == 4, "the wire that led out of the piece is not copied"
    hand.key(Qt.Key.Key_V, CTRL)
    assert hand.graph.node("n10").at == (48.0, 48.0), "a second paste covers the first"
    hand.agree()


def test_pasted_layers_are_numbered_each_by_its_own_name(hand: Hand) -> None:
    part = Graph().with_nodes(
        Node(f"p{number}", "Dense", name) for number, name in enumerate(["a", "b", "a_2", "b_7", "free"])
    )
    graph, _ = pasted(part, part, (0.0, 0.0))
    again, ids = pasted(graph, part, (0.0, 0.0))
    assert [node.name for node in graph.nodes.values()][5:] == ["a_1", "b_1", "a_3", "b_2", "free_1"]
    assert [node.name for node in again.nodes.values()][10:] == ["a_4", "b_3", "a_5", "b_4", "free_2"]
    assert len(ids) == 5


def test_the_clipboard_holds_a_projects_json(hand: Hand) -> None:
    hand.selection.set(["n3"])
    hand.canvas.desk.copy()
    data = json.loads(QGuiApplication.clipboard().text())
    assert data["layerloom"] == 1
    assert [node["layer"] for node in data["graph"]["nodes"]] == ["Dense"]


def test_paste_lands_around_the_mouse(hand: Hand) -> None:
    hand.selection.set(["n3"])
    hand.canvas.desk.copy()
    hand.move(QPointF(300, 150))
    hand.key(Qt.Key.Key_V, CTRL)
    x, y = hand.graph.node("n8").at
    assert (x + 84, y + 26) == (300.0, 150.0)


def test_cut_takes_out_and_paste_gives_back(hand: Hand) -> None:
    hand.selection.set(["n3"])
    hand.key(Qt.Key.Key_X, CTRL)
    assert "n3" not in hand.graph.nodes
    assert hand.title == "Cut dense_n3"
    hand.canvas.pointer = None
    hand.key(Qt.Key.Key_V, CTRL)
    assert [node.name for node in hand.graph.nodes.values() if node.layer == "Dense"] == ["dense_n3"]


@pytest.mark.parametrize(
    "junk",
    [
        "", "   ", "hello", "{", "[1, 2]", "null", '{"layerloom": 1}', '{"layerloom": 1, "graph": {"nodes": []}}',
        '{"layerloom": 99, "graph": {"nodes": []}}', '{"a": ' * 3000, '{"layerloom": 1, "graph": [1]}',
        '{"layerloom": 1, "graph": {"nodes": [{"id": "n1", "layer": "Bogus", "name": "x"}]}}',
        '{"layerloom": 1, "graph": {"nodes": [{"id": "n1", "layer": "Dense", "name": "x", "values": {"units": 0}}]}}',
        '{"layerloom": 1, "graph": {"nodes": [{"id": "n1", "layer": "Dense", "name": "a b"}]}}',
        '{"layerloom": 1, "graph": {"nodes": [], "edges": [{"from": ["n1", "output"], "to": ["n2", "input"]}]}}',
    ],
)  # fmt: skip
def test_junk_changes_nothing_and_says_so(hand: Hand, junk: str) -> None:
    before = hand.graph
    said = paste_text(hand, junk)
    assert hand.graph is before
    assert hand.steps == 0
    assert len(said) == 1
    assert "paste" in said[0]


def test_copying_nothing_says_so_and_leaves_the_clipboard(hand: Hand) -> None:
    said: list[str] = []
    hand.canvas.said.connect(said.append)
    QGuiApplication.clipboard().setText("mine")
    hand.key(Qt.Key.Key_C, CTRL)
    hand.key(Qt.Key.Key_X, CTRL)
    assert QGuiApplication.clipboard().text() == "mine"
    assert len(said) == 2
    assert hand.steps == 0


def test_a_whole_project_can_be_pasted(hand: Hand) -> None:
    text = '{"layerloom": 1, "graph": {"nodes": [{"id": "z", "layer": "Flatten", "name": "flat"}]}, "recipe": {}}'
    hand.canvas.pointer = None
    assert paste_text(hand, text) == []
    assert hand.graph.node("n8").name == "flat"


def test_duplicate_leaves_the_clipboard_alone(hand: Hand) -> None:
    QGuiApplication.clipboard().setText("mine")
    hand.selection.set(["n1", "n2"])
    hand.key(Qt.Key.Key_D, CTRL)
    assert hand.selection.ids == {"n8", "n9"}
    assert hand.title == "Duplicate 2 layers"
    assert QGuiApplication.clipboard().text() == "mine"


def test_a_copied_node_that_shares_takes_the_layer_with_it(hand: Hand) -> None:
    shared = Node("n8", "Dense", "again", at=(756.0, 0.0), shares="n3")
    hand.document.edit("Share", hand.graph.with_node(shared))
    assert hand.canvas.drawing.nodes.face("n3").shared
    assert hand.canvas.drawing.nodes.face("n8").brief == "10"
    hand.selection.set(["n8"])
    hand.key(Qt.Key.Key_D, CTRL)
    copied = hand.graph.node("n9")
    assert copied.shares is None
    assert copied.values["units"] == 10
    hand.selection.set(["n3", "n8"])
    hand.key(Qt.Key.Key_D, CTRL)
    assert hand.graph.node("n11").shares == "n10"


def test_nudges_that_follow_each_other_are_one_step(hand: Hand) -> None:
    hand.selection.set(["n1", "n2"])
    hand.key(Qt.Key.Key_Right, CTRL)
    hand.key(Qt.Key.Key_Right, CTRL)
    hand.key(Qt.Key.Key_Down, CTRL | SHIFT)
    assert hand.graph.node("n1").at == (8.0, 24.0)
    assert hand.graph.node("n2").at == (260.0, 24.0)
    assert hand.steps == 1
    hand.selection.set(["n3"])
    hand.key(Qt.Key.Key_Up, CTRL)
    assert hand.steps == 2
    hand.agree()


def test_arrows_walk_along_wires_then_to_the_nearest(hand: Hand) -> None:
    walked = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left):
        hand.key(key)
        walked.append(next(iter(hand.selection.ids)))
    assert walked == ["n1", "n2", "n3", "n6", "n5"]


def test_what_is_selected_is_told_to_a_screen_reader(hand: Hand) -> None:
    assert "Arrow keys" in hand.canvas.accessibleDescription()
    hand.selection.set(["n3"])
    assert hand.canvas.accessibleDescription().startswith("dense_n3: Dense · 10")
    hand.key(Qt.Key.Key_A, CTRL)
    assert hand.canvas.accessibleDescription() == "7 layers selected"
    hand.key(Qt.Key.Key_Escape)
    assert hand.selection.ids == frozenset()


def test_a_layer_is_added_after_the_selected_one_and_wired(hand: Hand) -> None:
    hand.selection.set(["n3"])
    hand.canvas.add_layer("Dropout", None)
    added = hand.graph.node("n8")
    assert added.at == (756.0, 0.0)
    assert Edge(End("n3", "output"), End("n8", "input")) in hand.graph.edges
    assert hand.selection.ids == {"n8"}
    assert (hand.steps, hand.title) == (1, "Add dropout")


def test_a_layer_added_covers_no_other(hand: Hand) -> None:
    hand.selection.set(["n1"])
    hand.canvas.add_layer("Dense", None)
    assert hand.graph.node("n8").at == (252.0, 120.0)
    hand.selection.set(["n1"])
    hand.canvas.add_layer("Dense", None)
    assert hand.graph.node("n9").at == (252.0, -120.0)


def test_an_input_is_added_without_a_wire(hand: Hand) -> None:
    hand.selection.set(["n3"])
    hand.canvas.add_layer("InputLayer", None)
    assert hand.graph.out_of("n3") == ()
    assert hand.steps == 1


def test_a_layer_that_there_is_not_is_refused(hand: Hand) -> None:
    said: list[str] = []
    hand.canvas.said.connect(said.append)
    hand.canvas.add_layer("Bogus", None)
    assert hand.steps == 0
    assert len(said) == 1
    assert "Bogus" in said[0]


def test_without_a_selection_it_lands_in_the_middle_of_what_is_seen(hand: Hand) -> None:
    hand.canvas.look_at(QPointF(5000, 4000))
    hand.canvas.add_layer("Dense", None)
    x, y = hand.graph.node("n8").at
    assert abs(x + 84 - 5000) <= 1
    assert abs(y + 26 - 4000) <= 1


def test_an_unknown_layer_in_the_drawing_still_shows(hand: Hand) -> None:
    strange = node("n8", "NotHere", 756)
    graph = hand.graph.with_node(strange).with_edge(Edge(End("n3", "output"), End("n8", "input")))
    hand.document.edit("Strange", graph)
    assert hand.canvas.drawing.nodes.face("n8").kind == "NotHere"
    hand.agree()
    hand.canvas.grab()


def test_two_layers_at_the_ends_of_rows_are_wired_the_way_that_takes_no_wire_off(hand: Hand) -> None:
    hand.selection.set(["n3", "n5"])
    before = set(hand.graph.edges)
    hand.canvas.commands["wire"]()
    assert set(hand.graph.edges) - before == {Edge(End("n3", "output"), End("n5", "input"))}
    assert before < set(hand.graph.edges)
    assert hand.title == "Wire dense_n3 to lstm_n5"
