"""The gesture that selects what a line drawn by hand encloses. Knows no view."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPolygonF

from gui.canvas.gestures import ADDS, TOGGLES, Gesture, Loose, Pointer
from gui.canvas.measure import Floats
from gui.canvas.scene import Scene

#: The line gets a new corner when the mouse has gone so far, on the screen.
STEP: Final = 3


class Lasso(Gesture):
    """Selects what a line encloses: nodes and notes by their middle, frames whole.

    Alone, beside what is selected (Shift), or swapped (Ctrl).
    """

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self._line = QPolygonF()
        self._before: frozenset[str] = frozenset()
        self._middles: Floats = np.empty((0, 2))
        self._inside: NDArray[np.bool_] = np.empty(0, np.bool_)
        self._last = QPointF()
        self._keys = Qt.KeyboardModifier.NoModifier

    def start(self, pointer: Pointer) -> None:
        self._middles = self._points()
        self._inside = np.zeros(len(self._middles), np.bool_)
        self._before, self._last, self._keys = self._scene.selection.all, pointer.at, pointer.modifiers
        self._line.append(pointer.at)
        self._scene.choose_wires(())
        self._select()

    def move(self, pointer: Pointer) -> None:
        step = pointer.at - self._last
        if step.manhattanLength() * pointer.scale < STEP:
            return
        # By the even-odd rule, a further corner swaps what lies in the triangle that it adds.
        self._inside ^= _in_triangle(self._middles, self._line.first(), self._last, pointer.at)
        self._line.append(pointer.at)
        self._last = pointer.at
        self._select()
        self._show(self._line)

    def end(self, pointer: Pointer) -> Loose | None:
        self._show(None)
        return None

    def cancel(self) -> None:
        self._show(None)
        self._scene.selection.set(self._before, self._scene)

    def _select(self) -> None:
        chosen = self._enclosed()
        if self._keys & TOGGLES:
            chosen ^= self._before
        elif self._keys & ADDS:
            chosen |= self._before
        self._scene.selection.set(chosen, self._scene)

    def _points(self) -> Floats:
        """The middle of each node, then of each note and the four corners of each frame, as if all were frames."""
        nodes, boxes = self._scene.nodes.frames, self._scene.annotations.boxes
        inset = np.where(self._scene.annotations.framed, 0.0, 0.5)[:, None] * boxes[:, 2:]
        low, high = boxes[:, :2] + inset, boxes[:, :2] + boxes[:, 2:] - inset
        corners = [low, high, np.column_stack([low[:, 0], high[:, 1]]), np.column_stack([high[:, 0], low[:, 1]])]
        return np.concatenate([nodes[:, :2] + nodes[:, 2:] / 2, *corners])

    def _enclosed(self) -> frozenset[str]:
        nodes, annotations = self._scene.nodes, self._scene.annotations
        met = np.flatnonzero(self._inside[: len(nodes)]).tolist()
        whole = np.flatnonzero(self._inside[len(nodes) :].reshape(4, -1).all(0)).tolist()
        return frozenset(nodes.ids[row] for row in met) | {annotations.items[row].id for row in whole}

    def _show(self, line: QPolygonF | None) -> None:
        over = self._scene.overlay
        for shown in (over.lasso, line):
            if shown is not None:
                self._scene.update(shown.boundingRect().adjusted(-4, -4, 4, 4))
        over.lasso = None if line is None else QPolygonF(line)


def _in_triangle(points: Floats, a: QPointF, b: QPointF, c: QPointF) -> NDArray[np.bool_]:
    sides = [_side(points, a, b), _side(points, b, c), _side(points, c, a)]
    return np.asarray((sides[0] == sides[1]) & (sides[1] == sides[2]), np.bool_)


def _side(points: Floats, start: QPointF, end: QPointF) -> NDArray[np.bool_]:
    """Whether points lie left of a line."""
    across, down = end.x() - start.x(), end.y() - start.y()
    return np.asarray(across * (points[:, 1] - start.y()) - down * (points[:, 0] - start.x()) >= 0, np.bool_)
