"""Changes within the objects that many nodes hold: each keeps its other values, or none is changed."""

from __future__ import annotations

import pytest

from engine.catalogue import catalogue
from engine.errors import EngineError
from engine.graph import Graph, Node
from engine.values import FrozenMap, Part, Value
from engine.within import Within, one_class, tallies, with_change

CATALOGUE = catalogue()
FIRST, SECOND = (Part("L1L2").with_values({"l1": 0.01, "l2": strength}) for strength in (0.1, 0.2))


def node(id: str, kind: str, **values: Value) -> Node:
    return Node(id, kind, id, FrozenMap(values))


def drawing(*parts: Part) -> Graph:
    return Graph().with_nodes(
        node(str(place), "Dense", units=4, kernel_regularizer=part) for place, part in enumerate(parts)
    )


def held(graph: Graph, name: str = "kernel_regularizer") -> list[Value]:
    return [CATALOGUE.value(each, name) for each in graph.nodes.values()]


def test_each_object_keeps_its_other_values() -> None:
    graph = drawing(FIRST, SECOND, FIRST)
    after = with_change(graph, CATALOGUE, graph.nodes, "kernel_regularizer", Within("l1", 0.5))
    assert held(after) == [part.with_value("l1", 0.5) for part in (FIRST, SECOND, FIRST)]
    assert held(graph) == [FIRST, SECOND, FIRST]


def test_a_value_goes_back_to_its_default() -> None:
    graph = drawing(FIRST, SECOND)
    after = with_change(graph, CATALOGUE, graph.nodes, "kernel_regularizer", Within("l2", reset=True))
    assert held(after) == [Part("L1L2").with_value("l1", 0.01)] * 2


def test_what_one_cannot_take_is_refused() -> None:
    graph = drawing(FIRST, SECOND)
    with pytest.raises(EngineError, match="at least 0"):
        with_change(graph, CATALOGUE, graph.nodes, "kernel_regularizer", Within("l1", -1.0))


def test_an_object_within_an_object_is_changed_too() -> None:
    """A Bidirectional's LSTM's regularizer's strength."""
    lstm = [
        CATALOGUE.new_part("layer", "LSTM").with_values({"units": units, "kernel_regularizer": FIRST})
        for units in (4, 8)
    ]
    graph = Graph().with_nodes(node(str(place), "Bidirectional", layer=part) for place, part in enumerate(lstm))
    change = Within("kernel_regularizer", Within("l1", 0.5))
    after = held(with_change(graph, CATALOGUE, graph.nodes, "layer", change), "layer")
    assert after == [part.with_value("kernel_regularizer", FIRST.with_value("l1", 0.5)) for part in lstm]


def test_what_they_hold_is_told_by_value() -> None:
    tally = ((FIRST, 2), (SECOND, 1))
    assert one_class(tally) == "L1L2"
    assert tallies(CATALOGUE, "regularizer", tally) == {"l1": ((0.01, 3),), "l2": ((0.1, 2), (0.2, 1))}
    assert one_class(((FIRST, 1), (None, 1))) == ""
    assert one_class(((FIRST, 1), (Part("L2"), 1))) == ""
