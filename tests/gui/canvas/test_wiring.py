"""Wires drawn, moved, refused and let go with the mouse."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from tests.gui.canvas.conftest import Hand
from tests.gui.drawings import edge


def test_a_wire_from_port_to_port_is_one_step(hand: Hand) -> None:
    start, end = hand.port("n4", "output", output=True), hand.port("n5", "input", output=False)
    hand.press(start)
    hand.move(start + QPointF(30, 5))
    assert hand.canvas.drawing.overlay.preview is not None
    hand.move(end)
    assert hand.canvas.drawing.overlay.snapped is not None
    assert hand.steps == 0
    hand.release(end)
    assert edge("n4", "n5") in hand.graph.edges
    assert (hand.steps, hand.title) == (1, "Wire conv2d_n4 to lstm_n5")
    assert hand.canvas.drawing.overlay.preview is None
    hand.document.undo.undo()
    assert edge("n4", "n5") not in hand.graph.edges


def test_it_snaps_to_a_port_that_is_near(hand: Hand) -> None:
    start, end = hand.port("n4", "output", output=True), hand.port("n5", "input", output=False)
    hand.drag(start, end + QPointF(-16, 12))
    assert edge("n4", "n5") in hand.graph.edges


def test_it_takes_a_free_port_of_the_node_it_is_let_go_over(hand: Hand) -> None:
    hand.drag(hand.port("n3", "output", output=True), hand.head("n7"))
    hand.drag(hand.port("n6", "output", output=True), hand.head("n7"))
    assert edge("n3", "n7", "first") in hand.graph.edges
    assert edge("n6", "n7", "second") in hand.graph.edges


def test_a_port_for_many_takes_another(hand: Hand) -> None:
    hand.drag(hand.port("n3", "output", output=True), hand.port("n6", "inputs", output=False))
    assert [each.source.node for each in hand.graph.into("n6")] == ["n5", "n3"]


def test_a_wire_is_drawn_backwards_from_a_free_input(hand: Hand) -> None:
    hand.drag(hand.port("n5", "input", output=False), hand.port("n4", "output", output=True))
    assert edge("n4", "n5") in hand.graph.edges


def test_a_wire_from_an_input_takes_the_output_of_the_node_it_is_let_go_over(hand: Hand) -> None:
    hand.drag(hand.port("n5", "input", output=False), hand.head("n4"))
    assert edge("n4", "n5") in hand.graph.edges


def test_a_circle_is_refused_while_dragging_with_the_reason_and_changes_nothing(hand: Hand) -> None:
    hand.document.edit("Wire", hand.graph.with_edge(edge("n3", "n5")))
    before = hand.graph
    start, end = hand.port("n6", "output", output=True), hand.port("n2", "input", output=False)
    hand.press(start)
    hand.move(start + QPointF(10, -40))
    hand.move(end)
    preview = hand.canvas.drawing.overlay.preview
    assert preview is not None
    assert preview.ok is False
    assert "back to where it came from" in hand.canvas.hint.text
    hand.release(end)
    assert hand.graph is before
    assert hand.canvas.hint.text == ""
    assert not hand.canvas.finder.search.isVisible()


def test_a_wired_input_gives_up_its_wire_to_another_input(hand: Hand) -> None:
    hand.drag(hand.port("n3", "input", output=False), hand.port("n5", "input", output=False))
    assert edge("n2", "n3") not in hand.graph.edges
    assert edge("n2", "n5") in hand.graph.edges
    assert hand.steps == 1


def test_a_wire_let_go_over_the_ground_comes_off(hand: Hand) -> None:
    hand.drag(hand.port("n3", "input", output=False), QPointF(450, 130))
    assert edge("n2", "n3") not in hand.graph.edges
    assert (hand.steps, hand.title) == (1, "Unwire dense_n3 from flatten_n2")


def test_a_wire_put_back_is_no_step(hand: Hand) -> None:
    start = hand.port("n3", "input", output=False)
    hand.press(start)
    hand.move(start + QPointF(-40, 60))
    hand.move(start)
    hand.release(start)
    assert hand.steps == 0
    assert edge("n2", "n3") in hand.graph.edges


def test_escape_calls_a_wire_off(hand: Hand) -> None:
    start, end = hand.port("n4", "output", output=True), hand.port("n5", "input", output=False)
    hand.press(start)
    hand.move(end)
    hand.key(Qt.Key.Key_Escape)
    hand.release(end)
    assert hand.steps == 0
    assert hand.canvas.drawing.overlay.preview is None


def test_ports_that_may_stay_unwired_show_while_a_wire_is_over_their_node(hand: Hand) -> None:
    nodes = hand.canvas.drawing.nodes
    assert [port.name for port in nodes.face("n5").inputs] == ["input"]
    start = hand.port("n3", "output", output=True)
    hand.press(start)
    hand.move(hand.head("n5"))
    assert "state_h" in [port.name for port in nodes.face("n5").inputs]
    end = hand.port("n5", "state_h", output=False)
    hand.move(end)
    hand.release(end)
    assert edge("n3", "n5", "state_h") in hand.graph.edges
    assert [port.name for port in nodes.face("n5").inputs] == ["input", "state_h"]


def test_a_wire_let_go_over_the_ground_asks_for_a_layer_that_fits(hand: Hand) -> None:
    start = hand.port("n3", "output", output=True)
    hand.drag(start, QPointF(700, 120))
    search = hand.canvas.finder.search
    assert search.isVisible()
    QTest.keyClicks(search.field, "dropout")
    names = [search.list.item(row).text() for row in range(search.list.count())]
    assert names[0] == "Dropout"
    QTest.keyClick(search.field, Qt.Key.Key_Return)
    added = next(node for node in hand.graph.nodes.values() if node.layer == "Dropout")
    assert edge("n3", added.id) in hand.graph.edges
    assert hand.steps == 1
    QTest.keyClicks(search.field, "")


def test_what_gives_nothing_is_not_offered_before_an_input(hand: Hand) -> None:
    hand.drag(hand.port("n4", "input", output=False), QPointF(-80, 180))
    search = hand.canvas.finder.search
    names = [search.list.item(row).text() for row in range(search.list.count())]
    assert "InputLayer" in names
    search.leave()
    hand.drag(hand.port("n4", "output", output=True), QPointF(190, 380))
    names = [search.list.item(row).text() for row in range(search.list.count())]
    assert "Conv2D" in names
    assert "InputLayer" not in names
    QTest.keyClick(search.field, Qt.Key.Key_Escape)
    assert not search.isVisible()
    assert hand.steps == 0
    assert hand.canvas.hasFocus()


def test_two_selected_nodes_are_wired_by_a_key(hand: Hand) -> None:
    said: list[str] = []
    hand.canvas.said.connect(said.append)
    hand.selection.set(["n4", "n5"])
    hand.key(Qt.Key.Key_W)
    assert edge("n4", "n5") in hand.graph.edges
    hand.selection.set(["n4"])
    hand.key(Qt.Key.Key_W)
    hand.selection.set(["n2", "n1"])
    hand.document.edit("Swap", hand.graph.moved({"n1": (400.0, 0.0)}))
    hand.key(Qt.Key.Key_W)
    assert hand.steps == 2
    assert len(said) == 2
    assert "Select exactly two" in said[0]
    assert "takes no wire" in said[1]
