"""How far the x axis of the curves reaches, and where it is marked. Knows no Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np

from engine.plotting.axis import Axis
from engine.plotting.figures import span
from engine.plotting.ticks import logarithmic, ticks, times
from gui.monitor.manner import Manner
from gui.monitor.series import Series

#: Room right of the last point, so that its mark is whole.
EDGE: Final = 0.01
#: Pixels that a mark of the axis needs, a time a little more.
APART, APART_TIMES, MOST = 72, 84, 8


@dataclass(frozen=True, slots=True)
class Along:
    """The x axis under a run and those laid over it; a run that is busy is shown with what is left of it."""

    manner: Manner
    series: Series
    laid: tuple[Series, ...] = ()
    busy: bool = False

    @property
    def since(self) -> float:
        """When the wall clock's axis begins, in seconds of the Unix clock."""
        began = [run.began for run in self._runs if run.began]
        return min(began, default=0.0)

    @property
    def zone(self) -> float:
        """By how many seconds the clock on the wall is ahead of UTC."""
        ahead = datetime.fromtimestamp(self.since).astimezone().utcoffset() if self.since else None
        return ahead.total_seconds() if ahead is not None else 0.0

    @property
    def _runs(self) -> list[Series]:
        return [run for run in (self.series, *self.laid) if run]

    def _axis(self, run: Series) -> Axis:
        return run.axis(self.manner.across, since=self.since)

    @property
    def whole(self) -> tuple[float, float]:
        """From where to where everything is in sight."""
        ends = [self._end(run) for run in self._runs if self._axis(run).known] or [1.0]
        end = max(ends) * (1 + EDGE)
        if not self._log:
            return 0.0, max(end, 1e-6)
        first = min(float(run.axis(self.manner.across, log=True).of(np.array([1.0]))[0]) for run in self._runs)
        last = math.log10(max(end, 1e-3))
        return first, max(last, first + 0.1)

    @property
    def _log(self) -> bool:
        return self.manner.log_x and self.manner.across != "wall"

    def _end(self, run: Series) -> float:
        done = float(self._axis(run).of(np.array([float(run.step)]))[0])
        steps = run.epochs * run.steps_per_epoch
        if not self.busy or run is not self.series or not steps or not run.step:
            return done
        began = self._axis(run).shift if self.manner.across == "wall" else 0.0
        return began + span(done - began, max(1.0, steps / run.step) * (done - began))

    def has(self, x: float) -> bool:
        """Whether any run has been at a place."""
        return any(
            0 <= run.axis(self.manner.across, log=self._log, since=self.since).back(np.array([x]))[0] <= run.step
            for run in self._runs
            if self._axis(run).known
        )

    def marks(self, x0: float, x1: float, width: int) -> list[tuple[float, str]]:
        """Return the axis's marks between two places, as many as have room."""
        timed = self.manner.across in ("elapsed", "wall")
        most = min(MOST, max(2, width // (APART_TIMES if timed else APART)))
        if self._log:
            return logarithmic(x0, x1, most)
        if timed:
            return times(x0, x1, most, self.since + self.zone if self.manner.across == "wall" else None)
        return ticks(x0, x1, most, whole=x1 - x0 > 3 or self.manner.across == "step")
