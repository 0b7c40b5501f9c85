"""Drawings built into real models: what goes where, what they compute, and each refusal with its node."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import keras
import numpy as np
import pytest

from engine.catalogue import catalogue
from engine.errors import BuildError
from engine.graph import Graph
from engine.values import FrozenMap, Part
from engine.worker.build import Built, build
from tests.engine.drawings import chain, drawing, layer
from tests.worker.refused import BAD

VECTOR, SEQUENCE = layer("InputLayer", shape=(4,)), layer("InputLayer", shape=(5, 3))
DENSE = layer("Dense", units=4)
Array = np.ndarray[Any, Any]
#: The names of axes, which the checker alone follows.
NAMED = r" \((\w+ × )+\w+\)(?=[.,])"


@pytest.fixture(autouse=True)
def same_weights() -> None:
    """Draw the same weights in every run."""
    keras.utils.set_random_seed(1)


def made(graph: Graph) -> Built:
    return build(graph, catalogue())


def samples(*shape: int) -> Array:
    return np.random.default_rng(3).random((2, *shape), "float32")


def run(built: Built, *inputs: Array) -> list[Array]:
    outputs = built.model(list(inputs) if len(inputs) > 1 else inputs[0])
    return [np.asarray(output) for output in keras.tree.flatten(outputs)]


def test_a_chain_with_its_names_and_tensors() -> None:
    graph = chain(VECTOR, DENSE, layer("Dense", units=2)).renamed("l1", "hidden")
    built = made(graph)
    assert [layer.name for layer in built.model.layers] == ["l0", "hidden", "l2"]
    assert built.layers["l1"].name == "hidden"
    assert {key: tensor.shape for key, tensor in built.tensors.items()} == {
        ("l0", "output"): (None, 4), ("l1", "output"): (None, 4), ("l2", "output"): (None, 2)
    }  # fmt: skip
    assert built.model.output is built.tensors["l2", "output"]


def test_inputs_and_outputs_stand_in_the_order_of_the_drawing() -> None:
    graph = drawing(
        "y > b", "x > a", "a > p", "b > q", "z > a2", q=DENSE, p=DENSE, a=DENSE, a2=DENSE, b=DENSE,
        x=VECTOR, y=VECTOR, z=VECTOR,
    )  # fmt: skip
    model = made(graph).model
    assert [tensor.name for tensor in model.inputs] == ["x", "y", "z"]
    assert model.output_names == ["q", "p", "a2"]


def test_an_input_that_feeds_nothing_is_left_out() -> None:
    model = made(drawing("x > a", x=VECTOR, y=VECTOR, a=DENSE)).model
    assert [tensor.name for tensor in model.inputs] == ["x"]


def test_wires_into_a_merge_keep_their_order() -> None:
    graph = drawing("b > j", "a > j", a=VECTOR, b=layer("InputLayer", shape=(2,)), j=layer("Concatenate"))
    a, b = samples(4), samples(2)
    (joined,) = run(made(graph), a, b)
    np.testing.assert_array_equal(joined, np.concatenate([b, a], axis=1))


def test_named_ports_take_what_their_names_say_however_they_are_wired() -> None:
    graph = drawing("b > j.second", "a > j.first", a=VECTOR, b=VECTOR, j=layer("Subtract"))
    a, b = samples(4), samples(4) * 3
    (difference,) = run(made(graph), a, b)
    np.testing.assert_array_equal(difference, a - b)


def test_a_shared_layer_is_one_layer_called_twice() -> None:
    graph = drawing("x > a", "y > b", x=VECTOR, y=VECTOR, a=DENSE, b=layer("Dense", shares="a"))
    built = made(graph)
    assert built.layers["a"] is built.layers["b"]
    assert built.model.count_params() == 20
    first, second = run(built, samples(4), samples(4))
    np.testing.assert_array_equal(first, second)


def test_a_layer_shared_before_its_owner_bears_the_owners_name() -> None:
    built = made(drawing("x > b", "b > a", x=VECTOR, a=layer("Dense", units=4), b=layer("Dense", shares="a")))
    assert [layer.name for layer in built.model.layers] == ["x", "a"]
    x = samples(4)
    kernel, bias = (np.asarray(weight) for weight in built.layers["a"].weights)
    np.testing.assert_allclose(run(built, x)[0], (x @ kernel + bias) @ kernel + bias, rtol=1e-5, atol=1e-6)


def test_states_go_from_encoder_to_decoder() -> None:
    graph = drawing(
        "x > e", "y > d", "e.state_c > d.state_c", "e.state_h > d.state_h", x=SEQUENCE, y=SEQUENCE,
        e=layer("LSTM", units=4, return_state=True), d=layer("LSTM", units=4, return_sequences=True, return_state=True),
    )  # fmt: skip
    built = made(graph)
    assert built.model.output_names == ["d"]
    x, y = samples(5, 3), samples(5, 3) + 1
    _, state_h, state_c = built.layers["e"](x)
    expected = built.layers["d"](y, initial_state=[state_h, state_c])[0]
    np.testing.assert_allclose(run(built, x, y)[0], np.asarray(expected), rtol=1e-5, atol=1e-6)


def test_both_directions_begin_from_states() -> None:
    inner = Part("GRU", FrozenMap({"units": 3}))
    graph = drawing(
        "x > b", "f > b.initial_state", "g > b.initial_state", x=SEQUENCE, f=layer("InputLayer", shape=(3,)),
        g=layer("InputLayer", shape=(3,)), b=layer("Bidirectional", layer=inner),
    )  # fmt: skip
    built = made(graph)
    x, f, g = samples(5, 3), samples(3), samples(3) + 1
    expected = built.layers["b"](x, initial_state=[f, g])
    np.testing.assert_allclose(run(built, x, f, g)[0], np.asarray(expected), rtol=1e-5, atol=1e-6)


def test_call_arguments_reach_the_call_of_their_node_alone() -> None:
    attention = layer("MultiHeadAttention", num_heads=2, key_dim=3, use_causal_mask=True, return_attention_scores=True)
    graph = drawing(
        "x > a.query", "x > a.value", "x > b.query", "x > b.value", "a.scores > s", "b.scores > t", x=SEQUENCE,
        a=attention, b=layer("MultiHeadAttention", shares="a", return_attention_scores=True),
        s=layer("Identity"), t=layer("Identity"),
    )  # fmt: skip
    causal, plain = run(made(graph), samples(5, 3))
    later = np.triu(np.ones((5, 5), bool), 1)
    assert (causal[:, :, later] == 0).all()
    assert (plain[:, :, later] > 0).all()


def test_scores_across_have_the_shape_that_they_are_promised() -> None:
    graph = drawing(
        "q > a.query", "v > a.value", "a.scores > d", q=SEQUENCE, v=layer("InputLayer", shape=(9, 2)),
        a=layer("MultiHeadAttention", num_heads=2, key_dim=3, return_attention_scores=True), d=DENSE,
    )  # fmt: skip
    built = made(graph)
    assert built.tensors["a", "scores"].shape == (None, 2, 5, 9)
    assert run(built, samples(5, 3), samples(9, 2))[0].shape == (2, 2, 5, 4)  # d's weights are made for 9


def test_a_mask_by_wire_and_a_mask_on_its_way_do_the_same() -> None:
    words = layer("InputLayer", shape=(4,), dtype="int32")
    by_way = drawing(
        "x > e", "e > l", x=words, e=layer("Embedding", input_dim=5, output_dim=3, mask_zero=True),
        l=layer("LSTM", units=2),
    )  # fmt: skip
    by_wire = drawing(
        "x > e", "e > l", "m > l.mask", x=words, m=layer("InputLayer", shape=(4,), dtype="bool"),
        e=layer("Embedding", input_dim=5, output_dim=3), l=layer("LSTM", units=2),
    )  # fmt: skip
    first, second = made(by_way), made(by_wire)
    second.model.set_weights(first.model.get_weights())
    x = np.array([[1, 2, 0, 0], [3, 0, 0, 0]], "int32")
    np.testing.assert_allclose(run(first, x)[0], run(second, x, x != 0)[0], rtol=1e-5, atol=1e-6)
    assert not np.allclose(run(first, x)[0], run(second, x, x >= 0)[0])


def test_only_the_value_mask_of_an_attention() -> None:
    graph = drawing(
        "x > a.query", "x > a.value", "m > a.value_mask", "a.scores > s", x=SEQUENCE,
        m=layer("InputLayer", shape=(5,), dtype="bool"), a=layer("Attention", return_attention_scores=True),
        s=layer("Identity"),
    )  # fmt: skip
    mask = np.array([[True, True, False, False, False]] * 2)
    (scores,) = run(made(graph), samples(5, 3), mask)
    assert (scores[:, :, 2:] < 1e-6).all()
    np.testing.assert_allclose(scores.sum(-1), 1, rtol=1e-5, atol=1e-6)


def test_frozen_layers_stay_as_they_are_when_the_model_learns() -> None:
    graph = drawing(
        "x > a.query", "x > a.value", "a > f", "f > d", x=SEQUENCE, f=layer("Flatten"), d=DENSE,
        a=layer("MultiHeadAttention", num_heads=2, key_dim=3, trainable=False),
    )  # fmt: skip
    built = made(graph)
    before = [weight.numpy() for weight in built.layers["a"].weights]
    built.model.compile("sgd", "mse")
    built.model.fit(samples(5, 3), samples(4), verbose=0)
    for old, new in zip(before, built.layers["a"].weights, strict=True):
        np.testing.assert_array_equal(old, new.numpy())
    assert [weight.path for weight in built.model.trainable_weights] == ["d/kernel", "d/bias"]


@pytest.mark.parametrize("name", [name for name in BAD if "beyond memory" not in name])
def test_a_refusal_says_what_the_checker_says(name: str) -> None:
    graph, sentence, nodes, _ = BAD[name]
    with pytest.raises(BuildError) as caught:
        made(graph)
    assert caught.value.sentence == re.sub(NAMED, "", sentence)
    assert caught.value.node == nodes[0]


@pytest.mark.parametrize(
    ("graph", "sentence", "node"),
    [
        (Graph(), "The drawing is empty. Drag an InputLayer onto it, then a layer for it to feed.", None),
        (drawing(x=VECTOR), "A model has an input and an output. Wire an InputLayer to a layer.", None),
        (chain(VECTOR, layer("Dense", units=0)),
         "l1 (Dense): units expects a whole number of at least 1. Received: 0.", "l1"),
    ],
)  # fmt: skip
def test_drawings_that_are_no_model(graph: Graph, sentence: str, node: str | None) -> None:
    with pytest.raises(BuildError) as caught:
        made(graph)
    assert (caught.value.sentence, caught.value.node) == (sentence, node)


def test_keras_is_quoted_in_the_detail() -> None:
    with pytest.raises(BuildError) as caught:
        made(BAD["other channels"][0])
    assert caught.value.detail == "Inputs have incompatible shapes. Received shapes (6, 6, 4) and (6, 6, 5)"


def test_bypassed_layers_and_dots_leave_no_trace() -> None:
    kinds = layer("InputLayer", shape=(8,)), layer("Dense", units=8), layer("Reroute"), layer("Dense", units=2)
    graph = chain(*kinds)
    built = made(graph.with_node(replace(graph.node("l1"), mode="bypass")))
    assert [each.name for each in built.model.layers] == ["l0", "l3"]
    assert built.model.count_params() == 8 * 2 + 2
