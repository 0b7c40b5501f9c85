"""A widget that shows space, turned with the mouse or the arrow keys. Knows not what stands in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import radians
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from engine.plotting.turning import Turn

STEP: Final = radians(6)
PER_PIXEL: Final = radians(0.5)
LARGER: Final = 1.15
_KEYS: Final[Mapping[int, Callable[[Turn], Turn]]] = {
    Qt.Key.Key_Left: lambda turn: turn.by(-STEP, 0), Qt.Key.Key_Right: lambda turn: turn.by(STEP, 0),
    Qt.Key.Key_Up: lambda turn: turn.by(0, STEP), Qt.Key.Key_Down: lambda turn: turn.by(0, -STEP),
    Qt.Key.Key_Plus: lambda turn: turn.zoomed(LARGER), Qt.Key.Key_Equal: lambda turn: turn.zoomed(LARGER),
    Qt.Key.Key_Minus: lambda turn: turn.zoomed(1 / LARGER), Qt.Key.Key_Home: lambda turn: Turn(),
}  # fmt: skip
HOW: Final = "Drag or arrow keys turn it, the wheel or + and - zoom, Home puts it back"


class Turnable(QWidget):
    """Holds the `turn` from which space is seen; `turns` says whether it can be turned now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.turn, self.turns = Turn(), True
        self.moved = False
        self._from: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def look_from(self, turn: Turn) -> None:
        """See space from another side."""
        self.turn = turn
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        change = _KEYS.get(event.key())
        if change is None or not self.turns:
            super().keyPressEvent(event)
            return
        self.look_from(change(self.turn))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.turns:
            self.look_from(self.turn.zoomed(LARGER ** (event.angleDelta().y() / 120)))
            event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from, self.moved = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None and self.turns and event.buttons() & Qt.MouseButton.LeftButton:
            way = event.position() - self._from
            self._from, self.moved = event.position(), True
            self.look_from(self.turn.by(-way.x() * PER_PIXEL, way.y() * PER_PIXEL))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._from = None
