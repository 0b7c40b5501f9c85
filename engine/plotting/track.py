"""One curve's points as they arrive: what a picture shows of them, the nearest, the best. Knows no Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from engine.plotting.pyramid import Column, Floats, Places, Pyramid, once, reduced
from engine.plotting.smooth import Smoother

#: Points that are smoothed in one go: a millisecond or so, between which the clock is looked at.
AT_ONCE: Final = 8_192


@dataclass(slots=True)
class Track:
    """Points that arrive in order of x.

    `last` is the newest value as it came; `least` and `greatest` are the finite extremes, `least_at` and
    `greatest_at` their x; in the points, what is not finite is nan.
    """

    last: float = math.nan
    least: float = math.inf
    least_at: float = math.nan
    greatest: float = -math.inf
    greatest_at: float = math.nan
    _x: Column = field(default_factory=Column)
    _y: Column = field(default_factory=Column)
    _pyramid: Pyramid = field(default_factory=Pyramid)
    _counted: bool = True
    _alike: bool = False

    def __len__(self) -> int:
        return len(self._y)

    @property
    def x(self) -> Floats:
        return self._x.values[: len(self._y)]

    @property
    def y(self) -> Floats:
        return self._y.values

    def add(self, x: Floats, y: Floats) -> None:
        """Append points."""
        if not len(x):
            return
        finite = np.isfinite(y)
        follows = not len(self) or float(x[0]) == float(self.x[-1]) + 1
        self._counted = self._counted and follows and bool((np.diff(x) == 1).all())
        if not self._alike:
            self._x.add(x)
        self._y.add(y if finite.all() else np.where(finite, y, np.nan))
        self._pyramid.extend(self.y)
        self.last = float(y[-1])
        if finite.any():
            self._note_best(x, self.y[-len(x) :])

    def beside(self) -> Track:
        """Return a track for other values at the same x, which are kept once; room for as many is had at once."""
        made = Track(_x=self._x, _alike=True)
        made._y.reserve(len(self))
        return made

    def _note_best(self, x: Floats, y: Floats) -> None:
        low, high = int(np.argmin(y)), int(np.argmax(y))
        if math.isnan(y[low]):  # one that is nan is found first
            low, high = int(np.nanargmin(y)), int(np.nanargmax(y))
        if y[low] < self.least:
            self.least, self.least_at = float(y[low]), float(x[low])
        if y[high] > self.greatest:
            self.greatest, self.greatest_at = float(y[high]), float(x[high])

    def place(self, x: float) -> int:
        """Return the place of the point nearest to x, -1 where there is none."""
        after = int(self._found(np.array([x]))[0])
        near = [i for i in (after - 1, after) if 0 <= i < len(self)]
        return min(near, key=lambda i: abs(self.x[i] - x), default=-1)

    def at(self, x: float) -> float:
        """Return the value of the point nearest to x, nan where there is none."""
        place = self.place(x)
        return float(self.y[place]) if place >= 0 else math.nan

    def line(self, edges: Floats) -> tuple[Floats, Floats]:
        """Reduce what lies between the first edge and the last to two points a column: the least and the greatest.

        One point on either side is kept, so that lines run out of the picture. nan is skipped where its column holds
        a number and kept where it holds none: a gap stays a gap. It reads as much as there are columns, however many
        points there are.
        """
        first, last = self._between(edges)
        if last - first <= 2 * (len(edges) - 1) or not edges[-1] > edges[0]:
            return self.x[first:last], self.y[first:last]
        places, low, high = self._pyramid.extremes(self.y, self._starts(edges, first, last), last)
        return _joined(self.x, self.y, places, last, low, high)

    def band(self, edges: Floats) -> tuple[Floats, Floats, Floats]:
        """Return x, least and greatest of what lies in each column between two edges."""
        first, last = self._between(edges)
        if last - first < 2 or not edges[-1] > edges[0]:
            return np.empty(0), np.empty(0), np.empty(0)
        places, low, high = self._pyramid.extremes(self.y, self._starts(edges, first, last), last)
        middles = (places + np.append(places[1:], last) - 1) // 2
        x = self.x[middles]
        x[0], x[-1] = self.x[places[0]], self.x[last - 1]
        return x, low, high

    def seen(self, x0: float, x1: float) -> int:
        """Return how many points lie between two x."""
        first, last = self._found(np.array([x0, x1]))
        return int(last - first)

    def _between(self, edges: Floats) -> tuple[int, int]:
        first = max(0, int(self._found(edges[:1])[0]) - 1)
        return first, min(len(self), int(np.searchsorted(self.x, edges[-1], side="right")) + 1)

    def _starts(self, edges: Floats, first: int, last: int) -> Places:
        places = self._found(edges)
        np.clip(places, first, last - 1, out=places)
        return once(np.append(first, places))

    def _found(self, x: Floats) -> Places:
        """Return where points of these x are or would be; of a column that counts by ones without a search."""
        if not self._counted or not len(self):
            return np.asarray(np.searchsorted(self.x, x), np.intp)
        return np.asarray(np.clip(np.ceil(x - self.x[0]), 0, len(self)), np.intp)


@dataclass(slots=True)
class Smoothed:
    """A track's points smoothed, kept up as they come; nothing is smoothed while the weight is nought."""

    weight: float = 0.0
    track: Track = field(default_factory=Track)
    _smoother: Smoother = field(default_factory=lambda: Smoother(0.0))

    def follow(self, source: Track, weight: float, most: int = AT_ONCE) -> bool:
        """Smooth up to `most` points that are not smoothed yet; say whether all are."""
        if weight != self.weight or len(source) < len(self.track):
            self.weight, self._smoother = weight, Smoother(weight)
            self.track = source.beside() if weight > 0 else Track()
        first = len(self.track)
        last = min(len(source), first + most)
        if weight > 0 and last > first:
            self.track.add(source.x[first:last], self._smoother(source.y[first:last]))
        return weight <= 0 or last == len(source)


def decimate(x: Floats, y: Floats, edges: Floats) -> tuple[Floats, Floats]:
    """Reduce a curve as `Track.line` does, by reading all of it: what that is held to."""
    first = max(0, int(np.searchsorted(x, edges[0])) - 1)
    last = min(len(x), int(np.searchsorted(x, edges[-1], side="right")) + 1)
    if last - first <= 2 * (len(edges) - 1) or not edges[-1] > edges[0]:
        return x[first:last], y[first:last]
    starts = once(np.clip(np.append(first, np.searchsorted(x, edges)), first, last - 1))
    return _joined(x, y, starts, last, *reduced(y[:last], y[:last], starts))


def _joined(x: Floats, y: Floats, places: Places, last: int, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Return two points a column at its first x, in the order of the curve's way: no false stroke joins columns."""
    ends = np.append(places[1:], last) - 1
    falls = y[ends] < y[places]
    points = np.empty((len(places), 2))
    points[:, 0], points[:, 1] = np.where(falls, high, low), np.where(falls, low, high)
    return np.repeat(x[places], 2), points.reshape(-1)
