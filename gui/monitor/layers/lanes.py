"""A row for each layer with its figure on one axis for all; a row can be pointed at and pressed. Knows no run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
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
TOLD: Final = 84
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
        self.current = ""
        self._longest = 0
        self._hovered = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Layers")
        themes().changed.connect(self.update)

    def show_lanes(self, lanes: Sequence[Lane], scale: Scale, marks: Sequence[float] = ()) -> None:
        """Show other rows, and figures to be marked on the axis."""
        if len(lanes) != len(self.lanes):
            self.setFixedHeight(HEAD + ROW * len(lanes) + 2)
        self.lanes, self.scale, self.marks = tuple(lanes), scale, tuple(marks)
        metrics = QFontMetrics(font(LABEL))
        self._longest = max((metrics.horizontalAdvance(lane.name) for lane in lanes), default=0)
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
        return max(least, min(self._longest + 2 * INSET, round(share * self.width())))

    @property
    def _lane(self) -> tuple[float, float]:
        """Where the axis begins and ends."""
        return self._names + 8.0, max(self._names + 40.0, self.width() - TOLD - 8.0)

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
        bottom, room = HEAD + ROW * len(self.lanes), -math.inf
        for tick in self.scale.ticks:
            x = self.x_of(tick)
            painter.setPen(QPen(colour("line"), 1))
            painter.drawLine(QPointF(x, HEAD - 2), QPointF(x, bottom))
            words = spelled(tick)
            width = painter.fontMetrics().horizontalAdvance(words)
            if x - width / 2 > room + 6:
                painter.setPen(colour("third"))
                painter.drawText(QRectF(x - width / 2, 0, width + 1, HEAD - 4), Qt.AlignmentFlag.AlignVCenter, words)
                room = x + width / 2
        painter.setPen(QPen(colour("good"), 1, Qt.PenStyle.DashLine))
        for mark in self.marks:
            painter.drawLine(QPointF(self.x_of(mark), HEAD - 2), QPointF(self.x_of(mark), bottom))

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
        words = painter.fontMetrics().elidedText(lane.name, Qt.TextElideMode.ElideLeft, self._names - 8)
        painter.setPen(colour("text" if chosen else "second"))
        painter.drawText(QRectF(8, top, self._names - 8, ROW), Qt.AlignmentFlag.AlignVCenter, words)
        painter.setPen(colour("warning" if lane.wrong else "second"))
        told = painter.fontMetrics().elidedText(lane.told, Qt.TextElideMode.ElideRight, TOLD)
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(QRectF(self.width() - TOLD - 4, top, TOLD, ROW), right, told)
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
