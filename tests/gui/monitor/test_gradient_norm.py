"""The norm of the gradients is a curve like the others, always along a logarithm, with what clips it as a line."""

from __future__ import annotations

import math

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.clipping import GLOBAL, NORM, clipped, threshold_of
from engine.messages import Array, Figures, Steps
from engine.recipe import ADAM, Recipe
from gui.monitor.curves import CurvesView
from gui.monitor.manner import GRADIENTS, Manner
from tests.gui.monitor.stage import Stage

NONE = Array.of(np.empty((0, 0)))


def look(step: int, norm: float) -> Figures:
    return Figures(1, step, step / 10, (), (), NONE, norm)


def steps(count: int) -> Steps:
    numbers = np.arange(1, count + 1)
    return Steps(("loss",), Array.of(numbers), Array.of(np.ones((count, 1))))


@pytest.fixture
def view(qtbot: QtBot, stage: Stage) -> CurvesView:
    made = CurvesView(stage.runner)
    qtbot.addWidget(made)
    made.resize(1084, 268)
    made.show()
    made._on_started(stage.document.root, Recipe(optimizer=clipped(ADAM, GLOBAL, 10.0)))
    stage.runner.stepped.emit(steps(40))
    for step, norm in ((10, 100.0), (20, 1.0), (30, math.nan), (40, 0.1)):
        stage.runner.figured.emit(look(step, norm))
    made.legend.toggled.emit(GRADIENTS, True)
    made.draw_now()
    return made


def test_the_norm_is_drawn_along_a_logarithm(view: CurvesView) -> None:
    _, y = view.plots[GRADIENTS]._lines["train"].curve.getData()
    assert list(y) == pytest.approx([2.0, 0.0, -1.0])
    _, loss = view.plots["loss"]._lines["steps"].curve.getData()
    assert set(loss) == {1.0}, "the others stay as they are looked at"


def test_what_clips_it_is_a_line_across(view: CurvesView) -> None:
    x, y = view.plots[GRADIENTS]._lines["limit"].curve.getData()
    assert list(y) == [1.0, 1.0]
    assert tuple(x) == pytest.approx(view.plots[GRADIENTS].reach)
    none, _ = view.plots["loss"]._lines["limit"].curve.getData()
    assert none is None or len(none) == 0


def test_what_stands_at_a_place_is_told_in_plain_numbers(view: CurvesView) -> None:
    told = view._tell(GRADIENTS, float(view.axis.of(np.array([10.0]))[0]))
    assert told is not None
    assert [reading.value for reading in told.readings][:1] == ["100.0"]


def test_only_the_norm_of_all_has_a_threshold() -> None:
    assert threshold_of(clipped(ADAM, GLOBAL, 2.0)) == 2.0
    assert threshold_of(clipped(ADAM, NORM, 2.0)) == threshold_of(ADAM) == 0.0
    assert Manner().of(GRADIENTS).log_y
    assert Manner().of("loss") == Manner()
