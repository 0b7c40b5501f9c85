"""Where an axis is marked and what stands there. Knows no Qt."""

from __future__ import annotations

import math

#: What a step between two marks may be, times a power of ten.
NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
WHOLE = (1.0, 2.0, 5.0, 10.0)


def spacing(low: float, high: float, most: int, *, whole: bool = False) -> float:
    """Return a round distance such that at most `most` marks lie between low and high."""
    least = (high - low) / max(1, most)
    if not least > 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(least))
    step = next(nice * power for nice in (WHOLE if whole else NICE) if nice * power >= least * (1 - 1e-9))
    return max(1.0, step) if whole else step


def ticks(low: float, high: float, most: int, *, whole: bool = False) -> list[tuple[float, str]]:
    """Return marks at round values and their texts, `whole` numbers alone where the axis counts something."""
    step = spacing(low, high, most, whole=whole)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    if last - first > 1000:
        return []
    largest = max(abs(low), abs(high))
    return [(index * step, text(index * step, step, largest)) for index in range(first, last + 1)]


def text(value: float, step: float, largest: float) -> str:
    """Spell a mark with the digits that its distance to the next one needs, all of an axis in the same way."""
    if abs(value) < step * 1e-6:
        return "0"
    if largest >= 1e9 or step < 1e-4:
        return f"{value:.3g}"
    if largest >= 10_000 and step >= 100:
        return f"{value / 1000:,.10g}k"
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    digits += round(step * 10**digits, 6) != round(step * 10**digits)
    return f"{value:,.{digits}f}"
