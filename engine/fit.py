"""All that decides whether a recipe fits a drawing, as one value. Judges nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from engine.catalogue import Catalogue
from engine.data.columns import Column
from engine.datasets import DataSpec, counts
from engine.errors import RecipeError
from engine.feeding import learned, received
from engine.graph import End, Graph
from engine.mends import Mend, Source
from engine.recipe import Recipe
from engine.report import Problem, Report, TensorSpec
from engine.values import Part


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

    def received(self, id: str, inputs: int) -> Column:
        """Return what an input receives; where the data have nothing of its name, their first, as others say so."""
        try:
            return received(self.data, self.graph.node(id).name, inputs)
        except RecipeError:
            return self.data.inputs[0]

    def learned(self, id: str) -> Column:
        """Return what an output learns; where there is no such target, the first, as others say so."""
        try:
            return learned(self.data, self.recipe, self.graph.node(id).name)
        except RecipeError:
            return self.data.targets[0]

    def loss(self, id: str) -> Part:
        return self.recipe.loss_of(self.graph.node(id).name)

    def metrics(self, id: str) -> tuple[Part, ...]:
        return self.recipe.metrics_of(self.graph.node(id).name)

    @property
    def parts(self) -> tuple[int, int, int]:
        """How many samples train, validate and test."""
        return counts(self.recipe.data, self.data.samples)
