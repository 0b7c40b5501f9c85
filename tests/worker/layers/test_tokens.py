"""The layers of our own for rows of tokens: each against its formula written in plain numpy."""

from __future__ import annotations

import numpy as np
import pytest

from engine.worker import layers as own
from tests.worker.layers.arrays import RNG, SEQUENCES, given, same, weights


def test_a_class_token_stands_first_and_is_never_masked() -> None:
    layer = own.ClassToken("random_normal")
    found = given(layer, SEQUENCES)
    same(found[:, 1:], SEQUENCES)
    same(found[:, 0], np.broadcast_to(weights(layer)[0][0], (3, 8)))
    mask = layer.compute_mask(None, np.array([[True, False]]))
    assert np.asarray(mask).tolist() == [[True, True, False]]


@pytest.mark.parametrize("length", [None, 7])
def test_learned_positions_are_added(length: int | None) -> None:
    layer = own.LearnedPositions(length)
    found = given(layer, SEQUENCES)
    (table,) = weights(layer)
    assert table.shape == (length or 5, 8)
    same(found, SEQUENCES + table[:5])


@pytest.mark.parametrize("features", [8, 7])
def test_waves_are_those_of_the_paper(features: int) -> None:
    values = RNG.normal(size=(2, 40, features))
    waves = np.empty((40, features))
    for place in range(40):
        for i in range(features):
            angle = place / 10_000 ** ((i - i % 2) / features)
            waves[place, i] = np.cos(angle) if i % 2 else np.sin(angle)
    same(given(own.SinusoidalPositions(), values), values + waves)


@pytest.mark.parametrize("index", [0, 3, -1])
def test_one_place_is_taken(index: int) -> None:
    same(given(own.TakeToken(index), SEQUENCES), SEQUENCES[:, index])
