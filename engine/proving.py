"""Offers of all that might mend a problem only what does: every mend is tried out first. Knows no Keras, no Qt."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from engine.catalogue import Catalogue
from engine.graph import Graph, cycle
from engine.inner_mends import possible
from engine.last_resorts import last_resorts
from engine.mending import room, spelled
from engine.mends import Mend, Source, sought
from engine.recipe import Recipe
from engine.report import Fix, Problem, Report
from engine.resolve import resolved

#: So many fixes of a problem are offered, and so many mends are tried for them.
OFFERED: Final = 3
TRIED: Final = 10


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a drawing and its recipe.

    Attributes:
        report: Of the drawing alone, its problems without fixes.
        recipe: The problems of the recipe with the drawing.
        mends: What might mend a problem, the likeliest first.
    """

    report: Report
    recipe: tuple[Problem, ...] = ()
    mends: Mapping[Problem, Source] = field(default_factory=dict)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems, errors first."""
        found = dict.fromkeys((*self.report.problems, *self.recipe))
        return tuple(sorted(found, key=lambda problem: problem.severity == "warning"))

    @property
    def errors(self) -> int:
        return sum(problem.severity == "error" for problem in (*self.report.problems, *self.recipe))

    def whole(self, problems: Iterable[Problem] | None = None) -> Report:
        """The report with the problems of the recipe as well; those given are told in their place."""
        return replace(self.report, problems=self.problems if problems is None else tuple(problems))


#: What is known of any drawing with any recipe.
Ask: TypeAlias = Callable[[Graph, Recipe | None], Told]


@dataclass(frozen=True, slots=True)
class Case:
    """A drawing with problems, and the one who knows of any other."""

    graph: Graph
    recipe: Recipe | None
    told: Told
    catalogue: Catalogue
    ask: Ask

    def proven(self) -> tuple[Problem, ...]:
        """Return every problem as it is told, the first ones with the fixes that work."""
        return tuple(problem for problem in self.steps() if problem is not None)

    def steps(self) -> Iterator[Problem | None]:
        """Yield what `proven` returns, and None after each mend that was tried, for whoever has other things to do."""
        return self._steps(self.told.problems, room(self.graph))

    def mended(self, node: str) -> tuple[Problem, ...]:
        """Return the problems that show on a node, with the fixes that work, however large the drawing."""
        shown = [problem for problem in self.told.problems if problem.nodes[:1] == (node,)]
        return tuple(problem for problem in self._steps(shown, len(shown)) if problem is not None)

    def _steps(self, problems: Iterable[Problem], left: int) -> Iterator[Problem | None]:
        for problem in problems:
            if left:
                fixes = yield from self._fixes(problem)
                left -= bool(fixes)
                yield replace(problem, fixes=fixes) if fixes else problem
            else:
                yield problem

    def _fixes(self, problem: Problem) -> Generator[None, None, tuple[Fix, ...]]:
        """Return what mends a problem and breaks nothing; what mends it at the least cost, where there is a choice."""
        last = last_resorts(self._meant(problem), self.catalogue, problem)
        for mends in (sought(self.told.mends.get(problem, ())), last):
            tried: list[tuple[tuple[int, int], Mend]] = []
            for mend in [*mends][:TRIED]:
                cost = self.cost(problem, mend)
                tried += [] if cost is None else [(cost, mend)]
                yield
            if tried:
                return self._offered(tried)
        return ()

    def _meant(self, problem: Problem) -> Graph:
        """The drawing in which a problem's nodes stand: the network, where they are inside blocks."""
        inside = any("/" in id for id in problem.nodes)
        return resolved(self.graph, self.catalogue) if inside else self.graph

    def _offered(self, tried: Iterable[tuple[tuple[int, int], Mend]]) -> tuple[Fix, ...]:
        """Spell the mends that leave the fewest errors, those that leave the fewest warnings first."""
        ordered = sorted(tried, key=lambda pair: pair[0])
        least = ordered[0][0][0]
        kept = [mend for cost, mend in ordered if cost[0] == least]
        found = (spelled(mend, self.graph, self.catalogue, self.recipe or Recipe()) for mend in kept)
        return tuple({fix.title: fix for fix in found if fix is not None}.values())[:OFFERED]

    def cost(self, problem: Problem, mend: Mend) -> tuple[int, int] | None:
        """Count the errors and the warnings that are left after a mend; None where it does not mend or it breaks."""
        made = possible(mend, self.graph, self.catalogue)
        if made is None:
            return None
        after = self.ask(made[1], None if self.recipe is None else mend.chosen(self.recipe))
        if not self._gone(problem, after) or self._broken(after):
            return None
        return after.errors, len(after.problems) - after.errors

    def _gone(self, problem: Problem, after: Told) -> bool:
        mine = problem in self.told.report.problems
        if mine and problem.nodes and problem.nodes == cycle(self.graph):  # what it leaves open shows on one of them
            return problem.sentence not in [other.sentence for other in after.report.problems]
        before = self.told.report.problems if mine else self.told.recipe
        others = {(other.nodes[:1], other.sentence) for other in before if other != problem}
        left = after.report.problems if mine else after.recipe
        return not any(_again(problem, other) for other in left if (other.nodes[:1], other.sentence) not in others)

    def _broken(self, after: Told) -> bool:
        """Whether a node has an error that was sound before, or that was not there."""
        known = self.told.report.nodes
        before = {problem.nodes[:1] for problem in self.told.report.errors}
        return any(
            problem.nodes[0] not in known or known[problem.nodes[0]].known
            for problem in after.report.errors
            if problem.nodes and problem.nodes[:1] not in before
        )


def _again(problem: Problem, other: Problem) -> bool:
    """Whether one problem is another that stayed, in whatever words: at its place, as bad as it was."""
    if problem.sentence == other.sentence and problem.nodes[:1] == other.nodes[:1]:
        return True
    if problem.severity == "warning" and other.severity == "warning":
        return problem.nodes[:1] == other.nodes[:1] and problem.parameter == other.parameter
    return bool(problem.nodes) and problem.nodes[:1] == other.nodes[:1] and other.severity == "error"
