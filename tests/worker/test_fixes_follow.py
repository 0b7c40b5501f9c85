"""Shapes do not wait for fixes: these follow, unless there is something new to do."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from engine.graph import Graph
from engine.messages import Check, Checked, Recheck, Rechecked
from engine.patch import Patch
from engine.proving import Told
from engine.recipe import Recipe
from engine.report import Fix, NodeReport, Problem, Report
from engine.values import FrozenMap
from tests.engine.drawings import chain, layer

GRAPH = chain(layer("InputLayer", shape=(8,)), layer("Dense", units=4))
WRONG, OTHER = Problem("error", "l1 is wrong.", ("l1",)), Problem("error", "So is l0.", ("l0",))
FIXED = Problem("error", "l1 is wrong.", ("l1",), fixes=(Fix("Mend it", None, {}),))
REPORT = Report(FrozenMap(dict.fromkeys(GRAPH.nodes, NodeReport())), (WRONG, OTHER))


class Slow:
    """A checker whose fixes take two tries a problem; it remembers the recipes that it was asked with."""

    told = Told(REPORT)

    def __init__(self) -> None:
        self.recipes: list[Recipe | None] = []

    def case(self, _graph: Graph, recipe: Recipe | None) -> Slow:
        self.recipes.append(recipe)
        return self

    def steps(self) -> Iterator[Problem | None]:
        yield from (None, None, FIXED, None, OTHER)


@pytest.fixture
def answering() -> Any:
    from engine.worker.answering import Answering

    return Answering(Slow())  # type: ignore[arg-type]


def never() -> bool:
    return False


def news_after(count: int) -> Callable[[], bool]:
    """Something new to do, once it was asked for so often."""
    asked = iter([False] * count)
    return lambda: next(asked, True)


def test_quick_fixes_come_with_the_shapes(answering: Any) -> None:
    (answer,) = answering.answers([Check(3, GRAPH)], never, math.inf)
    assert answer == Checked(3, Report(REPORT.nodes, (FIXED, OTHER)))


def test_slow_fixes_follow(answering: Any) -> None:
    first, second = answering.answers([Check(3, GRAPH)], never, 0)
    assert first == Checked(3, REPORT, whole=False)
    assert second == Rechecked(3, Report(problems=(FIXED, OTHER)))
    assert second.merged(first.report) == Report(REPORT.nodes, (FIXED, OTHER))


def test_what_is_new_to_do_comes_first(answering: Any) -> None:
    (answer,) = answering.answers([Check(3, GRAPH)], news_after(1), math.inf)
    assert answer == Checked(3, REPORT, whole=False)
    (answer,) = answering.answers([Check(4, GRAPH)], news_after(1), 0)
    assert answer == Checked(4, REPORT, whole=False)


def test_a_change_is_answered_with_what_is_new(answering: Any) -> None:
    [*answering.answers([Check(3, GRAPH)], never, 0)]
    first, second = answering.answers([Recheck(4, Patch(), Recipe(epochs=3))], never, 0)
    assert first == Rechecked(4, Report(problems=(WRONG, OTHER)), whole=False)
    assert second == Rechecked(4, Report(problems=(FIXED, OTHER)))
    assert answering._checker.recipes == [None, Recipe(epochs=3)]
