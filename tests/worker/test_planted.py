"""Planted mistakes: what is said names all that it is about, and the first fix leaves a drawing that trains a step."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from engine.catalogue import catalogue
from engine.graph import Graph
from engine.mending import fixed, fixed_recipe
from engine.recipe import Recipe
from engine.report import Fix, Problem
from tests.worker.asking import Asked, ask
from tests.worker.planted import PLANTED
from tests.worker.planted.mistake import Mistake

#: The share of the mistakes whose first fix leaves a drawing that trains.
MENDED = 0.9
#: Every so many of them are trained by default; all of them in the long run.
EVERY = 10


@pytest.fixture(scope="module")
def asked() -> Asked:
    purposes = {name: (mistake.recipe, mistake.data) for name, mistake in PLANTED.items() if mistake.recipe}
    return ask({name: mistake.graph for name, mistake in PLANTED.items()}, purposes)


def test_there_are_enough_of_every_sort() -> None:
    assert len(PLANTED) >= 60


def told(asked: Asked, name: str) -> Problem | None:
    """What is said of a planted mistake; None where nothing is."""
    mistake = PLANTED[name]
    found = (p for p in asked.reports[name].problems if p.severity == mistake.severity and _says(p, mistake))
    return next(found, None)


def _says(problem: Problem, mistake: Mistake) -> bool:
    at = 0
    for part in mistake.says:
        at = problem.sentence.find(part, at)
        if at < 0:
            return False
    return True


@pytest.mark.parametrize("name", PLANTED)
def test_it_is_said_where_and_what_mends_it(name: str, asked: Asked) -> None:
    mistake, problem = PLANTED[name], told(asked, name)
    assert problem is not None, [each.sentence for each in asked.reports[name].problems]
    assert tuple(mistake.graph.nodes[id].name for id in problem.nodes) == mistake.about
    assert all(mistake.graph.nodes[id].name in problem.sentence for id in problem.nodes)
    assert [fix.title for fix in problem.fixes[:1]] == ([mistake.fix] if mistake.fix else [])
    assert mistake.fix or mistake.why in problem.sentence, "it is said why there is no fix"
    assert len({fix.title for fix in problem.fixes}) == len(problem.fixes) <= 3


def mended(mistake: Mistake, fix: Fix) -> tuple[Graph, Recipe | None]:
    recipe = mistake.recipe and fixed_recipe(mistake.recipe, fix, catalogue())
    return fixed(mistake.graph, fix), recipe


@pytest.fixture(scope="module")
def offered(asked: Asked) -> Mapping[str, Fix]:
    found = ((name, told(asked, name)) for name in PLANTED)
    return {name: problem.fixes[0] for name, problem in found if problem is not None and problem.fixes}


def test_no_fix_leaves_its_problem_or_an_error_that_was_not_there(asked: Asked, offered: Mapping[str, Fix]) -> None:
    after = {name: mended(PLANTED[name], fix) for name, fix in offered.items()}
    purposes = {name: (recipe, PLANTED[name].data) for name, (_, recipe) in after.items() if recipe}
    reports = ask({name: graph for name, (graph, _) in after.items()}, purposes).reports
    for name in offered:
        before, problem = asked.reports[name], told(asked, name)
        assert problem is not None
        assert problem.sentence not in [each.sentence for each in reports[name].problems], name
        assert len(reports[name].errors) <= len(before.errors), name


def trained(names: list[str], offered: Mapping[str, Fix]) -> dict[str, str]:
    """Train a step of each drawing after its first fix, and return what went wrong by name."""
    from tests.worker.planted.trial import train

    found = {name: train(*mended(PLANTED[name], offered[name]), PLANTED[name].spec) for name in names}
    return {name: wrong for name, wrong in found.items() if wrong}


def test_some_train_a_step_once_they_are_mended(offered: Mapping[str, Fix]) -> None:
    assert trained([*offered][::EVERY], offered) == {}


@pytest.mark.long
def test_nine_of_ten_train_a_step_once_they_are_mended(offered: Mapping[str, Fix]) -> None:
    wrong = trained([*offered], offered)
    assert len(offered) - len(wrong) >= MENDED * len(PLANTED), "\n".join(f"{n}: {w}" for n, w in wrong.items())
    assert not wrong, "\n".join(f"{n}: {w}" for n, w in wrong.items())
