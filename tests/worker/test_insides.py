"""What layers hand out where they are asked for more is what they compute, and the model is left as it was."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest

from engine.catalogue import catalogue
from engine.values import FrozenMap, Part
from engine.worker.build import Built, build
from engine.worker.kernels import lengths, weighed
from engine.worker.probe import Probe
from tests.engine.drawings import drawing, layer

TOKENS = np.array([[3, 1, 4, 1, 0, 0], [5, 2, 6, 5, 3, 0]])


def seen(built: Built, given: Any, *names: str) -> dict[str, Any]:
    probe = Probe(built.model, built.tensors, given)
    probe.watch(names, (0, 1))
    return {message.node: message.values.numpy() for message in probe.look(1, 9)}


def attending(layer_name: str, *, masked: bool, **values: Any) -> Built:
    embedding = layer("Embedding", input_dim=9, output_dim=8, mask_zero=masked)
    graph = drawing(
        "x > e", "e > a.query", "e > a.value", "a > y",
        x=layer("InputLayer", shape=(6,), dtype="int32"), e=embedding, a=layer(layer_name, **values),
        y=layer("Dense", units=2),
    )  # fmt: skip
    return build(graph, catalogue())


@pytest.mark.parametrize(
    ("name", "masked", "values", "heads"),
    [
        ("MultiHeadAttention", True, {"num_heads": 2, "key_dim": 4, "use_causal_mask": True}, 2),
        ("GroupQueryAttention", False, {"head_dim": 4, "num_query_heads": 4, "num_key_value_heads": 2}, 4),
        ("Attention", True, {}, 1), ("AdditiveAttention", True, {}, 1),
    ],
)  # fmt: skip
def test_who_attends_to_what_is_seen_without_its_port(
    name: str, masked: bool, values: dict[str, Any], heads: int
) -> None:
    built = attending(name, masked=masked, **values)
    config = built.model.get_config()
    scores = seen(built, TOKENS, "a@scores", "a")["a@scores"]
    assert scores.shape == (2, 6, 6, heads)
    assert np.allclose(scores[:, :4].sum(axis=2), 1, atol=1e-5), "each step looks once in all"
    assert np.allclose(scores[0, :, 4:], 0) == masked, "nobody looks at what the mask hides"
    if "use_causal_mask" in values:
        assert np.allclose(np.triu(scores[1, :, :, 0], 1), 0), "nor at what comes later"
    assert built.model.get_config() == config
    assert np.array_equal(built.model(TOKENS), build_again(built, TOKENS))


def build_again(built: Built, given: Any) -> Any:
    """What the same model says that nobody looked into."""
    other = keras.Model.from_config(built.model.get_config())
    other.set_weights(built.model.get_weights())
    return other(given)


def recurrent(layer_name: str, **values: Any) -> Built:
    graph = drawing(
        "x > r", "r > y", x=layer("InputLayer", shape=(7, 3)), r=layer(layer_name, **values), y=layer("Dense", units=2)
    )
    return build(graph, catalogue())


@pytest.mark.parametrize("name", ["SimpleRNN", "LSTM", "GRU"])
def test_a_state_is_seen_at_every_step(name: str) -> None:
    built = recurrent(name, units=5)
    given = np.random.default_rng(1).normal(size=(2, 7, 3)).astype("float32")
    shown = seen(built, given, "r@states", "r")
    assert shown["r@states"].shape == (2, 7, 5)
    assert np.allclose(shown["r@states"][:, -1], shown["r"], atol=1e-6), "the last one is what the layer puts out"
    short = given.copy()
    short[:, 4:] = 0
    assert np.allclose(seen(built, short, "r@states")["r@states"][:, :4], shown["r@states"][:, :4], atol=1e-6)
    assert built.layers["r"].return_sequences is False


def test_both_directions_are_seen_over_one_time() -> None:
    built = recurrent("Bidirectional", layer=Part("LSTM", FrozenMap({"units": 4})))
    given = np.random.default_rng(2).normal(size=(2, 7, 3)).astype("float32")
    shown = seen(built, given, "r@states", "r")
    states = shown["r@states"]
    assert states.shape == (2, 7, 8)
    assert np.allclose(np.concatenate([states[:, -1, :4], states[:, 0, 4:]], axis=1), shown["r"], atol=1e-6)
    wrapper = built.layers["r"]
    assert not any(part.return_sequences for part in (wrapper, wrapper.forward_layer, wrapper.backward_layer))


def test_what_a_layer_does_not_have_is_passed_over() -> None:
    built = recurrent("LSTM", units=5)
    probe = Probe(built.model, built.tensors, np.zeros((2, 7, 3), "float32"))
    probe.watch(("y@scores", "y@states", "x@states", "r@scores", "gone@states"), (0,))
    assert not list(probe.look(0, 0))
    assert not list(probe.weigh(0, 0))


# -- weights


def test_weights_come_with_their_names_and_without_biases() -> None:
    built = recurrent("LSTM", units=5)
    probe = Probe(built.model, built.tensors, np.zeros((2, 7, 3), "float32"))
    probe.watch(("r@weights",), (0,))
    found = list(probe.weigh(3, 40))
    assert [(message.node, message.name, message.last) for message in found] == [
        ("r", "lstm_cell/kernel", False), ("r", "lstm_cell/recurrent_kernel", True),
    ]  # fmt: skip
    assert (found[0].epoch, found[0].step, found[0].whole) == (3, 40, (3, 20))
    assert np.array_equal(found[1].values.numpy(), built.layers["r"].cell.recurrent_kernel.numpy())


def test_a_large_weight_is_cut_and_its_whole_told() -> None:
    dense = keras.layers.Dense(300)
    dense.build((None, 5000))
    (found,) = weighed("n1", dense, 0, 0)
    assert found.whole == (5000, 300)
    assert found.values.shape == (4096, 256)
    assert np.array_equal(found.values.numpy(), dense.kernel.numpy()[:4096, :256])


@pytest.mark.parametrize(
    "whole", [(3, 3, 512, 512), (100_000, 4096), (1, 10**8), (7, 7, 7, 64, 64), (2000, 2000, 1, 1)]
)
def test_what_is_shown_fits_and_is_part_of_the_whole(whole: tuple[int, ...]) -> None:
    kept = lengths(whole, 2**20)
    assert 4 * np.prod(kept, dtype=float) <= 2**20
    assert all(1 <= some <= all_of for some, all_of in zip(kept, whole, strict=True))
