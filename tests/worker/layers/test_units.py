"""The units of our own: each against its formula written in plain numpy."""

from __future__ import annotations

import numpy as np
import pytest

from engine.worker import layers as own
from tests.worker.layers.arrays import SEQUENCES, given, same, weights


def test_maxout_takes_the_largest_piece() -> None:
    layer = own.Maxout(4, pieces=3)
    found = given(layer, SEQUENCES)
    kernel, bias = weights(layer)
    pieces = (SEQUENCES @ kernel + bias).reshape(3, 5, 4, 3)
    same(found, pieces.max(-1))
    assert layer.count_params() == (8 + 1) * 4 * 3


def test_a_branch_is_dropped_sample_by_sample() -> None:
    layer = own.StochasticDepth(0.75, seed=5)
    ones = np.ones((4000, 2, 3))
    same(given(layer, ones), 0.75 * ones)
    drawn = given(layer, ones, training=True)
    assert set(drawn.ravel()) == {0.0, 1.0}
    assert np.ptp(drawn, axis=(1, 2)).max() == 0
    assert drawn.mean() == pytest.approx(0.75, abs=0.03)
