"""The frames and notes as the painter needs them: one row each, in arrays. Knows no document, no scene, no paint."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from engine.graph import COLOURS, Frame, Graph, Note
from gui.canvas.measure import Floats
from gui.canvas.nodes import Rows

#: x, y, width, height.
Box: TypeAlias = tuple[float, float, float, float]
#: A frame's bar with its title, in scene pixels; and its least height on the screen: from afar it grows upwards, so
#: that it can be read and covers nothing that lies in the frame.
BAR: Final = 28.0
TAB: Final = 16.0
#: The ring around what is selected, at least.
_AROUND: Final = 4.0


class Annotations:
    """Holds frames, then notes, by row, as they lie above each other; boxes are x, y, width, height."""

    def __init__(self) -> None:
        self.items: list[Frame | Note] = []
        self.row: dict[str, int] = {}
        self.boxes: Floats = np.empty((0, 4))
        self.framed: NDArray[np.bool_] = np.empty(0, np.bool_)
        #: Indices into COLOURS.
        self.colour: NDArray[np.int8] = np.empty(0, np.int8)
        #: Where the bars stand, by the scale for which that was found out last.
        self._bars: tuple[float, Floats] | None = None
        #: The scale at which they were painted last: how far a frame's title reaches hangs on it.
        self.scale = 1.0

    def __len__(self) -> int:
        return len(self.items)

    def __contains__(self, id: object) -> bool:
        return id in self.row

    # -- writing

    def load(self, graph: Graph) -> None:
        """Hold what a drawing holds."""
        self.items = [*graph.frames.values(), *graph.notes.values()]
        self.row = {item.id: row for row, item in enumerate(self.items)}
        self.boxes = np.array([(*item.at, *item.size) for item in self.items], float).reshape(-1, 4)
        self.framed = np.array([isinstance(item, Frame) for item in self.items], bool)
        self._bars = None
        self.colour = np.array([COLOURS.index(item.colour) for item in self.items], np.int8)

    def shift(self, ids: Iterable[str], across: float, down: float) -> None:
        """Show some further on, their bars as they are; whether these cover others is asked when they are let go."""
        rows = [self.row[id] for id in ids]
        self.boxes[rows, :2] += (across, down)
        if self._bars is not None:
            self._bars[1][rows, :2] += (across, down)

    def stretch(self, id: str, box: QRectF) -> None:
        """Show one in another box, while it is being resized."""
        self._bars = None
        self.boxes[self.row[id]] = (box.x(), box.y(), box.width(), box.height())

    def put(self, ids: Sequence[str], boxes: Sequence[Box]) -> None:
        """Show some in other boxes, while they move."""
        if ids:
            self._bars = None
            self.boxes[[self.row[id] for id in ids]] = boxes

    # -- reading

    def item(self, id: str) -> Frame | Note:
        return self.items[self.row[id]]

    def box(self, id: str) -> QRectF:
        return QRectF(*self.boxes[self.row[id]].tolist())

    def frames_of(self, ids: Collection[str]) -> list[str]:
        """Return those of some ids that are frames."""
        return [id for id in ids if id in self.row and self.framed[self.row[id]]]

    def reach(self, id: str) -> QRectF:
        """Return the box and what is painted around it."""
        around = _AROUND / self.scale
        return self.box(id).adjusted(-around, -around - self._above(self.scale), around, around)

    def bars(self, scale: float) -> Floats:
        """Return where the frames' bars stand at a zoom; the rows of notes mean nothing.

        A bar that would be too low to read reaches out of its frame upwards, so that it covers nothing that lies in it;
        downwards, where the bar of a larger frame is above it; and stays too low, where one is there too.
        """
        if self._bars is None or self._bars[0] != scale:
            self._bars = (scale, self._found_bars(scale))
        return self._bars[1]

    def _found_bars(self, scale: float) -> Floats:
        bars = self.boxes.copy()
        bars[:, 3] = np.minimum(BAR, bars[:, 3])
        rows = np.flatnonzero(self.framed) if TAB / scale > BAR else np.empty(0, np.intp)
        placed = np.empty((0, 4))
        for row in rows[np.argsort(-self._areas()[rows], kind="stable")].tolist():
            x, y, wide, high = bars[row].tolist()
            above, below = y + high - TAB / scale, y
            for top in (above, below) if getattr(self.items[row], "title", "") else ():
                if not meets(placed, QRectF(x, top, wide, TAB / scale)).any():
                    bars[row] = (x, top, wide, TAB / scale)
                    placed = np.concatenate([placed, bars[row][None]])
                    break
        return bars

    def _areas(self) -> Floats:
        """How large frames are; less than nothing for notes, which lie above them all."""
        return np.where(self.framed, self.boxes[:, 2] * self.boxes[:, 3], -1.0)

    def bounds(self, ids: Iterable[str] | None = None) -> QRectF:
        """Return the box around some, or all; empty where there are none."""
        boxes = self.boxes if ids is None else self.boxes[[self.row[id] for id in ids if id in self.row]]
        if not len(boxes):
            return QRectF()
        low, high = boxes[:, :2].min(0), (boxes[:, :2] + boxes[:, 2:]).max(0)
        return QRectF(QPointF(*low.tolist()), QPointF(*high.tolist()))

    def visible(self, area: QRectF, scale: float) -> Rows:
        """Return the rows whose painted area meets another, the lowest first: a larger frame lies below a smaller."""
        around, above = _AROUND / scale, self._above(scale)
        hits = meets(self.boxes, area.adjusted(-around, -around, around, around + above))
        rows = np.flatnonzero(hits)
        return rows[np.argsort(-self._areas()[rows], kind="stable")]

    def inside(self, area: QRectF) -> list[str]:
        """Return those that lie wholly within an area."""
        return [self.items[row].id for row in np.flatnonzero(within(self.boxes, area)).tolist()]

    def banded(self, band: QRectF) -> list[str]:
        """Return what a rubber band selects: frames that lie wholly within it, notes that it meets."""
        hits = within(self.boxes, band) | (meets(self.boxes, band) & ~self.framed)
        return [self.items[row].id for row in np.flatnonzero(hits).tolist()]

    @staticmethod
    def _above(scale: float) -> float:
        """How far a frame's bar stands out above its box."""
        return max(0.0, TAB / scale - BAR)


def meets(boxes: Floats, area: QRectF) -> NDArray[Any]:
    """Say of each box whether it meets an area."""
    x, y, width, height = boxes.T
    return np.asarray(
        (x <= area.right()) & (x + width >= area.left()) & (y <= area.bottom()) & (y + height >= area.top())
    )


def within(boxes: Floats, area: QRectF) -> NDArray[Any]:
    """Say of each box whether it lies wholly within an area."""
    x, y, width, height = boxes.T
    return np.asarray(
        (x >= area.left()) & (x + width <= area.right()) & (y >= area.top()) & (y + height <= area.bottom())
    )
