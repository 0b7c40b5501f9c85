"""The page of the layers: what it shows of what was measured, and how it goes with the canvas."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.messages import Ended
from gui.monitor.figures import History
from gui.monitor.layers.lanes import HEAD, ROW
from gui.monitor.layers.page import LayersView
from gui.monitor.layers.ridge import MOST, ranges_of
from gui.monitor.layers.views import VIEWS
from gui.theme import LIGHT, themes
from tests.gui.monitor.said import WEIGHED, figures, histograms
from tests.gui.monitor.stage import Stage

GOOD = {"weight_norm": 2.0, "gradient_norm": 0.1, "update_ratio": 1e-3, "mean": 0.5, "deviation": 0.2, "dead": 0.0}


@pytest.fixture
def view(qtbot: QtBot, stage: Stage) -> LayersView:
    made = LayersView(stage.runner, stage.document, stage.selection, History(stage.runner, stage.runner))
    qtbot.addWidget(made)
    made.resize(1084, 268)
    made.show()
    return made


def look(stage: Stage, view: LayersView, step: int, **other: float) -> None:
    for node in WEIGHED:
        stage.runner.histogrammed.emit(histograms(step, node))
    stage.runner.figured.emit(figures(step, **{**GOOD, **other}))
    view.refresh()


def test_before_a_run_it_says_what_to_do(view: LayersView, stage: Stage) -> None:
    assert "Press Train" in view.empty.words
    stage.begin()
    assert "first look takes a moment" in view.empty.words
    stage.trainer.received.emit(Ended("stopped", 1.0))
    assert "Train again" in view.empty.words
    stage.runner.measure(False)
    view.refresh()
    assert "Settings" in view.empty.words


def test_histograms_are_ridges_of_the_chosen_layer(view: LayersView, stage: Stage) -> None:
    for step in (8, 16, 24):
        look(stage, view, step)
    assert [lane.node for lane in view.lanes.lanes] == list(WEIGHED)
    assert view.lanes.lanes[0].name == "conv1"
    (kernel,) = view.ridge.ranges
    assert (kernel.name, [hill.step for hill in kernel.hills]) == ("kernel", [8, 16, 24])
    view.kinds.choose("gradients")
    (slopes,) = view.ridge.ranges
    assert slopes.high < kernel.high / 2


def test_one_look_is_told_as_one(view: LayersView, stage: Stage) -> None:
    stage.begin()
    look(stage, view, 40)
    assert "at the one look" in view.saying.text()
    look(stage, view, 80)
    assert "over 2 looks" in view.saying.text()


def test_names_have_the_room_that_they_need(view: LayersView, stage: Stage) -> None:
    stage.begin()
    look(stage, view, 40)
    assert view.lanes.fontMetrics().horizontalAdvance("conv1") < view.lanes._names < 0.46 * view.lanes.width()


def test_of_many_looks_some_are_drawn_evenly_with_the_first_and_the_newest() -> None:
    (kernel,) = ranges_of([histograms(step, "n2") for step in range(200)], gradients=False)
    steps = [hill.step for hill in kernel.hills]
    assert (steps[0], steps[-1], len(steps)) == (0, 199, MOST)
    assert max(b - a for a, b in pairwise(steps)) <= 6
    assert ranges_of([], gradients=False) == ()


def test_pointing_at_a_ridge_reads_it(view: LayersView, stage: Stage, qtbot: QtBot) -> None:
    for step in (8, 16):
        look(stage, view, step)
    qtbot.waitExposed(view)
    ridge = view.ridge
    QTest.mouseMove(ridge, QPoint(ridge.width() // 2, 5))
    QTest.mouseMove(ridge, QPoint(ridge.width() // 2, ridge.height() - 20))
    assert "kernel · step 16: " in view.words.text()
    assert "% of the values from" in view.words.text()


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_shows_rows_and_redraws_as_looks_come(view: LayersView, stage: Stage, name: str) -> None:
    look(stage, view, 8)
    view.views.choose(name)
    first = view.grab().toImage()
    look(stage, view, 16, weight_norm=9.0, gradient_norm=3.0, update_ratio=0.1, mean=2.0)
    assert view.grab().toImage() != first
    assert view.saying.text()
    assert len(view.lanes.lanes) == (5 if name == "activations" else 4)


def test_a_row_selects_its_layer_and_the_selection_its_row(view: LayersView, stage: Stage) -> None:
    look(stage, view, 8)
    QTest.mouseClick(view.lanes, Qt.MouseButton.LeftButton, pos=QPoint(30, HEAD + 2 * ROW + 5))
    assert stage.selection.ids == {"n6"}
    assert view.lanes.current == "n6"
    stage.selection.set(["n4"])
    assert view.lanes.current == "n4"
    QTest.keyClick(view.lanes, Qt.Key.Key_Up)
    assert stage.selection.ids == {"n2"}


def test_a_layer_that_is_mostly_dead_is_marked_and_named(view: LayersView, stage: Stage) -> None:
    view.views.choose("activations")
    look(stage, view, 8, dead=0.75)
    assert "75% of its units" in view.saying.text()
    assert view.lanes.lanes[0].wrong
    assert view.lanes.lanes[0].told == "75% dead"


def test_an_end_that_is_sure_is_not_called_saturated(view: LayersView, stage: Stage) -> None:
    view.views.choose("activations")
    look(stage, view, 8, saturated=0.9)
    wrong = {lane.node: lane.wrong for lane in view.lanes.lanes}
    assert wrong["n6"]
    assert not wrong["n8"]


def test_out_of_sight_nothing_is_drawn(view: LayersView, stage: Stage) -> None:
    view.hide()
    stage.runner.figured.emit(figures(8, **GOOD))
    assert view.lanes.lanes == ()
    view.show()
    assert view.lanes.lanes


def test_a_new_run_empties_the_page(view: LayersView, stage: Stage) -> None:
    look(stage, view, 8)
    stage.begin()
    assert view.empty.isVisible()


def test_what_is_shown_is_written(view: LayersView, stage: Stage, tmp_path: Path, qtbot: QtBot) -> None:
    look(stage, view, 8)
    look(stage, view, 16)
    lines = "".join(view.table()).splitlines()
    assert lines[0].startswith("step,epoch,seconds,layer,weight_norm")
    assert lines[1].startswith("8,1,0.8,conv1,2.0,0.1,0.001,0.5,0.2,0.0,")
    assert len(lines) == 1 + 2 * 5
    view.exporting.write("png", view._page, view.table(), tmp_path / "layers.png")
    assert (tmp_path / "layers.png").stat().st_size > 1000


def test_both_themes_are_worn(view: LayersView, stage: Stage) -> None:
    look(stage, view, 8)
    dark = view.grab().toImage()
    themes().use(LIGHT)
    assert view.grab().toImage() != dark
