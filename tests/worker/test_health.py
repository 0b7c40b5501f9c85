"""A loss that is no number any more is said once, with the step at which it began."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.messages import Array, Steps
from engine.worker.health import Health


def steps(first: int, *losses: float) -> Steps:
    numbers = np.arange(first, first + len(losses))
    return Steps(("accuracy", "loss"), Array.of(numbers), Array.of(np.array([[math.nan, loss] for loss in losses])))


@pytest.mark.parametrize(("value", "word"), [(math.nan, "NaN"), (math.inf, "infinite"), (-math.inf, "infinite")])
def test_the_first_loss_that_is_no_number_is_said_once(value: float, word: str) -> None:
    health = Health()
    assert health.sees(steps(1, 2.0, 1.5)) is None
    found = health.sees(steps(3, 1.0, value, value))
    assert found is not None
    assert found[0] == 4
    assert f"became {word} at step 4: lower the learning rate" in found[1]
    assert health.sees(steps(6, value)) is None


def test_a_run_without_a_loss_is_not_judged() -> None:
    told = Steps(("mae",), Array.of(np.array([1])), Array.of(np.array([[math.nan]])))
    assert Health().sees(told) is None
