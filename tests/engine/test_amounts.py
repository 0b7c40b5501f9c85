"""Amounts: three figures, and never a thousand of a unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.amounts import spelled_bytes, spelled_count


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 bytes"), (999, "999 bytes"), (1000, "1 kB"), (1280, "1.28 kB"), (12_345, "12.3 kB"),
        (999_499, "999 kB"), (999_500, "1 MB"), (41_000_000, "41 MB"), (6_400_000_000_000, "6.4 TB"),
        (10**18, "over 1,000 PB"),
    ],
)  # fmt: skip
def test_bytes(count: int, words: str) -> None:
    assert spelled_bytes(count) == words


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0"), (320, "320"), (18_432, "18.4 k"), (2_400_000, "2.4 M"), (15_470_264_320, "15.5 G")]
)
def test_counts(count: int, words: str) -> None:
    assert spelled_count(count) == words


@given(st.integers(0, 10**18 - 1))
def test_three_figures_are_near_the_truth(count: int) -> None:
    number, _, unit = spelled_bytes(count).partition(" ")
    assert len(number.replace(".", "").replace(",", "")) <= 4
    power = ("bytes", "kB", "MB", "GB", "TB", "PB").index(unit)
    assert float(number.replace(",", "")) * 1000**power == pytest.approx(count, rel=6e-3)
