"""The drawing as a value: no edit touches what it starts from, and what is read of a graph is true of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.changes import Changes, diff
from engine.errors import GraphError
from engine.graph import Edge, End, Frame, Graph, Node, Note, check_name, cycle, order, reachable
from engine.graph_json import graph_from_json, graph_to_json
from engine.values import FrozenMap
from tests.engine.drawings import drawing, layer
from tests.engine.strategies import NAMES, VALUES, WORDS, graphs

STEMS = st.sampled_from(["dense", "conv2d", "add"])
Edit = Callable[[Graph], Graph]


@st.composite
def edits(draw: st.DrawFn, graph: Graph) -> Graph:
    """Make one edit of any kind; one that the graph refuses leaves it as it is."""
    ids = st.sampled_from([*graph.nodes, "n100"])
    ends = st.builds(End, ids, WORDS)
    kind = draw(st.sampled_from(["node", "remove", "wire", "unwire", "value", "unvalue", "name", "move"]))
    make: dict[str, Edit] = {
        "node": lambda g: g.with_node(Node(g.free_id(), draw(WORDS), g.free_name(draw(STEMS)))),
        "remove": lambda g: g.without(draw(st.lists(ids, max_size=3))),
        "wire": lambda g: g.with_edge(Edge(draw(ends), draw(ends)), at=draw(st.none() | st.integers(0, 3))),
        "unwire": lambda g: g.without_edges(draw(st.lists(st.sampled_from(g.edges), max_size=2)) if g.edges else ()),
        "value": lambda g: g.with_value(draw(ids), draw(WORDS), draw(VALUES)),
        "unvalue": lambda g: g.without_value(draw(ids), draw(WORDS)),
        "name": lambda g: g.renamed(draw(ids), draw(NAMES)),
        "move": lambda g: g.moved({draw(ids): (1.0, 2.0)}),
    }
    try:
        return make[kind](graph)
    except GraphError:
        return graph


@given(st.data())
def test_edits_undone_give_the_same_value_back(data: st.DataObject) -> None:
    graph = data.draw(graphs())
    history: list[tuple[Graph, object]] = [(graph, graph_to_json(graph))]
    for _ in range(data.draw(st.integers(1, 8))):
        graph = data.draw(edits(graph))
        history.append((graph, graph_to_json(graph)))
    for before, spelled in reversed(history):
        assert graph_to_json(before) == spelled  # no later edit reached into it
        assert graph_from_json(spelled) == before


@given(graphs(), WORDS, VALUES)
def test_an_edit_shares_what_it_leaves_alone(graph: Graph, name: str, value: object) -> None:
    for id in graph.nodes:
        after = graph.with_value(id, name, value)  # type: ignore[arg-type]
        assert after.edges is graph.edges
        assert all(after.nodes[other] is graph.nodes[other] for other in graph.nodes if other != id)


@given(st.data())
def test_diff_tells_one_graph_from_another(data: st.DataObject) -> None:
    before = after = data.draw(graphs())
    for _ in range(data.draw(st.integers(0, 5))):
        after = data.draw(edits(after))
    changes = diff(before, after)
    assert bool(changes) == (before != after or list(before.edges) != list(after.edges))
    assert set(after.nodes) == (set(before.nodes) - changes.removed) | changes.added
    assert set(after.edges) == (set(before.edges) - set(changes.unwired)) | set(changes.wired)
    for id in set(before.nodes) & set(after.nodes):
        same = replace(before.node(id), at=(0.0, 0.0)) == replace(after.node(id), at=(0.0, 0.0))
        assert (id in changes.changed) == (not same)
        assert (id in changes.moved) == (same and before.node(id).at != after.node(id).at)


@given(graphs())
def test_diff_finds_nothing_between_equals(graph: Graph) -> None:
    assert not diff(graph, graph_from_json(graph_to_json(graph)))


def test_diff_sees_the_order_of_wires_and_plain_moves() -> None:
    graph = drawing("a > c", "b > c", a=layer("Dense"), b=layer("Dense"), c=layer("Add"))
    turned = replace(graph, edges=graph.edges[::-1])
    assert diff(graph, turned) == Changes(reordered=True)
    moved = diff(graph, graph.moved({"a": (5.0, 5.0)}))
    assert moved
    assert not moved.network
    assert diff(graph, turned.moved({"a": (5.0, 5.0)})).network


@given(graphs())
def test_order_follows_every_wire(graph: Graph) -> None:
    found = order(graph)
    assert sorted((*found.ids, *found.cyclic)) == sorted(graph.nodes)
    place = {id: index for index, id in enumerate(found.ids)}
    for edge in graph.edges:
        if edge.target.node in place:
            assert place[edge.source.node] < place[edge.target.node]


@given(graphs())
def test_a_cycle_is_one_and_none_is_missed(graph: Graph) -> None:
    way = cycle(graph)
    wires = {(edge.source.node, edge.target.node) for edge in graph.edges}
    assert bool(way) == any((end, start) in _closure(graph) for start, end in wires)
    assert all(pair in wires for pair in zip(way, (*way[1:], *way[:1]), strict=True))
    assert len(set(way)) == len(way)


@given(graphs(), st.data())
def test_reachable_is_the_closure_of_the_wires(graph: Graph, data: st.DataObject) -> None:
    if not graph.nodes:
        return
    start = data.draw(st.sampled_from(list(graph.nodes)))
    closure = _closure(graph)
    assert reachable(graph, [start]) == {start} | {end for begin, end in closure if begin == start}
    assert reachable(graph, [start], upstream=True) == {start} | {begin for begin, end in closure if end == start}


def _closure(graph: Graph) -> set[tuple[str, str]]:
    """Every pair of nodes with a way along one wire or more (Warshall 1962)."""
    ways = {(edge.source.node, edge.target.node) for edge in graph.edges}
    for middle in graph.nodes:
        ways |= {(a, d) for a, b in ways for c, d in ways if b == c == middle}
    return ways | {(edge.source.node, edge.source.node) for edge in graph.edges if edge.source.node == edge.target.node}


@given(graphs(), st.data())
def test_without_leaves_no_trace_and_no_orphan(graph: Graph, data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.sampled_from(list(graph.nodes)))) if graph.nodes else set()
    after = graph.without(gone)
    assert set(after.nodes) == set(graph.nodes) - gone
    assert after.edges == tuple(e for e in graph.edges if not {e.source.node, e.target.node} & gone)
    for node in after.nodes.values():
        owner = after.owner(node.id)
        assert owner.shares is None
        assert owner.layer == node.layer
    for id in after.nodes:  # who called one layer still do
        for other in after.nodes:
            assert (graph.owner(id) == graph.owner(other)) == (after.owner(id) == after.owner(other))


def test_the_first_to_share_inherits_a_removed_layer_and_its_values() -> None:
    graph = drawing(
        a=layer("Dense", units=4), b=layer("Dense", shares="a"), c=layer("Dense", shares="a"), d=layer("Dense", units=9)
    )
    after = graph.without(["a"])
    assert after.node("b") == replace(graph.node("b"), shares=None, values=FrozenMap({"units": 4}))
    assert after.node("c").shares == "b"
    assert after.node("d") is graph.node("d")


def test_names_and_ids_that_are_free() -> None:
    graph = Graph().with_node(Node("n7", "Dense", "dense")).with_node(Node("x", "Dense", "dense_1"))
    assert graph.free_id() == "n8"
    assert graph.free_ids(3) == ["n8", "n9", "n10"]
    assert graph.free_name("dense") == "dense_2"
    assert graph.free_name("conv") == "conv"


@pytest.mark.parametrize("name", ["", "1st", "a b", "ä", "a/b", "_a", "a" * 65, "a\n"])
def test_names_that_keras_or_a_file_cannot_take(name: str) -> None:
    with pytest.raises(GraphError, match="A name starts with a letter"):
        check_name(name)


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (lambda g: g.node("z"), "The drawing has no such node. Received: z."),
        (lambda g: g.renamed("a", "b"), "Each layer needs a name of its own. Received: 'b', which another layer has."),
        (lambda g: g.with_edge(g.edges[0]), "The two ports are wired already."),
        (lambda g: g.with_edge(Edge(End("a", "output"), End("z", "input"))), "The drawing has no such node."),
        (lambda g: g.with_value("z", "units", 1), "The drawing has no such node."),
    ],
)
def test_edits_that_cannot_be(edit: Edit, sentence: str) -> None:
    graph = drawing("a > b", a=layer("Dense", units=1), b=layer("Dense", units=1))
    with pytest.raises(GraphError, match=sentence.replace(".", r"\.")):
        edit(graph)


def test_frames_and_notes_are_edited_like_nodes() -> None:
    graph = Graph(FrozenMap({"n1": Node("n1", "Dense", "a")}))
    graph = graph.with_frames([Frame("f1", "Encoder", (0.0, 0.0), (300.0, 200.0))]).with_notes([Note("t1", "*why*")])
    moved = graph.moved({"n1": (1.0, 1.0), "f1": (2.0, 2.0), "t1": (3.0, 3.0)})
    assert (moved.node("n1").at, moved.frames["f1"].at, moved.notes["t1"].at) == ((1.0, 1.0), (2.0, 2.0), (3.0, 3.0))
    changes = diff(graph, moved)
    assert changes == Changes(moved=frozenset({"n1"}), annotated=frozenset({"f1", "t1"}))
    assert not changes.network
    bare = moved.without(["f1", "t1"])
    assert list(bare.nodes) == ["n1"]
    assert not bare.frames
    assert not bare.notes
    assert diff(moved, bare).annotated == {"f1", "t1"}
    assert moved.without(["n1"]).frames == moved.frames
    assert (graph.free_ids(1, "f"), graph.free_ids(2, "t")) == (["f2"], ["t2", "t3"])


def test_looks_are_no_change_of_the_network() -> None:
    graph = Graph(FrozenMap({id: Node(id, "Dense", id) for id in "abc"}))
    after = graph.with_nodes([
        replace(graph.node("a"), colour="red", at=(5.0, 5.0)), replace(graph.node("b"), collapsed=True),
        replace(graph.node("c"), mode="bypass"),
    ])  # fmt: skip
    changes = diff(graph, after)
    assert changes == Changes(dressed=frozenset("ab"), changed=frozenset("c"))
    assert not diff(graph, after.with_node(graph.node("c"))).network
    assert changes.network


@pytest.mark.parametrize("name", [field.name for field in fields(Node) if field.name not in ("id", "at")])
def test_whatever_of_a_node_is_another_is_told(name: str) -> None:
    node = Node("n1", "Dense", "dense")
    others: dict[str, Any] = {"values": FrozenMap({"units": 2}), "mode": "bypass", "collapsed": True}
    other = replace(node, at=(9.0, 9.0), **{name: others.get(name, "other")})
    changes = diff(Graph(FrozenMap({"n1": node})), Graph(FrozenMap({"n1": other})))
    assert (changes.changed or changes.dressed) == {"n1"}
    assert not changes.moved
