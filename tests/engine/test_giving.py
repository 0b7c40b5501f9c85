"""The values of one node given to others: what they have and accept of them, told exactly."""

from __future__ import annotations

from engine.catalogue import catalogue
from engine.giving import with_values
from engine.graph import Graph
from engine.values import FrozenMap, Part
from tests.engine.test_many import drawing, node

CATALOGUE = catalogue()
SOURCE = node("x", "Conv2D", filters=5, kernel_size=(7, 7), padding="same")


def test_a_layer_of_the_same_kind_becomes_as_the_source_defaults_included() -> None:
    given = with_values(drawing(), CATALOGUE, ["a", "b"], SOURCE)
    assert given.graph.node("a").values == given.graph.node("b").values == SOURCE.values
    assert given.graph.node("a").name == "conv2d_a"
    assert (given.nodes, given.taken, given.refused) == (2, 7, ()), "filters, kernel size, padding; a's activation too"


def test_what_is_so_already_is_not_counted() -> None:
    once = with_values(drawing(), CATALOGUE, ["a"], SOURCE).graph
    again = with_values(once, CATALOGUE, ["a"], SOURCE)
    assert (again.graph, again.nodes, again.taken) == (once, 0, 0)


def test_a_layer_of_another_kind_takes_what_was_set_and_it_has() -> None:
    source = node("x", "Conv2D", filters=5, kernel_size=(7, 7), activation="relu", use_bias=False)
    given = with_values(drawing(), CATALOGUE, ["d"], source)
    assert dict(given.graph.node("d").values) == {"units": 8, "activation": "relu", "use_bias": False}
    assert given.refused == ("filters", "kernel_size")
    plain = with_values(given.graph, CATALOGUE, ["d"], node("y", "Dense", units=3))
    assert plain.graph.node("d").values["activation"] == "relu", "a default of another kind is nobody's wish"


def test_what_one_cannot_take_is_told_and_the_rest_is_set() -> None:
    causal = node("x", "Conv1D", filters=5, kernel_size=3, padding="causal")
    graph = Graph().with_node(node("s", "SeparableConv1D", filters=1, kernel_size=1))
    given = with_values(graph, CATALOGUE, ["s"], causal)
    assert dict(given.graph.node("s").values) == {"filters": 5, "kernel_size": 3}
    assert given.refused == ("padding",)


def test_a_shared_layer_is_given_at_its_owner_once() -> None:
    given = with_values(drawing(), CATALOGUE, ["a", "e"], SOURCE)
    assert given.graph.node("a").values == SOURCE.values
    assert dict(given.graph.node("e").values) == {}
    assert given.nodes == 1


def test_what_a_call_is_given_stays_with_the_call() -> None:
    source = node("x", "MultiHeadAttention", num_heads=4, key_dim=16, use_causal_mask=True)
    given = with_values(drawing().with_value("g", "use_causal_mask", False), CATALOGUE, ["g"], source)
    assert dict(given.graph.node("f").values) == {"num_heads": 4, "key_dim": 16}
    assert given.graph.node("g").values["use_causal_mask"] is True


def test_a_layer_that_is_not_known_gives_and_takes_nothing() -> None:
    strange = node("x", "Nonsense", units=3)
    graph = drawing().with_node(strange)
    assert with_values(graph, CATALOGUE, ["x"], SOURCE).nodes == 0
    given = with_values(graph, CATALOGUE, ["x"], node("y", "Nonsense", units=9))
    assert (given.graph, given.refused) == (graph, ("units",))


def test_parts_are_given_whole() -> None:
    source = node("x", "Dense", units=10, kernel_regularizer=Part("L2", FrozenMap({"l2": 0.5})))
    given = with_values(drawing(), CATALOGUE, ["a"], source)
    assert given.graph.node("a").values["kernel_regularizer"] == Part("L2", FrozenMap({"l2": 0.5}))
