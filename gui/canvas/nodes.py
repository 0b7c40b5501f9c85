"""The nodes as the painter needs them: one row a node, in arrays. Knows no document, no scene, no paint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
_STATES: Final = {None: 0, "warning": 1, "error": 2}
_COLUMNS: Final = ("_frames", "_hue", "_state", "_part", "_middle", "_dot", "_lifted")


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
        self._lifted: NDArray[np.bool_] = np.empty(64, np.bool_)

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

    def put(self, ids: Sequence[str], faces: Sequence[Face], places: Sequence[Point]) -> set[str]:
        """Add nodes last, or show them anew in their rows; return those whose ports stand elsewhere than before."""
        stirred: set[str] = set()
        changed: list[tuple[int, Face]] = []
        shaped: list[tuple[int, Face]] = []
        there = len(self.ids)
        self._extend([(id, face) for id, face in zip(ids, faces, strict=True) if id not in self.row])
        rows = [self.row[id] for id in ids]
        for id, row, face in zip(ids, rows, faces, strict=True):
            old = self.faces[row] if row < there else None
            if old is None or face != old:
                changed.append((row, face))
                self.faces[row] = face
                if old is None or face.shape != old.shape:
                    shaped.append((row, face))
                    stirred.add(id)
        if rows:
            stirred.update(ids[place] for place in self.elsewhere(ids, places))
            self._frames[rows, :2] = places
        self._show(changed)
        self._shape(shaped)
        return stirred

    def lift(self, ids: Sequence[str], lifted: Sequence[bool]) -> None:
        """Find selected nodes before those that they cover, as they are painted."""
        self._lifted[[self.row[id] for id in ids]] = lifted

    def move(self, ids: Sequence[str], places: Sequence[Point]) -> None:
        if ids:
            self._frames[[self.row[id] for id in ids], :2] = places

    def shift(self, rows: Sequence[int], across: float, down: float) -> None:
        self._frames[rows, :2] += (across, down)

    def remove(self, ids: Iterable[str]) -> None:
        gone = {self.row[id] for id in ids if id in self.row}
        if not gone:
            return
        kept = [row for row in range(len(self.ids)) if row not in gone]
        for name in _COLUMNS:
            column = getattr(self, name)
            column[: len(kept)] = column[kept]
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

    def met(self, area: QRectF, around: float = 0.0) -> list[str]:
        """Return the nodes whose frames, widened to both sides, touch an area, the topmost first."""
        x, y, width, height = self.frames.T
        hits: NDArray[Any] = (
            (x - around <= area.right()) & (x + width + around >= area.left())
            & (y <= area.bottom()) & (y + height >= area.top())
        )  # fmt: skip
        rows = np.flatnonzero(hits)[::-1]
        lifted = self._lifted[rows]
        return [self.ids[row] for row in (*rows[lifted].tolist(), *rows[~lifted].tolist())]

    def elsewhere(self, ids: Sequence[str], places: Sequence[Point]) -> list[int]:
        """Return which of some nodes do not stand at places, by their index among them."""
        if not ids:
            return []
        found = (self._frames[[self.row[id] for id in ids], :2] != places).any(1)
        return np.flatnonzero(found).tolist()

    def looks(self, rows: Rows) -> Iterator[tuple[str, int, Rows]]:
        """Group rows by hue and part, as they are painted in one go."""
        looks = self.hue[rows] * 3 + self.part[rows]
        for look in sorted(set(looks.tolist())):  # np.unique would import numpy.ma, before the first paint
            yield self.hues[look // 3], look % 3, rows[looks == look]

    def has(self, end: End, *, output: bool) -> bool:
        """Whether a node shows a port."""
        return self.faces[self.row[end.node]].port(end.port, output=output) is not None

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
        return left + face.side(output=output), top + (face.middle if y is None else y)

    def _show(self, faces: Sequence[tuple[int, Face]]) -> None:
        if faces:
            rows = [row for row, _ in faces]
            self._hue[rows] = self._hues_of(face for _, face in faces)
            self._state[rows] = [_STATES[face.badge] for _, face in faces]
            self._part[rows] = [_PARTS[face.part] for _, face in faces]

    def _shape(self, faces: Sequence[tuple[int, Face]]) -> None:
        if not faces:
            return
        rows = [row for row, _ in faces]
        # Ports of most nodes are the very same ones: their sizes are worked out once.
        known: dict[tuple[object, ...], tuple[float, float, float, bool]] = {}
        sizes = []
        for _, face in faces:
            key = (id(face.inputs), id(face.outputs), face.dot, face.collapsed, face.thumbnail, len(face.under))
            if key not in known:
                known[key] = (face.width, face.height, face.middle, face.dot)
            sizes.append(known[key])
        table = np.array(sizes)
        self._frames[rows, 2:] = table[:, :2]
        self._middle[rows] = table[:, 2]
        self._dot[rows] = table[:, 3] != 0

    def _extend(self, fresh: Sequence[tuple[str, Face]]) -> None:
        start, end = len(self.ids), len(self.ids) + len(fresh)
        while end > len(self._frames):
            self._grow()
        self._lifted[start:end] = False
        self._frames[start:end] = np.nan  # nowhere yet
        self.ids += [id for id, _ in fresh]
        self.faces += [face for _, face in fresh]
        self.row.update(zip(self.ids[start:], range(start, end), strict=True))

    def _grow(self) -> None:
        for name in _COLUMNS:
            column = getattr(self, name)
            setattr(self, name, np.concatenate([column, np.empty_like(column)]))

    def _hues_of(self, faces: Iterable[Face]) -> list[int]:
        hues = [face.hue for face in faces]
        self.hues += [hue for hue in dict.fromkeys(hues) if hue not in self.hues]
        places = {hue: place for place, hue in enumerate(self.hues)}
        return [places[hue] for hue in hues]
