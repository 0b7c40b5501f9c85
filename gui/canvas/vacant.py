"""Where a new layer covers neither what is drawn nor a wire that passes by. Knows no document and edits nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import ceil
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from engine.graph import Edge, Point
from gui.canvas import measure
from gui.canvas.annotations import meets
from gui.canvas.measure import Floats
from gui.canvas.stage import Stage
from gui.canvas.wires import Wires

Mask = NDArray[np.bool_]
#: The ground is looked at in squares of this side; so much stays free beside layers and wires, too.
_CELL: Final = 10
#: How far from where it is wanted a layer may come to stand, in squares across and down.
_ACROSS, _DOWN = 25, 36
#: Room for a thumbnail, which shows while a run goes on.
_THUMB: Final = measure.height(0, thumbnail=True) - measure.HEAD
#: Which way a layer may go: to either side, not back to the left, not on to the right.
Way = Literal[-1, 0, 1]


def vacant(
    stage: Stage,
    at: Point,
    size: Point,
    *,
    way: Way = 0,
    moved: Mapping[str, Point] | None = None,
    but: Collection[Edge] = (),
) -> Point:
    """Return the place nearest to the one wanted where a box clears layers, notes and wires.

    A place further off has room for thumbnails, too, where one is near; where there is none at all, wires are crossed.
    `moved` has nodes that stand elsewhere than shown; wires in `but` are gone.
    """
    corner, whole = (float(round(at[0])), float(round(at[1]))), (size[0], size[1] + _THUMB)
    ground = _Ground(corner, whole, way)
    nodes, lines = _moved(stage, moved or {})
    notes = stage.annotations.boxes[~stage.annotations.framed]
    held = np.vstack([nodes, notes])
    boxes = held[meets(held, ground.area.adjusted(-_THUMB, -_THUMB, _THUMB, _THUMB))]
    crossed = ground.met(ground.lined(_courses(stage, lines, ground, but, bool(moved))), size)
    covered = ground.met(ground.boxed(boxes), size)
    if not (covered | crossed)[_DOWN, _ACROSS]:
        return corner
    tall = ground.met(ground.boxed(_with_thumbnails(boxes)), whole)
    for barred in (tall | crossed, covered | crossed, tall, covered):
        found = ground.nearest(~barred)
        if found is not None:
            return found
    return _below(held, corner, whole)


class _Ground:
    """The squares around a place; what is asked of them is asked of all places for a box at once."""

    def __init__(self, at: Point, size: Point, way: Way) -> None:
        self.at, self._way = at, way
        self._shape = (2 * _DOWN + ceil(size[1] / _CELL), 2 * _ACROSS + ceil(size[0] / _CELL))
        self.low = np.array((at[0] - _ACROSS * _CELL, at[1] - _DOWN * _CELL))
        self.high = self.low + np.array(self._shape[::-1]) * _CELL

    def boxed(self, boxes: Floats) -> Mask:
        """Return the squares that boxes of x, y, width, height meet, with a margin around them."""
        mask = np.zeros(self._shape, np.bool_)
        start = np.floor((boxes[:, :2] - _CELL - self.low) / _CELL)
        end = np.ceil((boxes[:, :2] + boxes[:, 2:] + _CELL - self.low) / _CELL)
        near = (end > 0).all(1) & (start < self._shape[::-1]).all(1)
        start, end = np.maximum(start[near], 0).astype(int), end[near].astype(int)
        for (left, top), (right, bottom) in zip(start.tolist(), end.tolist(), strict=True):
            mask[top:bottom, left:right] = True
        return mask

    def lined(self, points: Floats) -> Mask:
        """Return the squares of points, and those around them."""
        cells = np.floor((points - self.low) / _CELL).astype(int) + 1
        inside = ((cells >= 0) & (cells < np.add(self._shape[::-1], 2))).all(1)
        mask = np.zeros(np.add(self._shape, 2), np.bool_)
        mask[cells[inside, 1], cells[inside, 0]] = True
        mask = mask[:-2] | mask[1:-1] | mask[2:]
        return np.asarray(mask[:, :-2] | mask[:, 1:-1] | mask[:, 2:], np.bool_)

    @property
    def area(self) -> QRectF:
        return QRectF(QPointF(*self.low.tolist()), QPointF(*self.high.tolist()))

    def met(self, mask: Mask, size: Point) -> Mask:
        """Say of each place whether a box there meets one of some squares."""
        sums = np.pad(mask.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
        wide, high = ceil(size[0] / _CELL), ceil(size[1] / _CELL)
        down, across = 2 * _DOWN + 1, 2 * _ACROSS + 1
        tops, bottoms = sums[:down], sums[high : high + down]
        met = bottoms[:, wide : wide + across] - tops[:, wide : wide + across] - bottoms[:, :across]
        return np.asarray(met + tops[:, :across] > 0, np.bool_)

    def nearest(self, free: Mask) -> Point | None:
        """Return the nearest of some places, one below before one beside or above."""
        down, across = np.ogrid[-_DOWN : _DOWN + 1, -_ACROSS : _ACROSS + 1]
        cost = np.where(down < 0, 0.5 - down, down) + 1.5 * np.abs(across)
        cost = np.where(free & (across * self._way >= 0), cost, np.inf)
        row, column = divmod(int(cost.argmin()), cost.shape[1])
        if np.isinf(cost[row, column]):
            return None
        return self.at[0] + (column - _ACROSS) * _CELL, self.at[1] + (row - _DOWN) * _CELL


def _moved(stage: Stage, moved: Mapping[str, Point]) -> tuple[Floats, Floats]:
    """The nodes' boxes and the wires' ends, some nodes standing elsewhere than shown."""
    boxes, lines = stage.nodes.frames, stage.wires.lines
    if not moved:
        return boxes, lines
    boxes, lines = boxes.copy(), lines.copy()
    for wire in stage.wires.rows_of(frozenset(moved)):
        edge = stage.wires.edges[wire]
        for side, id in ((slice(0, 2), edge.source.node), (slice(2, 4), edge.target.node)):
            if id in moved:
                lines[wire, side] += np.subtract(moved[id], stage.nodes.at(id))
    boxes[[stage.nodes.row[id] for id in moved], :2] = list(moved.values())
    return boxes, lines


def _with_thumbnails(boxes: Floats) -> Floats:
    """The boxes with room for a thumbnail below those that are as high as a head alone."""
    boxes = boxes.copy()
    boxes[boxes[:, 3] == measure.HEAD, 3] += _THUMB
    return boxes


def _courses(stage: Stage, lines: Floats, ground: _Ground, but: Collection[Edge], moved: bool) -> Floats:
    """Points along the wires that pass by, a square apart at most."""
    wires = stage.wires
    cubics = [np.empty((0, 4, 2))]
    for row in _passing(wires, lines, ground.area, moved):
        if wires.edges[row] not in but:
            kept = not moved or np.array_equal(lines[row], wires.lines[row])
            start, end = lines[row, :2], lines[row, 2:]
            cubics.append(wires.route(row) + start if kept else measure.route(start, end))
    points = measure.samples(np.concatenate(cubics))
    return _filled(points[:, :-1].reshape(-1, 2), points[:, 1:].reshape(-1, 2), ground)


def _passing(wires: Wires, lines: Floats, area: QRectF, moved: bool) -> list[int]:
    """The rows of the wires that may pass an area."""
    if not moved:
        return [int(row) for row in wires.visible(area)]
    left, top, right, bottom = measure.boxes(lines).T
    near = (left < area.right()) & (right > area.left()) & (top < area.bottom()) & (bottom > area.top())
    return [int(row) for row in np.flatnonzero(near)]


def _filled(starts: Floats, ends: Floats, ground: _Ground) -> Floats:
    """Points along straight lines, where these pass the ground."""
    near = ((np.maximum(starts, ends) > ground.low) & (np.minimum(starts, ends) < ground.high)).all(1)
    starts, ends = starts[near], ends[near]
    steps = np.ceil(np.abs(ends - starts).max(1, initial=0.0) / _CELL).astype(int) + 1
    place = np.arange(steps.sum()) - np.repeat(np.cumsum(steps) - steps, steps)
    share = (place / np.repeat(np.maximum(steps - 1, 1), steps))[:, None]
    return np.asarray(np.repeat(starts, steps, 0) * (1 - share) + np.repeat(ends, steps, 0) * share)


def _below(boxes: Floats, at: Point, size: Point) -> Point:
    """A place straight below all that stands in the way."""
    (x, y), (wide, high) = at, size
    column = boxes[(boxes[:, 0] < x + wide + _CELL) & (boxes[:, 0] + boxes[:, 2] > x - _CELL)]
    for top, height in column[np.argsort(column[:, 1])][:, [1, 3]].tolist():
        if top < y + high + _CELL and y < top + height + _CELL:
            y = float(round(top + height + measure.GRID))
    return x, y
