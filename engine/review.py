"""All that stands against training a project: drawing, checker's findings, recipe. Knows no Keras, no Qt."""

from __future__ import annotations

from collections.abc import Iterable

from engine.catalogue import Catalogue
from engine.datasets import dataset
from engine.errors import EngineError
from engine.project import Project
from engine.recipe import check_recipe
from engine.report import Problem, Report
from engine.structure import problems, recipe_problems


def review(project: Project, report: Report, catalogue: Catalogue) -> tuple[Problem, ...]:
    """Return every problem once, errors first: those of the drawing, those of the report on it, those of the recipe."""
    return _once((*problems(project.graph, catalogue), *report.problems, *_of_recipe(project, report, catalogue)))


def worst(found: Iterable[Problem]) -> Problem | None:
    """Return the first problem that is in the way of training, or None where none is."""
    return next((problem for problem in found if problem.severity == "error"), None)


def _of_recipe(project: Project, report: Report, catalogue: Catalogue) -> tuple[Problem, ...]:
    try:
        data = dataset(project.recipe.data)
        recipe = check_recipe(project.recipe, catalogue)
    except EngineError as error:
        return (Problem("error", error.sentence),)
    return recipe_problems(project.graph, report, recipe, data, catalogue)


def _once(found: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, with its fixes where one of those who told of it knows some."""
    once: dict[tuple[str, tuple[str, ...]], Problem] = {}
    for problem in found:
        key = (problem.sentence, problem.nodes)
        once[key] = problem if key not in once or problem.fixes else once[key]
    return tuple(sorted(once.values(), key=lambda problem: problem.severity == "warning"))
