"""Metrics' names, the reach of axes, and the words for a figure."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.plotting.figures import bounded, direction, figure, in_order, limits, logged, span


def test_a_loss_is_read_from_nought_and_an_accuracy_to_one() -> None:
    assert limits([np.array([0.1, 2.3])], bounded=False)[0] == 0.0
    assert limits([np.array([0.4, 0.9])], bounded=True) == (0.0, 1.0)
    low, high = limits([np.array([5.0, 5.5])], bounded=False)
    assert 4.9 < low < 5.0
    assert 5.5 < high < 5.6


def test_limits_of_nothing_and_of_one_value_are_a_range_still() -> None:
    assert limits([np.empty(0), np.array([np.nan])], bounded=False) == (0.0, 1.0)
    low, high = limits([np.array([3.0])], bounded=False)
    assert low < 3.0 < high


def test_the_axis_shows_the_run_but_never_a_sliver() -> None:
    assert span(7, 20) == 20
    assert span(1, 1000) == 15.625
    assert all(done / span(done, 100_000) >= 1 / 20 for done in (1, 3, 700, 99_999))
    assert span(30, 20) == 30


@pytest.mark.parametrize(
    ("value", "bounded", "words"),
    [
        (0.9813, True, ".981"), (1.0, True, "1.000"), (0.0, True, ".000"), (0.07123, False, "0.071"),
        (2.3026, False, "2.303"), (153.25, False, "153.2"), (12345.6, False, "12346"), (1.5e-7, False, "1.50e-07"),
        (2.5e9, False, "2.50e+09"), (-0.5, True, "-0.500"), (math.inf, False, "∞"), (-math.inf, False, "-∞"),
        (0.0, False, "0.000"),
    ],
)  # fmt: skip
def test_a_figure_is_spelled_for_a_person(value: float, bounded: bool, words: str) -> None:
    assert figure(value, bounded=bounded) == words


def test_metrics_are_read_loss_first() -> None:
    assert in_order(["top_5", "accuracy", "auc", "loss"]) == ["loss", "accuracy", "auc", "top_5"]


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("loss", -1), ("digit_loss", -1), ("accuracy", 1), ("top_5_accuracy", 1), ("mean_squared_error", -1),
        ("cosine_similarity", 1), ("r2_score", 1), ("gradient_norm", 0), ("kl_divergence", -1), ("AUC", 1), ("mae", -1),
        ("sparse_categorical_crossentropy", -1), ("learning_rate", 0), ("binary_accuracy", 1), ("precision_loss", -1),
    ],
)  # fmt: skip
def test_a_name_says_whether_more_is_better(name: str, way: int) -> None:
    assert direction(name) == way
    assert not bounded(name) or way == 1


def test_a_logarithm_has_no_place_for_nought_and_less() -> None:
    assert np.array_equal(logged(np.array([100.0, 0.0, -1.0, math.nan])), [2.0, *[math.nan] * 3], equal_nan=True)
    assert limits([np.array([-3.0, 1.0])], bounded=False, log=True) == pytest.approx((-3.16, 1.08))
