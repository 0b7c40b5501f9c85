"""What layers cost in words: what is not known is said to be so, and why."""

from __future__ import annotations

import pytest

from engine.recipe import Recipe
from engine.totals import Cost
from gui import costs


@pytest.mark.parametrize(
    ("cost", "words"),
    [
        (Cost(), "none"),
        (Cost(multiply_adds=1280), "1,280 per sample"),
        (Cost(varying=1), "Not known: a length is free"),
        (Cost(uncounted=1), "Not known: 1 layer is not counted"),
        (Cost(multiply_adds=8, uncounted=2), "8 and more: 2 layers are not counted"),
        (Cost(multiply_adds=8, varying=1, uncounted=1), "8 and more: a length is free and 1 layer is not counted"),
    ],
)
def test_multiply_adds_that_are_not_known_are_no_zero(cost: Cost, words: str) -> None:
    assert costs.multiply_add_words(cost) == words


def test_the_line_says_over_only_of_what_is_more() -> None:
    assert costs.short_words(Cost(multiply_adds=8, output=4, free=1), Recipe(batch_size=1)) == [
        "8 multiply-adds", "over 8 bytes to train at batch 1",
    ]  # fmt: skip
    assert costs.short_words(Cost(multiply_adds=8, output=4, uncounted=1), Recipe(batch_size=1)) == [
        "over 8 multiply-adds", "8 bytes to train at batch 1",
    ]  # fmt: skip
