"""One planted mistake: a drawing, what is said of it and what mends it. Knows no checker."""

from __future__ import annotations

from dataclasses import dataclass

from engine.datasets import DataSpec, dataset
from engine.graph import Graph
from engine.recipe import Recipe
from engine.report import Severity


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake.

    Attributes:
        says: Parts of the sentence, in order.
        about: The names of the nodes that it is about, the first where it shows.
        fix: The title of the first fix; empty where there is none.
        why: Where there is no fix, the part of the sentence that says what a person has to decide.
        recipe: Where it is one of the recipe with the drawing, or the data matter.
        data: Other data than the recipe names.
    """

    graph: Graph
    says: tuple[str, ...]
    about: tuple[str, ...]
    fix: str = ""
    why: str = ""
    severity: Severity = "error"
    recipe: Recipe | None = None
    data: DataSpec | None = None

    @property
    def spec(self) -> DataSpec | None:
        """The data that the drawing is for, where there are any."""
        return self.data or (None if self.recipe is None else dataset(self.recipe.data))
