"""Runs that are laid over: drawn once while nothing of them changes, marked when they can be, told in little room."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.happenings import Happening
from gui.monitor.curves import CurvesView
from gui.monitor.drawing import Flag
from gui.monitor.series import RunColumns
from tests.gui.monitor.stage import Stage

OLDER = RunColumns(
    "older", np.array([40.0, 80.0]), {"loss": np.array([2.0, 1.0]), "val_loss": np.array([2.5, 1.5])},
    steps_per_epoch=40.0, happenings=(Happening(40, 1, 1.0, "note", "look"),),
)  # fmt: skip


@pytest.fixture
def view(qtbot: QtBot, stage: Stage) -> CurvesView:
    made = CurvesView(stage.runner)
    qtbot.addWidget(made)
    made.resize(1084, 300)
    made.show()
    return made


def flags(view: CurvesView) -> list[tuple[str, int | None]]:
    found: tuple[Flag, ...] = view.plots["loss"]._flags.flags
    return [(flag.text, flag.run) for flag in found]


def test_the_marks_of_a_run_are_shown_with_its_name_and_its_best_epoch(view: CurvesView) -> None:
    view.lay_over([OLDER])
    view.draw_now()
    assert flags(view) == [("older: look", 0), ("older: best 1.500 · epoch 2", 0)]


def test_a_mark_before_the_first_step_waits_while_others_are_laid_over(view: CurvesView, stage: Stage) -> None:
    stage.begin()
    view.mark(Happening(0, 1, 0.0, "rate", "Learning rate 0.01"))
    view.lay_over([OLDER])
    view.draw_now()
    assert ("Learning rate 0.01", None) not in flags(view)
    view.grid.pin_at(1.5)
    words = view.plots["loss"]._values.text()
    assert ("older" in words, "●" in words) == (False, True), "for a long name there is no room above the plot"
    stage.play()
    view.draw_now()
    assert ("Learning rate 0.01", None) in flags(view)


def test_a_run_is_reduced_once_while_nothing_of_it_changes(view: CurvesView, stage: Stage) -> None:
    view.lay_over([OLDER, OLDER])
    view.draw_now()
    before = list(view.plots["loss"]._laid.drawn)
    view.draw_now()
    assert all(one is other for one, other in zip(before, view.plots["loss"]._laid.drawn, strict=True))
    view.use(log_y=True)
    view.draw_now()
    assert not any(one is other for one, other in zip(before, view.plots["loss"]._laid.drawn, strict=True))
    view.lay_over([OLDER])
    view.draw_now()
    assert len(view.plots["loss"]._laid.shown) == 2, "the lines of the other are hidden"
