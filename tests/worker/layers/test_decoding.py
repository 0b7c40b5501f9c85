"""The decoder that looks back: against Bahdanau's formulas in plain numpy, its masks and its free length."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from engine.worker import layers as own
from tests.worker.layers.arrays import RNG, Array, same, weights


def gru(cell: Any, state: Array, given_: Array) -> Array:
    """A step of Keras's GRU cell, reset after, in numpy."""
    kernel, recurrent, bias = weights(cell)
    units = state.shape[-1]
    x, h = given_ @ kernel + bias[0], state @ recurrent + bias[1]
    gate = 1 / (1 + np.exp(-(x[:, : 2 * units] + h[:, : 2 * units])))
    update, reset = gate[:, :units], gate[:, units:]
    new = np.tanh(x[:, 2 * units :] + reset * h[:, 2 * units :])
    return np.asarray(update * state + (1 - update) * new)


def test_the_decoder_looks_back_as_bahdanau_does() -> None:
    layer = own.BahdanauDecoder(4, attention_units=3, return_attention_scores=True)
    query, value, state = RNG.normal(size=(2, 3, 5)), RNG.normal(size=(2, 6, 7)), RNG.normal(size=(2, 4))
    states, scores = (np.asarray(each) for each in layer(*(each.astype("float32") for each in (query, value, state))))
    from_state, from_value, to_score = weights(layer)[:3]
    for step in range(3):
        energy = (np.tanh((state @ from_state)[:, None] + value @ from_value) @ to_score)[..., 0]
        alpha = np.exp(energy) / np.exp(energy).sum(-1, keepdims=True)
        same(scores[:, step], alpha)
        context = (alpha[..., None] * value).sum(1)
        state = gru(layer.cell, state, np.concatenate([query[:, step], context], -1))
        same(states[:, step], state)


def test_masked_steps_get_no_attention() -> None:
    layer = own.BahdanauDecoder(4, return_attention_scores=True)
    query, value = RNG.normal(size=(1, 2, 5)).astype("float32"), RNG.normal(size=(1, 3, 7)).astype("float32")
    _, scores = layer(query, value, value_mask=np.array([[True, False, True]]))
    assert np.asarray(scores)[0, :, 1].max() == 0


def test_the_decoder_takes_any_number_of_steps() -> None:
    query, value = keras.Input((None, 5)), keras.Input((6, 7))
    decoder = own.BahdanauDecoder(4)
    model = keras.Model([query, value], decoder(query, value))
    arrays = [RNG.normal(size=(2, 3, 5)).astype("float32"), RNG.normal(size=(2, 6, 7)).astype("float32")]
    same(np.asarray(model(arrays)), np.asarray(decoder(*arrays)))
