"""Correlation, noughts and the chain are what numpy says they are, and the words say no more than that."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from gui.monitor.looking.likeness import chain, correlation, likeness, sparsity, summary

rows = hnp.arrays("float32", st.tuples(st.integers(1, 9), st.integers(2, 9)), elements=st.floats(-8, 8, width=32))


def test_correlation_is_pearsons() -> None:
    values = np.random.default_rng(1).normal(size=(6, 40)).astype("float32")
    assert np.allclose(correlation(values), np.corrcoef(values), atol=1e-5)


def test_a_map_of_one_value_can_be_compared_with_none() -> None:
    found = correlation(np.array([[3, 3, 3], [1, 2, 3], [2, 4, 6]], "float32"))
    assert np.isnan(found[0]).all()
    assert np.isnan(found[:, 0]).all()
    assert found[1, 2] > 0.999


@given(rows)
def test_a_chain_has_every_map_once_and_a_share_is_a_share(values: np.ndarray[Any, Any]) -> None:
    found = likeness(values)
    assert sorted(found.chain.tolist()) == list(range(len(values)))
    assert ((found.sparsity >= 0) & (found.sparsity <= 1)).all()
    assert summary(found)


def test_neighbours_in_a_chain_are_alike() -> None:
    base = np.random.default_rng(2).normal(size=(3, 50))
    noise = np.random.default_rng(3).normal(size=(9, 50)) * 0.05
    mixed = base[[0, 1, 2, 0, 1, 2, 0, 1, 2]] + noise
    kinds = (chain(correlation(mixed.astype("float32"))) % 3).tolist()
    assert sum(a != b for a, b in pairwise(kinds)) == 2, "each kind stands together"


def test_noughts_are_counted_by_map() -> None:
    assert sparsity(np.array([[0, 0, 0, 0], [0, 1, 0, 2], [1, 1, 1, 1]], "float32")).tolist() == [1, 0.5, 0]


def test_words_sum_up() -> None:
    one = np.array([0, 1, 2, 3, 0, 1], "float32")
    found = likeness(np.stack([one, one * 2, np.zeros(6, "float32"), one[::-1]]))
    assert summary(found).startswith("1 of 4 maps is silent for this sample; maps 0 and 1 are alike: 1.00")
    assert summary(likeness(np.zeros((3, 4), "float32"))) == "All 3 maps are silent for this sample"
