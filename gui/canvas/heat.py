"""What nodes are coloured by where a figure is chosen: the amounts, each on a scale. Knows no paint."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil, floor
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.amounts import spelled_bytes, spelled_count
from engine.forecast import slots
from engine.recipe import Recipe
from engine.totals import Cost
from gui.canvas import spelled

#: Colours on the scale: more than are told apart, few enough that each is painted in one go.
STEPS: Final = 24
#: Begins the hue of a node that has a place on the scale; the hue of one that has none.
HEAT: Final = "heat "
COLD: Final = "heat none"
#: A scale of what is told live spans so many powers of ten at most, down from the greatest.
DECADES: Final = 8
Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its words, how an amount is spelled, and where it comes from.

    Attributes:
        rates: What it takes of each entry of a `Cost.row` by a recipe; nothing of one that is told live.
        column: Its column in what a run tells of its layers; empty for one that is known before.
        share: It runs from nothing to all, on a scale of its own; the others on one of powers of ten.
        joined: How those of the layers in a block make one, and that in words.
        nowhere: What is said where a run that tells of its layers has it of none; empty for the usual sentence.
    """

    title: str
    spell: Callable[[float], str]
    rates: Callable[[Recipe], Cost] = lambda _recipe: Cost()
    column: str = ""
    share: bool = False
    joined: Callable[[Iterable[float]], float] = sum
    joined_words: str = "sum of its layers"
    nowhere: str = ""


def _count(amount: float) -> str:
    return spelled_count(round(amount))


def _bytes(amount: float) -> str:
    return spelled_bytes(round(amount))


def _memory(recipe: Recipe) -> Cost:
    return Cost(weights=1, moved=1 + slots(recipe.optimizer), output=2 * recipe.batch_size)


def _live(
    title: str, column: str, spell: Callable[[float], str] = spelled.number, *, share: bool = False, nowhere: str = ""
) -> Figure:
    words = "largest of its layers"
    return Figure(title, spell, column=column, share=share, joined=max, joined_words=words, nowhere=nowhere)


FIGURES: Final[Mapping[str, Figure]] = {
    "parameters": Figure("Parameters", _count, lambda _recipe: Cost(parameters=1)),
    "multiply_adds": Figure("Multiply-adds per sample", _count, lambda _recipe: Cost(multiply_adds=1)),
    "memory": Figure("Memory in training", _bytes, _memory),
    "gradient_norm": _live("Gradient norm", "gradient_norm"),
    "update_ratio": _live("Update-to-weight ratio", "update_ratio"),
    "dead": _live("Dead units", "dead", spelled.share, share=True),
    "saturated": _live(
        "Saturated values", "saturated", spelled.share, share=True, nowhere="No activation here has bounds"
    ),
    "deviation": _live("Deviation of outputs", "deviation"),
    "time": Figure("Time for one sample", spelled.seconds, column="time"),
}
#: Those that a run tells.
LIVE: Final = tuple(name for name, figure in FIGURES.items() if figure.column)


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What a run told last of the nodes that are seen: by column, then by node; what is not known is not there."""

    step: int
    columns: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True, eq=False)
class Heat:
    """The amounts of a drawing's nodes, and each one's hue.

    Attributes:
        grains: The amounts as they stand on the nodes: of what is told live, rounded to one digit.
        low, high: The powers of ten where the scale begins and ends, or shares; alike where nothing has an amount.
        step: The step of the run that told it; None of what is known before, 0 where no run has told any.
    """

    figure: Figure
    amounts: Mapping[str, float]
    hues: Mapping[str, str]
    low: int = 0
    high: int = 0
    grains: Mapping[str, float] = field(default_factory=dict)
    step: int | None = None

    @staticmethod
    def of(name: str, costs: Mapping[str, Cost], recipe: Recipe) -> Heat:
        """Place nodes on the scale from the least to the most, both rounded to powers of ten."""
        figure = FIGURES[name]
        rates = np.array(figure.rates(recipe).row, float)
        amounts = np.array([cost.row for cost in costs.values()], float).reshape(-1, len(rates)) @ rates
        powers = np.log10(np.maximum(amounts, 1.0))
        low, high = _ends(powers[amounts > 0])
        steps = _steps(powers, low, high)
        hues = [f"{HEAT}{step}" if amount else COLD for step, amount in zip(steps, amounts, strict=True)]
        known = dict(zip(costs, amounts.tolist(), strict=True))
        return Heat(figure, known, dict(zip(costs, hues, strict=True)), low, high, known)

    @staticmethod
    def live(name: str, reading: Reading | None, before: Heat | None = None) -> Heat:
        """Place nodes by what a run has told, on a scale that stays where it was before as long as it fits."""
        figure = FIGURES[name]
        told = reading.columns.get(figure.column, {}) if reading is not None else {}
        amounts = np.array([*told.values()], float)
        with np.errstate(divide="ignore"):
            powers = amounts if figure.share else np.log10(amounts)
        ends = (0, 1) if figure.share and len(amounts) else _ends(powers[np.isfinite(powers)])
        low, high = ends if figure.share else _held(figure, ends, before)
        hues = [f"{HEAT}{step}" for step in _steps(powers, low, high)]
        grains = spelled.coarse_shares(amounts) if figure.share else spelled.coarse(amounts)
        return Heat(
            figure, dict(told), dict(zip(told, hues, strict=True)), low, high,
            dict(zip(told, grains.tolist(), strict=True)), reading.step if reading is not None else 0,
        )  # fmt: skip

    @property
    def is_live(self) -> bool:
        return self.step is not None

    def hue(self, id: str) -> str:
        return self.hues.get(id, COLD)

    def words(self, id: str) -> str:
        """Spell a node's amount as exactly as it is known; nothing where it has none."""
        amount = self.amounts.get(id)
        return self.figure.spell(amount) if amount or (amount is not None and self.is_live) else ""

    def short(self, id: str) -> str:
        """Spell what stands on a node."""
        grain = self.grains.get(id)
        return self.figure.spell(grain) if grain or (grain is not None and self.is_live) else ""

    def ticks(self) -> list[tuple[float, str]]:
        """Return where words stand on the scale, from 0 to 1: powers of ten or shares; five at most."""
        if self.high <= self.low:
            return []
        if self.figure.share:
            return [(place / 4, self.figure.spell(place / 4)) for place in range(5)]
        apart = max(1, -(-(self.high - self.low) // 4))
        powers = range(self.low, self.high + 1, apart)
        return [((power - self.low) / (self.high - self.low), self.figure.spell(10.0**power)) for power in powers]

    def differing(self, other: Heat | None) -> set[str]:
        """Return the nodes that are shown otherwise than by another."""
        if other is None or other.figure is not self.figure:
            return {*self.hues, *(other.hues if other is not None else ())}
        mine, theirs = self.grains, other.grains
        found = {id for id in mine.keys() | theirs.keys() if mine.get(id) != theirs.get(id)}
        if self.is_live or (self.low, self.high) != (other.low, other.high):
            found |= {id for id, hue in self.hues.items() if other.hues.get(id) != hue}
        return found


def _ends(powers: Floats) -> tuple[int, int]:
    """The powers of ten around some, a whole one apart at least; alike where there are none."""
    if not len(powers):
        return 0, 0
    low = floor(powers.min())
    return low, max(ceil(powers.max()), low + 1)


def _held(figure: Figure, ends: tuple[int, int], before: Heat | None) -> tuple[int, int]:
    """The ends of a live scale: those before, where they hold these and are not much wider, so that it stands still."""
    low, high = max(ends[0], ends[1] - DECADES), ends[1]
    if before is None or before.figure is not figure or high == low:
        return low, high
    fits = before.low <= low and before.high >= high and before.high - before.low <= 2 * (high - low)
    return (before.low, before.high) if fits else (low, high)


def _steps(powers: Floats, low: int, high: int) -> list[int]:
    """The step of each on the scale; what lies beyond an end stands at it."""
    places = (np.clip(powers, low, high) - low) / max(high - low, 1) * STEPS
    found: list[int] = np.clip(places, 0, STEPS - 1).astype(int).tolist()
    return found
