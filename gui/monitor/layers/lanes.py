"""A row for each layer with its figure on one axis for all; a row can be pointed at and pressed. Knows no run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.monitor.layers.scale import Scale, spelled
from gui.theme import LABEL, colour, font, themes

ROW: Final = 22
HEAD: Final = 20
#: The room of the names: as much as the longest needs, between so many pixels and a share of all.
NAMES: Final = (56, 0.46)
INSET: Final = 8
#: The room of the words at the end, no less and no more; and of what stands between two words of the axis.
TOLD: Final = (44, 84)
APART: Final = 6
DOT: Final = 3.5
_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class Lane:
    """A layer's row: its figure now, the band around it, a word at the end, and all of it for the tooltip.

    `wrong` says that the figure is one to look at. What is not known is nan.
    """

    node: str
    name: str
    now: float
    low: float
    high: float
    told: str
    tip: str = ""
    wrong: bool = False


class Lanes(QWidget):
    """Emits `chosen` with the node of a row that a person pressed or went to."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lanes: tuple[Lane, ...] = ()
        self.scale = Scale(0.0, 1.0)
        self.marks: tuple[float, ...] = ()
        #: What the figures are.
        self.head = ""
        self.current = ""
        self._longest, self._told = 0, TOLD[0]
        self._hovered = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Layers")
        themes().changed.connect(self.update)

    def show_lanes(self, lanes: Sequence[Lane], scale: Scale, marks: Sequence[float] = (), head: str = "") -> None:
        """Show other rows, what their figures are, and figures to be marked on the axis."""
        if len(lanes) != len(self.lanes):
            self.setFixedHeight(HEAD + ROW * len(lanes) + 2)
        self.lanes, self.scale, self.marks, self.head = tuple(lanes), scale, tuple(marks), head
        metrics = QFontMetrics(font(LABEL))
        self._longest = max(metrics.horizontalAdvance(words) for words in (head, *(lane.name for lane in lanes)))
        self._told = max((metrics.horizontalAdvance(lane.told) + 2 for lane in lanes), default=0)
        self._told = max(TOLD[0], min(TOLD[1], self._told))
        self.update()

    def choose(self, node: str) -> None:
        """Show which row is chosen."""
        if node != self.current:
            self.current = node
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, HEAD + ROW * len(self.lanes) + 2)

    # -- where things are

    @property
    def _names(self) -> int:
        least, share = NAMES
        return max(least, min(self._longest + 2 * INSET + 2, round(share * self.width())))

    @property
    def _lane(self) -> tuple[float, float]:
        """Where the axis begins and ends."""
        return self._names + 8.0, max(self._names + 40.0, self.width() - self._told - 16.0)

    def x_of(self, value: float) -> float:
        left, right = self._lane
        return left + self.scale.at(value) * (right - left)

    def row_at(self, y: float) -> int:
        """The row at a height, -1 where there is none."""
        row = int((y - HEAD) // ROW)
        return row if y >= HEAD and row < len(self.lanes) else -1

    # -- hands

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.row_at(event.position().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.row_at(event.position().y())
        if row >= 0:
            self._take(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not self.lanes:
            super().keyPressEvent(event)
            return
        places = [place for place, lane in enumerate(self.lanes) if lane.node == self.current]
        self._take(min(len(self.lanes) - 1, max(0, places[0] + step)) if places else 0)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            row = self.row_at(event.pos().y())
            QToolTip.showText(event.globalPos(), self.lanes[row].tip if row >= 0 else "", self)
            return True
        return super().event(event)

    def _take(self, row: int) -> None:
        self.choose(self.lanes[row].node)
        self.chosen.emit(self.current)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.setCursor(Qt.CursorShape.PointingHandCursor if row >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    # -- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(LABEL))
        self._draw_axis(painter)
        first = max(0, self.row_at(max(HEAD, event.rect().top())))
        last = self.row_at(event.rect().bottom())
        for row in range(first, len(self.lanes) if last < 0 else last + 1):
            self._draw_row(painter, row)
        painter.end()

    def _draw_axis(self, painter: QPainter) -> None:
        bottom, metrics = HEAD + ROW * len(self.lanes), painter.fontMetrics()
        painter.setPen(QPen(colour("line"), 1))
        for tick in self.scale.ticks:
            painter.drawLine(QPointF(self.x_of(tick), HEAD - 2), QPointF(self.x_of(tick), bottom))
        painter.setPen(colour("third"))
        for tick in self._worded(metrics):
            wide = metrics.horizontalAdvance(spelled(tick))
            place = QRectF(self.x_of(tick) - wide / 2, 0, wide + 1, HEAD - 4)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, spelled(tick))
        head = metrics.elidedText(self.head, Qt.TextElideMode.ElideRight, self._names - 16)
        painter.drawText(QRectF(8, 0, self._names - 8, HEAD - 4), Qt.AlignmentFlag.AlignVCenter, head)
        painter.setPen(QPen(colour("good"), 1, Qt.PenStyle.DashLine))
        for mark in self.marks:
            painter.drawLine(QPointF(self.x_of(mark), HEAD - 2), QPointF(self.x_of(mark), bottom))

    def _worded(self, metrics: QFontMetrics) -> list[float]:
        """Every so many-th tick: as many as have room for their words."""
        ticks = self.scale.ticks
        for every in range(1, len(ticks) + 1):
            some = ticks[::every]
            halves = [metrics.horizontalAdvance(spelled(tick)) / 2 for tick in some]
            places = [(self.x_of(tick), half) for tick, half in zip(some, halves, strict=True)]
            if all(b - a > half + other + APART for (a, half), (b, other) in pairwise(places)):
                return some
        return ticks[:1]

    def _draw_row(self, painter: QPainter, row: int) -> None:
        lane, top = self.lanes[row], HEAD + ROW * row
        chosen = lane.node == self.current
        if chosen or row == self._hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            tint = colour("raised")
            tint.setAlpha(150 if chosen else 80)
            painter.setBrush(tint)
            painter.drawRoundedRect(QRectF(0, top + 1, self.width(), ROW - 2), 4, 4)
        if chosen:
            painter.setBrush(colour("accent"))
            painter.drawRoundedRect(QRectF(0, top + 3, 3, ROW - 6), 1.5, 1.5)
        words = painter.fontMetrics().elidedText(lane.name, Qt.TextElideMode.ElideMiddle, self._names - 8)
        painter.setPen(colour("text" if chosen else "second"))
        painter.drawText(QRectF(8, top, self._names - 8, ROW), Qt.AlignmentFlag.AlignVCenter, words)
        painter.setPen(colour("warning" if lane.wrong else "second"))
        told = painter.fontMetrics().elidedText(lane.told, Qt.TextElideMode.ElideRight, self._told)
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(QRectF(self.width() - self._told - 4, top, self._told, ROW), right, told)
        self._draw_figure(painter, lane, top + ROW / 2)

    def _draw_figure(self, painter: QPainter, lane: Lane, middle: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if not (math.isnan(lane.low) or math.isnan(lane.high)):
            band = colour("train")
            band.setAlpha(70)
            painter.setBrush(band)
            left, right = self.x_of(lane.low), self.x_of(lane.high)
            painter.drawRoundedRect(QRectF(left, middle - 3, max(2.0, right - left), 6), 3, 3)
        if not math.isnan(lane.now):
            painter.setBrush(colour("warning" if lane.wrong else "train"))
            painter.drawEllipse(QPointF(self.x_of(lane.now), middle), DOT, DOT)
