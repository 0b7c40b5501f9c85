"""One layer's figures over the steps of a run: lines, a band around one, marks. Knows no run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.monitor.layers.scale import Scale, scale_of, spelled
from gui.theme import LABEL, colour, font, themes

Values = np.ndarray[Any, Any]
LEFT, RIGHT, HEAD, FOOT = 52, 10, 26, 18
#: How high the title is, above the first words of the axis.
TITLE: Final = 18
#: What a line's mark adds to its name beside the title.
KEY: Final = 28


@dataclass(frozen=True, slots=True)
class Line:
    """A figure at each look; `band` is how far it goes to both sides. The token is a colour of the theme."""

    name: str
    values: Values
    token: str = "train"
    band: Values | None = None


class OverTime(QWidget):
    """Emits `pointed` with words: the step under the pointer, and what each line is there."""

    pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ""
        self.lines: tuple[Line, ...] = ()
        self._steps: Values = np.empty(0)
        self._marks: tuple[float, ...] = ()
        self._scale, self._across = Scale(0.0, 1.0), Scale(0.0, 1.0)
        self._at = -1
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(120, 56))
        self.setAccessibleName("Over time")
        themes().changed.connect(self.update)

    def show_lines(
        self, title: str, steps: Values, lines: Sequence[Line], *, log: bool = False, marks: Sequence[float] = (),
        scale: Scale | None = None,
    ) -> None:  # fmt: skip
        """Show other figures, on an axis that has room for all of them, or on one that is given."""
        self.title, self._steps, self.lines, self._marks = title, steps, tuple(lines), tuple(marks)
        found = [line.values for line in lines]
        found += [line.values + way * line.band for line in lines if line.band is not None for way in (-1, 1)]
        self._scale = scale or scale_of(np.concatenate(found).tolist() if found else [], log=log, marks=marks)
        first, last = (float(steps[0]), float(steps[-1])) if len(steps) else (0.0, 1.0)
        self._across = Scale(first, last if last > first else first + 1)
        self._at = min(self._at, len(steps) - 1)
        self.setAccessibleName(title)
        self.update()

    # -- where things are

    @property
    def _box(self) -> QRectF:
        return QRectF(LEFT, HEAD, max(1, self.width() - LEFT - RIGHT), max(1, self.height() - HEAD - FOOT))

    def _xs(self, box: QRectF) -> list[float]:
        return [box.left() + self._across.at(float(step)) * box.width() for step in self._steps]

    def _y(self, box: QRectF, value: float) -> float:
        return box.bottom() - self._scale.at(value) * box.height()

    # -- hands

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if len(self._steps):
            xs = self._xs(self._box)
            self._at = min(range(len(xs)), key=lambda place: abs(xs[place] - event.position().x()))
            self.pointed.emit(self.told(self._at))
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._at = -1
        self.pointed.emit("")
        self.update()

    def told(self, place: int) -> str:
        """Say what the lines are at a look."""
        parts = []
        for line in self.lines:
            value = float(line.values[place])
            band = f" ± {spelled(float(line.band[place]))}" if line.band is not None else ""
            parts += [f"{line.name} {spelled(value)}{band}"] if not math.isnan(value) else []
        return f"step {int(self._steps[place]):,}: " + (", ".join(parts) or "not measured")

    # -- drawing

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, box = QPainter(self), self._box
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(LABEL))
        self._draw_title(painter)
        self._draw_axes(painter, box)
        xs = self._xs(box)
        painter.setClipRect(box.adjusted(-3, -3, 3, 3))
        for line in self.lines:
            self._draw_line(painter, box, xs, line)
        if 0 <= self._at < len(xs):
            painter.setPen(QPen(colour("third"), 1))
            painter.drawLine(QPointF(xs[self._at], box.top()), QPointF(xs[self._at], box.bottom()))
        painter.end()

    def _draw_title(self, painter: QPainter) -> None:
        metrics, named = painter.fontMetrics(), self.lines if len(self.lines) > 1 else ()
        room = self.width() - sum(KEY + metrics.horizontalAdvance(line.name) for line in named)
        # Where there is no room for both, the names of the lines say what the title would.
        title = "" if named and metrics.horizontalAdvance(self.title) > room else self.title
        words = metrics.elidedText(title, Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(colour("second"))
        painter.drawText(QRectF(0, 0, self.width(), TITLE), Qt.AlignmentFlag.AlignVCenter, words)
        x = metrics.horizontalAdvance(words) + 16 if words else 0
        for line in named:
            painter.setPen(QPen(colour(line.token), 2))
            painter.drawLine(QPointF(x, TITLE / 2), QPointF(x + 10, TITLE / 2))
            painter.setPen(colour("second"))
            painter.drawText(QRectF(x + 14, 0, 120, TITLE), Qt.AlignmentFlag.AlignVCenter, line.name)
            x += KEY + metrics.horizontalAdvance(line.name)

    def _draw_axes(self, painter: QPainter, box: QRectF) -> None:
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        below = math.inf
        for tick in self._scale.ticks:
            y = self._y(box, tick)
            painter.setPen(QPen(colour("line"), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            if below - y > LABEL + 4:
                painter.setPen(colour("third"))
                painter.drawText(QRectF(0, y - 8, LEFT - 6, 16), right, spelled(tick))
                below = y
        painter.setPen(QPen(colour("good"), 1, Qt.PenStyle.DashLine))
        for mark in self._marks:
            painter.drawLine(QPointF(box.left(), self._y(box, mark)), QPointF(box.right(), self._y(box, mark)))
        painter.setPen(colour("third"))
        if len(self._steps):
            foot = QRectF(box.left(), box.bottom() + 2, box.width(), FOOT - 2)
            painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, f"step {int(self._steps[0]):,}")
            if len(self._steps) > 1:
                painter.drawText(foot, Qt.AlignmentFlag.AlignRight, f"{int(self._steps[-1]):,}")

    def _draw_line(self, painter: QPainter, box: QRectF, xs: list[float], line: Line) -> None:
        known = [place for place, value in enumerate(line.values) if not math.isnan(value)]
        if line.band is not None:
            tint = colour(line.token)
            tint.setAlpha(45)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tint)
            sides = [(1, known), (-1, known[::-1])]
            painter.drawPolygon(QPolygonF([
                QPointF(xs[place], self._y(box, float(line.values[place] + way * line.band[place])))
                for way, places in sides for place in places
            ]))  # fmt: skip
        painter.setPen(QPen(colour(line.token), 1.5))
        painter.setBrush(colour(line.token))
        points = [QPointF(xs[place], self._y(box, float(line.values[place]))) for place in known]
        painter.drawPolyline(QPolygonF(points))
        for point in points[-1:]:
            painter.drawEllipse(point, 2.5, 2.5)
