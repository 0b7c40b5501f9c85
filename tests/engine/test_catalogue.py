"""Values and nodes by the catalogue: values checked and spelled, new nodes, ports that come with values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalogue import PART_KINDS, catalogue, same
from engine.errors import ValueProblem
from engine.graph import Graph, Node
from engine.specs import PortSpec
from engine.values import FrozenMap, Part, Value
from tests.engine.strategies import VALUES

SHIPPED = catalogue()


def node(of: str, /, **values: Value) -> Node:
    return Node("n1", of, "name", FrozenMap(values))


def part(name: str, /, **values: Value) -> Part:
    return Part(name, FrozenMap(values))


def names(ports: tuple[PortSpec, ...]) -> list[str]:
    return [port.name for port in ports]


# -- ports that come with values


@pytest.mark.parametrize(
    ("holder", "outputs"),
    [
        (node("LSTM", units=4), ["output"]),
        (node("LSTM", units=4, return_state=True), ["output", "state_h", "state_c"]),
        (node("GRU", units=4, return_state=True), ["output", "state_h"]),
        (node("MultiHeadAttention", return_attention_scores=True), ["output", "scores"]),
        (node("Bidirectional", layer=part("LSTM", units=4)), ["output"]),
        (node("Bidirectional", layer=part("LSTM", units=4, return_state=True)),
         ["output", "forward_state_h", "forward_state_c", "backward_state_h", "backward_state_c"]),
        (node("Bidirectional", layer=part("GRU", units=4, return_state=True)),
         ["output", "forward_state_h", "backward_state_h"]),
        (node("Bidirectional", layer=part("NoSuchLayer")), ["output"]),
        (node("TimeDistributed", layer=part("Dense", units=4)), ["output"]),
    ],
)  # fmt: skip
def test_outputs(holder: Node, outputs: list[str]) -> None:
    assert names(SHIPPED.outputs(holder)) == outputs


# -- values


def test_a_value_is_kept_in_canonical_form() -> None:
    graph = Graph().with_node(SHIPPED.new_node(Graph(), "Conv2D"))
    graph = SHIPPED.with_value(graph, "n1", "kernel_size", 5)
    assert graph.node("n1").values["kernel_size"] == (5, 5)


def test_a_default_is_not_kept() -> None:
    graph = Graph().with_node(SHIPPED.new_node(Graph(), "Conv2D"))
    there = SHIPPED.with_value(graph, "n1", "padding", "same")
    assert there.node("n1").values["padding"] == "same"
    assert SHIPPED.with_value(there, "n1", "padding", "valid") == graph
    assert SHIPPED.with_value(graph, "n1", "kernel_initializer", "GlorotUniform") == graph
    assert SHIPPED.with_value(graph, "n1", "kernel_initializer", part("GlorotUniform", seed=None)) == graph
    assert SHIPPED.with_value(graph, "n1", "activation", None) == graph


def test_a_required_value_is_kept_whatever_it_is() -> None:
    graph = Graph().with_node(SHIPPED.new_node(Graph(), "Dense"))
    assert SHIPPED.with_value(graph, "n1", "units", 64).node("n1").values == {"units": 64}


@pytest.mark.parametrize(
    ("layer", "name", "value", "sentence"),
    [
        ("Dense", "units", 0, "units expects a whole number of at least 1. Received: 0."),
        ("Dense", "units", "ten", "units expects a whole number of at least 1. Received: 'ten'."),
        (
            "Dense",
            "units",
            10**12,
            "units expects a whole number of at least 1. Received: 1000000000000. "
            "No length, count or seed goes beyond 2,147,483,647.",
        ),
        ("Dense", "colour", "red", "Dense has no parameter of that name. Received: 'colour'."),
        ("Dense", "kernel_regularizer", part("L2", l2="big"), "l2 expects a number of at least 0. Received: 'big'."),
        ("Dense", "kernel_regularizer", part("L2", l3=1), "L2 has no parameter of that name. Received: 'l3'."),
        ("Bidirectional", "layer", part("LSTM"), "LSTM needs units: a whole number of at least 1."),
        ("Bidirectional", "layer", part("LSTM", units=0), "units expects a whole number of at least 1. Received: 0."),
    ],
)
def test_a_bad_value_is_refused_at_its_node(layer: str, name: str, value: Value, sentence: str) -> None:
    graph = Graph().with_node(SHIPPED.new_node(Graph(), layer))
    with pytest.raises(ValueProblem) as caught:
        SHIPPED.with_value(graph, "n1", name, value)
    assert caught.value.sentence == sentence


def test_a_problem_of_a_value_names_the_node() -> None:
    graph = Graph().with_node(SHIPPED.new_node(Graph(), "Dense"))
    with pytest.raises(ValueProblem) as caught:
        SHIPPED.with_value(graph, "n1", "units", 0)
    assert caught.value.node == "n1"


def test_a_wrapped_layer_has_no_call_arguments() -> None:
    with pytest.raises(ValueProblem, match="no parameter"):
        SHIPPED.check_part("layer", part("MultiHeadAttention", num_heads=1, key_dim=1, use_causal_mask=True))


def test_the_values_inside_a_part_are_canonical() -> None:
    given = part("Adam", learning_rate=part("CosineDecay", initial_learning_rate=1, decay_steps=10.0, alpha=0))
    assert SHIPPED.check_part("optimizer", given) == part(
        "Adam", learning_rate=part("CosineDecay", initial_learning_rate=1.0, decay_steps=10)
    )


def test_a_learning_rate_is_a_number_or_a_schedule_of_keras() -> None:
    with pytest.raises(ValueProblem, match="learning_rate expects a number or a schedule"):
        SHIPPED.check_part("optimizer", part("Adam", learning_rate=part("Dense", units=1)))


def test_values_of_a_node_leave_defaults_out() -> None:
    assert SHIPPED.values(node("Dense", units=3, use_bias=True, activation="relu")) == {
        "units": 3,
        "activation": "relu",
    }
    with pytest.raises(ValueProblem, match="Dense needs units"):
        SHIPPED.values(node("Dense"))


def test_a_node_that_shares_holds_call_arguments_only() -> None:
    sharing = Node("n2", "MultiHeadAttention", "again", FrozenMap({"use_causal_mask": True}), shares="n1")
    assert SHIPPED.values(sharing) == {"use_causal_mask": True}
    with pytest.raises(ValueProblem, match="no parameter"):
        SHIPPED.values(Node("n2", "Dense", "again", FrozenMap({"units": 3}), shares="n1"))


@given(st.sampled_from(sorted(name for name, spec in SHIPPED.layers.items() if spec.parameters)), st.data())
def test_any_value_is_taken_or_refused(name: str, data: st.DataObject) -> None:
    parameter = data.draw(st.sampled_from(SHIPPED.layers[name].parameters))
    part_names = st.sampled_from(parameter.choices or ("Dense",))
    parts = st.builds(
        Part, part_names, st.dictionaries(st.sampled_from(("units", "l2", "seed")), VALUES).map(FrozenMap)
    )
    value = data.draw(VALUES | parts | part_names)
    try:
        canonical = SHIPPED.check(parameter, value)
    except ValueProblem:
        return
    assert same(SHIPPED.check(parameter, canonical), canonical)


# -- new nodes and parts


@pytest.mark.parametrize("name", SHIPPED.layers)
def test_a_new_node_is_right_as_it_comes(name: str) -> None:
    made = SHIPPED.new_node(Graph(), name)
    assert SHIPPED.values(made) == made.values
    assert made.name == SHIPPED.layer(name).stem


@pytest.mark.parametrize("kind", PART_KINDS)
def test_a_new_part_is_right_as_it_comes(kind: str) -> None:
    for name in SHIPPED.parts[kind]:
        made = SHIPPED.new_part(kind, name)
        assert SHIPPED.check_part(kind, made) == made


def test_a_new_node_is_numbered_as_keras_does() -> None:
    graph = Graph()
    for _ in range(3):
        graph = graph.with_node(SHIPPED.new_node(graph, "Conv2D"))
    assert [held.name for held in graph.nodes.values()] == ["conv2d", "conv2d_1", "conv2d_2"]


@pytest.mark.parametrize(
    ("holder", "line"),
    [
        (node("Conv2D", filters=32, kernel_size=(3, 3), activation="relu"), "32 · 3×3 · relu"),
        (node("Conv2D", filters=32, kernel_size=(3, 3), padding="same"), "32 · 3×3"),
        (node("ZeroPadding2D", padding=((1, 1), (2, 2))), "(1×1), (2×2)"),
        (node("MaxPooling2D"), "2×2"),
        (node("Dense", units=10), "10"),
        (node("Dropout", rate=0.5), "0.5"),
        (node("InputLayer", shape=(None, 28, 1)), "any×28×1"),
        (node("LSTM", units=8, return_sequences=True), "8 · return sequences"),
        (node("Permute", dims=(2, 1)), "2, 1"),
        (node("Concatenate", axis=1), "axis 1"),
        (node("Concatenate"), ""),
        (node("Bidirectional", layer=part("LSTM", units=8), merge_mode="sum"), "LSTM 8 · sum"),
        (node("Bidirectional", layer=part("NoSuchLayer")), "NoSuchLayer"),
    ],
)
def test_brief(holder: Node, line: str) -> None:
    assert SHIPPED.brief(holder) == line


def test_what_is_one_value() -> None:
    assert same((1, 2.0), (1, 2.0))
    assert not same(True, 1)
    assert not same((True,), (1,))
    assert not same((1,), (1, 2))
