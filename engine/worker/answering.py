"""The checker's side of the talk about one drawing: it is told what changed, and tells what is new. Knows no wire."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from time import perf_counter
from typing import Final, TypeAlias

from engine.errors import EngineError
from engine.graph import Graph
from engine.messages import Check, Checked, Mend, Mended, Recheck, Rechecked
from engine.patch import patched
from engine.proving import Case
from engine.recipe import Recipe
from engine.report import Problem, Report
from engine.values import FrozenMap
from engine.worker.check import Checker

#: How long shapes wait for the fixes of problems, in seconds.
PATIENCE: Final = 0.005
Question: TypeAlias = Check | Recheck
Answer: TypeAlias = Checked | Rechecked


class Answering:
    """Holds the drawing that was told last and the report that was given on it."""

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        self._graph: Graph | None = None
        self._recipe: Recipe | None = None
        self._said: Report | None = None
        #: What was found of the newest drawing, and of which generation that is.
        self._case: Case | None = None
        self._generation = -1

    def answer(self, questions: Iterable[Question]) -> Answer:
        """Answer the newest of some questions, having heard them all, in one answer with all the fixes."""
        (answer,) = self.answers(questions, lambda: False, math.inf)
        return answer

    def answers(
        self, questions: Iterable[Question], news: Callable[[], bool], patience: float = PATIENCE
    ) -> Iterator[Answer]:
        """Yield what is known of the newest of some questions; where the fixes take longer, they follow.

        Something new to do comes first: the fixes of a drawing that has been edited since are not looked for.

        Raises:
            EngineError: The first says what changed of a drawing that was never told.
        """
        generation, before = self._hear(questions)
        assert self._graph is not None  # noqa: S101 - a question was asked
        case = self._checker.case(self._graph, self._recipe)
        self._said, self._case, self._generation = case.told.report, case, generation
        begun, proven, told = perf_counter(), list[Problem](), False
        for problem in case.steps():
            proven += [] if problem is None else [problem]
            if not told and perf_counter() - begun > patience:
                told = True
                yield _answer(generation, before, case.told.whole(), whole=False)
            if news():
                break
        whole = len(proven) == len(case.told.problems)
        if told and whole:
            yield Rechecked(generation, Report(problems=tuple(proven)))
        elif not told:
            yield _answer(generation, before, case.told.whole(proven if whole else None), whole=whole)

    def _hear(self, questions: Iterable[Question]) -> tuple[int, Report | None]:
        """Take what questions tell; return the newest's generation, and the report that its answer can build on."""
        generation, before = 0, self._said
        for question in questions:
            generation, self._recipe = question.generation, question.recipe
            if isinstance(question, Check):
                self._graph, before = question.graph, None
            elif self._graph is None:
                raise EngineError("A change is told of a drawing that was told before")
            else:
                self._graph = patched(self._graph, question.patch)
        return generation, before

    def mended(self, question: Mend) -> Mended | None:
        """Answer what mends the problems of a node; None where the drawing is another by now: nobody waits any more."""
        if self._case is None or question.generation != self._generation:
            return None
        return Mended(question.generation, Report(problems=self._case.mended(question.node)))


def _answer(generation: int, before: Report | None, found: Report, *, whole: bool) -> Answer:
    if before is None:
        return Checked(generation, found, whole)
    return _new(generation, before, found, whole=whole)


def _new(generation: int, before: Report, found: Report, *, whole: bool) -> Rechecked:
    """Tell of the nodes of which another thing is known than before."""
    nodes = {id: found.nodes[id] for id in found.nodes.others(before.nodes)}
    gone = tuple(found.nodes.gone(before.nodes))
    return Rechecked(generation, Report(FrozenMap(nodes), found.problems), gone, whole)
