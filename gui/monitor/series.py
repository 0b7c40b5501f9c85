"""A run's curves as arrays that grow, and their reduction to what a screen can show. Knows no Qt."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import numpy as np

from engine.messages import Epoch, Steps

Floats: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
VALIDATION: Final = "val_"
#: The metrics that are read first, in this order; others follow in alphabetical order.
FIRST: Final = ("loss", "accuracy")
#: Words of metrics whose values lie between 0 and 1, and where more is better.
BOUNDED: Final = ("accuracy", "auc", "precision", "recall", "sensitivity", "specificity", "f1", "iou", "fbeta")


#: Points of a block of which a long curve keeps the extremes, so that the whole of it is drawn without reading it all.
BLOCK: Final = 64


@dataclass(slots=True)
class Track:
    """Points that arrive in order of x; room doubles, so that a point costs the same however many there are.

    `last` is the newest value as it came, `least` the least finite one and `least_at` its x; in the points, what is
    not finite is nan.
    """

    last: float = math.nan
    least: float = math.inf
    least_at: float = math.nan
    _x: Floats = field(default_factory=lambda: np.empty(256))
    _y: Floats = field(default_factory=lambda: np.empty(256))
    _count: int = 0
    _coarse: Track | None = None

    def __len__(self) -> int:
        return self._count

    @property
    def x(self) -> Floats:
        return self._x[: self._count]

    @property
    def y(self) -> Floats:
        return self._y[: self._count]

    def add(self, x: Floats, y: Floats) -> None:
        """Append points."""
        if not len(x):
            return
        end = self._count + len(x)
        if end > len(self._x):
            self._grow(end)
        self._x[self._count : end] = x
        self._y[self._count : end] = np.where(np.isfinite(y), y, np.nan)
        self._note_least(x, self._y[self._count : end])
        self._count = end
        self.last = float(y[-1])
        if self._coarse is not None:
            self._coarsen()

    def _note_least(self, x: Floats, y: Floats) -> None:
        if np.isfinite(y).any():
            place = int(np.nanargmin(y))
            if y[place] < self.least:
                self.least, self.least_at = float(y[place]), float(x[place])

    def _grow(self, needed: int) -> None:
        room = max(needed, 2 * len(self._x))
        x, y = np.empty(room), np.empty(room)
        x[: self._count], y[: self._count] = self.x, self.y
        self._x, self._y = x, y

    def _coarsen(self) -> None:
        """Append the extremes of every block that is whole now."""
        if self._coarse is None:
            self._coarse = Track()
        first, last = len(self._coarse) // 2 * BLOCK, self._count // BLOCK * BLOCK
        if last > first:
            starts = np.arange(0, last - first, BLOCK)
            self._coarse.add(*_extremes(self._x[first:last], self._y[first:last], starts))

    def decimated(self, columns: int, x0: float, x1: float) -> tuple[Floats, Floats]:
        """Reduce what lies between x0 and x1 to at most two points a pixel column; see `decimate`."""
        first, last = np.searchsorted(self.x, (x0, x1))
        if last - first < columns * BLOCK:
            return decimate(self.x, self.y, columns, x0, x1)
        if self._coarse is None:
            self._coarsen()
        assert self._coarse is not None  # noqa: S101 - just made
        told = len(self._coarse) // 2 * BLOCK
        x, y = np.append(self._coarse.x, self.x[told:]), np.append(self._coarse.y, self.y[told:])
        return decimate(x, y, columns, x0, x1)

    def at(self, x: float) -> float:
        """Return the value of the point nearest to x, nan where there is none."""
        if not self._count:
            return math.nan
        place = int(np.searchsorted(self.x, x))
        near = [i for i in (place - 1, place) if 0 <= i < self._count]
        return float(self.y[min(near, key=lambda i: abs(self._x[i] - x))])


@dataclass(slots=True)
class Metric:
    """One metric's three curves; x is the step's number, from 1 through the run."""

    name: str
    steps: Track = field(default_factory=Track)
    train: Track = field(default_factory=Track)
    validation: Track = field(default_factory=Track)

    @property
    def bounded(self) -> bool:
        """Whether it is one that lies between 0 and 1."""
        name = self.name.lower()
        return "loss" not in name and any(word in name for word in BOUNDED)

    @property
    def current(self) -> float:
        """The newest figure of training: of the last step, or of the last epoch where no step was told."""
        return self.steps.last if len(self.steps) else self.train.last


@dataclass(slots=True)
class Series:
    """All curves of one run."""

    epochs: int = 0
    steps_per_epoch: float = 0.0
    step: int = 0
    metrics: dict[str, Metric] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.step > 0

    @property
    def names(self) -> list[str]:
        """The metrics' names, in the order in which they are read."""
        return in_order(self.metrics)

    def metric(self, name: str) -> Metric:
        return self.metrics.setdefault(name, Metric(name))

    def add_steps(self, message: Steps) -> None:
        """Append what each step of a message measured."""
        numbers, values = message.numbers.numpy().astype(np.float64), message.values.numpy()
        if len(numbers):
            for index, name in enumerate(message.names):
                self.metric(name).steps.add(numbers, values[:, index])
            self.step = max(self.step, int(numbers[-1]))

    def add_epoch(self, message: Epoch) -> None:
        """Append an epoch's figures; they stand at its last step."""
        at = np.array([float(message.step)])
        for key, value in message.metrics.items():
            metric = self.metric(key.removeprefix(VALIDATION))
            track = metric.validation if key.startswith(VALIDATION) else metric.train
            track.add(at, np.array([float(value)]))
        self.step = max(self.step, message.step)
        self.steps_per_epoch = message.step / message.epoch

    @property
    def best_step(self) -> float | None:
        """The step at which the validation loss was least, once there are two to compare."""
        track = self.metrics["loss"].validation if "loss" in self.metrics else Track()
        return track.least_at if len(track) > 1 and math.isfinite(track.least) else None

    def epoch_at(self, step: float) -> int:
        """Return the number of the epoch that ends at a step, by its validation loss."""
        return int(np.searchsorted(self.metrics["loss"].validation.x, step)) + 1


def in_order(names: Iterable[str]) -> list[str]:
    """Sort metrics' names as they are read: loss, accuracy, then the others."""
    return sorted(names, key=lambda name: (FIRST.index(name) if name in FIRST else len(FIRST), name))


def decimate(x: Floats, y: Floats, columns: int, x0: float, x1: float) -> tuple[Floats, Floats]:
    """Reduce a curve to at most two points a pixel column between x0 and x1: the least and the greatest.

    One point on either side is kept, so that lines run out of the picture. nan is skipped where its column holds a
    number and kept where it holds none: a gap stays a gap. x must not fall.
    """
    first = max(0, int(np.searchsorted(x, x0)) - 1)
    last = min(len(x), int(np.searchsorted(x, x1, side="right")) + 1)
    x, y = x[first:last], y[first:last]
    if len(x) <= 2 * columns or not x1 > x0:
        return x, y
    starts = np.searchsorted(x, np.linspace(x0, x1, columns + 1))
    starts = np.unique(np.minimum(np.append(starts, 0), len(x) - 1))
    return _extremes(x, y, starts)


def _extremes(x: Floats, y: Floats, starts: np.ndarray[Any, np.dtype[np.intp]]) -> tuple[Floats, Floats]:
    """Return two points for each stretch that begins at `starts`: its least and greatest y, at its first x."""
    low, high = np.fmin.reduceat(y, starts), np.fmax.reduceat(y, starts)
    ends = np.append(starts[1:], len(x)) - 1
    # The order within a column follows the curve's way through it, so that columns join without a false stroke.
    falls = y[ends] < y[starts]
    points = np.empty((len(starts), 2))
    points[:, 0], points[:, 1] = np.where(falls, high, low), np.where(falls, low, high)
    return np.repeat(x[starts], 2), points.reshape(-1)


def limits(curves: list[Floats], *, bounded: bool) -> tuple[float, float]:
    """Return the lowest and highest y that a plot of these values should show."""
    finite = [(np.nanmin(y), np.nanmax(y)) for y in curves if len(y) and not np.isnan(y).all()]
    if not finite:
        return 0.0, 1.0
    low, high = float(min(a for a, _ in finite)), float(max(b for _, b in finite))
    if bounded and low >= 0 and high <= 1:
        return 0.0, 1.0
    if 0 <= low < 0.4 * high:
        low = 0.0  # a loss is read from nought up
    margin = 0.06 * (high - low) or 0.1 * abs(high) or 1.0
    return (low if low == 0 else low - margin), high + margin


def span(done: float, total: float) -> float:
    """Return how far an x axis reaches: the whole run, but never so far that what is done is a sliver.

    It is the total, halved until a twentieth of it is done: the picture rescales seldom, and by twos.
    """
    if total <= done or done <= 0:
        return max(total, done)
    return float(total / 2 ** math.ceil(max(0.0, math.log2(total / (20 * done)))))


def figure(value: float, *, bounded: bool = False) -> str:
    """Spell a measured figure: `.981` where it is bounded by 1, else four digits."""
    if not math.isfinite(value):
        return "nan" if math.isnan(value) else "∞" if value > 0 else "-∞"
    if bounded and 0 <= value <= 1:
        return f"{value:.3f}".removeprefix("0")
    size = abs(value)
    if size and not 1e-3 <= size < 1e5:
        return f"{value:.2e}"
    return f"{value:.{max(0, 4 - max(1, len(str(int(size)))))}f}"
