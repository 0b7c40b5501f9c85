"""Put layers on wires and take them off, move all wires of an output, with the mouse, each as one step."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from tests.gui.canvas.conftest import LEFT, Hand
from tests.gui.drawings import edge, node

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


def move_with(hand: Hand, at: QPointF, keys: Qt.KeyboardModifier) -> None:
    """Move with keys held, which QTest cannot."""
    place = QPointF(hand.view(at))
    event = QMouseEvent(QEvent.Type.MouseMove, place, place, Qt.MouseButton.NoButton, LEFT, keys)
    QApplication.sendEvent(hand.canvas.viewport(), event)


def put_free(hand: Hand, layer: str = "Dropout") -> QPointF:
    """Add a node without wires below; return a place on it."""
    hand.document.edit("Add", hand.graph.with_node(node("n9", layer)).moved({"n9": (252.0, 120.0)}))
    return hand.head("n9")


ON_WIRE = QPointF(210, 26)
"""On the wire from n1 to n2."""


# -- onto a wire


def test_a_free_node_dropped_on_a_wire_stands_on_it_in_one_step(hand: Hand) -> None:
    start = put_free(hand)
    steps = hand.steps
    hand.press(start)
    hand.move(start + QPointF(20, -20))
    assert hand.canvas.drawing.overlay.landing is None
    hand.move(ON_WIRE)
    assert hand.canvas.drawing.overlay.landing == edge("n1", "n2")
    assert edge("n1", "n2") in hand.graph.edges, "the document changes before the drag has ended"
    hand.release(ON_WIRE)
    assert hand.canvas.drawing.overlay.landing is None
    assert {edge("n1", "n9"), edge("n9", "n2")} <= set(hand.graph.edges)
    assert edge("n1", "n2") not in hand.graph.edges
    assert (hand.steps, hand.title) == (steps + 1, "Insert dropout_n9 after inputlayer_n1")
    hand.agree()
    hand.document.undo.undo()
    assert hand.graph.node("n9").at == (252.0, 120.0)
    assert edge("n1", "n2") in hand.graph.edges


def test_what_stands_in_the_way_of_an_inserted_node_makes_room(hand: Hand) -> None:
    hand.drag(put_free(hand), ON_WIRE)
    places = {id: hand.graph.node(id).at for id in hand.graph.nodes}
    assert [places[id] for id in ("n1", "n9", "n2", "n3")] == [(0, 0), (252, 0), (504, 0), (756, 0)]
    assert places["n5"] == (252, 240), "what it does not feed stays"


def test_alt_pressed_on_the_way_leaves_the_wire_alone(hand: Hand) -> None:
    start = put_free(hand)
    hand.press(start)
    hand.move(ON_WIRE)
    move_with(hand, ON_WIRE, ALT)
    assert hand.canvas.drawing.overlay.landing is None
    hand.release(ON_WIRE, LEFT, ALT)
    assert edge("n1", "n2") in hand.graph.edges
    assert hand.title == "Move dropout_n9"


def test_a_node_with_wires_is_only_moved(hand: Hand) -> None:
    hand.press(hand.head("n6"))
    hand.move(ON_WIRE + QPointF(4, 4))
    hand.move(ON_WIRE)
    assert hand.canvas.drawing.overlay.landing is None
    assert hand.canvas.hint.text == ""
    hand.release(ON_WIRE)
    assert edge("n1", "n2") in hand.graph.edges


def test_what_takes_no_wire_says_so_on_the_way_and_is_only_moved(hand: Hand) -> None:
    start = put_free(hand, "InputLayer")
    hand.press(start)
    hand.move(start + QPointF(20, -20))
    hand.move(ON_WIRE)
    assert hand.canvas.hint.text == "inputlayer_n9 (InputLayer) cannot stand on a wire: it takes none."
    assert hand.canvas.drawing.overlay.landing is None
    hand.release(ON_WIRE)
    assert hand.canvas.hint.text == ""
    assert hand.title == "Move inputlayer_n9"
    assert edge("n1", "n2") in hand.graph.edges


def test_escape_puts_a_node_back_from_a_wire(hand: Hand) -> None:
    start, before = put_free(hand), hand.graph
    hand.press(start)
    hand.move(start + QPointF(20, -20))
    hand.move(ON_WIRE)
    hand.key(Qt.Key.Key_Escape)
    hand.release(ON_WIRE)
    assert hand.graph is before
    assert hand.canvas.drawing.overlay.landing is None


# -- off the wires


def test_alt_takes_a_node_off_its_wires_and_joins_them(hand: Hand) -> None:
    start, end = hand.head("n2"), hand.head("n2") + QPointF(40, 110)
    hand.press(start, LEFT, ALT)
    hand.move(start + QPointF(10, 20))
    over = hand.canvas.drawing.overlay
    assert over.lifted == {edge("n1", "n2"), edge("n2", "n3")}
    assert len(over.bridges) == 1
    hand.canvas.grab()
    hand.move(end)
    hand.release(end, LEFT, ALT)
    assert hand.graph.edges == (edge("n1", "n3"), edge("n5", "n6", "inputs"))
    assert hand.graph.node("n2").at == (292.0, 110.0)
    assert (hand.steps, hand.title) == (1, "Detach flatten_n2")
    assert not over.lifted
    assert not over.bridges
    hand.document.undo.undo()
    assert len(hand.graph.edges) == 3


def test_a_detached_node_is_put_on_another_wire_in_the_same_drag(hand: Hand) -> None:
    hand.document.edit("Spread", hand.graph.moved({"n6": (756.0, 240.0), "n7": (1008.0, 240.0)}))
    end = QPointF(588, 266)
    hand.press(hand.head("n2"), LEFT, ALT)
    hand.move(hand.head("n2") + QPointF(10, 30))
    move_with(hand, end, ALT)
    assert hand.canvas.drawing.overlay.landing == edge("n5", "n6", "inputs")
    hand.release(end, LEFT, ALT)
    assert hand.graph.edges == (edge("n1", "n3"), edge("n5", "n2"), edge("n2", "n6", "inputs"))
    assert (hand.steps, hand.title) == (2, "Insert flatten_n2 after lstm_n5")


def test_several_come_off_together_and_keep_the_wires_among_them(hand: Hand) -> None:
    hand.selection.set(["n2", "n3"])
    hand.drag(hand.head("n3"), hand.head("n3") + QPointF(0, 110), ALT)
    assert hand.graph.edges == (edge("n2", "n3"), edge("n5", "n6", "inputs"))
    assert hand.title == "Detach 2 layers"


def test_escape_puts_a_detached_node_back_on_its_wires(hand: Hand) -> None:
    start, before = hand.head("n2"), hand.graph
    hand.press(start, LEFT, ALT)
    hand.move(start + QPointF(10, 60))
    hand.key(Qt.Key.Key_Escape)
    hand.release(start + QPointF(10, 60), LEFT, ALT)
    assert hand.graph is before
    assert hand.canvas.drawing.overlay.lifted == frozenset()


def test_alt_on_a_free_node_moves_it(hand: Hand) -> None:
    hand.drag(hand.head("n7"), hand.head("n7") + QPointF(0, 90), ALT)
    assert hand.title == "Move subtract_n7"


# -- all wires of an output


def test_shift_moves_all_wires_of_an_output_to_another(hand: Hand) -> None:
    hand.document.edit("Wire", hand.graph.with_edge(edge("n2", "n6", "inputs"), at=0))
    start, end = hand.port("n2", "output", output=True), hand.port("n4", "output", output=True)
    hand.press(start, LEFT, SHIFT)
    hand.move(start + QPointF(-10, 80))
    over = hand.canvas.drawing.overlay
    assert over.lifted == {edge("n2", "n6", "inputs"), edge("n2", "n3")}
    assert over.preview is not None
    assert len(over.held) == 1
    hand.canvas.grab()
    hand.move(end)
    hand.release(end, LEFT, SHIFT)
    assert hand.graph.edges == (
        edge("n4", "n6", "inputs"), edge("n1", "n2"), edge("n4", "n3"), edge("n5", "n6", "inputs"),
    )  # fmt: skip
    assert (hand.steps, hand.title) == (2, "Move the wires of flatten_n2 to conv2d_n4")
    assert not over.lifted
    assert not over.held
    assert over.preview is None


def test_moving_wires_behind_what_they_feed_is_refused_on_the_way(hand: Hand) -> None:
    before = hand.graph
    start, end = hand.port("n1", "output", output=True), hand.port("n3", "output", output=True)
    hand.press(start, LEFT, SHIFT)
    hand.move(start + QPointF(-10, 80))
    hand.move(end)
    assert "back to where it came from" in hand.canvas.hint.text
    hand.release(end, LEFT, SHIFT)
    assert hand.graph is before


def test_wires_let_go_over_the_ground_stay_where_they_were(hand: Hand) -> None:
    before = hand.graph
    hand.drag(hand.port("n1", "output", output=True), QPointF(300, 140), SHIFT)
    assert hand.graph is before
    assert not hand.canvas.finder.search.isVisible()


def test_shift_on_an_output_without_wires_draws_one(hand: Hand) -> None:
    hand.drag(hand.port("n4", "output", output=True), hand.port("n5", "input", output=False), SHIFT)
    assert edge("n4", "n5") in hand.graph.edges
