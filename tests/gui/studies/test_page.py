"""The page asks while it is seen, shows what is answered, and says why there is nothing where there is nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.messages import (
    Array,
    Attributed,
    Boundary,
    Drop,
    Embed,
    Embedded,
    GradCam,
    Heights,
    Landscape,
    Pause,
    Plane,
    Refused,
    Saliency,
    Working,
)  # fmt: skip
from gui.studies.choice import METHODS, STUDIES, lacks
from gui.studies.page import StudiesPage
from gui.theme import LIGHT, themes
from tests.gui.monitor.stage import Stage


def asked(stage: Stage, kind: type[Any]) -> list[Any]:
    """What was asked of the trainer, once choices have settled."""
    QTest.qWait(20)
    return [message for message in stage.trainer.sent if isinstance(message, kind)]


def trained(stage: Stage) -> None:
    stage.begin()
    stage.play()


def attributed(number: int, side: int = 8) -> Attributed:
    given = np.random.default_rng(1).random((8, 8, 1)).astype("float32")
    values = np.random.default_rng(2).normal(size=(side, side) if side < 8 else (8, 8, 1)).astype("float32")
    return Attributed(number, "image", Array.of(given), Array.of(values), 3, 2.5, about="how")


def test_without_a_run_it_says_what_to_do(page: StudiesPage) -> None:
    assert "Press Train" in page.empty.words
    assert not page.button.isEnabled()
    assert not any(button.isEnabled() for button in page.exports.values())


def test_a_study_is_asked_once_there_is_a_network_and_its_answer_shown(stage: Stage, page: StudiesPage) -> None:
    trained(stage)
    question = asked(stage, Saliency)[-1]
    assert question.each_epoch
    stage.trainer.received.emit(attributed(question.asked))
    assert "for 3" in page.stamp.text()
    assert "epoch 12" in page.stamp.text()
    assert page.stack.currentIndex() == 1
    assert all(button.isEnabled() for button in page.exports.values())
    assert not page.grab().isNull()


def test_another_choice_asks_anew_and_drops_what_was_asked(stage: Stage, page: StudiesPage) -> None:
    trained(stage)
    first = asked(stage, Saliency)[-1]
    page.options.fields["sample"].setValue(4)  # type: ignore[attr-defined]
    page.options.fields["number"].setCurrentIndex(3)  # type: ignore[attr-defined]
    second = asked(stage, Saliency)[-1]
    assert (second.sample, second.number) == (4, 2)
    assert Drop(first.asked) in stage.trainer.sent
    page.choose("grad_cam")
    assert asked(stage, GradCam)[-1].sample == 4


def test_out_of_sight_nothing_is_asked(stage: Stage, page: StudiesPage) -> None:
    trained(stage)
    last = asked(stage, Saliency)[-1]
    page.hide()
    assert stage.trainer.sent[-1] == Drop(last.asked)
    count = len(stage.trainer.sent)
    page.options.fields["sample"].setValue(2)  # type: ignore[attr-defined]
    asked(stage, Saliency)
    assert len(stage.trainer.sent) == count


def test_what_cannot_be_is_said(stage: Stage, page: StudiesPage) -> None:
    trained(stage)
    page.choose("boundary")
    stage.trainer.received.emit(Refused(asked(stage, Boundary)[-1].asked, "These are pictures."))
    assert "No decision boundary here" in page.empty.words
    assert "These are pictures." in page.empty.words
    page.choose("grad_cam")
    stage.trainer.received.emit(Refused(asked(stage, GradCam)[-1].asked, "There is none."))
    assert "No Grad-CAM here" in page.empty.words


def test_a_landscape_waits_for_its_button_and_grows(stage: Stage, page: StudiesPage) -> None:
    trained(stage)
    page.choose("landscape")
    assert asked(stage, Landscape) == []
    page.button.click()
    question = asked(stage, Landscape)[-1]
    values = np.full((5, 5), np.nan)
    values[2, 2] = 0.5
    stage.trainer.received.emit(Heights(question.asked, 1.0, Array.of(values), 256))
    assert page.progress.value() == 40
    assert page.button.text() == "Cancel"
    grown = np.hypot(*np.mgrid[-2:3, -2:3]) + 0.01
    stage.trainer.received.emit(Heights(question.asked, 1.0, Array.of(grown), 256, done=True))
    assert page.progress.isHidden()
    assert page.button.text() == "Draw it"
    for view in ("2", "3"):
        page.options.fields["view"]._buttons[view].click()  # type: ignore[attr-defined]
        assert not page.grab().isNull()


def test_another_study_hears_nothing_of_the_one_before(stage: Stage, page: StudiesPage) -> None:
    trained(stage)
    page.choose("landscape")
    page.button.click()
    question = asked(stage, Landscape)[-1]
    page.choose("saliency")
    assert Drop(question.asked) in stage.trainer.sent
    stage.trainer.received.emit(Heights(question.asked, 1.0, Array.of(np.ones((3, 3))), 256))
    assert not page.answer.filled
    assert page.progress.isHidden()


def test_what_takes_long_shows_its_share_and_can_be_given_up(stage: Stage, page: StudiesPage) -> None:
    trained(stage)
    page.choose("landscape")
    page.button.click()
    question = asked(stage, Landscape)[-1]
    page._show_work()
    stage.trainer.received.emit(Working(question.asked, 0.25))
    assert page.progress.value() == 250
    page.button.click()
    assert "Press Draw it" in page.empty.words
    assert Drop(question.asked) in stage.trainer.sent
    assert page.progress.isHidden()


def test_what_does_not_tell_how_far_it_is_moves_and_is_named(stage: Stage, page: StudiesPage) -> None:
    trained(stage)
    page.choose("landscape")
    page.button.click()
    question = asked(stage, Landscape)[-1]
    stage.trainer.received.emit(Working(question.asked, 0.0, "t-SNE is placing 40 points"))
    assert not page.progress.isVisible(), "what is quick is never shown"
    page._show_work()
    assert page.progress.moves
    assert page.progress.words.isVisible()
    assert page.progress.words.text() == "t-SNE is placing 40 points. Cancel gives it up."
    stage.trainer.received.emit(Working(question.asked, 0.5))
    assert not page.progress.moves
    assert not page.progress.words.isVisible()
    page.button.click()
    assert page.progress.isHidden()


def test_a_landscape_of_a_run_that_trains_offers_a_pause(stage: Stage, page: StudiesPage) -> None:
    stage.begin()
    stage.play(ended=False)
    page.choose("landscape")
    assert "moving" in page.empty.words
    assert page.pause.isVisible()
    assert not page.button.isEnabled()
    page.pause.click()
    assert stage.trainer.sent[-1] == Pause()


def test_samples_are_coloured_pinned_and_told(stage: Stage, page: StudiesPage) -> None:
    trained(stage)
    page.choose("embedding")
    question = asked(stage, Embed)[-1]
    assert stage.document.network.nodes[question.node].name == "hidden"
    points = np.random.default_rng(1).normal(size=(30, 3)).astype("float32")
    told = Embedded(
        question.asked, Array.of(points), Array.of(np.arange(30)), Array.of(np.arange(30) % 10),
        Array.of(np.array([0.5, 0.3, 0.1])), about="numbers",
    )  # fmt: skip
    stage.trainer.received.emit(told)
    assert "50%" in page.stamp.text()
    assert [name for name, _ in page.answer.key.names] == [str(digit) for digit in range(10)]
    cloud = page.answer.views["cloud"]
    cloud.pin(7)
    assert page.words.text() == "sample 7, 7"
    assert page.card.isVisible()
    before = cloud._points.copy()
    cloud.show_answer(Embedded(question.asked, Array.of(-points), told.samples, told.targets, told.explained))
    assert np.allclose(cloud._points, before), "an axis that turned over is turned back"
    cloud.pin(None)
    assert not page.card.isVisible()


def test_a_plane_is_told_at_the_pointer(stage: Stage, page: StudiesPage) -> None:
    trained(stage)
    page.choose("boundary")
    question = asked(stage, Boundary)[-1]
    values = np.zeros((20, 20, 2), "float32")
    values[:, :10, 0] = values[:, 10:, 1] = 1
    plane = Plane(
        question.asked, Array.of(np.array([[-1.0, 1.0], [-1.0, 1.0]])), Array.of(values),
        Array.of(np.zeros((3, 2), "float32")), Array.of(np.array([0.0, 1.0, 1.0])),
    )  # fmt: skip
    stage.trainer.received.emit(plane)
    page.grab()
    view = page.answer.views["plane"]
    room = view.room
    assert view.words_at(room.center() + (room.topLeft() - room.center()) / 2).endswith("0, 100%")
    assert view.words_at(room.center() + (room.bottomRight() - room.center()) / 2).endswith("1, 100%")


@pytest.mark.parametrize("kind", ["png", "csv"])
def test_what_is_shown_can_be_written(stage: Stage, page: StudiesPage, tmp_path: Path, kind: str, qtbot: QtBot) -> None:
    trained(stage)
    stage.trainer.received.emit(attributed(asked(stage, Saliency)[-1].asked))
    path = tmp_path / f"saliency.{kind}"
    page.write(path)
    qtbot.waitUntil(path.exists, timeout=30_000)
    assert path.stat().st_size
    if kind == "csv":
        rows = path.read_text().splitlines()
        assert rows[0] == "input,place,sample,value"
        assert len(rows) == 65


def test_a_run_that_begins_and_another_drawing_forget(stage: Stage, page: StudiesPage) -> None:
    trained(stage)
    stage.trainer.received.emit(attributed(asked(stage, Saliency)[-1].asked))
    assert page.answer.filled
    stage.document.reset.emit()
    assert not page.answer.filled


def test_what_is_not_installed_is_greyed_with_the_reason(page: StudiesPage) -> None:
    field: Any = page.options.fields["method"]
    for place, name in enumerate(METHODS):
        item = field.model().item(place)
        assert item.isEnabled() is not bool(lacks(name))
        assert item.toolTip() == lacks(name)


def test_every_study_names_options_that_there_are(page: StudiesPage) -> None:
    for study in STUDIES.values():
        assert set(study.options) <= page.options.fields.keys()


def test_both_themes_are_drawn(stage: Stage, page: StudiesPage) -> None:
    trained(stage)
    page.choose("grad_cam")
    stage.trainer.received.emit(attributed(asked(stage, GradCam)[-1].asked, side=4))
    dark = page.answer.grab().toImage()
    themes().use(LIGHT)
    assert page.answer.grab().toImage() != dark
