"""Outputs of every rank as tiles: which values, how strong, where."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.monitor.tiles import BACKGROUND, NO_NUMBER, TOP, Grid, bounds, fit, levels, paint, sheet, thinned

RANDOM = np.random.default_rng(7)


@pytest.mark.parametrize(
    ("shape", "kind", "maps"),
    [
        ((), "bars", (1, 1, 1)),
        ((10,), "bars", (1, 1, 10)),
        ((500,), "cells", (1, 1, 500)),
        ((7, 3), "band", (3, 7, 1)),
        ((5, 6, 4), "maps", (5, 6, 4)),
        ((9, 5, 6, 4), "maps", (5, 6, 4)),
    ],
)
def test_the_rank_chooses_the_picture(shape: tuple[int, ...], kind: str, maps: tuple[int, ...]) -> None:
    shown = sheet(np.zeros(shape, np.float32))
    assert (shown.kind, shown.maps.shape) == (kind, maps)


def test_of_a_volume_the_middle_slice_is_named() -> None:
    values = np.arange(9 * 2 * 2).reshape(9, 2, 2, 1).astype(float)
    shown = sheet(values)
    assert (shown.slice, shown.depth) == (4, 9)
    assert shown.maps[0, 0, 0] == values[4, 0, 0, 0]


def test_a_band_runs_along_time() -> None:
    values = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    assert sheet(values).maps[:, :, 0].tolist() == [[1, 3, 5], [2, 4, 6]]


def scaled(values: np.ndarray, *, shared: bool) -> np.ndarray:
    shown = sheet(values)
    return levels(shown.maps, *bounds(shown, shared=shared))


def test_each_map_has_its_own_scale_unless_they_share() -> None:
    values = np.stack([np.linspace(0, 1, 4).reshape(2, 2), np.linspace(0, 10, 4).reshape(2, 2)], axis=2)
    own, shared = scaled(values, shared=False), scaled(values, shared=True)
    assert own.max(axis=(0, 1)).tolist() == [TOP, TOP]
    assert shared.max(axis=(0, 1)).tolist() == [TOP // 10, TOP]


def test_a_dead_map_is_dark_and_a_constant_one_is_not() -> None:
    values = np.stack([np.zeros((2, 2)), np.full((2, 2), 3.0)], axis=2)
    assert scaled(values, shared=False).max(axis=(0, 1)).tolist() == [0, TOP // 2]


def test_what_is_no_number_has_a_level_of_its_own() -> None:
    values = np.array([[0.0, np.nan], [np.inf, 1.0]])[:, :, None]
    assert scaled(values, shared=False)[:, :, 0].tolist() == [[0, NO_NUMBER], [NO_NUMBER, TOP]]
    assert (scaled(np.full((2, 2, 1), np.nan), shared=False) == NO_NUMBER).all()


def test_a_wide_range_does_not_overflow() -> None:
    values = np.array([-3e38, 0.0, 3e38], np.float32).reshape(1, 3, 1)
    assert scaled(values, shared=True).reshape(-1).tolist()[::2] == [0, TOP]


@given(st.integers(1, 3000), st.integers(1, 64), st.integers(1, 64), st.integers(40, 1200), st.integers(40, 400))
def test_tiles_stay_in_their_room_and_none_is_lost(count: int, height: int, width: int, across: int, down: int) -> None:
    grid = fit(count, height, width, (across, down), 2)
    assert grid.columns * grid.rows >= count
    smallest = grid.width == 1 or grid.height == 1
    assert smallest or (grid.size[0] <= across and grid.size[1] <= down)


def test_each_pixel_shows_the_value_that_pointing_finds() -> None:
    shown = sheet(RANDOM.normal(size=(5, 7, 23)))
    grid = fit(23, 5, 7, (400, 200), 2)
    strength = levels(shown.maps, *bounds(shown, shared=False))
    picture = paint(strength, grid)
    assert picture.shape == grid.size[::-1]
    for y, x in RANDOM.integers((0, 0), picture.shape, size=(300, 2)):
        found = grid.at(x, y)
        if found is None:
            assert picture[y, x] == BACKGROUND
        else:
            index, over, down = found
            assert picture[y, x] == strength[int(down * 5), int(over * 7), index]


@pytest.mark.parametrize("at", [(-1, 5), (5, -1), (10_000, 5), (5, 10_000)])
def test_outside_there_is_no_tile(at: tuple[int, int]) -> None:
    assert Grid(6, 3, 10, 10, 2).at(*at) is None


def test_the_last_row_is_not_full() -> None:
    grid = Grid(5, 3, 10, 10, 2)
    assert grid.at(25, 15) is None
    assert grid.at(13, 15) == (4, 0.1, 0.3)


def test_large_maps_are_thinned_to_about_their_pixels() -> None:
    shown = sheet(RANDOM.normal(size=(224, 224, 8)).astype(np.float32))
    few = thinned(shown, Grid(4, 4, 50, 50, 2))
    assert few.maps.shape == (56, 56, 4)
