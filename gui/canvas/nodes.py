"""The nodes as the painter needs them: one row a node, in arrays. Knows no document, no scene, no paint."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from engine.graph import End, Point
from gui.canvas import measure
from gui.canvas.faces import Face
from gui.canvas.measure import Floats

Rows = NDArray[np.intp]


class Nodes:
    """Holds faces and frames by row, in the order they are painted; frames are x, y, width, height."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.faces: list[Face] = []
        self.row: dict[str, int] = {}
        #: The groups seen so far; `group` holds each row's index into them.
        self.groups: list[str] = []
        self._frames: Floats = np.empty((64, 4))
        self._group: NDArray[np.int16] = np.empty(64, np.int16)
        self._state: NDArray[np.int8] = np.empty(64, np.int8)

    def __len__(self) -> int:
        return len(self.ids)

    def __contains__(self, id: object) -> bool:
        return id in self.row

    @property
    def frames(self) -> Floats:
        return self._frames[: len(self.ids)]

    @property
    def group(self) -> NDArray[np.int16]:
        return self._group[: len(self.ids)]

    @property
    def state(self) -> NDArray[np.int8]:
        """2 where a row has an error, 1 a warning, 0 neither."""
        return self._state[: len(self.ids)]

    # -- writing

    def put(self, id: str, face: Face, at: Point) -> None:
        """Add a node last, or show it anew in its row."""
        row = self.row.get(id)
        if row is None:
            row = self._append(id, face)
        elif face != self.faces[row]:
            self.faces[row] = face
        self._frames[row] = (*at, measure.WIDTH, face.height)
        self._group[row] = self._group_of(face.group)
        self._state[row] = {"error": 2, "warning": 1, None: 0}[face.badge]

    def move(self, id: str, at: Point) -> None:
        self._frames[self.row[id], :2] = at

    def shift(self, ids: Iterable[str], across: float, down: float) -> None:
        self._frames[[self.row[id] for id in ids], :2] += (across, down)

    def remove(self, ids: Iterable[str]) -> None:
        gone = {self.row[id] for id in ids if id in self.row}
        if not gone:
            return
        kept = [row for row in range(len(self.ids)) if row not in gone]
        for columns in (self._frames, self._group, self._state):
            columns[: len(kept)] = columns[kept]
        self.faces = [self.faces[row] for row in kept]
        self.ids = [self.ids[row] for row in kept]
        self.row = {id: row for row, id in enumerate(self.ids)}

    def clear(self) -> None:
        self.ids, self.faces, self.row = [], [], {}

    # -- reading

    def face(self, id: str) -> Face:
        return self.faces[self.row[id]]

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

    def port(self, end: End, *, output: bool) -> Point | None:
        """Return where a port stands, or None where its node shows no such port."""
        found = self.face(end.node).port(end.port, output=output)
        return None if found is None else self.edge(end.node, found.y, output=output)

    def edge(self, id: str, y: float = measure.HEAD / 2, *, output: bool) -> Point:
        """Return a place on a node's right edge, or its left one."""
        left, top = self.at(id)
        return (left + measure.WIDTH if output else left), top + y

    def _append(self, id: str, face: Face) -> int:
        row = len(self.ids)
        if row == len(self._frames):
            self._frames = np.concatenate([self._frames, np.empty_like(self._frames)])
            self._group = np.concatenate([self._group, np.empty_like(self._group)])
            self._state = np.concatenate([self._state, np.empty_like(self._state)])
        self.ids.append(id)
        self.faces.append(face)
        self.row[id] = row
        return row

    def _group_of(self, group: str) -> int:
        if group not in self.groups:
            self.groups.append(group)
        return self.groups.index(group)
