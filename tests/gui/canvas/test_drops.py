"""Layers dropped from the palette, and what else may be dropped."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
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
