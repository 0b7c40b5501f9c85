"""Curves of runs over each other, with mean and deviation over seeds. Draws what it is given; knows no store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QToolTip, QWidget

from engine.plotting.ticks import ticks
from engine.runs.svg import thinned
from engine.runs.values import Floats
from gui.theme import LABEL, colour, font, themes

LEFT, RIGHT, TOP, BOTTOM = 48, 12, 8, 22
#: A tooltip tells of so many runs at most.
TOLD: Final = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A curve: its run's name, its points, its colour; `band` is the deviation above and below."""

    name: str
    x: Floats
    y: Floats
    tint: QColor
    band: Floats | None = None
    faint: bool = False

    @property
    def spelled_last(self) -> str:
        return f"{self.y[-1]:.4g}" if len(self.y) else ""


class Chart(QWidget):
    """One pair of axes; the tooltip at the mouse tells of the runs there, the nearest first."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[Line] = ()
        self.setMouseTracking(True)
        self.setMinimumHeight(96)
        themes().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(320, 180)

    def show_lines(self, title: str, lines: Sequence[Line]) -> None:
        """Draw curves; values that are no numbers are left out."""
        self.lines = [_finite(line) for line in lines]
        self.setAccessibleName(f"{title} of {len(lines)} runs")
        self.setAccessibleDescription(", ".join(f"{line.name} {line.spelled_last}" for line in self.lines))
        self.update()

    # -- places

    @property
    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(LEFT, TOP, -RIGHT, -BOTTOM)

    def reach(self) -> tuple[float, float, float, float]:
        """From where to where the axes show: x, then y."""
        shown = [line for line in self.lines if len(line.x)]
        if not shown:
            return 0.0, 1.0, 0.0, 1.0
        low = min(float((line.y if line.band is None else line.y - line.band).min()) for line in shown)
        high = max(float((line.y if line.band is None else line.y + line.band).max()) for line in shown)
        x0, x1 = min(float(line.x.min()) for line in shown), max(float(line.x.max()) for line in shown)
        room = 0.04 * (high - low) or 0.5
        return (x0, x1, low - room, high + room) if x1 > x0 else (x0 - 0.5, x0 + 0.5, low - room, high + room)

    def _placed(self, x: Floats, y: Floats) -> Floats:
        x0, x1, y0, y1 = self.reach()
        room = self._room
        across = room.left() + (x - x0) / (x1 - x0) * room.width()
        return np.stack([across, room.bottom() - (y - y0) / (y1 - y0) * room.height()], 1)

    # -- Qt's own

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(font(LABEL))
        self._paint_axes(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for line in self.lines:
            if len(line.x):
                self._paint_line(painter, line)

    def _paint_axes(self, painter: QPainter) -> None:
        x0, x1, y0, y1 = self.reach()
        room = self._room
        for value, words in ticks(y0, y1, max(2, int(room.height() // 32))):
            y = room.bottom() - (value - y0) / (y1 - y0) * room.height()
            painter.setPen(colour("line"))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(colour("third"))
            painter.drawText(QRectF(0, y - 8, LEFT - 8, 16), _RIGHT, words)
        for value, words in ticks(x0, x1, max(2, int(room.width() // 72)), whole=True):
            x = room.left() + (value - x0) / (x1 - x0) * room.width()
            painter.drawText(QRectF(x - 30, room.bottom() + 4, 60, 16), Qt.AlignmentFlag.AlignCenter, words)

        painter.setPen(colour("third"))
        painter.drawText(QRectF(0, room.bottom() + 4, LEFT - 8, 16), _RIGHT, "epoch")

    def _paint_line(self, painter: QPainter, line: Line) -> None:
        if line.band is not None:
            above, below = self._placed(line.x, line.y + line.band), self._placed(line.x, line.y - line.band)
            fill = QColor(line.tint)
            fill.setAlphaF(0.18)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawPolygon(_polygon(np.vstack([above, below[::-1]])))
        tint = QColor(line.tint)
        tint.setAlphaF(0.35 if line.faint else 1.0)
        painter.setPen(QPen(tint, 1.0 if line.faint else 1.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        points = self._placed(*thinned(line.x, line.y))
        painter.drawPolyline(_polygon(points))
        if len(points) == 1:
            painter.setBrush(tint)
            painter.drawEllipse(QPointF(*points[0].tolist()), 3, 3)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        words = self.words_at(event.position())
        QToolTip.showText(event.globalPosition().toPoint(), words, self)

    def words_at(self, at: QPointF) -> str:
        """Tell of the runs at a place, the nearest first."""
        x0, x1, y0, y1 = self.reach()
        room = self._room
        if not self.lines or not room.contains(at):
            return ""
        x = x0 + (at.x() - room.left()) / room.width() * (x1 - x0)
        y = y0 + (room.bottom() - at.y()) / room.height() * (y1 - y0)
        found = []
        for line in self.lines:
            if len(line.x):
                near = int(np.abs(line.x - x).argmin())
                found.append((abs(float(line.y[near]) - y), f"{line.name}: {line.y[near]:.4g} at {line.x[near]:g}"))
        return "\n".join(words for _, words in sorted(found)[:TOLD])


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _finite(line: Line) -> Line:
    there = np.isfinite(line.x) & np.isfinite(line.y)
    band = line.band[there] if line.band is not None else None
    return Line(line.name, line.x[there], line.y[there], line.tint, band, line.faint)


def _polygon(points: Floats) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points.tolist()])
