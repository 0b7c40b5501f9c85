"""All that decides whether a recipe fits a drawing, as one value. Judges nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from engine.catalogue import Catalogue
from engine.datasets import DataSpec, counts
from engine.graph import End, Graph
from engine.mends import Mend, Source
from engine.recipe import Recipe
from engine.report import Problem, Report, TensorSpec


@dataclass(frozen=True, slots=True)
class Fit:
    """A network, what is known of it, a recipe and its data; and what would mend what is said of them."""

    graph: Graph
    report: Report
    recipe: Recipe
    data: DataSpec
    catalogue: Catalogue
    mends: dict[Problem, Source] = field(default_factory=dict)

    def noted(self, problem: Problem, *mends: Mend, seek: Callable[[], Iterable[Mend]] | None = None) -> Problem:
        """Note what would mend a problem, or how to find it when somebody asks, and return it."""
        self.mends[problem] = mends if seek is None else seek
        return problem

    def tensor(self, end: End) -> TensorSpec | None:
        node = self.report.nodes.get(end.node)
        return None if node is None else node.outputs.get(end.port)

    @property
    def parts(self) -> tuple[int, int, int]:
        """How many samples train, validate and test."""
        return counts(self.recipe.data, self.data.samples)
