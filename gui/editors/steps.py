"""What one step up or down makes of a number: keys, wheel and drags all ask here. Knows no Qt."""

from __future__ import annotations

import math
from typing import Final

from engine.kinds import LARGEST, ParameterSpec
from engine.values import Value

#: A number that is bounded on both sides takes this many steps from one to the other.
STEPS_ACROSS: Final = 20
#: The first step away from zero, where nothing else says how large the number may be.
FROM_ZERO: Final = 0.1


def stepped(parameter: ParameterSpec, value: Value, steps: int, place: int | None = None) -> Value:
    """Return a value some steps further, within its parameter's bounds.

    Args:
        place: Which number of several to step; None steps all.
    """
    if isinstance(value, tuple):
        chosen = range(len(value)) if place is None else (min(place, len(value) - 1),)
        return tuple(stepped(parameter, item, steps) if at in chosen else item for at, item in enumerate(value))
    if parameter.kind in ("float", "rate") and isinstance(value, int | float):
        return _bounded(parameter, _further(parameter, float(value), steps))
    if isinstance(value, int) and not isinstance(value, bool):
        return int(_bounded(parameter, max(-LARGEST, min(LARGEST, value + steps))))
    return value


def _further(parameter: ParameterSpec, value: float, steps: int) -> float:
    """Step by a twentieth between two bounds, else by one of the leading digit: 0.001, 0.002 ... 0.01, 0.02."""
    if parameter.minimum is not None and parameter.maximum is not None:
        step = (parameter.maximum - parameter.minimum) / STEPS_ACROSS
        return _rounded(value + steps * step, step)
    for _ in range(min(abs(steps), 1000)):
        size = _leading(value, towards_zero=(value > 0) is (steps < 0))
        value = _rounded(value + math.copysign(size, steps), size)
    return value


def _leading(value: float, *, towards_zero: bool) -> float:
    """The weight of a number's first digit; a step down from a power of ten is a tenth of it."""
    if value == 0:
        return FROM_ZERO
    power = math.floor(math.log10(abs(value)) + 1e-12)
    at_power = math.isclose(abs(value), 10.0**power)
    return float(10.0 ** (power - 1 if at_power and towards_zero else power))


def _rounded(value: float, step: float) -> float:
    """Drop what binary fractions leave behind: 0.1 + 0.2 is 0.3."""
    return round(value, max(0, 2 - math.floor(math.log10(step))))


def _bounded(parameter: ParameterSpec, value: float) -> float:
    low = -math.inf if parameter.minimum is None else parameter.minimum
    high = math.inf if parameter.maximum is None else parameter.maximum
    return min(max(value, low), high)
