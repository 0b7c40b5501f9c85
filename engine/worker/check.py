"""The checker: shapes, weights and problems of every node of a drawing, by asking Keras what it has not asked before.

It makes no weights. An edit asks again only of what lies downstream of it.
"""

from __future__ import annotations

from functools import partial

from engine import structure
from engine.catalogue import Catalogue
from engine.datasets import DataSpec, dataset
from engine.errors import EngineError
from engine.fitting import judged
from engine.graph import Graph
from engine.precision import answering
from engine.proving import Case, Told
from engine.reader import Reader
from engine.recipe import Recipe
from engine.recipe_numbers import POLICIES
from engine.report import Problem, Report
from engine.worker.answers import Answers
from engine.worker.known import catalogue
from engine.worker.precision import computing_in
from engine.worker.visit import Memory, Visit


class Checker:
    """Answers what can be known of a drawing before any data."""

    def __init__(self, known: Catalogue | None = None) -> None:
        self.catalogue = known or catalogue()
        self.memory = Memory(Reader(self.catalogue))
        self._answers = Answers(self.catalogue)
        #: The same for drawings that compute in half precision, by Keras's policy: other answers.
        self._halves: dict[str, tuple[Memory, Answers]] = {}

    @property
    def asked(self) -> int:
        """How many questions Keras was asked, all drawings together."""
        return self._answers.asked + sum(answers.asked for _, answers in self._halves.values())

    def check(self, graph: Graph, recipe: Recipe | None = None, spec: DataSpec | None = None) -> Report:
        """Return what is known of each node, and the problems with the fixes that work.

        Those of wires and values stand first, then those of shapes, then, where a recipe is given, those of the recipe.
        """
        case = self.case(graph, recipe, spec)
        return case.told.whole(case.proven())

    def case(self, graph: Graph, recipe: Recipe | None = None, spec: DataSpec | None = None) -> Case:
        """Return what is known, and what can be tried out; `spec` describes other data than the recipe names."""

        def ask(after: Graph, chosen: Recipe | None) -> Told:
            memory, answers = self._known_in(chosen)
            return self._look(after, chosen, spec, memory.fork(), answers)

        return Case(graph, recipe, self._look(graph, recipe, spec, *self._known_in(recipe)), self.catalogue, ask)

    def _known_in(self, recipe: Recipe | None) -> tuple[Memory, Answers]:
        """What is remembered of drawings that compute in a recipe's precision."""
        precision = None if recipe is None else recipe.precision
        if precision not in POLICIES:
            return self.memory, self._answers
        if precision not in self._halves:
            self._halves[precision] = Memory(Reader(self.catalogue)), Answers(self.catalogue)
        return self._halves[precision]

    def _look(
        self, graph: Graph, recipe: Recipe | None, spec: DataSpec | None, memory: Memory, answers: Answers
    ) -> Told:
        """Return what is known, and what might mend the problems."""
        data, wrong = (None, ()) if recipe is None else _data(recipe, spec)
        precision = None if recipe is None else recipe.precision
        whole = answering(graph, precision, self.catalogue)
        drawing, found = memory.reader.read(whole, None if data is None else data.shape)
        with computing_in(precision):
            report = Visit(answers, drawing, structure.stopped(found), memory).report(found)
        mends = {problem: partial(structure.mends, drawing, problem) for problem in found} | drawing.mends
        if recipe is None or data is None:
            return Told(report, wrong, mends)
        problems, more = judged(graph, report, recipe, data, self.catalogue)
        return Told(report, problems, {**mends, **more})


def _data(recipe: Recipe, spec: DataSpec | None) -> tuple[DataSpec | None, tuple[Problem, ...]]:
    """The data that a recipe is for; where there are none such, the problem."""
    try:
        return spec or dataset(recipe.data), ()
    except EngineError as error:
        return None, (Problem("error", error.sentence),)
