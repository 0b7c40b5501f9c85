"""What was added often and lately counts for more; what was kept badly counts for nothing."""

from __future__ import annotations

import pytest

from gui import usage
from gui.settings import Settings

DAY = 24 * 3600.0


def test_an_addition_counts_for_half_after_two_weeks() -> None:
    uses = usage.noted({}, "Dense", 0.0)
    assert usage.weights(uses, 0.0) == {"Dense": 1.0}
    assert usage.weights(uses, 14 * DAY)["Dense"] == pytest.approx(0.5)
    assert usage.weights(usage.noted(uses, "Dense", 14 * DAY), 14 * DAY)["Dense"] == pytest.approx(1.5)


def test_often_long_ago_yields_to_lately() -> None:
    uses: usage.Uses = {}
    for _ in range(8):
        uses = usage.noted(uses, "LSTM", 0.0)
    uses = usage.noted(uses, "Dense", 90 * DAY)
    weights = usage.weights(uses, 90 * DAY)
    assert weights["Dense"] > weights["LSTM"] > 0


def test_a_clock_set_back_adds_nothing() -> None:
    uses = usage.noted({}, "Dense", 10 * DAY)
    assert usage.weights(uses, 0.0) == {"Dense": 1.0}


def test_few_are_remembered() -> None:
    uses: usage.Uses = {"Dense": (9.0, 0.0)}
    for number in range(usage.MOST + 50):
        uses = usage.noted(uses, f"layer{number}", 0.0)
    assert len(uses) == usage.MOST
    assert "Dense" in uses


@pytest.mark.parametrize(
    "kept",
    [None, 7, [], {"Dense": 7}, {"Dense": [1]}, {"Dense": ["a", 1]}, {"Dense": [True, 1]}, {"Dense": [-1, 1]},
     {"Dense": [float("nan"), 1]}, {"Dense": [float("inf"), 1]}, {"Dense": [1, 1, 1]}],
)  # fmt: skip
def test_what_makes_no_sense_is_passed_over(kept: object) -> None:
    assert usage.readable(kept) == {}


def test_use_is_remembered_between_starts() -> None:
    settings = Settings()
    settings.note_layer("Dense")
    settings.note_layer("Dense")
    settings.note_layer("LSTM")
    again = Settings().layer_weights()
    assert again["Dense"] == pytest.approx(2.0, abs=0.1)
    assert again["LSTM"] == pytest.approx(1.0, abs=0.1)
