"""The time of training leaves out what a run stands still."""

from __future__ import annotations

from time import sleep, time

import pytest

from engine.worker.clock import Clock


def test_what_is_held_does_not_count_and_the_wall_goes_on() -> None:
    clock = Clock()
    clock.hold()
    before, since = clock.seconds, clock.since
    sleep(0.05)
    clock.hold()
    assert clock.seconds == before
    clock.go()
    clock.go()
    assert clock.seconds < before + 0.04
    assert clock.since >= since + 0.05 - 0.01
    assert clock.since + clock.seconds == pytest.approx(time(), abs=0.02)
