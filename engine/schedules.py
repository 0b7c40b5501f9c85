"""The learning rate over a whole run, worked out before it begins. Knows no Keras, whose formulas it follows, no Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.catalogue import Catalogue
from engine.values import Part, Value

Floats: TypeAlias = NDArray[np.float64]
#: A schedule's values, its defaults included.
Values: TypeAlias = Mapping[str, Any]


def _half_cosine(done: Any) -> Any:
    """Go from 1 to 0 by half a cosine."""
    return (1.0 + np.cos(np.pi * done)) / 2.0


def _cosine(values: Values, steps: Floats) -> Any:
    first, target, warm = values["initial_learning_rate"], values["warmup_target"], values["warmup_steps"]
    top, warm = (first, 0) if target is None else (target, warm)
    done = np.clip((steps - warm) / values["decay_steps"], 0.0, 1.0)
    decayed = top * ((1.0 - values["alpha"]) * _half_cosine(done) + values["alpha"])
    return np.where(steps < warm, first + (top - first) * steps / max(warm, 1), decayed)


def _restarts(values: Values, steps: Floats) -> Any:
    done, longer = steps / values["first_decay_steps"], values["t_mul"]
    if longer == 1.0:
        number, share = np.floor(done), done - np.floor(done)
    else:
        number = np.floor(np.log(1.0 - done * (1.0 - longer)) / np.log(longer))
        share = (done - (1.0 - longer**number) / (1.0 - longer)) / longer**number
    decayed = (1.0 - values["alpha"]) * values["m_mul"] ** number * _half_cosine(share) + values["alpha"]
    return values["initial_learning_rate"] * decayed


def _parts(values: Values, steps: Floats) -> Any:
    done = steps / values["decay_steps"]
    return np.floor(done) if values["staircase"] else done


def _exponential(values: Values, steps: Floats) -> Any:
    return values["initial_learning_rate"] * np.power(float(values["decay_rate"]), _parts(values, steps))


def _inverse_time(values: Values, steps: Floats) -> Any:
    return values["initial_learning_rate"] / (1.0 + values["decay_rate"] * _parts(values, steps))


def _piecewise(values: Values, steps: Floats) -> Any:
    return np.asarray(values["values"], float)[np.searchsorted(values["boundaries"], steps, side="left")]


def _polynomial(values: Values, steps: Floats) -> Any:
    first, end, span = values["initial_learning_rate"], values["end_learning_rate"], values["decay_steps"]
    whole = span * np.maximum(np.ceil(steps / span), 1.0) if values["cycle"] else np.full_like(steps, span)
    return (first - end) * (1.0 - np.minimum(steps, whole) / whole) ** values["power"] + end


def _one_cycle(values: Values, steps: Floats) -> Any:
    peak, rise = values["peak_learning_rate"], values["rise"]
    first = peak / values["first_divisor"]
    end = first / values["last_divisor"]
    done = np.minimum(steps / values["total_steps"], 1.0)
    up, down = done / max(rise, 1e-9), (done - rise) / max(1.0 - rise, 1e-9)
    if not values["linear"]:
        up, down = 1.0 - _half_cosine(up), 1.0 - _half_cosine(down)
    return np.where(done < rise, first + (peak - first) * up, peak + (end - peak) * down)


FORMULAS: Final[Mapping[str, Callable[[Values, Floats], Any]]] = {
    "CosineDecay": _cosine,
    "CosineDecayRestarts": _restarts,
    "ExponentialDecay": _exponential,
    "InverseTimeDecay": _inverse_time,
    "PiecewiseConstantDecay": _piecewise,
    "PolynomialDecay": _polynomial,
    "OneCycle": _one_cycle,
}


def rates(schedule: Part, steps: Floats, catalogue: Catalogue) -> Floats:
    """Return the learning rate at each step, counted from 0; nan where the values make no rate.

    Raises:
        ValueProblem: The catalogue has no such schedule.
    """
    values = values_of(schedule, catalogue)
    try:
        with np.errstate(all="ignore"):
            return np.asarray(FORMULAS[schedule.class_name](values, np.asarray(steps, float)), float)
    except (KeyError, IndexError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        return np.full(len(steps), np.nan)


def values_of(schedule: Part, catalogue: Catalogue) -> dict[str, Value]:
    """Return all values of a schedule, its defaults included."""
    spec = catalogue.part("schedule", schedule.class_name)
    return {p.name: schedule.values.get(p.name, p.initial if p.required else p.default) for p in spec.parameters}
