"""The gesture that resizes a frame or a note by an edge or a corner. Knows no view."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from gui.canvas import framing
from gui.canvas.aligning import on_grid
from gui.canvas.gestures import TOGGLES, Gesture, Loose, Pointer
from gui.canvas.grips import CURSORS, Grip
from gui.canvas.magnet import line_near
from gui.canvas.measure import Floats
from gui.canvas.scene import Scene

#: How near a line an edge is pulled to it, on the screen.
PULL: Final = 5.0


class Resize(Gesture):
    """Drags one or two edges of a box, as one step; the others stay. A press alone selects."""

    def __init__(self, scene: Scene, grip: Grip) -> None:
        super().__init__(scene)
        self.cursor = CURSORS[grip.part]
        self._id, self._part = grip.id, grip.part
        self._box = scene.annotations.box(grip.id)
        self._from = QPointF()
        self._lines: tuple[Floats, Floats] = (np.empty(0), np.empty(0))

    def start(self, pointer: Pointer) -> None:
        self._from = pointer.at
        self._scene.selection.set([self._id], self._scene)
        self._lines = _lines(self._scene, self._id)

    def move(self, pointer: Pointer) -> None:
        self._scene.stretch(self._id, self._boxed(pointer))

    def end(self, pointer: Pointer) -> Loose | None:
        scene, box = self._scene, self._boxed(pointer)
        if box == self._box:
            self.cancel()
            return None
        graph = framing.boxed(scene.graph, self._id, box.topLeft().toTuple(), box.size().toTuple())
        scene.document.edit(f"Resize {framing.words(scene.graph, [self._id])}", graph, scene)
        return None

    def cancel(self) -> None:
        self._scene.restore([self._id])

    def _boxed(self, pointer: Pointer) -> QRectF:
        """The box as the mouse has it: not too small, its dragged edges on whole pixels and in line with others."""
        box, way = QRectF(self._box), pointer.at - self._from
        wide, high = framing.least(self._scene.graph, self._id)
        reach = 0.0 if pointer.modifiers & TOGGLES else PULL / pointer.scale
        if way.isNull():
            return box
        if "w" in self._part:
            box.setLeft(min(self._at(0, box.left() + way.x(), reach), max(box.left(), box.right() - wide)))
        if "e" in self._part:
            box.setRight(max(self._at(0, box.right() + way.x(), reach), min(box.right(), box.left() + wide)))
        if "n" in self._part:
            box.setTop(min(self._at(1, box.top() + way.y(), reach), max(box.top(), box.bottom() - high)))
        if "s" in self._part:
            box.setBottom(max(self._at(1, box.bottom() + way.y(), reach), min(box.bottom(), box.top() + high)))
        return box

    def _at(self, axis: int, place: float, reach: float) -> float:
        """Where an edge goes: on the grid, where things snap to it; else in line with a neighbour that is near."""
        if reach and self._scene.on_grid:
            return float(on_grid(np.array([place]))[0])
        return round(line_near(self._lines[axis], place, reach))


def _lines(scene: Scene, id: str) -> tuple[Floats, Floats]:
    """The edges of all nodes and of the other frames and notes: down, and across."""
    others = np.delete(scene.annotations.boxes, scene.annotations.row[id], axis=0)
    boxes = np.concatenate([scene.nodes.frames, others])
    low, high = boxes[:, :2], boxes[:, :2] + boxes[:, 2:]
    return np.concatenate([low[:, 0], high[:, 0]]), np.concatenate([low[:, 1], high[:, 1]])
