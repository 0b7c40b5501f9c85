"""The learning rate over a run, drawn small before it begins, with the step under way. Knows no recipe, no document."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.scheduling import Course
from gui.theme import LABEL, colour, font, themes

TALL: Final = 104
#: What the figures below and beside the curve take, and the room between it and the frame.
FOOT, INSET = 18, 8
DOT: Final = 3.0
#: A share of the run narrower than this, in pixels, bears no word.
WORDY: Final = 56


class RateCurve(QWidget):
    """The rate against the steps of the whole run; the tooltip tells it at the pointer."""

    def __init__(self) -> None:
        super().__init__()
        self._course: Course | None = None
        self._epochs = 1
        self._open = False
        self._now: tuple[int, float] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Learning rate over the run")
        themes().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(200, TALL)

    def show_course(self, course: Course | None, epochs: int, *, is_open: bool = False) -> None:
        """Draw a course; one that the run itself changes is open, and dashed."""
        self._course, self._epochs, self._open = course, epochs, is_open
        self.setAccessibleDescription("" if course is None else told(course))
        self.update()

    def show_now(self, step: int, rate: float) -> None:
        """Mark a step of the run and the rate that it has; none for a step before the first."""
        now = (step, rate) if step > 0 else None
        if now != self._now:
            self._now = now
            self.update()

    # -- where things are

    @property
    def _box(self) -> QRectF:
        return QRectF(self.rect()).adjusted(INSET, INSET + FOOT, -INSET, -FOOT - 4)

    def _place(self, step: float, rate: float) -> QPointF:
        box, course = self._box, self._course
        assert course is not None  # noqa: S101 - painted and pointed at only where there is one
        top = float(np.nanmax(course.rates, initial=0.0)) or 1.0
        along = min(step / max(course.total - 1, 1), 1.0)
        return QPointF(box.left() + along * box.width(), box.bottom() - min(rate / top, 1.0) * box.height())

    # -- Qt's own

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._at(event.pos().x()), self)
            return True
        return super().event(event)

    def _at(self, x: float) -> str:
        course, box = self._course, self._box
        if course is None or not len(course.steps):
            return ""
        share = min(max((x - box.left()) / max(box.width(), 1.0), 0.0), 1.0)
        step = round(share * (course.total - 1))
        rate = float(np.interp(step, course.steps, course.rates))
        epoch = min(int(share * self._epochs) + 1, self._epochs)
        return f"Epoch {epoch}, step {step + 1:,}: {rate:.3g}"

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("field"))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        painter.setFont(font(LABEL))
        if self._course is not None and len(self._course.steps) and np.isfinite(self._course.rates).any():
            self._paint_warm(painter, self._course)
            self._paint_figures(painter, self._course)
            self._paint_curve(painter, self._course)
            self._paint_now(painter)
        else:
            painter.setPen(colour("second"))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), "No rate to draw")
        painter.end()

    def _paint_warm(self, painter: QPainter, course: Course) -> None:
        """Shade the steps in which the rate rises at first."""
        if not course.warm:
            return
        box = self._box
        width = self._place(course.warm, 0.0).x() - box.left()
        band = QRectF(box.left(), box.top(), width, box.height())
        painter.fillRect(band, colour("raised"))
        if width >= WORDY:
            painter.setPen(colour("second"))
            painter.drawText(band.adjusted(4, 2, 0, 0), int(Qt.AlignmentFlag.AlignLeft), "warm-up")

    def _paint_figures(self, painter: QPainter, course: Course) -> None:
        box = self._box
        painter.setPen(colour("line"))
        painter.drawLine(QPointF(box.left(), box.bottom() + 0.5), QPointF(box.right(), box.bottom() + 0.5))
        painter.setPen(colour("second"))
        head = QRectF(box.left(), 4, box.width(), FOOT)
        foot = QRectF(box.left(), box.bottom() + 4, box.width(), FOOT)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        painter.drawText(head, int(left), f"{np.nanmax(course.rates):.3g}")
        painter.drawText(foot, int(left), "epoch 1")
        painter.drawText(foot, int(right), f"{self._epochs:,}" if self._epochs > 1 else f"step {course.total:,}")
        if self._now is not None:
            painter.setPen(colour("text"))
            painter.drawText(head, int(right), f"now {self._now[1]:.3g}")

    def _paint_curve(self, painter: QPainter, course: Course) -> None:
        pen = QPen(colour("train"), 1.6)
        if self._open:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        finite = np.isfinite(course.rates)
        points = [self._place(*at) for at in zip(course.steps[finite], course.rates[finite], strict=True)]
        if len(points) == 1:
            points.append(QPointF(self._box.right(), points[0].y()))
        painter.drawPolyline(QPolygonF(points))

    def _paint_now(self, painter: QPainter) -> None:
        if self._now is None:
            return
        place = self._place(self._now[0] - 1, self._now[1])
        painter.setPen(QPen(colour("third"), 1))
        painter.drawLine(QPointF(place.x(), self._box.top()), QPointF(place.x(), self._box.bottom()))
        painter.setPen(QPen(colour("field"), 1.5))
        painter.setBrush(colour("text"))
        painter.drawEllipse(place, DOT + 1, DOT + 1)


def told(course: Course) -> str:
    """Say a course in words: `0.0008, up to 0.02 at step 240, then 8e-08 at step 800`."""
    rates = course.rates[np.isfinite(course.rates)]
    if not len(rates):
        return "Its values make no learning rate."
    first, last, top = float(rates[0]), float(rates[-1]), float(rates.max())
    if first == last == top:
        return f"{first:.3g} in each of {course.total:,} steps"
    peak = int(course.steps[int(np.nanargmax(course.rates))]) + 1
    risen = f", up to {top:.3g} at step {peak:,}" if top > first else ""
    return f"{first:.3g}{risen}, then {last:.3g} at step {course.total:,}"
