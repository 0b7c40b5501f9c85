"""One figure of a run's pace: its name, how it is now, and how it went, drawn small. Knows no run."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import LABEL, TEXT, colour, font, themes

#: Readings that are drawn: two minutes.
SHOWN: Final = 120
TALL: Final = 60
INSET, HEAD = 8, 34


class PaceTile(QWidget):
    """A figure and its last two minutes.

    Args:
        spell: How the figure is written.
        whole: What the top of the picture stands for, where that is known; else its highest figure does.
    """

    def __init__(self, title: str, help: str, spell: Callable[[float], str], whole: float | None = None) -> None:
        super().__init__()
        self._title, self._spell, self._whole = title, spell, whole
        self._figures: deque[float] = deque(maxlen=SHOWN)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(help)
        self.setAccessibleName(title)
        themes().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(120, TALL)

    @property
    def words(self) -> str:
        """The figure as it is now; empty before the first."""
        return self._spell(self._figures[-1]) if self._figures else ""

    def add(self, figure: float) -> None:
        self._figures.append(figure)
        self.setAccessibleDescription(self.words)
        self.update()

    def clear(self) -> None:
        self._figures.clear()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("field"))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        head = QRectF(self.rect()).adjusted(INSET, 4, -INSET, 0)
        painter.setFont(font(LABEL))
        painter.setPen(colour("second"))
        room = painter.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, round(head.width()))
        painter.drawText(head, int(Qt.AlignmentFlag.AlignLeft), room)
        painter.setFont(font(TEXT))
        painter.setPen(colour("text"))
        painter.drawText(head.adjusted(0, 15, 0, 0), int(Qt.AlignmentFlag.AlignLeft), self.words)
        self._paint_course(painter)
        painter.end()

    def _paint_course(self, painter: QPainter) -> None:
        if len(self._figures) < 2:
            return
        box = QRectF(self.rect()).adjusted(INSET, HEAD + 2, -INSET, -6)
        top = self._whole or max(self._figures) or 1.0
        pitch = box.width() / (max(len(self._figures), 12) - 1)
        line = [
            QPointF(box.left() + place * pitch, box.bottom() - min(figure / top, 1.0) * box.height())
            for place, figure in enumerate(self._figures)
        ]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour("train"), 1.2))
        painter.drawPolyline(QPolygonF(line))
