"""What curves run along: a step's place as step, epoch, elapsed or wall clock, plain or logarithmic. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np

from engine.plotting.pyramid import Floats

Across = Literal["epoch", "step", "elapsed", "wall"]
ACROSS: Final[tuple[Across, ...]] = ("epoch", "step", "elapsed", "wall")
#: Of these a step's time must be known.
TIMED: Final = frozenset({"elapsed", "wall"})
#: What stands where a logarithm has nothing to show: seconds, steps and parts of an epoch begin above it.
LEAST: Final = 1e-3
NEVER: Final = np.empty(0)


@dataclass(frozen=True, slots=True)
class Axis:
    """Turns steps into places of a picture and back; both rise together.

    `steps` and `seconds` are the clock of a run: when each step was. `shift` is by how many seconds the run began
    after the one that the wall clock's axis counts from. A logarithmic axis holds powers of ten.
    """

    across: Across = "step"
    per_epoch: float = 1.0
    steps: Floats = field(default_factory=lambda: NEVER)
    seconds: Floats = field(default_factory=lambda: NEVER)
    shift: float = 0.0
    log: bool = False

    def of(self, steps: Floats) -> Floats:
        """Return the places of steps."""
        plain = self._timed(steps) if self.across in TIMED else steps / self._unit
        return np.log10(np.maximum(plain, LEAST)) if self.log else np.asarray(plain, np.float64)

    def back(self, places: Floats) -> Floats:
        """Return the steps that stand at places; between two steps, what lies between them."""
        plain = np.power(10.0, places) if self.log else np.asarray(places, np.float64)
        if self.across not in TIMED:
            return np.asarray(plain * self._unit, np.float64)
        return np.asarray(self._steps_at(plain - self._offset), np.float64)

    def plain(self, place: float) -> float:
        """Return what a place says in the axis's own unit."""
        return float(10.0**place) if self.log else place

    @property
    def known(self) -> bool:
        """Whether it can be told where a step stands."""
        return {"epoch": self.per_epoch > 0, "step": True}.get(self.across, len(self.seconds) > 0)

    @property
    def _unit(self) -> float:
        return self.per_epoch if self.across == "epoch" else 1.0

    @property
    def _offset(self) -> float:
        return self.shift if self.across == "wall" else 0.0

    def _timed(self, steps: Floats) -> Floats:
        return np.asarray(np.interp(steps, self.steps, self.seconds), np.float64) + self._offset

    def _steps_at(self, seconds: Floats) -> Floats:
        """Return steps by their time; before the first and after the last the clock goes on as it went."""
        inside = np.interp(seconds, self.seconds, self.steps)
        pace = (self.steps[-1] - self.steps[0]) / max(self.seconds[-1] - self.seconds[0], 1e-9)
        beyond = np.maximum(seconds - self.seconds[-1], 0.0) + np.minimum(seconds - self.seconds[0], 0.0)
        return np.asarray(inside + beyond * pace, np.float64)


def edges(axis: Axis, x0: float, x1: float, columns: int) -> Floats:
    """Return the steps at the edges of so many columns of equal width between two places; they never fall."""
    return np.maximum.accumulate(axis.back(np.linspace(x0, x1, columns + 1)))
