"""How long layers take is asked once a run, and only where somebody looks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from engine.messages import Array, Drop, LayersTimed, Refused, TimeLayers
from gui.living.figures import reading
from gui.living.timing import Timing
from gui.monitor.figures import History
from tests.gui.fakes import Told


class Stage:
    """A run, its history, and somebody who looks or does not."""

    def __init__(self) -> None:
        runner: Any = Told()
        self.runner = runner
        self.history = History(runner)
        self.looks = False
        self.timing = Timing(runner, self.history, lambda: self.looks, runner)

    def asked(self) -> list[TimeLayers]:
        return [message for message in self.runner.heard if isinstance(message, TimeLayers)]

    def answer(self) -> None:
        seconds = Array.of(np.array([0.001, 0.002]))
        self.runner.answered.emit(LayersTimed(self.asked()[-1].asked, ("n1", "n2"), seconds, 32))


@pytest.fixture
def stage(qtbot: object) -> Stage:
    return Stage()


def test_nobody_looks_and_nothing_is_asked(stage: Stage) -> None:
    stage.timing.look()
    assert not stage.asked()


def test_it_is_asked_once_a_run(stage: Stage) -> None:
    stage.looks = True
    for _ in range(3):
        stage.timing.look()
    stage.answer()
    stage.timing.look()
    assert len(stage.asked()) == 1
    assert stage.history.times == {"n1": 0.001, "n2": 0.002}
    stage.runner.started.emit(None, None)
    assert not stage.history.times
    stage.timing.look()
    assert len(stage.asked()) == 2


def test_a_run_that_cannot_answer_yet_is_not_asked(stage: Stage) -> None:
    stage.looks = True
    stage.runner.state = replace(stage.runner.state, phase="compiling")
    stage.timing.look()
    assert not stage.asked()


def test_what_was_refused_is_not_asked_again(stage: Stage) -> None:
    stage.looks = True
    stage.timing.look()
    stage.runner.answered.emit(Refused(stage.asked()[-1].asked, "No."))
    stage.timing.look()
    assert len(stage.asked()) == 1
    assert not [message for message in stage.runner.heard if isinstance(message, Drop)]


def test_times_are_told_without_any_look_and_blocks_are_summed() -> None:
    told = reading(None, {"n1": "block", "n2": "block"}.get, {"n1": 0.001, "n2": 0.002, "n3": 1.0})
    assert told.columns == {"time": {"block": pytest.approx(0.003)}}
