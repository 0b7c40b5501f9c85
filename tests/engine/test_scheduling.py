"""The usual schedules are made for the run's own steps, found again in a recipe, and fitted to a longer run."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.catalogue import catalogue
from engine.datasets import dataset
from engine.recipe import DataChoice, Recipe, check_recipe
from engine.schedules import FORMULAS, rates
from engine.scheduling import (
    COSINE,
    EXPONENTIAL,
    HELP,
    KINDS,
    ONE_CYCLE,
    PLATEAU,
    STEP,
    course,
    fitted,
    kind_of,
    rate_of,
    scheduled,
    steps_of,
)  # fmt: skip
from engine.values import FrozenMap, Part

PLAIN = Recipe(optimizer=Part("Adam", FrozenMap({"learning_rate": 0.02})))


def made(kind: str, total: int = 800, recipe: Recipe = PLAIN) -> Recipe:
    return check_recipe(scheduled(recipe, kind, total, catalogue()), catalogue())


def test_each_schedule_of_the_catalogue_can_be_drawn() -> None:
    assert set(FORMULAS) == set(catalogue().parts["schedule"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_found_again_and_keeps_the_rate(kind: str) -> None:
    recipe = made(kind)
    assert kind_of(recipe) == kind
    assert rate_of(recipe, catalogue()) == 0.02
    assert HELP[kind]
    for other in KINDS:
        assert kind_of(made(other, recipe=recipe)) == other
        assert rate_of(made(other, recipe=recipe), catalogue()) == 0.02


def test_a_default_rate_is_the_optimizer_s() -> None:
    assert rate_of(Recipe(), catalogue()) == 0.001


def test_other_schedules_bear_their_own_name() -> None:
    plain = Part("CosineDecay", FrozenMap({"initial_learning_rate": 0.1, "decay_steps": 10}))
    assert kind_of(replace(PLAIN, optimizer=PLAIN.optimizer.with_value("learning_rate", plain))) == "CosineDecay"


def test_a_plateau_goes_with_a_constant_rate_alone() -> None:
    recipe = made(PLATEAU)
    assert recipe.plateau is not None
    assert made(STEP, recipe=recipe).plateau is None
    assert made(PLATEAU, recipe=made(COSINE)).optimizer.values["learning_rate"] == 0.02


def test_the_rates_are_what_the_help_says() -> None:
    def at(kind: str, *steps: int) -> list[float]:
        part = made(kind).optimizer.values["learning_rate"]
        assert isinstance(part, Part)
        return list(rates(part, np.array(steps, float), catalogue()))

    assert at(STEP, 0, 401, 601) == pytest.approx([0.02, 0.002, 0.0002])
    assert at(EXPONENTIAL, 0, 400, 800) == pytest.approx([0.02, 0.002, 0.0002])
    assert at(COSINE, 0, 20, 40, 420, 800) == pytest.approx([0.0, 0.01, 0.02, 0.01, 0.0])
    assert at(ONE_CYCLE, 0, 240, 800) == pytest.approx([0.0008, 0.02, 8e-8])


def test_values_that_make_no_rate_are_no_number() -> None:
    few = Part("PiecewiseConstantDecay", FrozenMap({"boundaries": (1, 2), "values": (0.1,)}))
    assert np.isnan(rates(few, np.arange(5.0), catalogue())).all()


def test_a_course_spans_the_run() -> None:
    found = course(replace(made(ONE_CYCLE), epochs=40), 20, catalogue())
    assert (found.total, found.span, found.warm) == (800, 800, 240)
    assert (found.steps[0], found.steps[-1], len(found.steps)) == (0, 799, 400)
    assert course(replace(PLAIN, epochs=1), 1, catalogue()).rates.tolist() == [0.02]


@pytest.mark.parametrize("kind", [COSINE, ONE_CYCLE])
def test_a_schedule_is_fitted_to_a_longer_run(kind: str) -> None:
    recipe = replace(made(kind), epochs=80)
    assert course(recipe, 20, catalogue()).span == 800
    longer = fitted(recipe, 1600, catalogue())
    found = course(longer, 20, catalogue())
    assert (found.span, found.warm) == (1600, 80 if kind == COSINE else 480)
    assert kind_of(longer) == kind


def test_what_has_no_end_stays() -> None:
    assert fitted(made(STEP), 10, catalogue()) == made(STEP)
    assert fitted(PLAIN, 10, catalogue()) == PLAIN


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("total", [1, 2, 3, 7])
def test_the_shortest_runs_have_schedules_too(kind: str, total: int) -> None:
    found = course(replace(made(kind, total), epochs=total), 1, catalogue())
    assert np.isfinite(found.rates).all()


def test_steps_are_those_of_the_data() -> None:
    recipe = replace(PLAIN, data=DataChoice("digits"), batch_size=32)
    assert steps_of(recipe, dataset(recipe.data)) == 40
