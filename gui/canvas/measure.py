"""How large a node is, where its ports stand, how a wire runs, in scene pixels. Knows no document, no paint."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WIDTH: Final = 168.0
#: Name and kind; the port of a chain stands in its middle.
HEAD: Final = 52.0
#: A collapsed node: one line, icon and name.
SLIM: Final = 28.0
#: A dot on a wire: the square that takes the mouse; the disc that is painted in it; where a wire is drawn from, aside.
DOT: Final = 20.0
DISC: Final = 6.0
GRIP: Final = 18.0
#: One line of named ports below the head.
ROW: Final = 20.0
#: The live thumbnail, and the space below what stands under the head.
THUMB: Final = 50.0
FOOT: Final = 8.0
INSET: Final = 10.0
BAR: Final = 4.0
CORNER: Final = 8.0
PORT: Final = 5.0
#: How near a port the mouse takes it, at least, in scene pixels.
REACH: Final = 11.0
#: What is painted outside a node's frame at most: half a port, the ring of the selection, half a badge.
MARGIN: Final = 12.0
#: How far a wire's label reaches from what it touches, at most.
LABEL_REACH: Final = (100.0, 18.0)
GRID: Final = 24.0
#: From node to node in a row, and from row to row, as new nodes are placed.
PITCH: Final = 252.0
DROP: Final = 120.0

#: How far a wire bulges: at least, at most, and where it runs backwards.
_LEAST, MOST, BACK = 24.0, 160.0, 56.0
#: So far above the lower of its ends a wire crosses back: between two rows, where pictures make the upper one taller.
_ABOVE: Final = 48.0
#: And no further below the upper one than a picture and two ports reach: the lower end may be a port below the head.
_BELOW: Final = 132.0
#: Points along each cubic of a wire, for hit tests.
_STEPS: Final = 16
_T: Final = np.linspace(0.0, 1.0, _STEPS)[:, None]
_BERNSTEIN: Final = (
    (1 - _T) ** 3,
    3 * _T * (1 - _T) ** 2,
    3 * _T**2 * (1 - _T),
    _T**3,
)


def height(rows: int, thumbnail: bool) -> float:
    """Return a node's height by its lines of named ports and whether it has a thumbnail."""
    body = rows * ROW + (THUMB if thumbnail else 0.0)
    return HEAD + body + (FOOT if body else 0.0)


#: Rows of ports that are no lines below the head: the head's own, a collapsed node's, a dot's.
AT_HEAD, AT_SLIM, AT_DOT = -1, -2, -3
_MIDDLES: Final = {AT_HEAD: HEAD / 2, AT_SLIM: SLIM / 2, AT_DOT: DOT / 2}


def row_y(row: int) -> float:
    """Return the middle of a line of ports, below the head or one of the rows that are not."""
    return _MIDDLES[row] if row < 0 else HEAD + (row + 0.5) * ROW - 2.0


def route(start: Any, end: Any) -> Floats:
    """Return the cubics of a wire from an output to an input, shape (cubics, 4, 2).

    A wire that runs forward is one cubic; one that runs backwards leaves to the right, crosses between the two
    heights, clear of the upper node and of the lower, and comes in from the left.
    """
    (x0, y0), (x3, y3) = start, end
    if x3 >= x0 + _LEAST or (abs(y3 - y0) < 4.0 and x3 >= x0):
        pull = min(max((x3 - x0) / 2, _LEAST), MOST) if x3 >= x0 + _LEAST else (x3 - x0) / 3
        return np.array([[(x0, y0), (x0 + pull, y0), (x3 - pull, y3), (x3, y3)]])
    middle = float(_crossing(y0, y3))
    return np.array(
        [
            [(x0, y0), (x0 + BACK, y0), (x0 + BACK, middle), (x0, middle)],
            [(x0, middle), ((2 * x0 + x3) / 3, middle), ((x0 + 2 * x3) / 3, middle), (x3, middle)],
            [(x3, middle), (x3 - BACK, middle), (x3 - BACK, y3), (x3, y3)],
        ]
    )


def _crossing(start: Any, end: Any) -> Any:
    """Return the heights at which wires that run back cross: between their ends, where these are far enough apart."""
    apart = np.abs(end - start)
    between = np.minimum(start, end) + np.maximum(apart / 2, np.minimum(apart - _ABOVE, _BELOW))
    return np.where(apart > 2 * HEAD, between, np.maximum(start, end) + 1.6 * HEAD)


def boxes(lines: Floats) -> Floats:
    """Return the boxes around the points of `route` from start to end of many wires: left, top, right, bottom."""
    (x, y), (dx, dy) = lines[:, :2].T, (lines[:, 2:] - lines[:, :2]).T
    ahead = dx >= _LEAST
    forward = ahead | ((np.abs(dy) < 4.0) & (dx >= 0.0))
    pull = np.where(forward, np.where(ahead, np.clip(dx / 2, _LEAST, MOST), dx / 3), BACK)
    middle = _crossing(np.zeros_like(dy), dy)
    low, high = np.minimum(0.0, dy), np.maximum(0.0, dy)
    return np.stack(
        [
            np.minimum(0.0, dx - pull) + x,
            np.where(forward, low, np.minimum(low, middle)) + y,
            np.maximum(dx, pull) + x,
            np.where(forward, high, np.maximum(high, middle)) + y,
        ],
        axis=1,
    )


def sample(cubics: Floats) -> Floats:
    """Return points along a wire, shape (points, 2)."""
    return samples(cubics).reshape(-1, 2)


def samples(cubics: Floats) -> Floats:
    """Return points along each of some cubics, shape (cubics, points, 2)."""
    return np.asarray(sum(weight * cubics[:, None, i] for i, weight in enumerate(_BERNSTEIN)))


def crosses(lines: Floats, start: Any, end: Any) -> NDArray[np.bool_]:
    """Return which of some lines through points, shape (lines, points, 2), a straight one crosses."""
    along = np.subtract(end, start)
    side = _cross(along, lines - start)
    steps = np.diff(lines, axis=1)
    before, after = _cross(steps, start - lines[:, :-1]), _cross(steps, end - lines[:, :-1])
    hits = (side[:, :-1] * side[:, 1:] <= 0) & (before * after <= 0) & ((before != 0) | (after != 0))
    return np.asarray(hits.any(1))


def splits(boxes: Floats, start: Any, end: Any) -> NDArray[np.bool_]:
    """Return which boxes of left, top, right, bottom have corners on both sides of a straight line."""
    corners = boxes[:, [[0, 1], [2, 1], [0, 3], [2, 3]]]
    side = _cross(np.subtract(end, start), corners - start)
    return np.asarray((side.min(1) <= 0) & (side.max(1) >= 0))


def _cross(a: Floats, b: Floats) -> Floats:
    return np.asarray(a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0])


def longest(cubics: Floats) -> Floats:
    """Return the cubic on which a wire's label stands, the one whose ends are furthest apart."""
    apart = cubics[:, 3] - cubics[:, 0]
    return np.asarray(cubics[int((apart**2).sum(1).argmax())])


def middle(cubics: Floats) -> tuple[float, float]:
    """Return where a wire's label stands: the middle of its longest cubic."""
    a, b, c, d = longest(cubics)
    x, y = (a + 3 * b + 3 * c + d) / 8
    return float(x), float(y)


def distance(points: Floats, x: float, y: float) -> float:
    """Return how far a place is from the line through points."""
    start, along = points[:-1], np.diff(points, axis=0)
    offset = np.array((x, y)) - start
    length = np.maximum((along**2).sum(1), 1e-12)
    share = np.clip((offset * along).sum(1) / length, 0.0, 1.0)
    return float(np.sqrt(((offset - share[:, None] * along) ** 2).sum(1)).min())
