"""The checker's side of the talk about one drawing: it is told what changed, and tells what is new. Knows no wire."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from engine.errors import EngineError
from engine.graph import Graph
from engine.messages import Check, Checked, Mend, Mended, Recheck, Rechecked
from engine.patch import patched
from engine.report import Report
from engine.values import FrozenMap
from engine.worker.check import Checker

Question: TypeAlias = Check | Recheck
Answer: TypeAlias = Checked | Rechecked


class Answering:
    """Holds the drawing that was told last and the report that was given on it."""

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        self._graph: Graph | None = None
        self._said: Report | None = None
        self._generation = -1

    def answer(self, questions: Iterable[Question]) -> Answer:
        """Answer the newest of some questions, having heard them all.

        Raises:
            EngineError: The first says what changed of a drawing that was never told.
        """
        generation, before = 0, self._said
        for question in questions:
            generation = question.generation
            if isinstance(question, Check):
                self._graph, before = question.graph, None
            elif self._graph is None:
                raise EngineError("A change is told of a drawing that was told before")
            else:
                self._graph = patched(self._graph, question.patch)
        assert self._graph is not None  # noqa: S101 - a question was asked
        self._generation = generation
        self._said = found = self._checker.check(self._graph)
        return Checked(generation, found) if before is None else _new(generation, before, found)

    def mended(self, question: Mend) -> Mended | None:
        """Answer what mends the problems of a node; None where the drawing is another by now: nobody waits any more."""
        if self._graph is None or question.generation != self._generation:
            return None
        return Mended(question.generation, Report(problems=self._checker.mended(self._graph, question.node)))


def _new(generation: int, before: Report, found: Report) -> Rechecked:
    """Tell of the nodes of which another thing is known than before."""
    nodes = {id: found.nodes[id] for id in found.nodes.others(before.nodes)}
    gone = tuple(before.nodes.keys() - found.nodes.keys())
    return Rechecked(generation, Report(FrozenMap(nodes), found.problems), gone)
