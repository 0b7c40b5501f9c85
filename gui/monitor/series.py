"""The curves of one run, by metric, as its messages arrive or as a store kept them. Knows no Qt."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Final

import numpy as np

from engine.happenings import Happening
from engine.messages import Epoch, Figures, Steps
from engine.plotting.axis import Across, Axis
from engine.plotting.figures import bounded, direction, in_order
from engine.plotting.pyramid import Column, Floats
from engine.plotting.track import Smoothed, Track
from gui.monitor.manner import GRADIENTS

VALIDATION: Final = "val_"
#: The curve of the learning rate, which is told beside the metrics.
RATE: Final = "learning_rate"


@dataclass(slots=True)
class Metric:
    """One metric's three curves; x is the step's number, from 1 through the run."""

    name: str
    steps: Track = field(default_factory=Track)
    train: Track = field(default_factory=Track)
    validation: Track = field(default_factory=Track)
    smooth_now: Smoothed = field(default_factory=Smoothed)
    smooth_validation: Smoothed = field(default_factory=Smoothed)

    @property
    def bounded(self) -> bool:
        """Whether it is one that lies between 0 and 1."""
        return bounded(self.name)

    @property
    def now(self) -> Track:
        """Training as closely as it was told: each step, or each epoch where no step was told."""
        return self.steps if len(self.steps) else self.train

    @property
    def current(self) -> float:
        """The newest figure of training."""
        return self.now.last

    @property
    def best(self) -> tuple[float, float] | None:
        """Step and value of the best validation, once there are two to compare; None where no one can tell."""
        track, way = self.validation, direction(self.name)
        if len(track) < 2 or not way or not math.isfinite(track.least):
            return None
        return (track.least_at, track.least) if way < 0 else (track.greatest_at, track.greatest)

    def smooth(self, weight: float, until: float) -> bool:
        """Keep the smoothed curves up with the others until a time of `perf_counter`; say whether all is done."""
        pairs = ((self.smooth_now, self.now), (self.smooth_validation, self.validation))
        for smoothed, track in pairs:
            while not smoothed.follow(track, weight):
                if perf_counter() > until:
                    return False
        return True


@dataclass(frozen=True, slots=True)
class RunColumns:
    """A run as a store kept it, to be laid over another: a row for each time that something was measured.

    `steps` are the steps' numbers; `figures` has Keras's names, `val_` ones included, nan where a row has none;
    `seconds` are those of training, pauses and breaks left out; `began` is when the run began, in seconds of the Unix
    clock, and `walls` are the seconds since then by the clock on the wall, None where it was never held. `each` has the
    same for each step, where these are the ends of epochs.
    """

    name: str
    steps: Floats
    figures: Mapping[str, Floats]
    seconds: Floats | None = None
    steps_per_epoch: float = 0.0
    began: float = 0.0
    happenings: tuple[Happening, ...] = ()
    walls: Floats | None = None
    each: RunColumns | None = None


@dataclass(slots=True)
class Series:
    """All curves of one run."""

    name: str = ""
    epochs: int = 0
    steps_per_epoch: float = 0.0
    step: int = 0
    began: float = 0.0
    #: What the norm of all gradients together is shortened to; 0 where it is not.
    threshold: float = 0.0
    metrics: dict[str, Metric] = field(default_factory=dict)
    happenings: list[Happening] = field(default_factory=list)
    _clock: tuple[Column, Column, Column] = field(default_factory=lambda: (Column(), Column(), Column()))

    def __bool__(self) -> bool:
        return self.step > 0

    @property
    def names(self) -> list[str]:
        """The metrics' names, in the order in which they are read."""
        return in_order(self.metrics)

    @property
    def timed(self) -> bool:
        """Whether it is known when each step was."""
        return len(self._clock[0]) > 0

    def metric(self, name: str) -> Metric:
        return self.metrics.setdefault(name, Metric(name))

    def add_steps(self, message: Steps) -> None:
        """Append what each step of a message measured."""
        numbers, values = message.numbers.numpy().astype(np.float64), message.values.numpy()
        if len(numbers):
            for index, name in enumerate(message.names):
                self.metric(name).steps.add(numbers, values[:, index])
            self.step = max(self.step, int(numbers[-1]))
            seconds = message.seconds.numpy()
            if len(seconds) == len(numbers):
                if message.since and not self.timed:
                    self.began = message.since
                held = message.since - self.began if message.since else 0.0
                self._tick(numbers, seconds, seconds + held)
            if message.rate > 0:
                self.metric(RATE).steps.add(numbers[-1:], np.array([message.rate]))

    def _tick(self, steps: Floats, seconds: Floats, walls: Floats) -> None:
        """Note when steps were: in time of training, and on the wall; a clock that was set back stands still
        meanwhile."""
        self._clock[0].add(steps)
        for column, times in zip(self._clock[1:], (seconds, walls), strict=True):
            last = column.values[-1:]
            column.add(np.maximum.accumulate(np.append(last, times))[len(last) :])

    def add_figures(self, message: Figures) -> None:
        """Append the norm of all gradients, as a look at the layers found it."""
        if math.isfinite(message.gradient_norm):
            self.metric(GRADIENTS).train.add(np.array([float(message.step)]), np.array([message.gradient_norm]))

    def add_epoch(self, message: Epoch) -> None:
        """Append an epoch's figures; they stand at its last step."""
        self._add(np.array([float(message.step)]), {k: np.array([float(v)]) for k, v in message.metrics.items()})
        self.step = max(self.step, message.step)
        self.steps_per_epoch = message.step / message.epoch

    def _add(self, steps: Floats, figures: Mapping[str, Floats]) -> None:
        for key, values in figures.items():
            metric = self.metric(key.removeprefix(VALIDATION))
            (metric.validation if key.startswith(VALIDATION) else metric.train).add(steps, values)

    def axis(self, across: Across, *, log: bool = False, since: float = 0.0) -> Axis:
        """Return what its steps stand on; `since` is when the wall clock's axis begins."""
        steps, seconds, walls = (column.values for column in self._clock)
        times = walls if across == "wall" else seconds
        return Axis(across, self.steps_per_epoch, steps, times, self.began - since, log and across != "wall")

    @property
    def best_step(self) -> float | None:
        """The step at which the validation loss was least, once there are two to compare."""
        best = self.metrics["loss"].best if "loss" in self.metrics else None
        return best[0] if best is not None else None

    def epoch_at(self, step: float) -> int:
        """Return the number of the epoch that ends at a step, by its validation loss."""
        return int(np.searchsorted(self.metrics["loss"].validation.x, step)) + 1


def series_of(run: RunColumns) -> Series:
    """Return the curves of a run that was kept; rows without a figure are no points of its curve."""
    made = Series(run.name, steps_per_epoch=run.steps_per_epoch, began=run.began, happenings=list(run.happenings))
    for key, values in run.figures.items():
        told = ~np.isnan(values)
        made._add(run.steps[told], {key: values[told]})
    if run.each is not None:
        for key, values in run.each.figures.items():
            told = ~np.isnan(values)
            made.metric(key).steps.add(run.each.steps[told], values[told])
    for part in (run.each, run):
        if part is not None and len(part.steps):
            made.step = max(made.step, int(part.steps[-1]))
            if part.seconds is not None and not made.timed:
                made._tick(part.steps, part.seconds, part.seconds if part.walls is None else part.walls)
    return made
