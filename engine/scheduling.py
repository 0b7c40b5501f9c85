"""The usual schedules of a learning rate, made to span a run, and what a recipe has of them. Knows no Keras, no Qt.

A schedule counts steps, people count epochs: what is made here is made for the steps of the recipe's own run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from engine.catalogue import Catalogue
from engine.choices import Plateau
from engine.datasets import DataSpec, counts
from engine.recipe import Recipe
from engine.schedules import Floats, rates, values_of
from engine.values import FrozenMap, Part, Value

CONSTANT, STEP, EXPONENTIAL, COSINE = "constant", "step", "exponential", "cosine with warm-up"
ONE_CYCLE, PLATEAU = "one cycle", "on plateau"
KINDS: Final = (CONSTANT, STEP, EXPONENTIAL, COSINE, ONE_CYCLE, PLATEAU)
HELP: Final[Mapping[str, str]] = {
    CONSTANT: "The same rate all the way.",
    STEP: "A tenth of the rate after a half of the run, a hundredth after three quarters.",
    EXPONENTIAL: "Falls by the same factor in every step, to a hundredth at the end.",
    COSINE: "Rises in a line over the first twentieth, then falls to nothing along half a cosine.",
    ONE_CYCLE: "Rises to the rate from a 25th of it, then falls far below where it began: Smith and Topin, 2018.",
    PLATEAU: "Halves the rate where the run gets no better for three epochs.",
}
#: The share of a run in which a cosine warms up.
WARM: Final = 0.05
#: As many points of a curve as a small plot shows.
POINTS: Final = 400


def _step(rate: float, total: int) -> dict[str, Value]:
    return {"boundaries": (max(1, total // 2), max(2, total * 3 // 4)), "values": (rate, rate / 10, rate / 100)}


def _exponential(rate: float, total: int) -> dict[str, Value]:
    return {"initial_learning_rate": rate, "decay_steps": total, "decay_rate": 0.01}


def _cosine(rate: float, total: int) -> dict[str, Value]:
    warm = max(1, round(total * WARM))
    return {
        "initial_learning_rate": 0.0, "warmup_target": rate, "warmup_steps": warm, "decay_steps": max(1, total - warm),
    }  # fmt: skip


def _one_cycle(rate: float, total: int) -> dict[str, Value]:
    return {"peak_learning_rate": rate, "total_steps": total}


#: Each kind that is a schedule of the optimizer: its class, and its values for a rate and the steps of a run.
_MADE: Final[Mapping[str, tuple[str, Callable[[float, int], dict[str, Value]]]]] = {
    STEP: ("PiecewiseConstantDecay", _step),
    EXPONENTIAL: ("ExponentialDecay", _exponential),
    COSINE: ("CosineDecay", _cosine),
    ONE_CYCLE: ("OneCycle", _one_cycle),
}
_KIND_OF: Final = {class_name: kind for kind, (class_name, _) in _MADE.items()}


def kind_of(recipe: Recipe) -> str:
    """Return which of the usual schedules a recipe has; the class of any other."""
    rate = recipe.optimizer.values.get("learning_rate")
    if not isinstance(rate, Part):
        return PLATEAU if recipe.plateau is not None else CONSTANT
    if rate.class_name == "CosineDecay" and rate.values.get("warmup_target") is None:
        return rate.class_name
    return _KIND_OF.get(rate.class_name, rate.class_name)


def steps_of(recipe: Recipe, data: DataSpec) -> int:
    """Return the steps of one epoch."""
    train = counts(recipe.data, data.samples)[0]
    return max(1, train // recipe.batch_size if data.ordered else -(-train // recipe.batch_size))


def rate_of(recipe: Recipe, catalogue: Catalogue) -> float:
    """Return the rate that a schedule is made from: the constant one, or what a schedule stands for."""
    held = recipe.optimizer.values.get("learning_rate")
    if isinstance(held, Part):
        values: Mapping[str, Any] = values_of(held, catalogue)
        found = (values.get(name) for name in ("peak_learning_rate", "warmup_target", "initial_learning_rate"))
        return float(
            next((rate for rate in found if rate is not None), None) or next(iter(values.get("values", ())), 0)
        )
    default: Any = catalogue.part("optimizer", recipe.optimizer.class_name).parameter("learning_rate").default
    return float(default if held is None else held)  # type: ignore[arg-type]


def scheduled(recipe: Recipe, kind: str, total: int, catalogue: Catalogue) -> Recipe:
    """Return a recipe with one of the usual schedules, from the rate that it has, over so many steps."""
    rate = rate_of(recipe, catalogue)
    plateau = (recipe.plateau or Plateau()) if kind == PLATEAU else None
    value: Value = rate
    if kind in _MADE:
        class_name, values = _MADE[kind]
        value = Part(class_name, FrozenMap(values(rate, total)))
    optimizer = catalogue.check_part("optimizer", recipe.optimizer.with_value("learning_rate", value))
    return replace(recipe, optimizer=optimizer, plateau=plateau)


@dataclass(frozen=True, slots=True)
class Course:
    """The learning rate over a run, to be drawn.

    Attributes:
        steps: Where it was worked out, from 0 to the last step.
        rates: The rate at each.
        total: All steps of the run.
        warm: As many steps as it rises for at first; 0 where it does not.
        span: The steps that its schedule was made for; `total` where that has no end.
    """

    steps: Floats
    rates: Floats
    total: int
    warm: int = 0
    span: int = 0


def course(recipe: Recipe, steps: int, catalogue: Catalogue) -> Course:
    """Work out the rate over a run whose epochs have so many steps, or raise ValueProblem."""
    total = steps * recipe.epochs
    at = np.unique(np.linspace(0, total - 1, min(total, POINTS)).round())
    held = recipe.optimizer.values.get("learning_rate")
    if not isinstance(held, Part):
        return Course(at, np.full(len(at), rate_of(recipe, catalogue)), total, span=total)
    values = values_of(held, catalogue)
    return Course(at, rates(held, at, catalogue), total, _warm(values), _span(values) or total)


def _warm(values: Mapping[str, Any]) -> int:
    if "rise" in values:
        return round(float(values["rise"]) * int(values["total_steps"]))
    return int(values["warmup_steps"]) if values.get("warmup_target") is not None else 0


def _span(values: Mapping[str, Any]) -> int:
    """The steps that a schedule was made for; 0 where it has no end."""
    ends = "decay_steps" in values and "decay_rate" not in values and not values.get("cycle")
    return int(values["decay_steps"]) + _warm(values) if ends else int(values.get("total_steps", 0))


def fitted(recipe: Recipe, total: int, catalogue: Catalogue) -> Recipe:
    """Return a recipe whose schedule, where it has an end, ends with a run of so many steps."""
    held = recipe.optimizer.values.get("learning_rate")
    if not isinstance(held, Part) or not (span := _span(values_of(held, catalogue))):
        return recipe
    warm = round(_warm(values_of(held, catalogue)) * total / span)
    counted = {"total_steps": total, "warmup_steps": warm, "decay_steps": max(1, total - warm)}
    changed = held.with_values({name: count for name, count in counted.items() if name in held.values})
    optimizer = catalogue.check_part("optimizer", recipe.optimizer.with_value("learning_rate", changed))
    return replace(recipe, optimizer=optimizer)
