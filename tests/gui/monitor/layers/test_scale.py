"""Axes hold what they are made for, and write round numbers."""

from __future__ import annotations

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.monitor.layers.scale import MOST_TICKS, scale_of, spelled

numbers = st.lists(st.floats(-1e6, 1e6), max_size=20)


@given(numbers, st.booleans())
def test_every_value_has_a_place_on_the_axis(values: list[float], log: bool) -> None:
    scale = scale_of(values, log=log)
    assert scale.low < scale.high
    assert all(0 <= scale.at(value) <= 1 for value in values)
    assert len(scale.ticks) <= MOST_TICKS + 2


def test_decades_are_as_far_apart() -> None:
    scale = scale_of([1e-4, 1.0, nan, inf, 0.0], log=True)
    assert scale.ticks == pytest.approx([1e-4, 1e-3, 1e-2, 0.1, 1.0])
    assert [scale.at(10.0**power) for power in (-4, -3, -2)] == pytest.approx([0, 0.25, 0.5])
    assert scale.at(0.0) == 0


def test_a_mark_is_on_the_axis() -> None:
    scale = scale_of([1e-6], log=True, marks=[1e-3])
    assert 0 < scale.at(1e-6) + scale.at(1e-3) <= 1


@pytest.mark.parametrize(
    ("value", "words"), [(0.0, "0"), (0.0123456, "0.0123"), (1e-4, "1e-4"), (0.00076, "7.6e-4"), (25000, "2.5e4"),
                         (nan, ""), (inf, "inf")],
)  # fmt: skip
def test_figures_are_spelled_in_few_letters(value: float, words: str) -> None:
    assert spelled(value) == words
