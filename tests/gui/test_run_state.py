"""Where a run stands, as a value."""

from __future__ import annotations

from gui.run_state import RunState


def test_a_step_tells_how_long_the_rest_takes_at_this_pace() -> None:
    state = RunState("training", epochs=2, steps=50).at_step(20, 4.0)
    assert (state.step, state.seconds_left, state.progress) == (20, 16.0, 0.2)
    assert state.at_step(120, 4.0).seconds_left == 0.0, "a run that lasts longer than it said is about to end"
