"""The gesture that cuts wires: a line is drawn, and what it crosses comes off. Knows no view."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt

from engine.graph import Edge, Point
from gui.canvas import edits, measure
from gui.canvas.gestures import Gesture, Loose, Pointer
from gui.canvas.painter import FAR
from gui.canvas.scene import Scene

#: The least step of the knife's line, on the screen.
_STEP = 3.0


class Knife(Gesture):
    """Cuts the wires that its line has crossed, as one step."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self._way: list[Point] = []
        self._met: dict[Edge, None] = {}

    def start(self, pointer: Pointer) -> None:
        self._way = [(pointer.at.x(), pointer.at.y())]

    def move(self, pointer: Pointer) -> None:
        start, end = self._way[-1], (pointer.at.x(), pointer.at.y())
        if abs(end[0] - start[0]) + abs(end[1] - start[1]) < _STEP / pointer.scale:
            return
        self._way.append(end)
        met = self._scene.wires.crossed(start, end, straight=pointer.scale < FAR)
        new = [edge for edge in met if edge not in self._met]
        self._met.update(dict.fromkeys(new))
        over = self._scene.overlay
        over.knife, over.met = tuple(self._way), frozenset(self._met)
        self._mark(start, end, new)

    def end(self, pointer: Pointer) -> Loose | None:
        self.move(pointer)
        met = list(self._met)
        self.cancel()
        if met:
            graph = self._scene.graph.without_edges(met)
            self._scene.document.edit(edits.wires_title("Cut", met), graph, self._scene)
        return None

    def cancel(self) -> None:
        over = self._scene.overlay
        over.knife, over.met = (), frozenset()
        self._way, self._met = self._way[:1], {}
        self._scene.update()

    def _mark(self, start: Point, end: Point, new: list[Edge]) -> None:
        gap = measure.MARGIN
        line = QRectF(QPointF(*start), QPointF(*end)).normalized()
        self._scene.update(line.adjusted(-gap, -gap, gap, gap))
        for edge in new:
            self._scene.update(self._scene.wires.reach(edge))
