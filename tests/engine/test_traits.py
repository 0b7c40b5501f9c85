"""What edits leave alone is known of nodes without looking at all of them, and never of nodes of which it is not so."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from engine import traits as looking
from engine import wiring
from engine.catalogue import catalogue
from engine.graph import Graph, Node
from engine.traits import traits
from engine.values import MANY, FrozenMap
from engine.wiring import model_inputs, model_outputs
from tests.engine.drawings import chain, layer
from tests.engine.strategies import PATIENT

KINDS = ("Dense", "Reroute", "InputLayer", "Flatten")
LINE = chain(layer("InputLayer", shape=(8,)), *[layer("Dense", units=4)] * (MANY + 5))


@st.composite
def edits(draw: st.DrawFn) -> list[Graph]:
    """Drawings that follow one another: values, layers, modes, sharing, nodes that go and come, and other orders."""
    graphs = [LINE]
    for _ in range(draw(st.integers(1, 6))):
        graph = draw(st.sampled_from(graphs))
        node = graph.nodes[draw(st.sampled_from([*graph.nodes][:6]))]
        kind = draw(st.sampled_from(("value", "layer", "mode", "shares", "gone", "new", "turned")))
        if kind == "gone":
            graph = graph.without([node.id])
        elif kind == "new":
            graph = graph.with_node(Node(graph.free_id(), "Dense", graph.free_name("late")))
        elif kind == "turned":
            graph = replace(graph, nodes=FrozenMap(dict(reversed([*graph.nodes.items()]))))
        else:
            graph = replace(graph, nodes=graph.nodes.with_item(node.id, _edited(draw, node, kind)))
        graphs.append(graph)
    return graphs


def _edited(draw: st.DrawFn, node: Node, kind: str) -> Node:
    if kind == "value":
        return replace(node, values=node.values.with_item("units", draw(st.integers(1, 9))))
    if kind == "layer":
        return replace(node, layer=draw(st.sampled_from(KINDS)))
    if kind == "mode":
        return replace(node, mode=draw(st.sampled_from(("", "bypass", "disable"))))
    return replace(node, shares=draw(st.sampled_from((None, "l2", "l3"))))


@PATIENT
@given(edits())
def test_what_is_known_is_what_a_look_at_all_nodes_says(graphs: list[Graph]) -> None:
    for graph in graphs:
        found, whole = traits(graph.nodes), looking._look(graph.nodes)
        assert (found.layers, found.sharing, found.owners, found.aside) == (
            whole.layers, whole.sharing, whole.owners, whole.aside
        )  # fmt: skip


@PATIENT
@given(edits())
def test_the_ends_of_a_model_are_those_of_its_own_wires_and_layers(graphs: list[Graph]) -> None:
    for graph in graphs:
        ends = model_inputs(graph, catalogue()), model_outputs(graph, catalogue())
        wiring._last.clear()
        assert ends == (model_inputs(graph, catalogue()), model_outputs(graph, catalogue()))


def test_other_values_leave_all_as_it_was() -> None:
    assert traits(LINE.with_value("l3", "units", 5).nodes) is traits(LINE.nodes)
    assert traits(FrozenMap(dict(LINE.nodes))) is traits(LINE.nodes)
    assert traits(FrozenMap(dict(reversed([*LINE.nodes.items()])))) is not traits(LINE.nodes)
