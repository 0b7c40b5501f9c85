"""Histograms count every number once, in the bin where numpy would."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from engine.histograms import BINS, histogram

numbers = hnp.arrays("float32", hnp.array_shapes(max_dims=2, max_side=50), elements=st.floats(-1e6, 1e6, width=32))


@given(numbers)
def test_every_number_is_counted_once(values: np.ndarray[Any, Any]) -> None:
    edges, counts = histogram(values)
    assert counts.sum() == values.size
    assert len(edges) == len(counts) + 1 == BINS + 1
    assert np.all(np.diff(edges) > 0)
    assert edges[0] <= values.min() <= values.max() <= edges[-1]


def test_it_counts_as_numpy_does() -> None:
    values = np.random.default_rng(1).normal(size=10_000).astype("float32")
    edges, counts = histogram(values)
    theirs, their_edges = np.histogram(values.astype("float64"), bins=BINS)
    assert np.allclose(edges, their_edges)
    assert np.abs(counts - theirs).sum() <= 2, "but for a number that lies on an edge"


@pytest.mark.parametrize("value", [0.0, 3.0, -1e-30, 1e30])
def test_one_number_over_and_over_has_narrow_bins(value: float) -> None:
    edges, counts = histogram(np.full(7, value))
    assert counts.sum() == counts.max() == 7
    assert edges[-1] - edges[0] <= max(abs(value) * 0.01, 1e-6)


def test_what_is_no_number_is_left_out() -> None:
    _, counts = histogram(np.array([np.nan, 1.0, np.inf, 2.0, -np.inf]))
    assert counts.sum() == 2
    assert histogram(np.array([np.nan]))[1].sum() == histogram(np.empty(0))[1].sum() == 0
