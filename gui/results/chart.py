"""Lines, dots or bars over two axes, with a pointer that says what is below it. Knows no verdict."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from engine.plotting.ticks import ticks
from gui.theme import LABEL, colour, font, themes

Floats: TypeAlias = np.ndarray[Any, np.dtype[np.floating[Any]]]
LEFT, RIGHT, TOP, BOTTOM = 44, 16, 8, 34
#: Pixels that a mark needs at least, down and across.
DOWN, ACROSS = 28, 56
#: A square chart is so many times as wide as high at most.
FLATTEST: Final = 2.2
DOT: Final = 3.0
MOST_DOTS: Final = 5_000


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Points and how they are drawn: "line", "dots", "bars" (from nought up), or "rule": a faint line."""

    x: Floats
    y: Floats
    tint: str | QColor
    manner: str = "line"
    width: float = 1.5

    @property
    def colour(self) -> QColor:
        return colour(self.tint) if isinstance(self.tint, str) else self.tint


class Chart(QWidget):
    """Emits `pointed` with the place on both axes that the pointer is at, or None."""

    pointed = Signal(object)

    def __init__(self, name: str, across: str, up: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.across, self.up = across, up
        self._series: Sequence[Series] = ()
        self._x, self._y = (0.0, 1.0), (0.0, 1.0)
        self._square = False
        self._mark: tuple[float, float] | None = None
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setMinimumSize(QSize(150, 110))
        themes().changed.connect(self._retint)

    def show_series(
        self, series: Sequence[Series], x: tuple[float, float], y: tuple[float, float], *, square: bool = False
    ) -> None:
        """Draw these between these ends of the axes; `square` where both are as long as each other."""
        self._series, self._x, self._y, self._square = series, _wide(x), _wide(y), square
        self.update()

    def mark(self, at: tuple[float, float] | None) -> None:
        """Put a ring around a place, or take it away."""
        if at != self._mark:
            self._mark = at
            self.update()

    def _retint(self, _theme: object) -> None:
        self.update()

    # -- where things are

    def room(self) -> QRectF:
        room = QRectF(self.rect()).adjusted(LEFT, TOP, -RIGHT, -BOTTOM)
        if self._square:
            side = min(room.width(), room.height() * FLATTEST)
            room.setWidth(side)
        return room

    def _scales(self) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
        room, (x0, x1), (y0, y1) = self.room(), self._x, self._y
        return (
            lambda x: room.left() + (x - x0) / (x1 - x0) * room.width(),
            lambda y: room.bottom() - (y - y0) / (y1 - y0) * room.height(),
        )

    def place(self, at: QPointF) -> tuple[float, float] | None:
        """Return where a pixel is on both axes; None outside."""
        room = self.room()
        if not room.adjusted(-2, -2, 2, 2).contains(at):
            return None
        x = self._x[0] + (at.x() - room.left()) / room.width() * (self._x[1] - self._x[0])
        return x, self._y[0] + (room.bottom() - at.y()) / room.height() * (self._y[1] - self._y[0])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed.emit(self.place(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(None)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._axes(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self.room().adjusted(-4, -4, 4, 4))
        across, up = self._scales()
        for series in self._series:
            _DRAW[series.manner](painter, series, across(series.x), up(series.y), float(up(max(0.0, self._y[0]))))
        if self._mark is not None:
            painter.setPen(QPen(colour("text"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(across(self._mark[0]), up(self._mark[1])), 4, 4)
        painter.end()

    def _axes(self, painter: QPainter) -> None:
        room, (across, up) = self.room(), self._scales()
        painter.setFont(font(LABEL))
        for value, words in ticks(*self._y, max(2, int(room.height() / DOWN))):
            y = round(up(value))
            painter.setPen(colour("line"))
            painter.drawLine(round(room.left()), y, round(room.right()), y)
            painter.setPen(colour("third"))
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, y - 8, room.left() - 6, 16), side, words)
        painter.setPen(colour("third"))
        for value, words in ticks(*self._x, max(2, int(room.width() / ACROSS))):
            box = QRectF(across(value) - 30, room.bottom() + 3, 60, 14)
            half = painter.fontMetrics().horizontalAdvance(words) / 2
            box.moveRight(box.right() + min(0.0, self.width() - (box.center().x() + half)))
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, words)
        named = QRectF(room.left(), room.bottom() + 17, room.width(), 16)
        words = f"↑ {self.up}     → {self.across}"
        painter.drawText(named, Qt.AlignmentFlag.AlignHCenter, words)


def _line(painter: QPainter, series: Series, x: Floats, y: Floats, _floor: float) -> None:
    painter.setPen(QPen(series.colour, series.width))
    painter.drawPolyline(_polygon(x, y))


def _rule(painter: QPainter, series: Series, x: Floats, y: Floats, _floor: float) -> None:
    painter.setPen(QPen(colour("third"), 1, Qt.PenStyle.DashLine))
    painter.drawPolyline(_polygon(x, y))


def _dots(painter: QPainter, series: Series, x: Floats, y: Floats, _floor: float) -> None:
    tint = QColor(series.colour)
    tint.setAlphaF(0.55)
    painter.setPen(QPen(tint, DOT, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    every = max(1, math.ceil(len(x) / MOST_DOTS))
    painter.drawPoints(_polygon(x[::every], y[::every]))


def _bars(painter: QPainter, series: Series, x: Floats, y: Floats, floor: float) -> None:
    """Between each two neighbours of x stands a bar; the last y is none."""
    for left, right, top in zip(x[:-1].tolist(), x[1:].tolist(), y.tolist(), strict=False):
        painter.fillRect(QRectF(left + 0.5, top, max(1.0, right - left - 1), floor - top), series.colour)


_DRAW: Final[dict[str, Callable[[QPainter, Series, Floats, Floats, float], None]]] = {
    "line": _line, "rule": _rule, "dots": _dots, "bars": _bars,
}  # fmt: skip


def _polygon(x: Floats, y: Floats) -> QPolygonF:
    there = np.isfinite(x) & np.isfinite(y)
    return QPolygonF([QPointF(a, b) for a, b in zip(x[there].tolist(), y[there].tolist(), strict=True)])


def _wide(ends: tuple[float, float]) -> tuple[float, float]:
    """An axis has some length, whatever is on it."""
    low, high = (end if math.isfinite(end) else 0.0 for end in ends)
    return (low, high) if high > low else (low - 0.5, low + 0.5)
