"""Wires as straight pieces in one array: Qt draws those of many at once, where curves are many times as slow.

Knows no ink and no level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import is_not
from typing import Final

import numpy as np
from numpy.typing import NDArray

from gui.canvas.measure import Floats
from gui.canvas.nodes import Rows
from gui.canvas.wires import Wires

#: How far a piece may lie from its curve, in pixels of the screen; the most pieces of one curve.
_OFF: Final = 0.2
_MOST: Final = 48


@dataclass(frozen=True, slots=True)
class Pieces:
    """Lines of x, y, x, y in the scene, and the row of the wire that each belongs to."""

    lines: Floats = field(default_factory=lambda: np.empty((0, 4)))
    owners: Rows = field(default_factory=lambda: np.empty(0, np.intp))

    def of(self, rows: Sequence[int], count: int) -> Floats:
        """Return the lines of some of the wires, of which there are so many in all."""
        wanted = np.zeros(count, np.bool_)
        wanted[rows] = True
        return self.lines[wanted[self.owners]]


class Strokes:
    """Cuts wires into pieces, and keeps those of the frame before for as long as its wires run where they did."""

    def __init__(self, wires: Wires) -> None:
        self._wires = wires
        self._key: tuple[float, bytes, bytes] | None = None
        self._routes: list[Floats] = []
        self._pieces = Pieces()

    def of(self, rows: Rows, scale: float) -> Pieces:
        """Return the pieces of some wires as they are seen at a scale."""
        key = (scale, rows.tobytes(), self._wires.lines[rows].tobytes())
        routes = [self._wires.route(row) for row in rows.tolist()]
        if key != self._key or any(map(is_not, routes, self._routes)):
            self._key, self._routes = key, routes
            self._pieces = _pieces(routes, rows, self._wires.lines[rows, :2], scale)
        return self._pieces


def _pieces(routes: Sequence[Floats], rows: Rows, starts: Floats, scale: float) -> Pieces:
    """Cut wires, each as it is seen from where it starts."""
    if not routes:
        return Pieces()
    lengths = [len(route) for route in routes]
    owners = np.repeat(rows, lengths)
    cubics = np.concatenate(routes) + np.repeat(starts, lengths, axis=0)[:, None]
    counts = _counts(cubics, scale)
    parts = [(owners[counts == count], cut(cubics[counts == count], count)) for count in set(counts.tolist())]
    return Pieces(
        np.concatenate([lines.reshape(-1, 4) for _, lines in parts]),
        np.concatenate([np.repeat(group, lines.shape[1]) for group, lines in parts]),
    )


def cut(cubics: Floats, count: int) -> Floats:
    """Return so many lines along each of some cubics, shape (cubics, count, 4)."""
    t = np.linspace(0.0, 1.0, count + 1)[:, None]
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
    points = np.asarray(sum(weight * cubics[:, None, i] for i, weight in enumerate(weights)))
    return np.concatenate([points[:, :-1], points[:, 1:]], axis=2)


def _counts(cubics: Floats, scale: float) -> NDArray[np.intp]:
    """How many pieces each cubic takes: a line lies from it by an eighth of its bend, over the count squared."""
    bends = np.abs(np.diff(cubics, 2, axis=1)).max(axis=(1, 2)) * 6 * scale
    counts: NDArray[np.intp] = np.ceil(np.sqrt(bends / (8 * _OFF))).clip(1, _MOST).astype(np.intp)
    counts[_straight(cubics, scale)] = 1
    return counts


def _straight(cubics: Floats, scale: float) -> NDArray[np.bool_]:
    """Which cubics run as their ends are joined."""
    along = cubics[:, 3] - cubics[:, 0]
    length = np.maximum(np.hypot(*along.T), 1e-9)
    inner = cubics[:, 1:3] - cubics[:, :1]
    across = np.abs(inner[..., 0] * along[:, None, 1] - inner[..., 1] * along[:, None, 0]) / length[:, None]
    share = (inner * along[:, None]).sum(2) / length[:, None] ** 2
    between = ((share >= 0) & (share <= 1)).all(1)
    return np.asarray((across.max(1) * scale <= _OFF) & between)
