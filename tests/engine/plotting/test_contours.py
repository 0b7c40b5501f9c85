"""Lines of one height lie at that height, and every crossing has its line."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from engine.plotting.contours import contour, levels

grids = hnp.arrays("float64", hnp.array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=8),
                   elements=st.floats(-5, 5))  # fmt: skip


def test_of_a_cone_it_is_a_circle() -> None:
    rows, columns = np.mgrid[-20:21, -20:21]
    segments = contour(np.hypot(rows, columns).astype(float), 10.0)
    ends = segments.reshape(-1, 2) - 20
    assert np.allclose(np.hypot(*ends.T), 10, atol=0.05)
    length = np.hypot(*(segments[:, 2:] - segments[:, :2]).T).sum()
    assert length == pytest.approx(2 * np.pi * 10, rel=0.01)


@given(grids, st.floats(-5, 5))
def test_each_end_lies_at_the_level(values: np.ndarray, level: float) -> None:
    for column, row in contour(values, level).reshape(-1, 2):
        assert 0 <= column <= values.shape[1] - 1
        assert 0 <= row <= values.shape[0] - 1
        r, c = min(int(row), values.shape[0] - 2), min(int(column), values.shape[1] - 2)
        cell = values[r : r + 2, c : c + 2]
        assert cell.min() - 1e-9 <= level <= cell.max() + 1e-9


def test_crosswise_corners_have_two_lines() -> None:
    assert len(contour(np.array([[1.0, 0.0], [0.0, 1.0]]), 0.4)) == 2


def test_what_is_not_known_is_not_crossed() -> None:
    values = np.arange(9.0).reshape(3, 3)
    values[0, 0] = np.nan
    assert len(contour(values, 3.5)) == 2
    assert not len(contour(np.full((3, 3), np.nan), 0.5))
    assert not len(contour(np.ones((1, 5)), 0.5))


def test_levels_lie_between_and_closer_below() -> None:
    found = levels(np.array([[1.0, 5.0], [np.nan, 3.0]]), 6)
    assert all(1 < level < 5 for level in found)
    assert (np.diff(found, 2) > 0).all()
    assert levels(np.ones((3, 3)), 4) == []
