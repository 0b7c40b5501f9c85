"""Layers dropped from the palette, and what else may be dropped."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from engine.graph import Edge, End
from gui.canvas.drops import MIME
from gui.shelf import MIME as SENT
from tests.gui.canvas.conftest import LEFT, NONE, Hand

COPY = Qt.DropAction.CopyAction


def layer(name: str) -> QMimeData:
    data = QMimeData()
    data.setData(MIME, name.encode())
    return data


def enter(hand: Hand, at: QPointF, data: QMimeData) -> bool:
    event = QDragEnterEvent(hand.view(at), COPY, data, LEFT, NONE)
    event.ignore()
    QApplication.sendEvent(hand.canvas.viewport(), event)
    return event.isAccepted()


def drop(hand: Hand, at: QPointF, data: QMimeData) -> bool:
    enter(hand, at, data)
    event = QDropEvent(QPointF(hand.view(at)), COPY, data, LEFT, NONE)
    event.ignore()
    QApplication.sendEvent(hand.canvas.viewport(), event)
    return event.isAccepted()


def test_palette_and_canvas_speak_of_the_same() -> None:
    assert MIME == SENT


def test_a_layer_is_dropped_where_it_was_shown(hand: Hand) -> None:
    data, at = layer("Dense"), QPointF(300, 130)
    assert enter(hand, at, data)
    ghost = hand.canvas.drawing.overlay.ghost
    assert ghost is not None
    assert hand.steps == 0
    assert drop(hand, at, data)
    node = hand.graph.node("n8")
    assert (node.layer, node.at) == ("Dense", (216.0, 104.0))
    assert hand.canvas.drawing.overlay.ghost is None
    assert hand.selection.ids == {"n8"}
    assert (hand.steps, hand.title) == (1, "Add dense")


def test_a_layer_dropped_on_a_wire_stands_on_it(hand: Hand) -> None:
    at, data = QPointF(210, 26), layer("Dropout")
    enter(hand, at, data)
    assert hand.canvas.drawing.overlay.landing is not None
    drop(hand, at, data)
    assert Edge(End("n1", "output"), End("n8", "input")) in hand.graph.edges
    assert Edge(End("n8", "output"), End("n2", "input")) in hand.graph.edges
    assert len(hand.graph.edges) == 4
    assert hand.steps == 1


def test_a_layer_over_another_is_shown_where_it_would_land(hand: Hand) -> None:
    at, data = hand.head("n2"), layer("Dense")
    enter(hand, at, data)
    ghost = hand.canvas.drawing.overlay.ghost
    assert ghost is not None
    assert not ghost.intersects(hand.canvas.drawing.nodes.frame("n2"))
    drop(hand, at, data)
    assert hand.canvas.drawing.nodes.frame("n8") == ghost


def test_what_is_dropped_on_a_wire_stands_on_whole_pixels(hand: Hand) -> None:
    hand.canvas.zoom_to(0.73)
    drop(hand, QPointF(212, 27), layer("Dropout"))
    assert all(each == round(each) for each in hand.graph.node("n8").at)


def test_what_cannot_stand_on_a_wire_says_why_on_the_way(hand: Hand) -> None:
    data, at = layer("InputLayer"), QPointF(210, 26)
    enter(hand, at, data)
    assert hand.canvas.hint.text == "input (InputLayer) cannot stand on a wire: it takes none."
    assert hand.canvas.drawing.overlay.landing is None
    enter(hand, QPointF(210, 150), data)
    assert hand.canvas.hint.text == ""
    enter(hand, at, data)
    QApplication.sendEvent(hand.canvas.viewport(), QDragLeaveEvent())
    assert hand.canvas.hint.text == ""


def test_what_cannot_stand_on_a_wire_lands_beside_it(hand: Hand) -> None:
    drop(hand, QPointF(210, 26), layer("InputLayer"))
    assert "n8" in hand.graph.nodes
    assert len(hand.graph.edges) == 3
    assert hand.steps == 1


def test_what_is_dragged_out_again_leaves_no_trace(hand: Hand) -> None:
    data = layer("Dense")
    enter(hand, QPointF(300, 130), data)
    QApplication.sendEvent(hand.canvas.viewport(), QDragLeaveEvent())
    assert hand.canvas.drawing.overlay.ghost is None
    assert hand.steps == 0


def test_anything_else_goes_on_to_the_window(hand: Hand) -> None:
    data = QMimeData()
    data.setText("Dense")
    assert not enter(hand, QPointF(300, 130), data)
    assert not drop(hand, QPointF(300, 130), data)
    assert hand.steps == 0


def test_a_layer_that_there_is_not_is_refused(hand: Hand) -> None:
    said: list[str] = []
    hand.canvas.said.connect(said.append)
    drop(hand, QPointF(300, 130), layer("Bogus"))
    assert hand.steps == 0
    assert len(said) == 1


def carry(hand: Hand, place: QPoint) -> None:
    """Hold a layer over a place of the viewport."""
    data = layer("Dense")
    QApplication.sendEvent(hand.canvas.viewport(), QDragMoveEvent(place, COPY, data, LEFT, NONE))


def test_a_layer_held_near_the_edge_moves_the_ground(hand: Hand) -> None:
    room, drift = hand.canvas.viewport().rect(), hand.canvas._edging
    enter(hand, QPointF(300, 130), layer("Dense"))
    carry(hand, room.center())
    assert not drift.going
    edge = QPoint(room.right() - 4, room.center().y())
    carry(hand, edge)
    assert drift.going
    drift.stop()  # the test moves the ground itself, whatever the time
    before, ghost = hand.canvas.area().left(), hand.canvas.drawing.overlay.ghost
    drift.step(0.1)
    moved = hand.canvas.area().left() - before
    assert moved > 30
    now = hand.canvas.drawing.overlay.ghost
    assert ghost is not None
    assert now is not None
    assert now.left() > ghost.left(), "the ghost stays below the mouse"
    carry(hand, room.center())
    assert not drift.going


def test_a_layer_that_comes_in_over_an_edge_does_not_move_the_ground_there(hand: Hand) -> None:
    room, drift = hand.canvas.viewport().rect(), hand.canvas._edging
    side = QPoint(6, room.center().y())
    data = layer("Dense")
    QApplication.sendEvent(hand.canvas.viewport(), QDragEnterEvent(side, COPY, data, LEFT, NONE))
    carry(hand, side + QPoint(8, 0))
    assert not drift.going
    carry(hand, room.center())
    carry(hand, side)
    assert drift.going, "it was well inside since"
    QApplication.sendEvent(hand.canvas.viewport(), QDragLeaveEvent())
    assert not drift.going


def test_a_drop_at_the_edge_ends_the_way(hand: Hand) -> None:
    room = hand.canvas.viewport().rect()
    enter(hand, QPointF(300, 130), layer("Dense"))
    carry(hand, room.center())
    carry(hand, QPoint(room.center().x(), room.bottom() - 3))
    assert hand.canvas._edging.going
    drop(hand, hand.canvas.to_scene(QPointF(room.center())), layer("Dense"))
    assert not hand.canvas._edging.going
    assert hand.steps == 1
