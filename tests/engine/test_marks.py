"""Marks on a drawing: what is passed by, left out, coloured, collapsed, and dots on wires."""

from __future__ import annotations

from dataclasses import replace

from engine import marks
from engine.catalogue import catalogue
from engine.graph import REROUTE, Edge, End, Frame, Graph, Note
from engine.resolve import resolved
from tests.engine.drawings import chain, drawing, layer

INPUT = layer("InputLayer", shape=(8,))
DENSE = layer("Dense", units=8)


def plain() -> Graph:
    return chain(INPUT, DENSE, layer("Reroute"), DENSE)


def modes(graph: Graph) -> list[str]:
    return [node.mode for node in graph.nodes.values()]


def test_a_mixed_selection_is_bypassed_first_and_then_turned_on() -> None:
    graph = marks.turned(plain(), ["l1"], "bypass")
    graph = marks.turned(graph, ["l1", "l3"], "bypass")
    assert modes(graph) == ["", "bypass", "", "bypass"]
    assert modes(marks.turned(graph, ["l1", "l3"], "bypass")) == ["", "", "", ""]


def test_a_disabled_node_can_be_bypassed_in_its_place() -> None:
    graph = marks.turned(plain(), ["l1"], "disable")
    assert modes(marks.turned(graph, ["l1"], "bypass")) == ["", "bypass", "", ""]


def test_a_dot_is_disabled_and_never_bypassed_or_collapsed() -> None:
    assert modes(marks.turned(plain(), ["l2"], "disable")) == ["", "", "disable", ""]
    assert modes(marks.turned(plain(), ["l2", "l3"], "bypass")) == ["", "", "", "bypass"]
    assert not marks.folded(plain(), ["l2"]).node("l2").collapsed


def test_collapsing_turns_over_when_all_are() -> None:
    graph = marks.folded(plain(), ["l1"])
    graph = marks.folded(graph, ["l1", "l3", "l2"])
    assert [node.collapsed for node in graph.nodes.values()] == [False, True, False, True]
    assert not any(node.collapsed for node in marks.folded(graph, ["l1", "l3"]).nodes.values())


def test_nodes_frames_and_notes_are_coloured_alike() -> None:
    graph = replace(plain()).with_frames([Frame("f1")]).with_notes([Note("t1")])
    graph = marks.coloured(graph, ["l0", "f1", "t1"], "teal")
    assert (graph.node("l0").colour, graph.frames["f1"].colour, graph.notes["t1"].colour) == ("teal",) * 3
    assert graph.node("l1").colour == ""
    assert marks.coloured(graph, ["l0", "f1", "t1"], "").frames["f1"].colour == ""


def test_a_dot_leads_wires_of_one_port_on_and_means_nothing() -> None:
    graph = drawing(
        "x > a", "x > sum", "y > sum", "x > b", "a > b2",
        x=INPUT, y=INPUT, a=DENSE, b=DENSE, b2=DENSE, sum=layer("Add"),
    )  # fmt: skip
    led = [edge for edge in graph.edges if edge.source.node == "x" and edge.target.node != "b"]
    after, dot = marks.dotted(graph, led, (100.0, 50.0))
    assert after.node(dot).layer == REROUTE
    assert after.node(dot).at == (100.0, 50.0)
    assert [edge.source.node for edge in after.into("sum")] == [dot, "y"], "their order stays"
    assert after.into(dot) == (Edge(End("x", "output"), End(dot, "input")),)
    assert [edge.target.node for edge in after.out_of(dot)] == ["a", "sum"]
    assert resolved(after, catalogue()).edges == graph.edges


def test_a_dot_after_a_dot_is_one_more() -> None:
    graph = chain(INPUT, DENSE)
    once, first = marks.dotted(graph, graph.edges, (0.0, 0.0))
    twice, second = marks.dotted(once, once.out_of(first), (9.0, 0.0))
    assert twice.into(second)[0].source.node == first
    assert len({node.name for node in twice.nodes.values()}) == 4
    assert resolved(twice, catalogue()).edges == graph.edges
