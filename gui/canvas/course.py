"""How a wire runs that begins or ends in a dot: a dot has no sides, so that a wire passes it the way it goes."""

from __future__ import annotations

from collections.abc import Iterable
from math import copysign, hypot
from typing import Final, TypeAlias

import numpy as np

from engine.graph import Point
from gui.canvas import measure
from gui.canvas.measure import Floats

#: A way that a wire goes, of length 1; None at a port, where it leaves to the right and comes in from the left.
Heading: TypeAlias = Point | None
#: A place that a dot is wired to, and whether that is a dot too.
Neighbour: TypeAlias = tuple[Point, bool]
#: So far ahead of a port a wire need not turn back.
_AHEAD: Final = 8.0
#: Slopes less steep than the first are level at a dot, those steeper than the second are kept.
_LEVEL, _STEEP = 0.5, 0.95
#: How far a turn stays away from the middle of the layer that it goes around.
_AROUND: Final = 0.8 * measure.HEAD
_RIGHT, _LEFT = (1.0, 0.0), (-1.0, 0.0)


def heading(at: Point, before: Iterable[Neighbour], after: Iterable[Neighbour]) -> Point:
    """Return the way that wires go through a dot: level where they go on, down or up where they turn."""
    comes = _unit(_sum(_way(place, at, dot, out=False) for place, dot in before))
    goes = _unit(_sum(_way(place, at, dot, out=True) for place, dot in after))
    x, y = _unit(_sum((comes, goes)))
    if (x, y) == (0.0, 0.0):
        return (-comes[1], comes[0]) if comes != (0.0, 0.0) else _RIGHT
    return _unit((x, y * min(max((abs(y) - _LEVEL) / (_STEEP - _LEVEL), 0.0), 1.0)))


def course(start: Point, end: Point, leaving: Heading = None, arriving: Heading = None) -> Floats:
    """Return the cubics of a wire, as `measure.route` does; the headings are those at its dots."""
    if leaving is None and arriving is None:
        return measure.route(start, end)
    first, last = [], []
    beside = abs(end[0] - start[0]) < measure.BACK and abs(end[1] - start[1]) >= _AROUND
    back = end[0] < start[0] + _AHEAD and not beside
    if leaving is None and back:
        turned = (start[0], _level(start[1], end[1]))
        first, start, leaving = [_turn(start, turned, measure.BACK)], turned, _LEFT
    if arriving is None and back:
        turned = (end[0], _level(end[1], start[1]))
        last, end, arriving = [_turn(turned, end, -measure.BACK)], turned, _LEFT
    return np.array([*first, _cubic(start, end, leaving or _RIGHT, arriving or _RIGHT), *last])


def _way(place: Point, at: Point, dot: bool, *, out: bool) -> Point:
    """The way along a wire between a dot and what it is wired to; where it must turn at a port, the way to the turn."""
    step = (place[0] - at[0], place[1] - at[1]) if out else (at[0] - place[0], at[1] - place[1])
    return _LEFT if not dot and step[0] < _AHEAD else _unit(step)


def _turn(start: Point, end: Point, bulge: float) -> list[Point]:
    return [start, (start[0] + bulge, start[1]), (end[0] + bulge, end[1]), end]


def _level(port: float, dot: float) -> float:
    """The height at which a wire that turned at a port goes on: its dot's, unless the layer is in its way."""
    return dot if abs(dot - port) >= _AROUND else port + copysign(measure.HEAD, dot - port)


def _cubic(start: Point, end: Point, leaving: Point, arriving: Point) -> list[Point]:
    pull = min(0.4 * hypot(end[0] - start[0], end[1] - start[1]), measure.MOST)
    ahead = (start[0] + pull * leaving[0], start[1] + pull * leaving[1])
    return [start, ahead, (end[0] - pull * arriving[0], end[1] - pull * arriving[1]), end]


def _sum(ways: Iterable[Point]) -> Point:
    found = list(ways)
    return sum(x for x, _ in found), sum(y for _, y in found)


def _unit(way: Point) -> Point:
    length = hypot(*way)
    return (way[0] / length, way[1] / length) if length > 0.05 else (0.0, 0.0)
