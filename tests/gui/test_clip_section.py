"""Gradients are clipped in one way or none, chosen in one place; each choice is one undo step."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.clipping import GLOBAL, HELP, NAMES, NONE, NORM, VALUE, WAYS, clipped, clipping_of
from engine.errors import RecipeError
from engine.project import Project
from engine.recipe import Recipe, check_recipe
from engine.values import FrozenMap, Part
from gui.document import Document
from gui.training import TrainingPage
from tests.gui.drawings import classifier

ADAM = Part("Adam", FrozenMap({"beta_1": 0.8}))


@pytest.fixture
def page(qtbot: QtBot) -> TrainingPage:
    document = Document(catalogue())
    document.start(Project(classifier(), Recipe(optimizer=ADAM)))
    made = TrainingPage(document)
    qtbot.addWidget(made)
    made.resize(1080, 700)
    made.show()
    return made


def test_one_way_takes_the_place_of_another(page: TrainingPage) -> None:
    document, section = page._document, page.clip
    assert not section.threshold.isVisible()
    for way, (name, start) in WAYS.items():
        section.way.choice.chosen.emit(way)
        assert document.recipe.optimizer == ADAM.with_value(name, start)
        assert section.threshold.editor.value() == start
    assert document.undo.count() == 3
    section.threshold.editor.offer(2.5)
    assert clipping_of(document.recipe.optimizer) == (GLOBAL, 2.5)
    section.way.choice.chosen.emit(NONE)
    assert document.recipe.optimizer == ADAM
    assert not section.threshold.isVisible()


def test_what_the_curves_show_is_said(page: TrainingPage) -> None:
    page.clip.way.choice.chosen.emit(GLOBAL)
    assert page.clip.words.text().endswith("before they are clipped, and the threshold.")
    page.clip.way.choice.chosen.emit(VALUE)
    assert page.clip.words.text().endswith("before they are clipped.")


def test_the_optimizer_s_form_leaves_it_to_the_section(page: TrainingPage) -> None:
    form = page.optimizer.optimizer.form
    assert form is not None
    told = {parameter.name for section in form.sections for parameter in section.parameters}
    assert told.isdisjoint(NAMES)
    assert "beta_1" in told


def test_every_optimizer_clips_in_each_way() -> None:
    for name in catalogue().parts["optimizer"]:
        for way, (parameter, _) in WAYS.items():
            checked = catalogue().check_part("optimizer", clipped(Part(name), way, 0.5))
            assert checked.values[parameter] == 0.5
            assert clipping_of(checked) == (way, 0.5)
    assert set(HELP) == {NONE, *WAYS}
    assert clipped(clipped(ADAM, NORM), NONE) == ADAM


def test_two_ways_at_once_are_refused_in_words() -> None:
    both = ADAM.with_values({"clipnorm": 1.0, "clipvalue": 0.5})
    with pytest.raises(RecipeError, match="clips gradients in one way") as caught:
        check_recipe(Recipe(optimizer=both), catalogue())
    assert caught.value.received == "clipnorm and clipvalue"
