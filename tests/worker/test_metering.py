"""How fast a run goes is counted without validation, pauses and the first step; and what a whole run makes of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.pace_messages import ERROR, MEMORY, PROCESSOR, READINGS, SAMPLES, STEP, WAITING
from engine.worker import metering
from engine.worker.metering import Meter


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(metering, "perf_counter", made)
    return made


def used() -> Iterator[dict[str, float]]:
    """What is used grows; the first is before the run."""
    for memory in (7.0, 1.0, 3.0, 2.0, 2.0):
        yield {MEMORY: memory, PROCESSOR: memory / 2}


def test_the_first_step_and_what_is_held_out_do_not_count(clock: Clock) -> None:
    meter = Meter(100, 32)
    clock.now += 60  # it compiles
    assert meter.next < clock.now
    assert meter.read(1) == {}
    clock.now += 2
    meter.hold()
    clock.now += 50
    meter.go()
    clock.now += 2
    assert meter.read(5) == {SAMPLES: (100 - 32 + 32) / 4, STEP: 1.0}
    assert meter.next == clock.now + 1


def test_a_last_batch_that_is_smaller_counts_for_what_it_is(clock: Clock) -> None:
    meter = Meter(100, 32)
    meter.read(3)
    clock.now += 1
    assert meter.read(4)[SAMPLES] == 4
    clock.now += 1
    assert meter.read(8)[SAMPLES] == 100


def test_waiting_is_a_share_of_the_time_that_counts(clock: Clock) -> None:
    waited = iter((0.5, 1.5, 99.0))
    meter = Meter(64, 32, lambda: next(waited))
    meter.read(1)
    clock.now += 4
    assert meter.read(2)[WAITING] == 0.25
    clock.now += 1
    assert meter.read(3)[WAITING] == 1.0


def test_a_whole_run_is_summed_up(clock: Clock) -> None:
    waited, uses = iter((0.0, 1.0, 1.0, 1.5)), used()
    meter = Meter(10, 10, lambda: next(waited), lambda: next(uses))
    for seconds in (0, 1, 3):
        clock.now += seconds
        meter.read(int(clock.now))
    clock.now += 1
    found = meter.summary(int(clock.now) + 5)
    assert found[SAMPLES] == (10 + 30 + 60) / 5
    assert found[WAITING] == 1.5 / 5
    assert found[READINGS] == 3
    assert found[MEMORY] == 3.0
    assert found[PROCESSOR] == 1.0
    # Readings of 10, 10 and 60 a second.
    assert found[ERROR] == pytest.approx(28.8675 / 3**0.5 / 20, rel=1e-4)


def test_a_run_too_short_for_a_figure_has_none(clock: Clock) -> None:
    meter = Meter(10, 10)
    assert meter.summary(0) == {}
    meter.read(1)
    assert meter.summary(1) == {}


def test_a_run_that_goes_on_begins_anew_and_sums_up_all(clock: Clock) -> None:
    meter = Meter(10, 10)
    meter.read(1)
    clock.now += 1
    assert meter.summary(2) == {SAMPLES: 10.0, READINGS: 1.0}
    clock.now += 1000
    meter.again()
    assert meter.read(3) == {}
    clock.now += 1
    assert meter.read(6)[SAMPLES] == 30
    assert meter.summary(6)[SAMPLES] == 20


def test_no_samples_no_reading() -> None:
    assert Meter(0, 1).next == float("inf")
