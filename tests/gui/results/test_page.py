"""The page asks while it is looked at, goes through epochs, and never uses the test samples unasked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from engine.messages import Drop, Evaluate, Evaluated, Judge, Refused
from gui.results.confusion import ConfusionView
from gui.results.page import ResultsPage
from gui.theme import DARK, themes
from tests.gui.monitor.stage import Stage, epoch
from tests.gui.results.made import judged


@pytest.fixture
def stage(qapp: object, tmp_path: Path) -> Iterator[Stage]:
    themes().use(DARK)
    made = Stage(tmp_path)
    yield made
    made.runner.end_now()
    made.document.deleteLater()


@pytest.fixture
def page(qtbot: QtBot, stage: Stage) -> ResultsPage:
    made = ResultsPage(stage.runner, stage.document)
    qtbot.addWidget(made)
    made.resize(764, 260)
    made.show()
    qtbot.waitExposed(made)
    return made


def asked(stage: Stage) -> list[Judge]:
    return [message for message in stage.trainer.sent if isinstance(message, Judge)]


def answer(stage: Stage, *epochs: int, part: str = "validation", **more: object) -> None:
    number = next(each.asked for each in reversed(asked(stage)) if each.part == part)
    for each in epochs:
        stage.trainer.received.emit(judged(number, each, part=part, **more))


def begin(stage: Stage, until: int = 3) -> None:
    stage.begin()
    stage.play(epoch(until))


def test_before_a_run_it_says_what_to_do(page: ResultsPage) -> None:
    assert page.empty.words == "No run yet Press Train to see what the network gets right and wrong, epoch by epoch."


def test_each_epoch_is_asked_for_while_somebody_looks(page: ResultsPage, stage: Stage) -> None:
    begin(stage)
    (question,) = asked(stage)
    assert (question.part, question.each_epoch) == ("validation", True)
    assert "Waiting" in page.empty.words
    page.hide()
    assert stage.trainer.sent[-1] == Drop(question.asked)
    page.show()
    assert len(asked(stage)) == 2


def test_out_of_sight_nothing_is_asked_unless_all_shall_be_kept(
    qtbot: QtBot, page: ResultsPage, stage: Stage
) -> None:  # fmt: skip
    page.hide()
    begin(stage)
    assert not asked(stage)
    page.head.keep.setChecked(True)
    assert len(asked(stage)) == 1
    page.show()
    page.hide()
    assert len(asked(stage)) == 1
    answer(stage, 1, 2)
    page.show()
    assert page.head.scrubber.epochs == (1, 2)


def test_the_scrubber_goes_through_the_epochs_and_follows_the_newest(page: ResultsPage, stage: Stage) -> None:
    begin(stage)
    answer(stage, 1, 2, 3)
    assert page.head.scrubber.epoch == 3
    assert isinstance(page.view, ConfusionView)
    QTest.keyClick(page.head.scrubber.slider, Qt.Key.Key_Home)
    shown = page.shown()
    assert shown is not None
    assert shown.verdict.epoch == 1
    answer(stage, 4)
    assert page.head.scrubber.epoch == 1, "who looks at an epoch stays there"
    QTest.keyClick(page.head.scrubber.slider, Qt.Key.Key_End)
    answer(stage, 5)
    assert page.head.scrubber.epoch == 5


def test_the_epochs_play(qtbot: QtBot, page: ResultsPage, stage: Stage) -> None:
    begin(stage)
    answer(stage, 1, 2, 3)
    QTest.mouseClick(page.head.scrubber.play, Qt.MouseButton.LeftButton)
    assert page.head.scrubber.epoch == 1
    qtbot.waitUntil(lambda: not page.head.scrubber.play.isChecked(), timeout=10_000)
    assert page.head.scrubber.epoch == 3


def test_a_run_whose_last_epoch_was_passed_over_is_asked_once_more(page: ResultsPage, stage: Stage) -> None:
    begin(stage, 3)
    answer(stage, 1)
    stage.play()
    assert len(asked(stage)) == 2
    answer(stage, 12)
    stage.runner.state_changed.emit(stage.runner.state)
    assert len(asked(stage)) == 2


def test_only_views_that_fit_are_offered(page: ResultsPage, stage: Stage) -> None:
    begin(stage)
    answer(stage, 1)
    offered = [page.list.item(row).text() for row in range(page.list.count()) if not page.list.item(row).isHidden()]
    assert offered == [
        "Confusion", "By class", "ROC", "Precision, recall", "Worst mistakes", "Fixed samples", "Test set",
    ]  # fmt: skip


def test_where_no_view_fits_it_says_why(page: ResultsPage, stage: Stage) -> None:
    begin(stage)
    answer(stage, 1, kind="", sentence="No view fits head.")
    assert "No view fits head." in page.empty.words


def test_what_is_refused_is_said(page: ResultsPage, stage: Stage) -> None:
    begin(stage)
    stage.trainer.received.emit(Refused(asked(stage)[-1].asked, "There must be samples."))
    assert "There must be samples." in page.empty.words


def test_the_test_samples_are_used_on_request_alone(page: ResultsPage, stage: Stage) -> None:
    begin(stage)
    stage.play()
    assert {each.part for each in asked(stage)} == {"validation"}
    page.choose("test")
    assert not page.head.isVisible()
    QTest.mouseClick(page.test.button, Qt.MouseButton.LeftButton)
    assert isinstance(stage.trainer.sent[-1], Evaluate)
    stage.trainer.received.emit(Evaluated({"loss": 0.1}, 270, 4))
    assert "Looked at 4 times for this run." in page.test.words
    assert asked(stage)[-1].part == "test"
    answer(stage, 12, part="test", looks=4)
    page.choose("confusion")
    assert page.part == "validation"
    page.head.parts.choose("test")
    shown = page.shown()
    assert shown is not None
    assert shown.verdict.part == "test"
    assert not page.head.scrubber.isEnabled()


def test_a_new_run_begins_with_nothing(page: ResultsPage, stage: Stage) -> None:
    begin(stage)
    answer(stage, 1)
    stage.play()
    stage.begin()
    assert page.shown() is None
    assert "Waiting" in page.empty.words


def test_a_sample_can_be_followed_from_the_worst(page: ResultsPage, stage: Stage) -> None:
    begin(stage)
    answer(stage, 1)
    page.choose("worst")
    wall = page.view.wall  # type: ignore[attr-defined]
    QTest.keyClick(wall, Qt.Key.Key_Right)
    QTest.keyClick(wall, Qt.Key.Key_Return)
    page.choose("fixed")
    assert page.view.strips.indices[0] == wall.places[0]  # type: ignore[attr-defined]
    assert len(page.view.strips.indices) == 9  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", ["csv", "png"])
def test_what_is_shown_is_exported(
    page: ResultsPage, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:  # fmt: skip
    begin(stage)
    answer(stage, 1)
    out = tmp_path / "out"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    page.head.export_asked.emit(kind)
    written = out.with_name(f"out.{kind}").read_bytes()
    assert written.startswith(b"is / said,0,1" if kind == "csv" else b"\x89PNG")
    assert page._words.text() == f"Wrote out.{kind}."
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "none" / "out"), ""))
    page.head.export_asked.emit(kind)
    assert "could not be written" in page._words.text()


def test_several_outputs_are_chosen_from(page: ResultsPage, stage: Stage) -> None:
    begin(stage)
    number = asked(stage)[-1].asked
    first = judged(number, 1, more=True)
    stage.trainer.received.emit(first)
    stage.trainer.received.emit(replace(first, output="other", kind="binary", more=False))
    assert page.head.outputs.count() == 2
    assert page.head.output == "digit"


def test_the_samples_are_those_of_the_run(qtbot: QtBot, page: ResultsPage, stage: Stage) -> None:
    begin(stage)
    answer(stage, 1)
    samples = page.judging.samples("validation")
    qtbot.waitUntil(lambda: len(samples) == 270, timeout=20_000)
    assert samples.picture(269) is not None
