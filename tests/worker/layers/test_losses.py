"""The losses and the initializer of our own: each against its formula written in plain numpy."""

from __future__ import annotations

import numpy as np
import pytest

from engine.worker import layers as own
from tests.worker.layers.arrays import RNG


def test_every_wrong_class_counts_in_the_hinge() -> None:
    scores, labels = RNG.normal(size=(5, 4)), np.array([0, 3, 1, 2, 2])
    expected = 0.0
    for row, label in zip(scores, labels, strict=True):
        expected += sum(max(0.0, row[j] - row[label] + 2.0) for j in range(4) if j != label)
    assert float(own.MultiClassHinge(margin=2.0)(labels, scores)) == pytest.approx(expected / 5, rel=1e-5)
    assert float(own.MultiClassHinge(margin=2.0)(labels[:, None], scores)) == pytest.approx(expected / 5, rel=1e-5)


def test_the_error_of_codes_wants_the_right_class_high_and_others_low() -> None:
    outputs, labels = RNG.normal(size=(5, 4)), np.array([0, 3, 1, 2, 2])
    codes = np.where(np.arange(4) == labels[:, None], 0.9, -0.5)
    assert float(own.PlaceCodeError(low=-0.5, high=0.9)(labels, outputs)) == pytest.approx(
        np.mean((outputs - codes) ** 2), rel=1e-5
    )
    assert float(own.PlaceCodeError()(labels, 2.0 * np.eye(4)[labels] - 1.0)) == 0.0


def test_the_criterion_of_lenet() -> None:
    distances, labels = RNG.uniform(0, 90, size=(5, 4)), np.array([0, 3, 1, 2, 2])
    expected = [
        row[label] + np.log(np.exp(-0.5) + np.exp(-row).sum()) for row, label in zip(distances, labels, strict=True)
    ]
    assert float(own.LeNetMAP(floor=0.5)(labels, distances)) == pytest.approx(np.mean(expected), rel=1e-4)


def test_weights_lie_within_a_bound_over_the_fan_in() -> None:
    drawn = np.asarray(own.FanInUniform(2.4, seed=1)((5, 5, 8, 400)))
    assert abs(drawn).max() == pytest.approx(2.4 / 200, rel=0.01)
    assert drawn.mean() == pytest.approx(0, abs=1e-3)
