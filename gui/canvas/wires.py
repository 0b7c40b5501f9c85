"""The wires as the painter needs them: one row a wire, in arrays. Knows no document, no scene."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final

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

#: What a wire's label and pen may need beside its course.
_AROUND = 40.0
#: The line of a wire that carries nothing to anywhere.
IDLE: Final = len(FLOWS)
_IDLE_LINE: Final = Flow("", "", 0.85, (3.0, 3.0))


class Wires:
    """Holds faces and courses by row. A course is worked out anew when one of its ends moves, its path when painted."""

    def __init__(self) -> None:
        self.edges: list[Edge] = []
        self.faces: list[WireFace] = []
        self.row: dict[Edge, int] = {}
        #: Paths with the places where they start, made when they are painted; cubics from (0, 0).
        self._paths: list[tuple[QPainterPath, Point] | None] = []
        self._routes: list[Floats] = []
        #: Start and end, as a QLineF holds them; the box around the course; whether it is broken.
        self._lines: Floats = np.empty((64, 4))
        self._boxes: Floats = np.empty((64, 4))
        self._broken: NDArray[np.bool_] = np.empty(64, np.bool_)
        self._line: NDArray[np.int8] = np.empty(64, np.int8)
        self._headings: list[tuple[Heading, Heading]] = []
        self._spots: list[tuple[float, float, float] | None] = []
        self._at: defaultdict[str, dict[Edge, None]] = defaultdict(dict)

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

    def put(
        self, edge: Edge, face: WireFace, start: Point, end: Point, headings: tuple[Heading, Heading] = (None, None)
    ) -> None:
        """Add a wire last, or show it anew in its row; it has headings where it leaves and reaches a dot."""
        row = self.row.get(edge)
        if row is None:
            row = self._append(edge, face)
            self._lay(row, start, end, headings)
        elif (*start, *end) != tuple(self._lines[row].tolist()) or headings != self._headings[row]:
            self._lay(row, start, end, headings)
        self.faces[row] = face
        self._broken[row] = face.broken
        self._line[row] = IDLE if face.idle else PLACE[face.flow]

    def remove(self, edges: Iterable[Edge]) -> None:
        gone = {self.row[edge] for edge in edges if edge in self.row}
        if not gone:
            return
        for row in gone:
            edge = self.edges[row]
            self._at[edge.source.node].pop(edge, None)
            self._at[edge.target.node].pop(edge, None)
        kept = [row for row in range(len(self.edges)) if row not in gone]
        for columns in (self._lines, self._boxes, self._broken, self._line):
            columns[: len(kept)] = columns[kept]
        self.faces = [self.faces[row] for row in kept]
        self._paths = [self._paths[row] for row in kept]
        self._routes = [self._routes[row] for row in kept]
        self._headings = [self._headings[row] for row in kept]
        self._spots = [self._spots[row] for row in kept]
        self.edges = [self.edges[row] for row in kept]
        self.row = {edge: row for row, edge in enumerate(self.edges)}

    def shift(self, edges: Iterable[Edge], across: float, down: float) -> None:
        """Move wires whose two ends have moved alike; their courses stay."""
        rows = [self.row[edge] for edge in edges]
        self._lines[rows] += (across, down, across, down)
        self._boxes[rows] += (across, down, across, down)

    def clear(self) -> None:
        self.edges, self.faces, self._paths, self._routes, self.row = [], [], [], [], {}
        self._headings, self._spots = [], []
        self._at.clear()

    # -- reading

    def of(self, ids: Iterable[str]) -> Sequence[Edge]:
        """Return the wires that touch some nodes."""
        return list(dict.fromkeys(edge for id in ids for edge in self._at.get(id, ())))

    def face(self, edge: Edge) -> WireFace:
        return self.faces[self.row[edge]]

    def headings(self, edge: Edge) -> tuple[Heading, Heading]:
        """Return the ways that a wire goes at its ends, where they are dots."""
        return self._headings[self.row[edge]]

    def path(self, row: int) -> QPainterPath:
        start = self.start(row)
        path, at = self._paths[row] or (path_of(self._routes[row]), (0.0, 0.0))
        if at != start:
            path.translate(start[0] - at[0], start[1] - at[1])
        self._paths[row] = (path, start)
        return path

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
            cubic = measure.longest(self._routes[row])
            found = self._spots[row] = (*measure.middle(self._routes[row]), float(np.hypot(*(cubic[3] - cubic[0]))))
        return found

    def reach(self, edge: Edge) -> QRectF:
        """Return the box around all that is painted of a wire."""
        left, top, right, bottom = self._boxes[self.row[edge]].tolist()
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
        gaps = [(measure.distance(measure.sample(self._routes[row]) + self.start(row), x, y), row) for row in rows]
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
        counts = [len(self._routes[row]) for row in rows.tolist()]
        owners = np.repeat(rows, counts)
        cubics = np.concatenate([self._routes[row] for row in rows.tolist()])
        points = measure.samples(cubics) + self._lines[owners, None, :2]
        hits = measure.crosses(points, start, end)
        return [self.edges[row] for row in dict.fromkeys(owners[hits].tolist())]

    def _lay(self, row: int, start: Point, end: Point, headings: tuple[Heading, Heading]) -> None:
        cubics = course((0.0, 0.0), (end[0] - start[0], end[1] - start[1]), *headings)
        points = cubics.reshape(-1, 2) + start
        self._headings[row] = headings
        self._routes[row], self._paths[row], self._spots[row] = cubics, None, None
        self._lines[row] = (*start, *end)
        self._boxes[row] = (*(points.min(0) - _AROUND).tolist(), *(points.max(0) + _AROUND).tolist())

    def _append(self, edge: Edge, face: WireFace) -> int:
        row = len(self.edges)
        if row == len(self._lines):
            self._lines = np.concatenate([self._lines, np.empty_like(self._lines)])
            self._boxes = np.concatenate([self._boxes, np.empty_like(self._boxes)])
            self._broken = np.concatenate([self._broken, np.empty_like(self._broken)])
            self._line = np.concatenate([self._line, np.empty_like(self._line)])
        self.edges.append(edge)
        self.faces.append(face)
        self._paths.append(None)
        self._routes.append(np.empty((0, 4, 2)))
        self._headings.append((None, None))
        self._spots.append(None)
        self.row[edge] = row
        self._at[edge.source.node][edge] = None
        self._at[edge.target.node][edge] = None
        return row


def path_of(cubics: Floats) -> QPainterPath:
    path = QPainterPath(QPointF(*cubics[0, 0].tolist()))
    for (x1, y1), (x2, y2), (x3, y3) in cubics[:, 1:].tolist():
        path.cubicTo(x1, y1, x2, y2, x3, y3)
    return path


def line_of(line: int) -> Flow:
    """Return width and dash of a line of the table."""
    return _IDLE_LINE if line == IDLE else FLOWS[line]
