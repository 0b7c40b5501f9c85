"""Drawings as rows: what comes out is what went in, and nothing remembered is mistaken for another."""

from __future__ import annotations

import pytest
from hypothesis import given

from engine.errors import EngineError
from engine.graph import Edge, End, Graph, Node
from engine.rows import graph_from_rows, graph_to_rows
from engine.values import FrozenMap
from tests.engine.strategies import graphs


@given(graphs())
def test_there_and_back(graph: Graph) -> None:
    assert graph_from_rows(graph_to_rows(graph)) == graph


def test_an_edit_between_equal_values_of_two_types_is_seen() -> None:
    graph = Graph().with_node(Node("n1", "Dense", "dense", FrozenMap({"use_bias": 1})))
    graph_to_rows(graph)
    read = graph_from_rows(graph_to_rows(graph.with_value("n1", "use_bias", True)))
    assert read.node("n1").values["use_bias"] is True


def test_what_did_not_change_is_the_same_object() -> None:
    graph = Graph().with_nodes([Node("n1", "Flatten", "a"), Node("n2", "Flatten", "b")])
    first = graph_from_rows(graph_to_rows(graph))
    second = graph_from_rows(graph_to_rows(graph.renamed("n2", "c")))
    assert first.node("n1") is second.node("n1")
    assert second.node("n2").name == "c"


@pytest.mark.parametrize(
    "data",
    [None, [], {"nodes": [1], "edges": []}, {"nodes": ["{}"], "edges": []}, {"nodes": [], "edges": ["a\tb\tc\td"]},
     {"nodes": [], "edges": ["a"]}],
)  # fmt: skip
def test_rows_that_are_no_drawing_are_refused(data: object) -> None:
    with pytest.raises(EngineError):
        graph_from_rows(data)


def test_a_wire_keeps_its_ports() -> None:
    graph = Graph().with_nodes([Node("n1", "LSTM", "a"), Node("n2", "LSTM", "b")])
    graph = graph.with_edge(Edge(End("n1", "state_h"), End("n2", "state_h")))
    assert graph_from_rows(graph_to_rows(graph)).edges == graph.edges
