"""Two drawings as one: what went stands beside what is, and takes no part."""

from __future__ import annotations

from dataclasses import replace

from engine.graph import Edge, End, Node
from engine.runs.compare import drawing_difference
from engine.runs.union import ghost_edges, union
from tests.engine.runs.kept import CHAIN


def test_what_went_stands_where_it_was_and_takes_no_part() -> None:
    after = CHAIN.without(["n2"]).with_edge(Edge(End("n1", "output"), End("n3", "input")))
    found = drawing_difference(CHAIN, after)
    both = union(found)
    assert (both.nodes["n2"].at, both.nodes["n2"].mode) == ((240, 0), "disable")
    assert both.edges == after.edges
    assert {(e.source.node, e.target.node) for e in ghost_edges(found)} == {("n1", "n2"), ("n2", "n3")}


def test_a_layer_under_a_taken_id_has_another() -> None:
    after = replace(CHAIN, nodes=CHAIN.nodes.with_item("n2", Node("n2", "Dropout", "drop")))
    both = union(drawing_difference(CHAIN, after))
    assert sorted(node.name for node in both.nodes.values()) == ["digit", "drop", "flat", "image"]
    assert all(id == node.id for id, node in both.nodes.items())
