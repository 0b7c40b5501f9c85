"""Principal components are numpy's own, whichever way they are found, and do not turn over between two looks."""

from __future__ import annotations

import numpy as np
import pytest

from engine.pca import principal


def known(samples: int, numbers: int) -> np.ndarray:
    """Samples that differ by known amounts along directions of their own."""
    random = np.random.default_rng(1)
    spread = np.concatenate([[9.0, 5.0, 3.0], 0.5 * random.random(max(0, numbers - 3))])[:numbers]
    turned = np.linalg.qr(random.normal(size=(numbers, numbers)))[0]
    return np.asarray(random.normal(size=(samples, numbers)) * spread @ turned + random.normal(size=numbers))


@pytest.mark.parametrize("shape", [(200, 20), (20, 200), (700, 600)], ids=["long", "wide", "large"])
def test_axes_are_those_of_a_decomposition(shape: tuple[int, int]) -> None:
    values = known(*shape)
    points, shares = principal(values, 3)
    centred = values - values.mean(axis=0)
    left, lengths, _ = np.linalg.svd(centred, full_matrices=False)
    assert np.allclose(np.abs(points), np.abs(left[:, :3] * lengths[:3]), atol=1e-6 * lengths[0])
    assert np.allclose(shares, (lengths**2 / (lengths**2).sum())[:3], atol=1e-8)


def test_axes_do_not_turn_over() -> None:
    values = known(100, 10)
    once, _ = principal(values, 3)
    again, _ = principal(values + 1e-6 * np.random.default_rng(2).normal(size=values.shape), 3)
    assert np.allclose(once, again, atol=1e-3)


@pytest.mark.parametrize("values", [np.ones((5, 4)), np.zeros((1, 3)), np.ones((3, 1))])
def test_where_nothing_differs_all_lie_at_one_place(values: np.ndarray) -> None:
    points, shares = principal(values, 3)
    assert points.shape == (len(values), 3)
    assert not points.any()
    assert not shares.any()
