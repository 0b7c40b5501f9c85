"""A broken wire says why, in its tip and by the cursor; a layer that shares another's weights comes off its wires."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, Qt

from engine.graph import Edge, End
from engine.report import Problem, Report
from tests.gui.canvas.conftest import Hand
from tests.gui.drawings import node

ALT = Qt.KeyboardModifier.AltModifier


def on_wire(hand: Hand, edge: Edge) -> QPointF:
    """A place on a wire, off its middle, where a label may stand."""
    wires = hand.canvas.drawing.wires
    return wires.path(wires.row[edge]).pointAtPercent(0.3)


def test_a_broken_wire_tells_its_reason_in_its_tip_and_aloud(hand: Hand) -> None:
    edge = hand.graph.edges[0]
    problem = Problem("error", "They do not fit.", (edge.target.node, edge.source.node))
    hand.document.take_report(hand.document.generation, Report(problems=(problem,)))
    assert hand.canvas.drawing.wires.face(edge).broken
    assert "They do not fit." in hand.canvas.tip(on_wire(hand, edge))
    hand.click(on_wire(hand, edge))
    assert hand.canvas.drawing.overlay.chosen == {edge}
    assert "They do not fit." in hand.canvas.accessibleDescription()


def test_a_wire_to_a_port_that_has_gone_says_so(hand: Hand) -> None:
    graph = hand.document.catalogue.with_value(hand.graph, "n5", "return_state", True)
    edge = Edge(End("n5", "state_h"), End("n6", "inputs"))
    hand.document.edit("Wire a state", graph.with_edge(edge))
    hand.document.set_value("n5", "return_state", False)
    assert hand.canvas.drawing.wires.face(edge).broken
    told = hand.canvas.tip(on_wire(hand, edge))
    assert "state" in told
    assert "Error" in told


def shared(hand: Hand) -> None:
    """A Dense in the second row that takes its weights from the first row's, between the LSTM and the Concatenate."""
    twin = replace(node("n8", "Dense", 380.0), shares="n3", at=(380.0, 240.0))
    graph = hand.graph.without_edges(hand.graph.into("n6")).with_node(twin).moved({"n6": (700.0, 240.0)})
    graph = graph.with_edge(Edge(End("n5", "output"), End("n8", "input")))
    hand.document.edit("Share", graph.with_edge(Edge(End("n8", "output"), End("n6", "inputs"))))
    hand.document.undo.clear()


def test_a_layer_that_shares_weights_is_detached_and_goes_on_sharing(hand: Hand) -> None:
    shared(hand)
    before = hand.graph
    hand.drag(hand.head("n8"), hand.head("n8") + QPointF(20, 160), ALT)
    assert (hand.steps, hand.title) == (1, "Detach dense_n8")
    assert Edge(End("n5", "output"), End("n6", "inputs")) in hand.graph.edges, "what it stood between is joined"
    assert not hand.graph.into("n8")
    assert hand.graph.node("n8").shares == "n3"
    hand.agree()
    hand.document.undo.undo()
    assert hand.graph == before


def test_the_owner_of_shared_weights_is_detached_alone(hand: Hand) -> None:
    shared(hand)
    hand.drag(hand.head("n3"), hand.head("n3") + QPointF(20, -160), ALT)
    assert not hand.graph.into("n3")
    assert [edge.source.node for edge in hand.graph.into("n8")] == ["n5"]
    assert hand.graph.node("n8").shares == "n3"
    hand.agree()
