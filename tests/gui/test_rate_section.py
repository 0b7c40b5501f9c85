"""The learning rate is drawn over the run before it begins; a schedule is chosen, and fitted, as one undo step each."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.project import Project
from engine.recipe import Recipe
from engine.scheduling import COSINE, KINDS, ONE_CYCLE, PLATEAU, STEP, course, scheduled
from engine.values import FrozenMap, Part
from gui.document import Document
from gui.rate_curve import RateCurve, told
from gui.rate_section import RateSection
from gui.run_state import RunState
from gui.training import TrainingPage
from tests.gui.drawings import classifier

RATE = Recipe(optimizer=Part("Adam", FrozenMap({"learning_rate": 0.02})))


@pytest.fixture
def document() -> Document:
    made = Document(catalogue())
    made.start(Project(classifier(), RATE))
    return made


@pytest.fixture
def section(qtbot: QtBot, document: Document) -> RateSection:
    page = TrainingPage(document)
    qtbot.addWidget(page)
    page.resize(1080, 700)
    page.show()
    return page.rate


@pytest.mark.parametrize("kind", KINDS[1:])
def test_a_schedule_is_chosen_in_one_undo_step(section: RateSection, document: Document, kind: str) -> None:
    section.schedule.choice.chosen.emit(kind)
    assert document.undo.count() == 1
    assert document.undo.undoText() == "Set learning rate schedule"
    assert document.recipe == scheduled(RATE, kind, 20 * 40, catalogue())
    assert section.schedule.value() == kind
    assert not section.fit.isVisible()
    document.undo.undo()
    assert document.recipe == RATE
    assert section.schedule.value() == "constant"


def test_what_only_the_run_can_tell_is_said(section: RateSection) -> None:
    assert not section.words.isVisible()
    section.schedule.choice.chosen.emit(PLATEAU)
    assert section.words.text() == (
        "Times 0.5 wherever val_loss has got no better for 3 epochs, down to 1e-06: when, only the run can tell."
    )


def test_a_schedule_that_ends_elsewhere_is_fitted(section: RateSection, document: Document) -> None:
    section.schedule.choice.chosen.emit(ONE_CYCLE)
    document.edit_recipe("Set epochs", replace(document.recipe, epochs=40), None)
    assert section.words.text() == "The schedule ends at step 800 of the run's 1,600."
    assert section.fit.isVisible()
    section.fit.click()
    assert document.undo.undoText() == "Fit the schedule to the run"
    assert document.recipe.optimizer.values["learning_rate"].values["total_steps"] == 1600  # type: ignore[union-attr]
    assert not section.fit.isVisible()
    document.edit_recipe("Set epochs", replace(document.recipe, epochs=10), None)
    assert section.words.text() == "The run ends at step 400 of the schedule's 1,600."


def test_another_schedule_bears_its_name(section: RateSection, document: Document) -> None:
    other = Part("InverseTimeDecay", FrozenMap({"initial_learning_rate": 0.1, "decay_steps": 9, "decay_rate": 0.5}))
    document.edit_recipe("Set", replace(RATE, optimizer=RATE.optimizer.with_value("learning_rate", other)), None)
    assert section.schedule.choice.placeholderText() == "InverseTimeDecay"
    assert section.schedule.choice.currentIndex() == -1


def test_values_that_make_no_rate_are_drawn_as_none(section: RateSection, document: Document) -> None:
    few = Part("PiecewiseConstantDecay", FrozenMap({"boundaries": (1, 2), "values": (0.1,)}))
    document.edit_recipe("Set", replace(RATE, optimizer=RATE.optimizer.with_value("learning_rate", few)), None)
    section.curve.grab()
    assert section.curve.accessibleDescription() == "Its values make no learning rate."


def test_the_step_under_way_is_marked(section: RateSection) -> None:
    section.schedule.choice.chosen.emit(STEP)
    before = section.curve.grab().toImage()
    section.show_run(RunState("training", step=200, rate=0.015))
    marked = section.curve.grab().toImage()
    assert marked != before
    section.show_run(RunState("finished", step=800, rate=0.015))
    assert section.curve.grab().toImage() == before


def test_a_course_is_told_in_words(qtbot: QtBot) -> None:
    def words(kind: str) -> str:
        return told(course(replace(scheduled(RATE, kind, 800, catalogue()), epochs=20), 40, catalogue()))

    assert words("constant") == "0.02 in each of 800 steps"
    assert words(COSINE).startswith("0, up to 0.02 at step 4")
    assert words(STEP) == "0.02, then 0.0002 at step 800"
    curve = RateCurve()
    qtbot.addWidget(curve)
    curve.resize(216, 104)
    curve.show_course(course(RATE, 40, catalogue()), 20)
    assert curve._at(108) in ("Epoch 10, step 400: 0.02", "Epoch 11, step 401: 0.02")
    assert curve._at(-50) == "Epoch 1, step 1: 0.02"
    assert curve._at(500) == "Epoch 20, step 800: 0.02"


def test_the_button_says_what_it_does(section: RateSection) -> None:
    assert [button.toolTip() for button in section.findChildren(QPushButton)] == [
        "Let the schedule end with the run; it can be undone"
    ]
