"""Lines of one height over a grid of numbers: marching squares, all cells at once. numpy alone, no Qt."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.plotting.pyramid import Floats

#: The corners of a cell at each of its four edges, as (row, column) from its first: above, right, below, left.
_EDGES = (((0, 0), (0, 1)), ((0, 1), (1, 1)), ((1, 0), (1, 1)), ((0, 0), (1, 0)))


def contour(values: Floats, level: float) -> Floats:
    """Return where a grid crosses a level: segments of shape (segments, 4), from column, row to column, row.

    A cell that has a corner of which nothing is known has none. Where a cell's corners lie crosswise above and below,
    its mean says which of them are joined.
    """
    height, width = values.shape
    if height < 2 or width < 2:
        return np.empty((0, 4))
    crossed, places = zip(*(_edge(values, level, *edge) for edge in _EDGES), strict=True)
    crosses, points = np.stack(crossed), np.stack(places)
    known = np.isfinite(values[:-1, :-1] + values[:-1, 1:] + values[1:, :-1] + values[1:, 1:])
    count = crosses.sum(axis=0)
    found = [_joined(points, crosses, known & (count == 2))]
    saddles = known & (count == 4)
    if saddles.any():
        mean = (values[:-1, :-1] + values[:-1, 1:] + values[1:, :-1] + values[1:, 1:]) / 4
        same = (mean >= level) == (values[:-1, :-1] >= level)
        found += [_pair(points, saddles & same, a, b) for a, b in ((0, 1), (2, 3))]
        found += [_pair(points, saddles & ~same, a, b) for a, b in ((0, 3), (1, 2))]
    return np.concatenate(found)


def _edge(values: Floats, level: float, one: tuple[int, int], other: tuple[int, int]) -> tuple[Any, Floats]:
    """Return which cells are crossed at an edge, and where: shape (rows, columns, 2), column first."""
    height, width = values.shape
    rows, columns = np.mgrid[0 : height - 1, 0 : width - 1]
    a, b = (values[r : height - 1 + r, c : width - 1 + c] for r, c in (one, other))
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        crossed = (a >= level) != (b >= level)
        share = np.where(crossed, (level - a) / (b - a), 0.0)
    column = columns + one[1] + share * (other[1] - one[1])
    row = rows + one[0] + share * (other[0] - one[0])
    return crossed, np.stack([column, row], axis=-1)


def _joined(points: Floats, crosses: Any, cells: Any) -> Floats:
    first, last = crosses.argmax(axis=0)[cells], 3 - crosses[::-1].argmax(axis=0)[cells]
    rows, columns = np.nonzero(cells)
    return np.concatenate([points[first, rows, columns], points[last, rows, columns]], axis=-1)


def _pair(points: Floats, cells: Any, one: int, other: int) -> Floats:
    return np.concatenate([points[one][cells], points[other][cells]], axis=-1)


def levels(values: Floats, count: int) -> list[float]:
    """Return heights for lines, closer where it is low: a valley has more of them than its walls."""
    finite = values[np.isfinite(values)]
    if not finite.size or finite.min() == finite.max():
        return []
    low, high = float(finite.min()), float(finite.max())
    return [low + (high - low) * ((place + 1) / (count + 1)) ** 2 for place in range(count)]
