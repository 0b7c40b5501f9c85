"""The reader of a drawing that is being edited says, after every edit, exactly what reading all of it anew says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from engine.catalogue import catalogue
from engine.graph import MODES, REROUTE, Edge, End, Graph, Node
from engine.reader import Reader
from engine.structure import problems
from engine.values import FrozenMap, Value
from tests.engine.strategies import PATIENT, graphs

IDS = tuple(f"n{number}" for number in range(1, 7))
NAMES = ("a", "b", "c", "d", "e", "9")
PORTS = ("input", "inputs", "output", "state_h", "mask")
VALUES: tuple[dict[str, Value], ...] = ({}, {"units": 4}, {"units": -1}, {"return_state": True}, {"nonsense": 1})
LAYERS = ("InputLayer", "Dense", "LSTM", "Add", "Nothing", REROUTE)

#: Two of six call the layer of another; one wire hangs on an output that comes and goes with a value.
START = Graph(
    FrozenMap({
        id: Node(id, layer, name, shares=owner)
        for id, name, layer, owner in (
            ("n1", "a", "InputLayer", None), ("n2", "b", "LSTM", None), ("n3", "c", "Dense", None),
            ("n4", "d", "LSTM", "n2"), ("n5", "e", "Dense", None), ("n6", "f", "Dense", "n3"),
        )
    }),
    tuple(
        Edge(End(source, port), End(target, "input"))
        for source, port, target in (
            ("n1", "output", "n2"), ("n2", "state_h", "n3"), ("n1", "output", "n4"), ("n4", "state_c", "n5"),
            ("n5", "output", "n6"),
        )
    ),
)  # fmt: skip

Edit = Callable[[Graph], Graph]
ids = st.sampled_from(IDS)
nodes = st.builds(
    Node, ids, st.sampled_from(LAYERS), st.sampled_from(NAMES), st.sampled_from(VALUES).map(FrozenMap),
    st.just((0.0, 0.0)), st.none() | ids, st.sampled_from(("", *MODES)),
)  # fmt: skip
edges = st.builds(Edge, st.builds(End, ids, st.sampled_from(PORTS)), st.builds(End, ids, st.sampled_from(PORTS)))


def give(id: str, values: dict[str, Value]) -> Edit:
    return lambda graph: graph.with_node(replace(graph.nodes.get(id, START.nodes[id]), values=FrozenMap(values)))


def put(node: Node) -> Edit:
    return lambda graph: graph.with_node(node)


def take(id: str) -> Edit:
    return lambda graph: graph.without([id] if id in graph.nodes else [])


def drop(id: str) -> Edit:
    """Take a node out and leave its wires in the air, and those that share its layer without an owner."""
    return lambda graph: replace(graph, nodes=graph.nodes.without(id))


def toggle(edge: Edge) -> Edit:
    def edit(graph: Graph) -> Graph:
        rest = tuple(other for other in graph.edges if other != edge)
        return replace(graph, edges=rest if len(rest) < len(graph.edges) else (*rest, edge))

    return edit


def turn(_: None) -> Edit:
    return lambda graph: Graph(FrozenMap(dict(reversed([*graph.nodes.items()]))), graph.edges[::-1])


def copy(_: None) -> Edit:
    """The same drawing, and not one part of it the same object."""
    return lambda graph: Graph(
        FrozenMap({id: replace(node) for id, node in graph.nodes.items()}),
        tuple(Edge(replace(edge.source), replace(edge.target)) for edge in graph.edges),
    )


edits = st.one_of(
    st.builds(give, ids, st.sampled_from(VALUES)), nodes.map(put), edges.map(toggle), edges.map(toggle),
    ids.map(take), ids.map(drop), st.none().map(turn), st.none().map(copy),
)  # fmt: skip


@PATIENT
@given(st.lists(edits, max_size=30), st.data())
def test_after_every_edit_it_says_what_a_fresh_look_says(made: list[Edit], data: st.DataObject) -> None:
    reader, seen = Reader(catalogue()), [START]
    reader.problems(START)
    for edit in made:
        back = data.draw(st.booleans()) and data.draw(st.booleans())
        graph = data.draw(st.sampled_from(seen)) if back else edit(seen[-1])
        assert reader.problems(graph) == problems(graph, catalogue())
        seen.append(graph)


@PATIENT
@given(st.lists(graphs(), max_size=4))
def test_one_drawing_after_a_quite_different_one(several: list[Graph]) -> None:
    reader = Reader(catalogue())
    for graph in several:
        assert reader.problems(graph) == problems(graph, catalogue())
