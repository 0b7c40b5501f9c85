"""The test page: a button, figures, and looks that are counted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.messages import Evaluate, Failed
from gui.monitor.results import ResultsView
from tests.gui.monitor.stage import Stage, epoch


@pytest.fixture
def view(qtbot: QtBot, stage: Stage) -> ResultsView:
    made = ResultsView(stage.runner)
    qtbot.addWidget(made)
    made.resize(1084, 268)
    made.show()
    return made


def test_until_a_run_has_ended_the_button_says_why_not(view: ResultsView, stage: Stage) -> None:
    assert not view.button.isEnabled()
    assert "Train first" in view.words
    stage.begin()
    stage.play(epoch(3))
    assert not view.button.isEnabled()
    assert "under way" in view.button.toolTip()
    stage.play()
    assert view.button.isEnabled()
    assert view.button.toolTip() == ""


def test_a_click_asks_and_the_figures_come(view: ResultsView, stage: Stage) -> None:
    stage.begin()
    stage.play()
    QTest.mouseClick(view.button, Qt.MouseButton.LeftButton)
    assert isinstance(stage.trainer.sent[-1], Evaluate)
    assert not view.button.isEnabled()
    stage.measure()
    assert view.button.isEnabled()
    assert view.words == "loss 0.066 accuracy .981 On 270 test samples. Looked at once for this run. "


def test_from_the_second_look_on_it_warns(view: ResultsView, stage: Stage) -> None:
    stage.begin()
    stage.play()
    for _ in range(2):
        stage.runner.evaluate()
        stage.measure()
    assert "Looked at 2 times for this run." in view.words
    assert "go by the validation figures" in view.words
    assert view.words.count("accuracy") == 1


def test_a_new_run_has_not_been_looked_at(view: ResultsView, stage: Stage) -> None:
    stage.begin()
    stage.play()
    stage.runner.evaluate()
    stage.measure()
    stage.begin()
    assert view.looks == 0
    assert "test samples" not in view.words


def test_a_test_that_fails_says_so(view: ResultsView, stage: Stage) -> None:
    stage.begin()
    stage.play()
    stage.runner.evaluate()
    stage.trainer.received.emit(Failed("No sample was kept for the test."))
    assert "No sample was kept for the test." in view.words
    assert view.looks == 0


def test_a_trainer_that_is_gone_cannot_be_asked(view: ResultsView, stage: Stage) -> None:
    stage.begin()
    stage.play()
    stage.trainer.die("")
    stage.runner.state_changed.emit(stage.runner.state)
    assert not view.button.isEnabled()
    assert "train again" in view.words
