"""What a few typed words mean in a drawing."""

from __future__ import annotations

import pytest

from engine.catalogue import catalogue
from engine.graph import Edge, End, Graph, Node
from engine.report import Problem
from engine.values import FrozenMap
from gui.canvas.hits import Index, spelled
from tests.gui.drawings import node, wired


def drawing() -> Graph:
    graph = wired(
        Node("n1", "InputLayer", "image", FrozenMap({"shape": (8, 8, 1)})),
        Node("n2", "Conv2D", "stem", FrozenMap({"filters": 64, "kernel_size": (3, 3), "activation": "relu"})),
        Node("n3", "GlobalAveragePooling2D", "pool"),
        Node("n4", "Dense", "hidden", FrozenMap({"units": 64})),
        Node("n5", "Dropout", "drop", FrozenMap({"rate": 0.5})),
        Node("n6", "Dense", "conv", FrozenMap({"units": 640, "use_bias": False})),
    )
    return graph.with_node(node("n9", "LeakyReLU", 0))


PROBLEMS = {"n4": (Problem("error", "hidden expects an image of 3 axes", ("n4",)),)}


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", []), ("   ", []),
        ("stem", ["n2"]), ("STE", ["n2"]), ("tem", ["n2"]),
        ("conv", ["n6", "n2"]),  # called exactly so, before what is of the kind
        ("dense", ["n4", "n6"]), ("fully connected", ["n4", "n6"]), ("gap2d", ["n3"]), ("pooling", ["n3"]),
        ("relu", ["n9", "n2"]), ("conv relu", ["n2"]), ("relu conv", ["n2"]),
        ("64", ["n2", "n4"]), ("units 64", ["n4"]), ("units=64", ["n4"]), ("filters:64", ["n2"]), ("units 640", ["n6"]),
        ("units", ["n4", "n6"]), ("units 7", []), ("rate 0.5", ["n5"]), ("0.5", ["n5"]), ("3x3", ["n2"]),
        ("kernel 3×3", ["n2"]), ("use_bias off", ["n6"]), ("use_bias false", ["n6"]), ("padding valid", ["n2"]),
        ("padding same", []), ("error", ["n4"]), ("error axes", ["n4"]), ("warning", []),
        ("hiden", ["n4"]), ("drpout", ["n5"]), ("zzz", []), ("stem zzz", []),
    ],
)  # fmt: skip
def test_words_mean(query: str, ids: list[str]) -> None:
    found = Index(catalogue()).find(query, drawing(), PROBLEMS)
    assert (found if query == "conv" else sorted(found)) == (ids if query == "conv" else sorted(ids))


def test_what_is_found_follows_the_wires() -> None:
    graph = drawing()
    turned = Graph(graph.nodes, tuple(Edge(edge.target, edge.source) for edge in graph.edges[:0])).with_edge(
        Edge(End("n6", "output"), End("n4", "input"))
    )
    assert Index(catalogue()).find("dense", turned, {}) == ["n6", "n4"]


def test_an_edit_is_found_and_what_is_gone_is_not() -> None:
    index, graph = Index(catalogue()), drawing()
    assert index.find("units 64", graph, {}) == ["n4"]
    graph = graph.with_value("n4", "units", 32)
    assert index.find("units 64", graph, {}) == []
    assert index.find("units 32", graph, {}) == ["n4"]
    assert index.find("hidden", graph.without(["n4"]), {}) == []
    assert index.find("error", graph, PROBLEMS) == ["n4"]
    assert index.find("error", graph, {}) == []


def test_a_node_that_shares_a_layer_is_found_by_its_values() -> None:
    graph = drawing().with_node(Node("n7", "Dense", "again", shares="n4"))
    assert set(Index(catalogue()).find("units 64", graph, {})) == {"n4", "n7"}
    assert set(Index(catalogue()).find("units 9", graph.with_value("n4", "units", 9), {})) == {"n4", "n7"}


def test_a_layer_that_the_catalogue_lacks_is_found_by_name_and_kind() -> None:
    graph = Graph().with_node(Node("n1", "Strange", "thing", FrozenMap({"depth": 3})))
    for query in ("thing", "strange", "depth", "3"):
        assert Index(catalogue()).find(query, graph, {}) == ["n1"], query
    assert Index(catalogue()).find("depth 3 4", graph, {}) == []


def test_values_are_spelled_as_people_type_them() -> None:
    assert [spelled(value) for value in (True, None, 0.001, (3, 3), "Same")] == ["on", "none", "0.001", "3x3", "same"]
