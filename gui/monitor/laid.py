"""What plots show of the runs that are laid over another: reduced once, and again when something of it changes."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter
from typing import Final, TypeAlias

from gui.monitor.drawing import Drawing, Flag, LaidCurve
from gui.monitor.series import Series

Key: TypeAlias = tuple[Drawing, float, int]
Found: TypeAlias = tuple[tuple[LaidCurve, ...], tuple[Flag, ...]]
#: For how long curves of a plot are reduced in one frame, in seconds.
REDUCED_S: Final = 0.002


class Laid:
    """The runs, and what was found last by a plot's metric and a run's place."""

    def __init__(self) -> None:
        self.runs: tuple[Series, ...] = ()
        self._found: dict[tuple[str, int], tuple[Key, Found]] = {}
        #: Whether nothing was left over for the next frame.
        self.whole = True

    def lay(self, runs: tuple[Series, ...]) -> None:
        self.runs, self._found = runs, {}

    def of(self, name: str, drawing: Drawing, since: float) -> Found:
        """Return the curves and marks of the runs in the plot of a metric, as far as there was time."""
        until = perf_counter() + REDUCED_S
        found = list(self._found_of(name, drawing, since, until))
        return tuple(c for curves, _ in found for c in curves), tuple(f for _, flags in found for f in flags)

    def _found_of(self, name: str, drawing: Drawing, since: float, until: float) -> Iterator[Found]:
        self.whole = True
        for place, run in enumerate(self.runs):
            key, kept = (drawing, since, _smoothed(run, name)), self._found.get((name, place))
            if kept is None or kept[0] != key:
                if perf_counter() < until:
                    found = tuple(drawing.laid(name, place, run, since)), drawing.laid_flags(name, place, run, since)
                    kept = self._found[name, place] = key, found
                else:
                    self.whole = False
            if kept is not None:
                yield kept[1]


def _smoothed(run: Series, name: str) -> int:
    """How far the smoothing of a metric has come."""
    metric = run.metrics.get(name)
    return len(metric.smooth_now.track) + len(metric.smooth_validation.track) if metric is not None else 0
