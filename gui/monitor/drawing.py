"""What a plot of a metric shows of runs' curves, reduced to its pixels. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from engine.plotting.axis import Axis, edges
from engine.plotting.figures import figure, logged
from engine.plotting.pyramid import Floats
from engine.plotting.track import Track
from gui.monitor.manner import GRADIENTS, Manner
from gui.monitor.series import Metric, Series

Pair = tuple[Floats, Floats]
Triple = tuple[Floats, Floats, Floats]
NOTHING: Final[Pair] = (np.empty(0), np.empty(0))
NO_AREA: Final[Triple] = (np.empty(0), np.empty(0), np.empty(0))
#: Pixels that a column of the band is wide, and the points that it holds at least: of fewer a band is a zigzag.
BAND_WIDTH, BAND_POINTS = 4, 8
#: Points that the shading between train and validation has at most.
GAP_POINTS: Final = 600


@dataclass(frozen=True, slots=True)
class Window:
    """What is in sight: from where to where the x axis goes, and how many pixel columns that is."""

    x0: float
    x1: float
    columns: int


@dataclass(frozen=True, slots=True)
class Best:
    """The best epoch: its place and the words beside it."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A mark of what happened: its place, its kind, its words; `run` is the place of a run that is laid over."""

    x: float
    kind: str
    text: str
    run: int | None = None


@dataclass(frozen=True, slots=True)
class LaidCurve:
    """A curve of a run that is laid over: the place of its run, and whether it is validation."""

    run: int
    validation: bool
    points: Pair


@dataclass(frozen=True, slots=True)
class Curves:
    """What one plot shows, in its own x and y: reduced already, powers of ten where an axis is logarithmic."""

    lines: Mapping[str, Pair] = field(default_factory=dict)
    areas: Mapping[str, Triple] = field(default_factory=dict)
    laid: tuple[LaidCurve, ...] = ()
    best: Best | None = None
    flags: tuple[Flag, ...] = ()
    bounded: bool = False
    log_y: bool = False

    @property
    def heights(self) -> list[Floats]:
        """What the height of the plot is fitted to: the run before and the band may reach out of it."""
        own = [points[1] for key, points in self.lines.items() if not key.startswith("before")]
        return own + [curve.points[1] for curve in self.laid]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Reduces what one plot shows."""

    manner: Manner
    window: Window

    def curves(
        self, name: str, series: Series, before: Series | None, since: float,
        laid: tuple[tuple[LaidCurve, ...], tuple[Flag, ...]] = ((), ()),
    ) -> Curves:  # fmt: skip
        """Return what the plot of a metric shows; `since` is when a wall clock's axis begins."""
        metric = series.metrics.get(name) or Metric(name)
        axis = self._axis(series, since)
        lines = {
            **self._before(name, before, axis, since),
            **self._own(metric, axis),
            "limit": self._limit(name, series),
        }
        return Curves(
            lines,
            {"band": self._band(metric.now, axis), "gap": self._gap(metric, axis)},
            laid[0],
            self._best(metric, series, axis),
            (*self._flags(series, axis), *laid[1]),
            metric.bounded and not self.manner.log_y,
            self.manner.log_y,
        )

    def _axis(self, series: Series, since: float) -> Axis:
        return series.axis(self.manner.across, log=self.manner.log_x, since=since)

    def _own(self, metric: Metric, axis: Axis) -> dict[str, Pair]:
        if not self.manner.smoothing:
            drawn = {"steps": metric.steps, "train": metric.train, "validation": metric.validation}
        else:
            drawn = {
                "raw": metric.now, "raw_validation": metric.validation,
                "smooth" if len(metric.steps) else "train": metric.smooth_now.track,
                "validation": metric.smooth_validation.track,
            }  # fmt: skip
        return {key: self._line(track, axis) for key, track in drawn.items()}

    def _limit(self, name: str, series: Series) -> Pair:
        """What gradients are shortened to, across the plot of their norm."""
        if name != GRADIENTS or not series.threshold:
            return NOTHING
        return np.array([self.window.x0, self.window.x1]), self._height(np.full(2, series.threshold))

    def _before(self, name: str, before: Series | None, axis: Axis, since: float) -> dict[str, Pair]:
        metric = before.metrics.get(name) if before is not None and self.manner.before else None
        if before is None or metric is None or axis.across == "wall":
            return {}
        own = self._axis(before, since)
        if not own.known:
            return {}
        return {f"before_{key}": self._line(getattr(metric, key), own) for key in ("train", "validation")}

    def laid(self, name: str, place: int, run: Series, since: float) -> list[LaidCurve]:
        """Return the curves of a run that is laid over, the one of a place."""
        metric, axis = run.metrics.get(name), self._axis(run, since)
        if metric is None or not axis.known:
            return []
        smooth = self.manner.smoothing > 0
        now = metric.smooth_now.track if smooth else metric.now
        validation = metric.smooth_validation.track if smooth else metric.validation
        pairs = ((False, now), (True, validation))
        return [LaidCurve(place, which, self._line(track, axis)) for which, track in pairs if len(track)]

    def _line(self, track: Track, axis: Axis) -> Pair:
        if not len(track):
            return NOTHING
        x, y = track.line(edges(axis, self.window.x0, self.window.x1, self.window.columns))
        return axis.of(x), self._height(y)

    def _height(self, y: Floats) -> Floats:
        return logged(y) if self.manner.log_y else y

    def _band(self, track: Track, axis: Axis) -> Triple:
        if not self.manner.band or len(track) < 2 * BAND_POINTS:
            return NO_AREA
        window = self.window
        seen = track.seen(*axis.back(np.array([window.x0, window.x1])))
        columns = max(2, min(window.columns // BAND_WIDTH, seen // BAND_POINTS))
        x, low, high = track.band(edges(axis, window.x0, window.x1, columns))
        return axis.of(x), self._height(low), self._height(high)

    def _gap(self, metric: Metric, axis: Axis) -> Triple:
        smooth = self.manner.smoothing > 0
        train = metric.smooth_now.track if smooth else (metric.train if len(metric.train) else metric.steps)
        validation = metric.smooth_validation.track if smooth else metric.validation
        if not self.manner.gap or len(train) < 2 or len(validation) < 2:
            return NO_AREA
        some = np.linspace(0, len(validation) - 1, min(GAP_POINTS, len(validation))).astype(np.intp)
        steps = validation.x[some]
        beside = np.interp(steps, train.x, train.y)
        return axis.of(steps), self._height(beside), self._height(validation.y[some])

    def _best(self, metric: Metric, series: Series, axis: Axis) -> Best | None:
        best = metric.best if self.manner.best else None
        if best is None:
            return None
        step, value = best
        words = f"best {figure(value, bounded=metric.bounded)}"
        epoch = round(step / series.steps_per_epoch) if series.steps_per_epoch else 0
        return Best(float(axis.of(np.array([step]))[0]), f"{words} · epoch {epoch}" if epoch else words)

    def _flags(self, series: Series, axis: Axis) -> tuple[Flag, ...]:
        if not self.manner.marks or not axis.known:
            return ()
        places = axis.of(np.array([float(h.step) for h in series.happenings]))
        return tuple(Flag(float(x), h.kind, h.text) for x, h in zip(places, series.happenings, strict=True))

    def laid_flags(self, name: str, place: int, run: Series, since: float) -> tuple[Flag, ...]:
        """Return the marks of a run that is laid over, with its best epoch."""
        axis, metric = self._axis(run, since), run.metrics.get(name)
        found = [replace(flag, text=f"{run.name}: {flag.text}", run=place) for flag in self._flags(run, axis)]
        best = self._best(metric, run, axis) if metric is not None and axis.known else None
        return (*found, *([Flag(best.x, "best", f"{run.name}: {best.words}", place)] if best is not None else []))
