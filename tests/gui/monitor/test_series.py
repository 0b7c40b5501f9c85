"""A run's figures as arrays: growth, reduction to pixels, and the words for a figure."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from engine.messages import Array, Epoch, Steps
from gui.monitor.series import BLOCK, Floats, Series, Track, decimate, figure, in_order, limits, span
from tests.gui.monitor.stage import recording


def recorded() -> Series:
    series = Series(epochs=12)
    for message in recording():
        if isinstance(message, Steps):
            series.add_steps(message)
        if isinstance(message, Epoch):
            series.add_epoch(message)
    return series


def test_every_step_and_epoch_of_a_run_is_kept() -> None:
    series = recorded()
    assert series.names == ["loss", "accuracy"]
    assert (series.step, series.steps_per_epoch) == (480, 40)
    loss = series.metrics["loss"]
    assert loss.steps.x.tolist() == list(range(1, 481))
    assert loss.train.x.tolist() == loss.validation.x.tolist() == [40 * n for n in range(1, 13)]
    assert loss.steps.y[-1] == loss.train.y[-1] == loss.steps.last


def test_the_best_epoch_is_that_of_the_least_validation_loss() -> None:
    series = recorded()
    losses = [m.metrics["val_loss"] for m in recording() if isinstance(m, Epoch)]
    assert series.best_step == 40 * (losses.index(min(losses)) + 1)


def test_one_epoch_is_no_best_one() -> None:
    series = Series()
    assert series.best_step is None
    series.add_epoch(Epoch(1, 40, {"val_loss": 1.0}, 0.1))
    assert series.best_step is None
    series.add_epoch(Epoch(2, 80, {"val_loss": math.nan}, 0.1))
    assert series.best_step == 40
    series.add_epoch(Epoch(3, 120, {"val_loss": 0.5}, 0.1))
    assert series.best_step == 120


def test_what_is_no_number_becomes_a_gap_and_the_figure_still_says_it() -> None:
    series = Series()
    values = np.array([[1.0], [math.inf], [math.nan]])
    series.add_steps(Steps(("loss",), Array.of(np.array([1, 2, 3])), Array.of(values)))
    track = series.metrics["loss"].steps
    assert np.isnan(track.y).tolist() == [False, True, True]
    assert math.isnan(track.last)
    assert figure(track.last) == "nan"


def test_an_empty_message_changes_nothing() -> None:
    series = Series()
    series.add_steps(Steps(("loss",), Array.of(np.empty(0, np.int64)), Array.of(np.empty((0, 1)))))
    assert not series


def test_the_nearest_point_answers() -> None:
    track = Track()
    assert math.isnan(track.at(3))
    track.add(np.array([10.0, 20.0]), np.array([1.0, 2.0]))
    assert [track.at(x) for x in (-5, 14, 16, 99)] == [1.0, 1.0, 2.0, 2.0]


# -- reduction

numbers = st.floats(-1e6, 1e6) | st.just(math.nan)


@given(arrays.arrays(np.float64, st.integers(0, 400), elements=numbers), st.integers(1, 60))
def test_reduction_keeps_the_extremes_and_the_order(y: Floats, columns: int) -> None:
    x = np.arange(1.0, len(y) + 1)
    few_x, few_y = decimate(x, y, columns, 0.0, float(len(y)))
    assert len(few_x) == len(few_y) <= max(2 * columns + 4, 2)
    assert (np.diff(few_x) >= 0).all()
    if np.isfinite(y).any():
        assert (np.nanmin(few_y), np.nanmax(few_y)) == (np.nanmin(y), np.nanmax(y))
    else:
        assert np.isnan(few_y).all()


def test_a_gap_wider_than_a_column_stays_a_gap() -> None:
    x, y = np.arange(1000.0), np.ones(1000)
    y[400:600] = np.nan
    _, few = decimate(x, y, 50, 0, 1000)
    assert 15 <= np.isnan(few).sum() <= 22


def test_zoomed_in_one_point_on_either_side_is_kept() -> None:
    x = np.arange(10.0)
    few, _ = decimate(x, x, 100, 3.5, 5.5)
    assert few.tolist() == [3, 4, 5, 6]


@pytest.mark.parametrize("count", [BLOCK * 40, BLOCK * 40 + 17, 300_000])
def test_the_coarse_way_shows_what_the_fine_way_shows(count: int) -> None:
    x = np.arange(1.0, count + 1)
    y = np.sin(x / 900) + np.sin(x * 7.3)
    track = Track()
    for first in range(0, count, 9_973):
        track.add(x[first : first + 9_973], y[first : first + 9_973])
        track.decimated(20, 0.0, float(count))
    for columns in (20, 333):
        coarse, fine = track.decimated(columns, 0, count), decimate(x, y, columns, 0, count)
        assert (coarse[1].min(), coarse[1].max()) == (fine[1].min(), fine[1].max())
        # Blocks need not end where columns do: in height they may differ by what one block more or less brings.
        grid = np.linspace(1, count, 50)
        assert np.abs(np.interp(grid, *fine) - np.interp(grid, *coarse)).max() <= 2 * np.abs(y).max()
        assert len(coarse[0]) <= 2 * columns + 4


def test_the_last_points_are_seen_though_their_block_is_not_full() -> None:
    track = Track()
    track.add(np.arange(10_000.0), np.zeros(10_000))
    track.decimated(10, 0, 10_000)
    track.add(np.array([10_000.0]), np.array([7.0]))
    assert track.decimated(10, 0, 10_001)[1].max() == 7.0


# -- axes and words


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
