"""The keyboard's way: extending the selection, from wire to wire, and drawing a wire without a mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from engine.graph import Edge, End
from tests.gui.canvas.conftest import Hand
from tests.gui.drawings import node

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
RIGHT, LEFT_KEY, UP, DOWN = Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Down


def chosen(hand: Hand) -> list[tuple[str, str]]:
    return [(edge.source.node, edge.target.node) for edge in hand.canvas.drawing.overlay.chosen]


def test_shift_and_arrows_extend_and_the_way_back_takes_out(hand: Hand) -> None:
    hand.selection.set(["n1"])
    hand.key(RIGHT, SHIFT)
    hand.key(RIGHT, SHIFT)
    assert hand.selection.ids == {"n1", "n2", "n3"}
    hand.key(LEFT_KEY, SHIFT)
    assert hand.selection.ids == {"n1", "n2"}
    hand.key(DOWN, SHIFT)
    assert hand.selection.ids == {"n1", "n2", "n5"}
    hand.key(RIGHT)
    assert hand.selection.ids == {"n6"}, "a walk goes on from the last one reached"


def test_extending_from_nothing_begins_where_walking_does(hand: Hand) -> None:
    hand.key(RIGHT, SHIFT)
    assert hand.selection.ids == {"n1"}


def test_keys_go_through_the_wires_of_a_node_and_delete_removes_one(hand: Hand) -> None:
    hand.selection.set(["n2"])
    hand.key(Qt.Key.Key_Period)
    assert chosen(hand) == [("n2", "n3")]
    assert hand.selection.ids == frozenset()
    hand.key(Qt.Key.Key_Period)
    assert chosen(hand) == [("n1", "n2")]
    hand.key(Qt.Key.Key_Period)
    assert chosen(hand) == [("n2", "n3")], "all around"
    hand.key(Qt.Key.Key_Comma)
    assert chosen(hand) == [("n1", "n2")]
    hand.key(Qt.Key.Key_Delete)
    assert Edge(End("n1", "output"), End("n2", "input")) not in hand.graph.edges
    assert (hand.steps, hand.title) == (1, "Delete wire")


def test_arrows_lead_from_a_wire_to_its_ends(hand: Hand) -> None:
    hand.selection.set(["n2"])
    hand.key(Qt.Key.Key_Comma)
    assert chosen(hand) == [("n1", "n2")]
    hand.key(DOWN)
    assert chosen(hand) == [("n2", "n3")]
    hand.key(RIGHT)
    assert hand.selection.ids == {"n3"}
    assert chosen(hand) == []
    hand.key(Qt.Key.Key_Period)
    hand.key(LEFT_KEY)
    assert hand.selection.ids == {"n2"}


def test_a_wire_chosen_by_keys_is_seen_and_read_out(hand: Hand) -> None:
    hand.canvas.zoom_to(0.1)
    hand.canvas.look_at(QPointF(20_000, 0))
    hand.selection.set(["n2"])
    hand.key(Qt.Key.Key_Period)
    assert hand.canvas.zoom == 1.0
    assert hand.canvas.area().contains(QPointF(462, 26))
    assert hand.canvas.accessibleDescription() == "Wire flatten_n2 to dense_n3"
    hand.key(Qt.Key.Key_Escape)
    assert "Arrow keys" in hand.canvas.accessibleDescription()


def test_a_node_without_wires_says_so(hand: Hand) -> None:
    said: list[str] = []
    hand.canvas.said.connect(said.append)
    hand.selection.set(["n7"])
    hand.key(Qt.Key.Key_Period)
    assert said == ["subtract_n7 has no wires."]


# -- drawing a wire


def begin(hand: Hand, id: str) -> None:
    hand.selection.set([id])
    hand.key(Qt.Key.Key_W, SHIFT)
    assert hand.canvas.guide.wire_keys.active


def test_a_wire_is_drawn_by_keys_alone(hand: Hand) -> None:
    begin(hand, "n4")
    assert "conv2d_n4" in hand.canvas.hint.text
    hand.key(RIGHT)
    hand.key(RIGHT)
    preview = hand.canvas.drawing.overlay.preview
    assert preview is not None
    assert preview.ok
    assert "concatenate_n6" in hand.canvas.hint.text
    hand.key(Qt.Key.Key_Return)
    assert Edge(End("n4", "output"), End("n6", "inputs")) in hand.graph.edges
    assert (hand.steps, hand.title) == (1, "Wire conv2d_n4 to concatenate_n6")
    assert not hand.canvas.guide.wire_keys.active
    assert hand.canvas.drawing.overlay.preview is None
    assert hand.canvas.hint.text == ""
    hand.key(RIGHT)
    assert hand.selection.ids == {"n6"}, "the arrows walk again"


def test_a_port_that_cannot_take_it_says_why_and_enter_does_nothing(hand: Hand) -> None:
    begin(hand, "n2")
    hand.key(LEFT_KEY)
    assert "takes no wire" in hand.canvas.hint.text
    hand.key(Qt.Key.Key_Return)
    assert hand.steps == 0
    assert hand.canvas.guide.wire_keys.active


def test_ports_are_gone_through(hand: Hand) -> None:
    begin(hand, "n6")
    hand.key(RIGHT)
    first = hand.canvas.drawing.overlay.snapped
    hand.key(Qt.Key.Key_Period)
    second = hand.canvas.drawing.overlay.snapped
    assert first is not None
    assert second is not None
    assert first.end.node == second.end.node == "n7"
    assert first.end.port != second.end.port
    hand.key(Qt.Key.Key_Return)
    assert Edge(End("n6", "output"), second.end) in hand.graph.edges


@pytest.mark.parametrize("how", ["escape", "press", "select", "edit", "focus"])
def test_it_is_left(hand: Hand, how: str) -> None:
    begin(hand, "n4")
    hand.key(RIGHT)
    if how == "escape":
        hand.key(Qt.Key.Key_Escape)
        assert hand.selection.ids == {"n4"}, "Esc ends the wire alone"
    elif how == "press":
        hand.click(QPointF(-100, -100))
    elif how == "select":
        hand.selection.set(["n1"])
    elif how == "edit":
        hand.document.edit("Add", hand.graph.with_node(node("n8", "ReLU", 2000.0)))
    else:
        hand.canvas.commands["find"]()
        QApplication.processEvents()
    assert not hand.canvas.guide.wire_keys.active
    assert hand.canvas.drawing.overlay.preview is None
    assert hand.steps == (1 if how == "edit" else 0)
    hand.canvas.guide.seeking.leave()


def test_it_begins_at_exactly_one_node_that_gives_something(hand: Hand) -> None:
    said: list[str] = []
    hand.canvas.said.connect(said.append)
    hand.selection.set(["n1", "n2"])
    hand.key(Qt.Key.Key_W, SHIFT)
    assert not hand.canvas.guide.wire_keys.active
    assert len(said) == 1
