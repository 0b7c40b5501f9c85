"""What plots show of the runs that are laid over another: reduced once, and again when something of it changes."""

from __future__ import annotations

from typing import TypeAlias

from gui.monitor.drawing import Drawing, Flag, LaidCurve
from gui.monitor.series import Series

Key: TypeAlias = tuple[object, ...]
Found: TypeAlias = tuple[tuple[LaidCurve, ...], tuple[Flag, ...]]


class Laid:
    """The runs, and by the plot's metric what was found last."""

    def __init__(self) -> None:
        self.runs: tuple[Series, ...] = ()
        self._found: dict[str, tuple[Key, Found]] = {}

    def lay(self, runs: tuple[Series, ...]) -> None:
        self.runs, self._found = runs, {}

    def of(self, name: str, drawing: Drawing, since: float) -> Found:
        """Return the curves and marks of the runs in the plot of a metric; those of before where they are the same."""
        if not self.runs:
            return (), ()
        key = (drawing, since, self._smoothed(name))
        kept = self._found.get(name)
        if kept is None or kept[0] != key:
            curves = tuple(drawing.laid(name, self.runs, since))
            kept = self._found[name] = key, (curves, drawing.laid_flags(name, self.runs, since))
        return kept[1]

    def _smoothed(self, name: str) -> int:
        """How far the smoothing has come."""
        metrics = [run.metrics[name] for run in self.runs if name in run.metrics]
        return sum(len(metric.smooth_now.track) + len(metric.smooth_validation.track) for metric in metrics)
