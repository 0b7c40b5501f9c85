"""Where axes are marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.plotting.ticks import clock, duration, logarithmic, ticks, times


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


def test_powers_of_ten_are_marked_with_what_fits_between() -> None:
    assert [words for _, words in logarithmic(0, 2, 8)] == ["1", "2", "5", "10", "20", "50", "100"]
    assert [words for _, words in logarithmic(-2, 3, 7)] == ["0.01", "0.1", "1", "10", "100", "1,000"]
    assert [words for _, words in logarithmic(-9, 9, 4)] == ["1e-5", "1", "1e5"]
    close = logarithmic(0.31, 0.33, 5)
    assert len(close) > 1
    assert all(0.31 <= place <= 0.33 for place, _ in close)


def test_times_stand_at_round_ones() -> None:
    assert [words for _, words in times(0, 130, 6)] == ["0:00", "0:30", "1:00", "1:30", "2:00"]
    assert [words for _, words in times(0, 8000, 4)] == ["0:00", "1:00:00", "2:00:00"]
    at_five = 17 * 3600 + 20.0
    marks = times(0, 200, 4, at_five)
    assert [words for _, words in marks] == ["17:01", "17:02", "17:03"]
    assert marks[0][0] == 40.0
    assert [words for _, words in times(0, 2, 4)] == ["0 s", "0.5 s", "1.0 s", "1.5 s", "2.0 s"]
    assert times(1, 1, 4) == []
    assert logarithmic(1, 1, 4) == []


def test_a_duration_is_spelled_as_a_clock_does() -> None:
    assert [duration(s) for s in (0, 4.25, 65, 3725)] == ["0:00", "4.2 s", "1:05", "1:02:05"]
    assert clock(86_399) == "23:59:59"
