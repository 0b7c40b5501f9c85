"""What nodes are coloured by where a figure is chosen: the amounts, on a scale of powers of ten. Knows no paint."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.amounts import spelled_bytes, spelled_count
from engine.forecast import slots
from engine.recipe import Recipe
from engine.totals import Cost

#: Colours on the scale: more than are told apart, few enough that each is painted in one go.
STEPS: Final = 24
#: Begins the hue of a node that has a place on the scale; the hue of one that has none.
HEAT: Final = "heat "
COLD: Final = "heat none"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its words, how it is spelled, and what it takes of each entry of a `Cost.row` by a recipe."""

    title: str
    spell: Callable[[int], str]
    rates: Callable[[Recipe], Cost]


def _memory(recipe: Recipe) -> Cost:
    return Cost(weights=1, moved=1 + slots(recipe.optimizer), output=2 * recipe.batch_size)


FIGURES: Final[Mapping[str, Figure]] = {
    "parameters": Figure("Parameters", spelled_count, lambda _recipe: Cost(parameters=1)),
    "multiply_adds": Figure("Multiply-adds per sample", spelled_count, lambda _recipe: Cost(multiply_adds=1)),
    "memory": Figure("Memory in training", spelled_bytes, _memory),
}


@dataclass(frozen=True, slots=True, eq=False)
class Heat:
    """The amounts of a drawing's nodes, and each one's hue.

    Attributes:
        low, high: The powers of ten where the scale begins and ends; alike where nothing has an amount.
    """

    figure: Figure
    amounts: Mapping[str, float]
    hues: Mapping[str, str]
    low: int = 0
    high: int = 0

    @staticmethod
    def of(name: str, costs: Mapping[str, Cost], recipe: Recipe) -> Heat:
        """Place nodes on the scale from the least to the most, both rounded to powers of ten."""
        figure = FIGURES[name]
        rates = np.array(figure.rates(recipe).row, float)
        amounts = np.array([cost.row for cost in costs.values()], float).reshape(-1, len(rates)) @ rates
        powers = np.log10(np.maximum(amounts, 1.0))
        there = powers[amounts > 0]
        low = int(np.floor(there.min())) if len(there) else 0
        high = max(int(np.ceil(there.max())), low + 1) if len(there) else 0
        steps = np.clip((powers - low) / max(high - low, 1) * STEPS, 0, STEPS - 1).astype(int)
        hues = [f"{HEAT}{step}" if amount else COLD for step, amount in zip(steps.tolist(), amounts, strict=True)]
        return Heat(
            figure, dict(zip(costs, amounts.tolist(), strict=True)), dict(zip(costs, hues, strict=True)), low, high
        )

    def hue(self, id: str) -> str:
        return self.hues.get(id, COLD)

    def words(self, id: str) -> str:
        """Spell a node's amount; nothing where it has none."""
        amount = self.amounts.get(id)
        return self.figure.spell(round(amount)) if amount else ""

    def ticks(self) -> list[tuple[float, str]]:
        """Return where powers of ten stand on the scale, from 0 to 1, and their words; five at most."""
        apart = max(1, -(-(self.high - self.low) // 4))
        powers = range(self.low, self.high + 1, apart) if self.high > self.low else ()
        return [((power - self.low) / (self.high - self.low), self.figure.spell(10**power)) for power in powers]

    def differing(self, other: Heat | None) -> set[str]:
        """Return the nodes that are shown otherwise than by another."""
        if other is None or other.figure is not self.figure:
            return {*self.hues, *(other.hues if other is not None else ())}
        mine, theirs = self.amounts, other.amounts
        found = {id for id in mine.keys() | theirs.keys() if mine.get(id) != theirs.get(id)}
        if (self.low, self.high) != (other.low, other.high):
            found |= {id for id, hue in self.hues.items() if other.hues.get(id) != hue}
        return found
