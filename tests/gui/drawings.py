"""Small drawings for the window's tests."""

from __future__ import annotations

import itertools

from engine.graph import Edge, End, Graph, Node
from engine.values import FrozenMap, Value


def node(id: str, layer: str, at: float = 0.0, **values: Value) -> Node:
    return Node(id, layer, f"{layer.lower()}_{id}", FrozenMap(values), (at, 0.0))


def edge(source: str, target: str, port: str = "input", out: str = "output") -> Edge:
    return Edge(End(source, out), End(target, port))


def wired(*nodes: Node) -> Graph:
    """Chain nodes by their plain ports."""
    graph = Graph().with_nodes(nodes)
    for before, after in itertools.pairwise(nodes):
        graph = graph.with_edge(edge(before.id, after.id))
    return graph


def classifier() -> Graph:
    """An image of 8×8×1, flattened, to ten classes."""
    return wired(
        node("n1", "InputLayer", 0, shape=(8, 8, 1)),
        node("n2", "Flatten", 240),
        node("n3", "Dense", 480, units=10, activation="softmax"),
    )
