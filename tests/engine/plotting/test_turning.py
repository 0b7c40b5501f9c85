"""Turned space keeps its lengths; from the front, right is right and up is up."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.plotting.turning import FLAT, MOST_ZOOM, Turn

angles = st.floats(-10, 10)


def test_from_the_front_it_is_as_it_is() -> None:
    assert np.allclose(FLAT.seen(np.array([[1.0, 2.0, 3.0]])), [[1, 3, -2]])


def test_from_above_the_floor_is_seen() -> None:
    above = Turn(0.0, np.pi / 2)
    assert np.allclose(above.seen(np.array([[1.0, 2.0, 3.0]])), [[1, 2, 3]])


@given(angles, angles)
def test_lengths_are_kept(yaw: float, pitch: float) -> None:
    points = np.random.default_rng(1).normal(size=(5, 3))
    seen = FLAT.by(yaw, pitch).seen(points)
    assert np.allclose(np.linalg.norm(seen, axis=1), np.linalg.norm(points, axis=1))


@given(angles, angles)
def test_nobody_looks_from_below_the_pole(yaw: float, pitch: float) -> None:
    turned = Turn().by(yaw, pitch)
    assert abs(turned.pitch) < np.pi / 2
    assert abs(turned.yaw) <= np.pi


def test_zoom_has_bounds() -> None:
    assert Turn().zoomed(1e6).zoom == MOST_ZOOM
