"""Select, move, band and pan with the mouse."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from engine.report import NodeReport, Report, TensorSpec
from engine.values import FrozenMap
from tests.gui.canvas.conftest import Hand

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def test_dragging_a_node_is_one_step(hand: Hand) -> None:
    at = hand.head("n1")
    hand.press(at)
    for step in range(1, 9):
        hand.move(at + QPointF(-10 * step, 8 * step))
        if step > 1:
            assert hand.canvas.drawing.nodes.at("n1") == (-10.0 * step, 8.0 * step)
            hand.paints_whole(hand.graph.edges[0])
    assert hand.graph.node("n1").at == (0.0, 0.0), "the document changes before the drag has ended"
    hand.release(at + QPointF(-80, 64))
    assert hand.graph.node("n1").at == (-80.0, 64.0)
    assert (hand.steps, hand.title) == (1, "Move inputlayer_n1")
    hand.agree()
    hand.document.undo.undo()
    assert hand.graph.node("n1").at == (0.0, 0.0)


def test_dragging_one_of_several_moves_all(hand: Hand) -> None:
    hand.click(hand.head("n1"))
    hand.click(hand.head("n2"), SHIFT)
    assert hand.selection.ids == {"n1", "n2"}
    start = hand.head("n2")
    hand.press(start)
    for step in range(1, 8):
        hand.move(start + QPointF(30, 10 * step))
        for edge in hand.graph.edges:
            hand.paints_whole(edge)
    hand.release(start + QPointF(30, 70))
    assert hand.graph.node("n1").at == (30.0, 70.0)
    assert hand.graph.node("n2").at == (282.0, 70.0)
    assert (hand.steps, hand.title) == (1, "Move 2 layers")


def test_a_drag_back_to_where_it_began_is_no_step(hand: Hand) -> None:
    at = hand.head("n1")
    hand.press(at)
    hand.move(at + QPointF(90, 90))
    hand.move(at)
    hand.release(at)
    assert hand.steps == 0


def test_a_node_is_pulled_into_line_with_its_neighbours(hand: Hand) -> None:
    hand.drag(hand.head("n4"), hand.head("n4") + QPointF(-70, 3))
    assert hand.graph.node("n4").at == (-70.0, 240.0)
    hand.drag(hand.head("n4"), hand.head("n4") + QPointF(0, 3), CTRL)
    assert hand.graph.node("n4").at == (-70.0, 240.0), "Ctrl takes it out of the selection"


def test_escape_calls_a_drag_off(hand: Hand) -> None:
    at = hand.head("n1")
    hand.press(at)
    hand.move(at + QPointF(60, 60))
    assert hand.canvas.drawing.nodes.at("n1") == (60.0, 60.0)
    hand.key(Qt.Key.Key_Escape)
    assert hand.canvas.drawing.nodes.at("n1") == (0.0, 0.0)
    hand.move(at + QPointF(90, 90))
    hand.release(at + QPointF(90, 90))
    assert hand.steps == 0


def test_a_change_from_elsewhere_calls_a_drag_off(hand: Hand) -> None:
    at = hand.head("n1")
    hand.press(at)
    hand.move(at + QPointF(60, 60))
    hand.document.edit("Delete", hand.graph.without(["n1"]), "somebody else")
    hand.move(at + QPointF(90, 90))
    hand.release(at + QPointF(90, 90))
    assert hand.steps == 1
    assert "n1" not in hand.graph.nodes


def test_a_report_or_a_thumbnail_leaves_a_dragged_node_where_it_is(hand: Hand) -> None:
    at = hand.head("n1")
    hand.press(at)
    hand.move(at + QPointF(-60, 60))
    found = NodeReport(FrozenMap({"output": TensorSpec((None, 8, 8, 1))}), 5, 5)
    hand.document.take_report(hand.document.generation, Report(FrozenMap({"n1": found})))
    hand.canvas.show_thumbnail("n1", QImage(8, 8, QImage.Format.Format_RGB32))
    assert hand.canvas.drawing.nodes.at("n1") == (-60.0, 60.0)
    hand.move(at + QPointF(-70, 80))
    hand.release(at + QPointF(-70, 80))
    assert hand.graph.node("n1").at == (-70.0, 80.0)


def test_a_click_selects_and_shift_adds_and_takes_away(hand: Hand) -> None:
    hand.click(hand.head("n1"))
    assert hand.selection.ids == {"n1"}
    hand.click(hand.head("n3"), SHIFT)
    assert hand.selection.ids == {"n1", "n3"}
    hand.click(hand.head("n1"), CTRL)
    assert hand.selection.ids == {"n3"}
    hand.click(hand.head("n3"), SHIFT)
    assert hand.selection.ids == frozenset()
    assert hand.steps == 0


def test_a_click_on_one_of_several_leaves_it_alone_selected(hand: Hand) -> None:
    hand.selection.set(["n1", "n2"])
    hand.click(hand.head("n1"))
    assert hand.selection.ids == {"n1"}


def test_a_band_selects_what_it_meets(hand: Hand) -> None:
    hand.press(QPointF(-40, -60))
    hand.move(QPointF(100, 10))
    hand.move(QPointF(300, 30))
    assert hand.canvas.drawing.overlay.band is not None
    hand.release(QPointF(300, 30))
    assert hand.canvas.drawing.overlay.band is None
    assert hand.selection.ids == {"n1", "n2"}
    hand.drag(QPointF(480, 330), QPointF(520, 260), SHIFT)
    assert hand.selection.ids == {"n1", "n2", "n6"}
    hand.drag(QPointF(-40, -60), QPointF(100, 10), CTRL)
    assert hand.selection.ids == {"n2", "n6"}
    hand.click(QPointF(-60, 120))
    assert hand.selection.ids == frozenset()
    assert hand.steps == 0


def test_escape_gives_back_what_was_selected_before_the_band(hand: Hand) -> None:
    hand.selection.set(["n7"])
    hand.press(QPointF(-40, -60))
    hand.move(QPointF(300, 30))
    hand.key(Qt.Key.Key_Escape)
    assert hand.selection.ids == {"n7"}
    hand.release(QPointF(300, 30))


def test_the_middle_button_pans(hand: Hand) -> None:
    before = hand.view(QPointF(0, 0))
    viewport = hand.canvas.viewport()
    start = hand.view(hand.head("n1"))
    QTest.mousePress(viewport, Qt.MouseButton.MiddleButton, pos=start)
    QTest.mouseMove(viewport, start + (hand.view(QPointF(40, 25)) - hand.view(QPointF(0, 0))))
    QTest.mouseRelease(viewport, Qt.MouseButton.MiddleButton, pos=start)
    moved = hand.view(QPointF(0, 0)) - before
    assert (moved.x(), moved.y()) == (40, 25)
    assert hand.steps == 0


def test_space_lets_the_left_button_pan(hand: Hand) -> None:
    QTest.keyPress(hand.canvas, Qt.Key.Key_Space)
    before, start = hand.view(QPointF(0, 0)), hand.view(hand.head("n1"))
    viewport = hand.canvas.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(viewport, start + hand.view(QPointF(0, 33)) - hand.view(QPointF(0, 0)))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=start)
    QTest.keyRelease(hand.canvas, Qt.Key.Key_Space)
    assert (hand.view(QPointF(0, 0)) - before).y() == 33
    assert hand.selection.ids == frozenset()
    hand.drag(hand.head("n1"), hand.head("n1") + QPointF(0, -60))
    assert hand.steps == 1


def test_a_click_on_a_wire_chooses_it_and_delete_removes_it(hand: Hand) -> None:
    edge = hand.graph.edges[0]
    hand.selection.set(["n7"])
    hand.click(QPointF(210, 26))
    assert hand.canvas.drawing.overlay.chosen == {edge}
    assert hand.selection.ids == frozenset()
    hand.key(Qt.Key.Key_Delete)
    assert edge not in hand.graph.edges
    assert (hand.steps, hand.title) == (1, "Delete wire")


def test_choosing_a_node_lets_the_wire_go(hand: Hand) -> None:
    hand.click(QPointF(210, 26))
    hand.click(hand.head("n7"))
    assert hand.canvas.drawing.overlay.chosen == frozenset()


def test_the_topmost_node_is_taken_and_a_selected_one_lies_above(hand: Hand) -> None:
    hand.document.edit("Move", hand.graph.moved({"n2": (20.0, 10.0)}))
    assert hand.canvas.drawing.node_at(QPointF(80, 30)) == "n2"
    hand.selection.set(["n1"])
    assert hand.canvas.drawing.node_at(QPointF(80, 30)) == "n1"
