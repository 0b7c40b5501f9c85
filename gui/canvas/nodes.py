"""The nodes as the painter needs them: one row a node, in arrays. Knows no document, no scene, no paint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from engine.graph import End, Point
from gui.canvas import measure
from gui.canvas.faces import Face
from gui.canvas.measure import Floats

Rows = NDArray[np.intp]
_PARTS: Final = {"": 0, "bypass": 1, "disable": 2, "absent": 2}


class Nodes:
    """Holds faces and frames by row, in the order they are painted; frames are x, y, width, height."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.faces: list[Face] = []
        self.row: dict[str, int] = {}
        #: The hues seen so far; `hue` holds each row's index into them.
        self.hues: list[str] = []
        self._frames: Floats = np.empty((64, 4))
        self._hue: NDArray[np.int16] = np.empty(64, np.int16)
        self._state: NDArray[np.int8] = np.empty(64, np.int8)
        self._part: NDArray[np.int8] = np.empty(64, np.int8)
        self._middle: Floats = np.empty(64)
        self._dot: NDArray[np.bool_] = np.empty(64, np.bool_)

    def __len__(self) -> int:
        return len(self.ids)

    def __contains__(self, id: object) -> bool:
        return id in self.row

    @property
    def frames(self) -> Floats:
        return self._frames[: len(self.ids)]

    @property
    def hue(self) -> NDArray[np.int16]:
        return self._hue[: len(self.ids)]

    @property
    def state(self) -> NDArray[np.int8]:
        """2 where a row has an error, 1 a warning, 0 neither."""
        return self._state[: len(self.ids)]

    @property
    def part(self) -> NDArray[np.int8]:
        """0 where a row takes part, 1 where it is passed by, 2 where it is left out."""
        return self._part[: len(self.ids)]

    @property
    def middle(self) -> Floats:
        """How far below its top a chain's wire goes through each row."""
        return self._middle[: len(self.ids)]

    @property
    def dot(self) -> NDArray[np.bool_]:
        return self._dot[: len(self.ids)]

    # -- writing

    def put(self, id: str, face: Face, at: Point) -> None:
        """Add a node last, or show it anew in its row."""
        row = self.row.get(id)
        if row is None:
            row = self._append(id, face)
        elif face != self.faces[row]:
            self.faces[row] = face
        self._frames[row] = (*at, face.width, face.height)
        self._hue[row] = self._hue_of(face.hue)
        self._state[row] = {"error": 2, "warning": 1, None: 0}[face.badge]
        self._part[row] = _PARTS[face.part]
        self._middle[row], self._dot[row] = face.middle, face.dot

    def move(self, id: str, at: Point) -> None:
        self._frames[self.row[id], :2] = at

    def shift(self, ids: Iterable[str], across: float, down: float) -> None:
        self._frames[[self.row[id] for id in ids], :2] += (across, down)

    def remove(self, ids: Iterable[str]) -> None:
        gone = {self.row[id] for id in ids if id in self.row}
        if not gone:
            return
        kept = [row for row in range(len(self.ids)) if row not in gone]
        for columns in (self._frames, self._hue, self._state, self._part, self._middle, self._dot):
            columns[: len(kept)] = columns[kept]
        self.faces = [self.faces[row] for row in kept]
        self.ids = [self.ids[row] for row in kept]
        self.row = {id: row for row, id in enumerate(self.ids)}

    def clear(self) -> None:
        self.ids, self.faces, self.row = [], [], {}

    # -- reading

    def face(self, id: str) -> Face:
        return self.faces[self.row[id]]

    def is_dot(self, id: str) -> bool:
        row = self.row.get(id)
        return row is not None and self.faces[row].dot

    def at(self, id: str) -> Point:
        x, y = self._frames[self.row[id], :2]
        return float(x), float(y)

    def frame(self, id: str) -> QRectF:
        return QRectF(*self._frames[self.row[id]].tolist())

    def reach(self, id: str) -> QRectF:
        """Return the frame and what is painted around it."""
        return self.frame(id).adjusted(-measure.MARGIN, -measure.MARGIN, measure.MARGIN, measure.MARGIN)

    def bounds(self, ids: Iterable[str] | None = None) -> QRectF:
        """Return the frame of some nodes, or of all; empty where there are none."""
        frames = self.frames if ids is None else self.frames[[self.row[id] for id in ids if id in self.row]]
        if not len(frames):
            return QRectF()
        low, high = frames[:, :2].min(0), (frames[:, :2] + frames[:, 2:]).max(0)
        return QRectF(QPointF(*low.tolist()), QPointF(*high.tolist()))

    def visible(self, area: QRectF) -> Rows:
        """Return the rows whose painted area meets another, in painting order."""
        x, y, width, height = self.frames.T
        margin = measure.MARGIN
        hits: NDArray[Any] = (
            (x - margin <= area.right()) & (x + width + margin >= area.left())
            & (y - margin <= area.bottom()) & (y + height + margin >= area.top())
        )  # fmt: skip
        return np.flatnonzero(hits)

    def looks(self, rows: Rows) -> Iterator[tuple[str, int, Rows]]:
        """Group rows by hue and part, as they are painted in one go."""
        looks = self.hue[rows] * 3 + self.part[rows]
        for look in sorted(set(looks.tolist())):  # np.unique would import numpy.ma, before the first paint
            yield self.hues[look // 3], look % 3, rows[looks == look]

    def port(self, end: End, *, output: bool) -> Point | None:
        """Return where a port stands, or None where its node shows no such port."""
        found = self.face(end.node).port(end.port, output=output)
        return None if found is None else self.edge(end.node, found.y, output=output)

    def grip(self, end: End, *, output: bool) -> Point | None:
        """Return where the mouse takes a port: beside a dot, at the port itself elsewhere."""
        place = self.port(end, output=output)
        if place is None or not self.face(end.node).dot:
            return place
        return place[0] + (measure.GRIP if output else -measure.GRIP), place[1]

    def edge(self, id: str, y: float | None = None, *, output: bool) -> Point:
        """Return a place on a node's right edge, or its left one; a dot's middle."""
        face, (left, top) = self.face(id), self.at(id)
        across = face.width / 2 if face.dot else face.width if output else 0.0
        return left + across, top + (face.middle if y is None else y)

    def _append(self, id: str, face: Face) -> int:
        row = len(self.ids)
        if row == len(self._frames):
            self._grow()
        self.ids.append(id)
        self.faces.append(face)
        self.row[id] = row
        return row

    def _grow(self) -> None:
        for name in ("_frames", "_hue", "_state", "_part", "_middle", "_dot"):
            column = getattr(self, name)
            setattr(self, name, np.concatenate([column, np.empty_like(column)]))

    def _hue_of(self, hue: str) -> int:
        if hue not in self.hues:
            self.hues.append(hue)
        return self.hues.index(hue)
