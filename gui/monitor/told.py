"""What stands at a place of a plot, in words: each curve's value there, and what happened. Knows no Qt."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from engine.plotting.axis import Axis
from engine.plotting.figures import figure
from engine.plotting.ticks import clock, duration
from engine.plotting.track import Track
from gui.monitor.manner import Manner
from gui.monitor.series import Metric, Series


@dataclass(frozen=True, slots=True)
class Reading:
    """A curve's value at a place: its name, its colour's token, the value in words, and its height in the plot."""

    name: str
    token: str
    value: str
    height: float


@dataclass(frozen=True, slots=True)
class Told:
    """What a card says: where, the values there, and what happened there."""

    where: str = ""
    readings: tuple[Reading, ...] = ()
    notes: tuple[str, ...] = ()

    def by_nearness(self, height: float) -> Told:
        """Return the same, the readings nearest to a height first; as they stand where that is nan."""
        if math.isnan(height):
            return self
        apart = [math.inf if math.isnan(reading.height) else abs(reading.height - height) for reading in self.readings]
        order = sorted(range(len(apart)), key=lambda place: apart[place])
        return replace(self, readings=tuple(self.readings[place] for place in order))

    @property
    def words(self) -> str:
        """All of it as plain text, for a screen reader."""
        values = [f"{reading.name} {reading.value}" for reading in self.readings]
        return ", ".join([self.where, *values, *self.notes])


@dataclass(frozen=True, slots=True)
class Teller:
    """Reads all curves of a metric at one place: the run's own, those of the run before, those laid over.

    `since` is when the wall clock's axis begins, `zone` by how many seconds the clock on the wall is ahead of UTC.
    """

    manner: Manner
    series: Series
    before: Series | None = None
    laid: tuple[Series, ...] = ()
    since: float = 0.0
    zone: float = 0.0

    def told(self, name: str, x: float) -> Told:
        """Return what stands at x in the plot of a metric; nothing where no run has been."""
        notes = self._gap(name, x) if self.manner.gap else ()
        return Told(self._where(x), tuple(self._readings(name, x)), notes)

    def _axis(self, series: Series) -> Axis:
        return series.axis(self.manner.across, log=self.manner.log_x, since=self.since)

    def _step(self, series: Series, x: float) -> float:
        return float(self._axis(series).back(np.array([x]))[0])

    def _where(self, x: float) -> str:
        run = self.series if self.series or not self.laid else self.laid[0]
        step, axis = self._step(run, x), self._axis(run)
        epoch = f"epoch {step / axis.per_epoch:.1f}" if axis.per_epoch > 0 else ""
        numbered = f"step {round(step):,}"
        first = {
            "epoch": lambda: epoch,
            "step": lambda: numbered,
            "elapsed": lambda: duration(axis.plain(x)),
            "wall": lambda: clock(axis.plain(x) + self.since + self.zone),
        }[self.manner.across]()
        return " · ".join(dict.fromkeys(word for word in (first, epoch, numbered) if word))

    def _readings(self, name: str, x: float) -> Iterator[Reading]:
        yield from self._of_run(self.series, name, x, ("train", "validation"), "")
        for place, run in enumerate(self.laid):
            yield from self._of_run(run, name, x, (str(place), str(place)), f"{run.name} ")
        if self.before is not None and self.manner.before and self.manner.across != "wall":
            yield from self._of_run(self.before, name, x, ("third", "third"), "before, ")

    def _of_run(self, run: Series, name: str, x: float, tokens: tuple[str, str], prefix: str) -> Iterator[Reading]:
        metric = run.metrics.get(name)
        if metric is None or not self._axis(run).known:
            return
        step = self._step(run, x)
        smooth = (metric.smooth_now.track, metric.smooth_validation.track)
        for word, token, track, mean in zip(
            ("train", "validation"), tokens, (metric.now, metric.validation), smooth, strict=True
        ):
            if len(track) and 0 <= step <= run.step * 1.001:
                yield self._reading(f"{prefix}{word}", token, metric, step, (track, mean))

    def _reading(self, name: str, token: str, metric: Metric, step: float, tracks: tuple[Track, Track]) -> Reading:
        raw, mean = tracks[0].at(step), tracks[1].at(step)
        words, shown = figure(raw, bounded=metric.bounded), raw
        if self.manner.smoothing and not math.isnan(mean):
            words, shown = f"{figure(mean, bounded=metric.bounded)} ({words})", mean
        return Reading(name, token, words, self._height(shown))

    def _height(self, value: float) -> float:
        if not self.manner.log_y:
            return value
        return math.log10(value) if value > 0 else math.nan

    def _gap(self, name: str, x: float) -> tuple[str, ...]:
        metric = self.series.metrics.get(name)
        if metric is None or not len(metric.now) or not len(metric.validation):
            return ()
        step = self._step(self.series, x)
        train = metric.train if len(metric.train) else metric.now
        return (f"gap {figure(abs(metric.validation.at(step) - train.at(step)), bounded=metric.bounded)}",)
