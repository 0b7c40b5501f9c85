"""Where axes are marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.monitor.ticks import ticks


@pytest.mark.parametrize(
    ("low", "high", "most", "words"),
    [
        (0, 1, 4, ["0", "0.25", "0.50", "0.75", "1.00"]),
        (0, 2.4, 5, ["0", "0.5", "1.0", "1.5", "2.0"]),
        (0, 25_000, 5, ["0", "5k", "10k", "15k", "20k", "25k"]),
        (0.92, 0.98, 4, ["0.92", "0.94", "0.96", "0.98"]),
        (0, 1500, 4, ["0", "500", "1,000", "1,500"]),
        (0, 1e-5, 2, ["0", "5e-06", "1e-05"]),
        (-1, 1, 2, ["-1", "0", "1"]),
    ],
)
def test_marks_are_round_and_spelled_alike(low: float, high: float, most: int, words: list[str]) -> None:
    assert [word for _, word in ticks(low, high, most)] == words


def test_what_is_counted_is_marked_in_whole_numbers() -> None:
    assert [word for _, word in ticks(0, 3, 8, whole=True)] == ["0", "1", "2", "3"]


@given(st.floats(-1e12, 1e12), st.floats(1e-9, 1e12), st.integers(1, 10), st.booleans())
def test_marks_lie_within_and_are_few(low: float, length: float, most: int, whole: bool) -> None:
    high = low + length
    marks = ticks(low, high, most, whole=whole)
    room = 1e-6 * max(abs(low), abs(high), 1)
    assert all(low - room <= at <= high + room for at, _ in marks)
    assert len(marks) <= most + 2
