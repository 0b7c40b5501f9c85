"""How the figures that a run tells are spelled."""

from __future__ import annotations

import numpy as np
import pytest

from gui.canvas.spelled import coarse, coarse_shares, number, seconds, share


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0.0, "0"), (0.02134, "0.0213"), (3.0, "3"), (12345.0, "12,345"), (1e-5, "10⁻⁵"), (1.25e-7, "1.25·10⁻⁷"),
     (2e9, "2·10⁹"), (0.0001, "10⁻⁴"), (-0.5, "-0.5")],
)  # fmt: skip
def test_numbers_have_three_digits_or_a_power(amount: float, words: str) -> None:
    assert number(amount) == words


@pytest.mark.parametrize(("amount", "words"), [(0.0, "0 %"), (0.004, "0.4 %"), (0.123, "12 %"), (1.0, "100 %")])
def test_shares_are_per_cent(amount: float, words: str) -> None:
    assert share(amount) == words


@pytest.mark.parametrize(
    ("amount", "words"), [(2.5, "2.5 s"), (0.0012, "1.2 ms"), (34e-5, "340 µs"), (0.0, "0 s"), (5e-9, "5 ns")]
)
def test_times_have_their_unit(amount: float, words: str) -> None:
    assert seconds(amount) == words


def test_coarse_is_one_digit() -> None:
    assert coarse(np.array([0.0213, 3.4, 0.0, 9.7])).tolist() == pytest.approx([0.02, 3.0, 0.0, 10.0])


def test_coarse_shares_tell_some_from_none_and_nearly_all_from_all() -> None:
    assert coarse_shares(np.array([0.0, 0.003, 0.52, 0.999, 1.0])).tolist() == pytest.approx([0, 0.01, 0.5, 0.99, 1])
