"""From figures to places along an axis, and round numbers to write at it. Knows no widget."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

#: The most decades that an axis shows: what lies below is as good as nothing.
MOST_DECADES: Final = 12
#: What is smaller has no place on a logarithmic axis: a decade below would be no number any more.
LEAST: Final = 1e-300
#: Ticks of an axis, at most.
MOST_TICKS: Final = 5


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from `low` to `high`; logarithmic, both are above 0."""

    low: float
    high: float
    log: bool = False

    def at(self, value: float) -> float:
        """Return where a value lies, 0 at the low end to 1 at the high one, and there for all beyond; nan stays."""
        if math.isnan(value):
            return math.nan
        low, high = self._place(self.low), self._place(self.high)
        return min(1.0, max(0.0, (self._place(value) - low) / (high - low)))

    def _place(self, value: float) -> float:
        return math.log10(max(value, self.low)) if self.log else value

    @property
    def ticks(self) -> list[float]:
        """Round numbers on the axis."""
        return self._decades() if self.log else self._steps()

    def _decades(self) -> list[float]:
        first, last = round(math.log10(self.low)), round(math.log10(self.high))
        step = max(1, math.ceil((last - first) / MOST_TICKS))
        return [10.0**power for power in range(first, last + 1, step)]

    def _steps(self) -> list[float]:
        rough = (self.high - self.low) / MOST_TICKS
        unit = 10.0 ** math.floor(math.log10(rough))
        step = next(unit * times for times in (1, 2, 5, 10) if unit * times >= rough)
        first = math.ceil(self.low / step)
        return [number * step for number in range(first, math.floor(self.high / step) + 1)]


def scale_of(values: Iterable[float], *, log: bool = False, marks: Sequence[float] = ()) -> Scale:
    """Return an axis that has room for all values that are numbers, and for marks; logarithmic, in whole decades."""
    known = [value for value in (*values, *marks) if math.isfinite(value) and (value >= LEAST or not log)]
    if not known:
        return Scale(0.1, 1.0, log) if log else Scale(0.0, 1.0)
    low, high = min(known), max(known)
    if log:
        last = math.ceil(math.log10(high))
        first = max(math.floor(math.log10(low)), last - MOST_DECADES)
        return Scale(10.0**first, 10.0 ** max(last, first + 1), log)
    room = (high - low) * 0.05 or abs(high) * 0.05 or 1.0
    return Scale(low - room, high + room)


def spelled(value: float) -> str:
    """Spell a figure in three digits: 0.012, 3.4e-5; nothing for what is none."""
    if math.isnan(value):
        return ""
    if value == 0 or 1e-3 <= abs(value) < 1e4:
        return f"{value:.3g}"
    if math.isinf(value):
        return f"{value}"
    mantissa, _, power = f"{value:.1e}".partition("e")
    return f"{mantissa.removesuffix('.0')}e{int(power)}"
