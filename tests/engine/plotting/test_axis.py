"""What curves run along: there and back, and over a clock."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.plotting.axis import ACROSS, Across, Axis, edges

STEPS = np.arange(1.0, 1001.0)
#: Steps that took longer in the middle.
SECONDS = np.cumsum(np.where((STEPS > 400) & (STEPS < 500), 2.0, 0.1))


def axis(across: Across, *, log: bool = False) -> Axis:
    return Axis(across, 40.0, STEPS, SECONDS, 60.0, log)


@given(st.sampled_from(ACROSS), st.booleans(), st.floats(1, 1000))
def test_there_and_back_is_the_same_step(across: Across, log: bool, step: float) -> None:
    way = axis(across, log=log)
    assert way.back(way.of(np.array([step])))[0] == pytest.approx(step, rel=1e-6)


@pytest.mark.parametrize("across", ACROSS)
@pytest.mark.parametrize("log", [False, True])
def test_edges_of_columns_rise_and_reach_from_end_to_end(across: Across, log: bool) -> None:
    way = axis(across, log=log)
    x0, x1 = way.of(np.array([1.0, 1000.0]))
    found = edges(way, x0, x1, 100)
    assert (np.diff(found) >= 0).all()
    assert found[[0, -1]] == pytest.approx([1, 1000])


def test_epochs_are_steps_by_their_number_and_time_is_the_clocks() -> None:
    assert axis("epoch").of(np.array([40.0, 60.0])).tolist() == [1.0, 1.5]
    assert axis("elapsed").of(np.array([1.0]))[0] == pytest.approx(0.1)
    assert axis("wall").of(np.array([1.0]))[0] == pytest.approx(60.1)
    assert axis("step", log=True).of(np.array([100.0])).tolist() == [2.0]


def test_an_axis_of_which_nothing_is_known_says_so() -> None:
    assert not Axis("epoch", 0.0).known
    assert not Axis("elapsed").known
    assert not Axis("wall").known
    assert Axis("step", 0.0).known


def test_beyond_its_last_tick_a_clock_goes_on() -> None:
    assert axis("elapsed").back(np.array([SECONDS[-1] + 10.0]))[0] > 1000
