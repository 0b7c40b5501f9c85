"""Duplicate and paste with wires: tied to what feeds them, nothing else done by what is tampered with."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from engine.catalogue import catalogue
from engine.graph import Node
from engine.project import Project, from_text
from gui.canvas.outer import KEY
from tests.gui.canvas.conftest import Hand
from tests.gui.drawings import edge, node, wired

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
K = Qt.Key


def test_duplicate_with_wires_is_fed_by_what_feeds_the_original(hand: Hand) -> None:
    hand.selection.set(["n2", "n3"])
    hand.key(K.Key_D, CTRL | SHIFT)
    assert hand.selection.ids == {"n8", "n9"}
    assert hand.graph.edges[3:] == (edge("n1", "n8"), edge("n8", "n9"))
    assert (hand.steps, hand.title) == (1, "Duplicate 2 layers with wires")
    hand.agree()


def test_order_at_a_merge_is_kept_in_a_copy(hand: Hand) -> None:
    graph = hand.graph.with_edge(edge("n3", "n6", "inputs"), at=0).with_edge(edge("n2", "n6", "inputs"))
    hand.document.edit("Wire", graph)
    hand.selection.set(["n5", "n6"])
    hand.key(K.Key_D, CTRL | SHIFT)
    assert [each.source.node for each in hand.graph.into("n9")] == ["n3", "n8", "n2"]


def test_paste_with_wires_ties_a_piece_to_what_stayed_behind(hand: Hand) -> None:
    hand.selection.set(["n2"])
    hand.key(K.Key_X, CTRL)
    hand.canvas.pointer = None
    hand.key(K.Key_V, CTRL | SHIFT)
    (pasted,) = hand.selection.ids
    assert hand.graph.out_of("n1") == (edge("n1", pasted),)
    assert hand.title == "Paste flatten_n2 with wires"
    hand.key(K.Key_V, CTRL)
    assert len(hand.graph.out_of("n1")) == 1, "an ordinary paste leaves them out"


def test_the_text_is_a_project_that_any_reader_takes(hand: Hand) -> None:
    hand.selection.set(["n2"])
    hand.canvas.copy()
    project = from_text(QGuiApplication.clipboard().text(), catalogue())
    assert [each.name for each in project.graph.nodes.values()] == ["flatten_n2"]
    hand.selection.set(["n1", "n2"])
    hand.canvas.copy()
    assert "view" not in json.loads(QGuiApplication.clipboard().text()), "nothing led into it"


def test_a_node_of_another_drawing_is_not_taken_for_the_source(hand: Hand, said: list[str]) -> None:
    hand.selection.set(["n2"])
    hand.canvas.copy()
    other = wired(node("n1", "Dense", 0, units=3), node("n2", "Dense", 252, units=3))
    hand.document.start(Project(other))
    hand.key(K.Key_V, CTRL | SHIFT)
    assert len(hand.graph.nodes) == 3
    assert hand.graph.edges == other.edges
    assert len(said) == 1
    assert said[0].startswith("Pasted without one wire: what they came from is not in this drawing")


def test_a_renamed_source_is_not_the_source(hand: Hand) -> None:
    hand.selection.set(["n2"])
    hand.canvas.copy()
    hand.document.edit("Rename", hand.graph.with_node(replace(hand.graph.node("n1"), name="other")))
    hand.key(K.Key_V, CTRL | SHIFT)
    assert len(hand.graph.edges) == 3


def tampered(hand: Hand, outer: object) -> str:
    hand.selection.set(["n2"])
    hand.canvas.copy()
    data = json.loads(QGuiApplication.clipboard().text())
    data["view"] = {KEY: outer}
    return json.dumps(data)


GOOD = {"from": ["n1", "output"], "to": ["n2", "input"], "name": "inputlayer_n1", "layer": "InputLayer", "after": 0}


@pytest.mark.parametrize(
    "outer",
    [
        7, {"a": 1}, [7], [{}], [{**GOOD, "more": 1}], [{**GOOD, "from": "n1"}], [{**GOOD, "from": ["n1"]}],
        [{**GOOD, "to": ["n9", "input"]}], [{**GOOD, "name": 3}], [{**GOOD, "after": -1}], [{**GOOD, "after": 9}],
        [{**GOOD, "after": True}], [{**GOOD, "after": 0.5}], [{**GOOD, "to": ["n2", "\u0000"]}],
    ],
)  # fmt: skip
def test_tampered_wires_change_nothing_and_say_so(hand: Hand, said: list[str], outer: object) -> None:
    text, before = tampered(hand, outer), hand.graph
    QGuiApplication.clipboard().setText(text)
    hand.key(K.Key_V, CTRL | SHIFT)
    assert hand.graph is before
    assert len(said) == 1
    assert "paste" in said[0]
    hand.key(K.Key_V, CTRL)
    assert len(hand.graph.nodes) == 8, "an ordinary paste does not read them"


@pytest.mark.parametrize(
    "outer",
    [[GOOD, GOOD], [GOOD, {**GOOD, "from": ["n3", "output"], "name": "dense_n3", "layer": "Dense"}],
     [{**GOOD, "to": ["n2", "nowhere"]}, GOOD], [{**GOOD, "from": ["n1", "state_h"]}, GOOD]],
)  # fmt: skip
def test_wires_that_cannot_be_are_left_out(hand: Hand, said: list[str], outer: object) -> None:
    QGuiApplication.clipboard().setText(tampered(hand, outer))
    hand.key(K.Key_V, CTRL | SHIFT)
    assert hand.graph.into("n8") == (edge("n1", "n8"),)
    assert len(said) == 1
    hand.agree()


@pytest.mark.parametrize("junk", ["", "hello", "{", '{"layerloom": 1, "graph": {"nodes": []}}', '{"layerloom": 1}'])
def test_junk_pasted_with_wires_changes_nothing(hand: Hand, said: list[str], junk: str) -> None:
    before = hand.graph
    QGuiApplication.clipboard().setText(junk)
    hand.key(K.Key_V, CTRL | SHIFT)
    assert hand.graph is before
    assert len(said) == 1


def test_a_copied_node_that_shares_is_fed_alike(hand: Hand) -> None:
    shared = Node("n8", "Dense", "again", at=(756.0, 0.0), shares="n3")
    hand.document.edit("Share", hand.graph.with_node(shared).with_edge(edge("n2", "n8")))
    hand.selection.set(["n8"])
    hand.key(K.Key_D, CTRL | SHIFT)
    assert hand.graph.node("n9").shares is None
    assert hand.graph.into("n9") == (edge("n2", "n9"),)
