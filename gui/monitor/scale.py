"""An axis of a plot with the marks that it is told, painted straight. Knows no curve."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from gui.theme import LABEL, colour, font

#: Pixels between an axis and its words, and by how many words may reach beyond its ends.
OFFSET, BEYOND = 8, 12
Mark = tuple[float, str]
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MIDDLE: Final = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop


class Scale(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph is untyped
    """Stands left of a plot or below it; pyqtgraph's own lays out all its words anew whenever the range moves."""

    def __init__(self, side: str) -> None:
        super().__init__(side)
        self.marks: Sequence[Mark] = ()
        self.enableAutoSIPrefix(False)  # it would lay out a label that is not there for every change of range

    def mark(self, marks: Sequence[Mark]) -> None:
        """Stand words at values."""
        self.marks = marks
        self.update()

    def setRange(self, low: float, high: float) -> None:
        self.range = [low, high]
        self.update()

    def boundingRect(self) -> QRectF:
        room: QRectF = self.mapRectFromParent(self.geometry())
        return room.adjusted(-BEYOND, -BEYOND, BEYOND, BEYOND)

    def paint(self, painter: QPainter, *_: Any) -> None:
        room, (low, high) = self.mapRectFromParent(self.geometry()), self.range
        if not high > low:
            return
        painter.setFont(font(LABEL))
        if self.orientation == "bottom":
            painter.setPen(colour("line"))
            painter.drawLine(room.topLeft(), QPointF(room.right(), room.top()))
        painter.setPen(colour("third"))
        for value, words in self.marks:
            share = (value - low) / (high - low)
            if 0 <= share <= 1:
                self._write(painter, room, share, words)

    def _write(self, painter: QPainter, room: QRectF, share: float, words: str) -> None:
        if self.orientation == "left":
            y, tall = room.bottom() - share * room.height(), painter.fontMetrics().height()
            painter.drawText(QRectF(room.left(), y - tall / 2, room.width() - OFFSET, tall), _RIGHT, words)
            return
        x, wide = room.left() + share * room.width(), painter.fontMetrics().horizontalAdvance(words)
        if room.left() - BEYOND <= x - wide / 2 and x + wide / 2 <= room.right() + BEYOND:
            painter.drawText(QRectF(x - wide, room.top() + OFFSET, 2 * wide, room.height()), _MIDDLE, words)
