"""One curve's points: growth, reduction to pixels, the nearest, smoothing that keeps up."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from engine.plotting.pyramid import BLOCK, FINE, Floats, Pyramid
from engine.plotting.smooth import Smoother
from engine.plotting.track import AT_ONCE, Smoothed, Track, decimate

numbers = st.floats(-1e6, 1e6) | st.just(math.nan)
columns_of_numbers = arrays.arrays(np.float64, st.integers(0, 3000), elements=numbers, fill=numbers)


def track_of(y: Floats, piece: int = 997) -> Track:
    track = Track()
    x = np.arange(1.0, len(y) + 1)
    for first in range(0, len(y), piece):
        track.add(x[first : first + piece], y[first : first + piece])
    return track


def test_the_nearest_point_answers() -> None:
    track = Track()
    assert math.isnan(track.at(3))
    track.add(np.array([10.0, 20.0]), np.array([1.0, 2.0]))
    assert [track.at(x) for x in (-5, 14, 16, 99)] == [1.0, 1.0, 2.0, 2.0]


def test_the_extremes_and_where_they_are() -> None:
    track = Track()
    track.add(np.array([1.0, 2.0, 3.0]), np.array([math.nan, 5.0, math.inf]))
    track.add(np.array([4.0, 5.0]), np.array([-1.0, 5.0]))
    assert (track.least, track.least_at, track.greatest, track.greatest_at) == (-1.0, 4.0, 5.0, 2.0)


# -- the pyramid against reading everything


@given(columns_of_numbers, st.integers(1, 400), st.data())
def test_a_pyramid_knows_what_reading_everything_knows(y: Floats, piece: int, data: st.DataObject) -> None:
    pyramid = Pyramid()
    for end in [*range(0, len(y), piece), len(y)]:
        pyramid.extend(y[:end])
    if not len(y):
        return
    starts = np.unique(data.draw(st.lists(st.integers(0, len(y) - 1), min_size=1, max_size=40)))
    places, low, high = pyramid.extremes(y, starts, len(y))
    assert places[0] <= starts[0]
    ends = [*places[1:].tolist(), len(y)]
    for first, last, least, most in zip(places.tolist(), ends, low, high, strict=True):
        naive = (np.fmin.reduce(y[first:last]), np.fmax.reduce(y[first:last]))
        assert np.array_equal((least, most), naive, equal_nan=True)


def test_edges_move_by_less_than_a_quarter_of_a_column() -> None:
    y = np.sin(np.arange(300_000.0))
    pyramid = Pyramid()
    pyramid.extend(y)
    starts = np.arange(0, 300_000, 2_345)
    places, _, _ = pyramid.extremes(y, starts, len(y))
    assert len(places) == len(starts)
    assert ((starts - places) * FINE <= 2_345).all()
    assert (places % BLOCK == 0).all()


def test_a_long_curve_is_not_read_whole() -> None:
    track = track_of(np.zeros(400_000), 400_000)
    track.y[:] = np.nan  # whoever reads the points finds nothing
    _, y = track.line(np.linspace(0, 400_000, 500))
    assert np.isnan(y).sum() <= 4


# -- reduction


@given(arrays.arrays(np.float64, st.integers(0, 400), elements=numbers), st.integers(1, 60))
def test_reduction_keeps_the_extremes_and_the_order(y: Floats, columns: int) -> None:
    edges = np.linspace(0.0, float(len(y)), columns + 1)
    for few_x, few_y in (decimate(np.arange(1.0, len(y) + 1), y, edges), track_of(y, 13).line(edges)):
        assert len(few_x) == len(few_y) <= max(2 * columns + 4, 2)
        assert (np.diff(few_x) >= 0).all()
        if np.isfinite(y).any():
            assert (np.nanmin(few_y), np.nanmax(few_y)) == (np.nanmin(y), np.nanmax(y))
        else:
            assert np.isnan(few_y).all()


def test_a_gap_wider_than_a_column_stays_a_gap() -> None:
    y = np.ones(1000)
    y[400:600] = np.nan
    _, few = track_of(y).line(np.linspace(0, 1000, 51))
    assert 15 <= np.isnan(few).sum() <= 22


def test_zoomed_in_one_point_on_either_side_is_kept() -> None:
    few, _ = track_of(np.arange(10.0)).line(np.linspace(4.5, 6.5, 101))
    assert few.tolist() == [4, 5, 6, 7]


@pytest.mark.parametrize("count", [BLOCK * 40, BLOCK * 40 + 17, 300_000])
def test_the_coarse_way_shows_what_the_fine_way_shows(count: int) -> None:
    x = np.arange(1.0, count + 1)
    y = np.sin(x / 900) + np.sin(x * 7.3)
    track = track_of(y, 9_973)
    for columns in (20, 333):
        edges = np.linspace(0, count, columns + 1)
        coarse, fine = track.line(edges), decimate(x, y, edges)
        assert (coarse[1].min(), coarse[1].max()) == (fine[1].min(), fine[1].max())
        assert len(coarse[0]) <= 2 * columns + 4
        if len(coarse[0]) == len(fine[0]):
            assert np.abs(coarse[0] - fine[0]).max() <= count / columns, "an edge moves by less than a column"


def test_the_last_points_are_seen_though_their_block_is_not_full() -> None:
    track = Track()
    track.add(np.arange(10_000.0), np.zeros(10_000))
    track.add(np.array([10_000.0]), np.array([7.0]))
    assert track.line(np.linspace(0, 10_001, 11))[1].max() == 7.0


def test_a_band_holds_every_point() -> None:
    y = np.random.default_rng(1).normal(size=5000)
    x, low, high = track_of(y).band(np.linspace(0, 5001, 40))
    assert (x[0], x[-1]) == (1.0, 5000.0)
    assert (low.min(), high.max()) == (y.min(), y.max())
    assert (low <= high).all()


# -- smoothing


def naive(y: Floats, weight: float) -> list[float]:
    """TensorBoard's loop, line by line."""
    last, count, smoothed = 0.0, 0, []
    for value in y.tolist():
        if not math.isfinite(value):
            smoothed.append(math.nan)
            continue
        last = last * weight + (1 - weight) * value
        count += 1
        smoothed.append(last / (1 - weight**count))
    return smoothed


@given(
    arrays.arrays(np.float64, st.integers(0, 700), elements=st.floats(-1e3, 1e3) | st.just(math.nan)),
    st.floats(0.01, 0.99),
    st.integers(1, 300),
)
def test_smoothing_is_tensorboards_however_it_is_cut(y: Floats, weight: float, piece: int) -> None:
    smoother = Smoother(weight)
    pieces = [smoother(y[first : first + piece]) for first in range(0, len(y), piece)]
    ours = np.concatenate(pieces) if pieces else np.empty(0)
    np.testing.assert_allclose(ours, naive(y, weight), rtol=1e-9, atol=1e-9)


def test_no_smoothing_changes_nothing_and_a_constant_stays_one() -> None:
    y = np.array([1.0, 5.0, 2.0])
    assert Smoother(0.0)(y).tolist() == y.tolist()
    np.testing.assert_allclose(Smoother(0.97)(np.full(500, 3.0)), 3.0)


def test_smoothed_points_keep_up_with_what_comes_in_slices() -> None:
    track, smoothed = track_of(np.ones(AT_ONCE + 10), AT_ONCE), Smoothed()
    assert not smoothed.follow(track, 0.5)
    assert len(smoothed.track) == AT_ONCE
    assert smoothed.follow(track, 0.5)
    assert len(smoothed.track) == len(track)
    track.add(np.array([1e9]), np.array([3.0]))
    assert smoothed.follow(track, 0.5)
    assert smoothed.track.y[-1] == pytest.approx(2.0)
    assert smoothed.follow(track, 0.0), "without smoothing there is nothing to do"
    assert len(smoothed.track) == 0
