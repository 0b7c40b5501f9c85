"""The wires as the painter needs them: one row a wire, in arrays. Knows no document, no scene."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from engine.graph import Edge, Point
from gui.canvas import measure
from gui.canvas.course import Heading, course
from gui.canvas.faces import WireFace
from gui.canvas.flows import FLOWS, PLACE, Flow
from gui.canvas.measure import Floats
from gui.canvas.nodes import Rows
from gui.canvas.touching import Touching

#: What a wire's label and pen may need beside its course.
_AROUND = 40.0
#: The line of a wire that carries nothing to anywhere.
IDLE: Final = len(FLOWS)
#: Added to a box of left, top, right, bottom.
_WIDER: Final = np.array((-_AROUND, -_AROUND, _AROUND, _AROUND))
_BLANK: Final = WireFace()
_COLUMNS: Final = ("_lines", "_offsets", "_boxes", "_broken", "_line")
#: The wires of fewer nodes than this are looked up, those of more looked through.
_FEW: Final = 64
#: The ways that a wire goes at its two ends.
Headings: TypeAlias = tuple[Heading, Heading]
#: How far a wire's two ports are from their nodes' corners.
Offset: TypeAlias = tuple[float, float, float, float]
_IDLE_LINE: Final = Flow("", "", 0.85, (3.0, 3.0))


class Wires:
    """Holds faces and ends by row. A course is worked out when it is first asked for after an end moved."""

    def __init__(self) -> None:
        self.edges: list[Edge] = []
        self.faces: list[WireFace] = []
        self.row: dict[Edge, int] = {}
        #: Paths with the places where they start, made when they are painted; cubics from (0, 0).
        self._paths: list[tuple[QPainterPath, Point] | None] = []
        self._routes: list[Floats | None] = []
        #: Start and end, as a QLineF holds them; the box around the course; whether it is broken.
        self._lines: Floats = np.empty((64, 4))
        #: How far its two ports are from their nodes' corners.
        self._offsets: Floats = np.empty((64, 4))
        self._boxes: Floats = np.empty((64, 4))
        self._broken: NDArray[np.bool_] = np.empty(64, np.bool_)
        self._line: NDArray[np.int8] = np.empty(64, np.int8)
        #: The ways that a wire goes at its ends, of those alone that have a dot there.
        self._headings: dict[int, Headings] = {}
        self._spots: list[tuple[float, float, float] | None] = []
        self._touching = Touching()

    def __len__(self) -> int:
        return len(self.edges)

    def __contains__(self, edge: object) -> bool:
        return edge in self.row

    @property
    def lines(self) -> Floats:
        return self._lines[: len(self.edges)]

    @property
    def broken(self) -> NDArray[np.bool_]:
        return self._broken[: len(self.edges)]

    @property
    def line(self) -> NDArray[np.int8]:
        """By which line each row shows: that of its flow, by its place among them, or IDLE."""
        return self._line[: len(self.edges)]

    # -- writing

    def put(self, edges: Iterable[Edge], faces: Sequence[WireFace], offsets: Sequence[Offset]) -> list[int]:
        """Add wires last, or show them anew in their rows, each once, and return those; `lay` says where they run."""
        rows = self._rows(edges)
        if rows:
            self._offsets[rows] = offsets
        self.tell(rows, faces)
        return rows

    def tell(self, rows: Sequence[int], faces: Sequence[WireFace]) -> None:
        """Show other things of wires that run where they do."""
        if rows:
            self._broken[rows] = [face.broken for face in faces]
            self._line[rows] = [IDLE if face.idle else PLACE[face.flow] for face in faces]
        for row, face in zip(rows, faces, strict=True):
            self.faces[row] = face

    def lay(self, rows: Sequence[int], corners: Floats, headings: Mapping[int, Headings]) -> None:
        """Let wires run from and to the corners of their nodes, x0 y0 x1 y1 each, with headings where they have some.

        A wire has headings where it leaves or reaches a dot.
        """
        lines = corners + self._offsets[rows]
        other = (lines != self._lines[rows]).any(1)
        for place, row in enumerate(rows) if headings or self._headings else ():
            if self._headings.get(row) != headings.get(row):
                other[place] = True
                self._head(row, headings.get(row))
        changed = [rows[place] for place in np.flatnonzero(other).tolist()]
        for row in changed:
            self._routes[row] = self._paths[row] = self._spots[row] = None
        self._lines[changed] = lines[other]
        self._boxes[changed] = measure.boxes(lines[other]) + _WIDER
        for row in changed if self._headings else ():
            if row in self._headings:
                self._boxes[row] = self._box(row)

    def remove(self, edges: Iterable[Edge]) -> None:
        gone = {self.row[edge] for edge in edges if edge in self.row}
        if not gone:
            return
        self._touching.remove([self.edges[row] for row in gone])
        kept = [row for row in range(len(self.edges)) if row not in gone]
        for name in _COLUMNS:
            column = getattr(self, name)
            column[: len(kept)] = column[kept]
        self.faces = [self.faces[row] for row in kept]
        self._paths = [self._paths[row] for row in kept]
        self._routes = [self._routes[row] for row in kept]
        if self._headings:
            self._headings = {new: self._headings[row] for new, row in enumerate(kept) if row in self._headings}
        self._spots = [self._spots[row] for row in kept]
        self.edges = [self.edges[row] for row in kept]
        self.row = {edge: row for row, edge in enumerate(self.edges)}

    def shift(self, rows: Sequence[int], across: float, down: float) -> None:
        """Move wires whose two ends have moved alike; their courses stay."""
        self._lines[rows] += (across, down, across, down)
        self._boxes[rows] += (across, down, across, down)

    def clear(self) -> None:
        self.edges, self.faces, self._paths, self._routes, self.row = [], [], [], [], {}
        self._headings, self._spots = {}, []
        self._touching = Touching()

    # -- reading

    def of(self, ids: Iterable[str]) -> Sequence[Edge]:
        """Return the wires that touch some nodes."""
        return self._touching.of(ids, self.edges)

    def rows_of(self, ids: Collection[str]) -> list[int]:
        """Return the rows of the wires that touch some nodes."""
        if len(ids) < _FEW:
            return [self.row[edge] for edge in self._touching.of(ids, self.edges)]
        some = ids if isinstance(ids, Set) else frozenset(ids)
        return [row for row, edge in enumerate(self.edges) if edge.source.node in some or edge.target.node in some]

    def face(self, edge: Edge) -> WireFace:
        return self.faces[self.row[edge]]

    def headed(self, row: int) -> bool:
        """Whether a wire has a dot at one of its ends."""
        return row in self._headings

    def headings(self, edge: Edge) -> tuple[Heading, Heading]:
        """Return the ways that a wire goes at its ends, where they are dots."""
        return self._headings.get(self.row[edge], (None, None))

    def path(self, row: int) -> QPainterPath:
        start = self.start(row)
        path, at = self._paths[row] or (path_of(self.route(row)), (0.0, 0.0))
        if at != start:
            path.translate(start[0] - at[0], start[1] - at[1])
        self._paths[row] = (path, start)
        return path

    def route(self, row: int) -> Floats:
        """Return the cubics of a wire as seen from where it starts."""
        found = self._routes[row]
        if found is None:
            x0, y0, x1, y1 = self._lines[row].tolist()
            found = self._routes[row] = course((0.0, 0.0), (x1 - x0, y1 - y0), *self._headings.get(row, (None, None)))
        return found

    def start(self, row: int) -> Point:
        x, y = self._lines[row, :2].tolist()
        return x, y

    def middle(self, row: int) -> Point:
        """Return where a wire's label stands."""
        (x, y), (across, down, _) = self.start(row), self._spot(row)
        return x + across, y + down

    def straight(self, row: int) -> float:
        """Return the length on which a label can stand: that of its cubic, from end to end."""
        return self._spot(row)[2]

    def _spot(self, row: int) -> tuple[float, float, float]:
        """Where a label stands as seen from the wire's start, and the length on which it can; worked out once."""
        found = self._spots[row]
        if found is None:
            cubic = measure.longest(self.route(row))
            found = self._spots[row] = (*measure.middle(self.route(row)), float(np.hypot(*(cubic[3] - cubic[0]))))
        return found

    def reach(self, edge: Edge) -> QRectF:
        """Return the box around all that is painted of a wire."""
        return self.reach_of(self.row[edge])

    def reach_of(self, row: int) -> QRectF:
        left, top, right, bottom = self._boxes[row].tolist()
        return QRectF(QPointF(left, top), QPointF(right, bottom))

    def visible(self, area: QRectF) -> Rows:
        left, top, right, bottom = self._boxes[: len(self.edges)].T
        hits: NDArray[Any] = (
            (left <= area.right()) & (right >= area.left()) & (top <= area.bottom()) & (bottom >= area.top())
        )
        return np.flatnonzero(hits)

    def by_line(self, rows: Rows) -> Iterator[tuple[int, Rows]]:
        """Group rows by the line by which they show, the idle ones first: they lie below."""
        lines = self.line[rows]
        for line in sorted(set(lines.tolist()), key=lambda line: line != IDLE):
            yield line, rows[lines == line]

    def near(self, x: float, y: float, reach: float, but: Collection[Edge] = ()) -> Edge | None:
        """Return the wire nearest to a place, where one is within reach, some left out."""
        found = self.visible(QRectF(x - reach, y - reach, 2 * reach, 2 * reach)).tolist()
        rows = [row for row in found if self.edges[row] not in but]
        gaps = [(measure.distance(measure.sample(self.route(row)) + self.start(row), x, y), row) for row in rows]
        best = min(gaps, default=(reach + 1, 0))
        return self.edges[best[1]] if best[0] <= reach else None

    def crossed(self, start: Point, end: Point, *, straight: bool = False) -> list[Edge]:
        """Return the wires that a line crosses; `straight` takes them from end to end, as they are seen from afar."""
        rows = self.visible(QRectF(QPointF(*start), QPointF(*end)).normalized())
        rows = rows[measure.splits(self._boxes[rows], start, end)]
        if not len(rows):
            return []
        if straight:
            return [self.edges[row] for row in rows[measure.crosses(self._lines[rows].reshape(-1, 2, 2), start, end)]]
        routes = [self.route(row) for row in rows.tolist()]
        owners = np.repeat(rows, [len(route) for route in routes])
        cubics = np.concatenate(routes)
        points = measure.samples(cubics) + self._lines[owners, None, :2]
        hits = measure.crosses(points, start, end)
        return [self.edges[row] for row in dict.fromkeys(owners[hits].tolist())]

    def _head(self, row: int, headings: Headings | None) -> None:
        if headings is None:
            del self._headings[row]
        else:
            self._headings[row] = headings

    def _box(self, row: int) -> list[float]:
        points = self.route(row).reshape(-1, 2) + self.start(row)
        return [*(points.min(0) - _AROUND).tolist(), *(points.max(0) + _AROUND).tolist()]

    def _rows(self, edges: Iterable[Edge]) -> list[int]:
        """The rows of wires; new ones for those that have none."""
        rows: list[int] = []
        fresh: list[Edge] = []
        there, known = len(self.edges), self.row.get
        for edge in edges:
            row = known(edge)
            if row is None:
                row = there + len(fresh)
                fresh.append(edge)
            rows.append(row)
        self._extend(fresh)
        return rows

    def _extend(self, fresh: Sequence[Edge]) -> None:
        start, end = len(self.edges), len(self.edges) + len(fresh)
        while end > len(self._lines):
            for name in _COLUMNS:
                column = getattr(self, name)
                setattr(self, name, np.concatenate([column, np.empty_like(column)]))
        self._lines[start:end] = np.nan  # nowhere yet
        self.edges += fresh
        self.faces += [_BLANK] * len(fresh)
        for column in (self._paths, self._routes, self._spots):
            column += [None] * len(fresh)
        self.row.update(zip(fresh, range(start, end), strict=True))
        self._touching.add(fresh)


def path_of(cubics: Floats) -> QPainterPath:
    path = QPainterPath(QPointF(*cubics[0, 0].tolist()))
    for (x1, y1), (x2, y2), (x3, y3) in cubics[:, 1:].tolist():
        path.cubicTo(x1, y1, x2, y2, x3, y3)
    return path


def line_of(line: int) -> Flow:
    """Return width and dash of a line of the table."""
    return _IDLE_LINE if line == IDLE else FLOWS[line]
