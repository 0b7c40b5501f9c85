"""Runs as lines across upright axes, one for each thing in which they differ: parallel coordinates. Knows no store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import time
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from engine.runs.columns import Column
from engine.runs.values import RunRow
from gui.theme import LABEL, colour, font, themes

SIDE, TOP, BOTTOM = 44, 34, 22
#: Columns that tell runs apart without saying anything of them.
_LEFT_OUT: Final = ("title", "began", "tags", "note", "network", "keras", "loss_of")
#: A press so near to a line, in pixels, is one on it.
NEAR: Final = 8.0
NARROWEST: Final = 76


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis: its title, each run's height from 0 to 1 (nan where it has none), what stands at heights."""

    title: str
    heights: Mapping[str, float]
    marks: tuple[tuple[float, str], ...]


def axes_of(rows: Sequence[RunRow], columns: Sequence[Column]) -> list[Axis]:
    """Return an axis for each column in which the runs differ; words stand evenly, in the order of the alphabet."""
    found = [_axis(rows, column) for column in columns if column.name not in _LEFT_OUT]
    return [axis for axis in found if axis is not None]


def _axis(rows: Sequence[RunRow], column: Column) -> Axis | None:
    now = time()
    values = {row.id: column.value(row, now) for row in rows}
    there = {id: value for id, value in values.items() if value is not None and value == value and value != ""}
    if not column.figure:
        words = sorted({column.spell(value) for value in there.values()})
        step = 1 / max(len(words) - 1, 1)
        heights = {id: words.index(column.spell(value)) * step for id, value in there.items()}
        marks = tuple((place * step, word) for place, word in enumerate(words))
        return Axis(column.title, heights, marks) if len(words) > 1 else None
    finite = {id: float(value) for id, value in there.items() if np.isfinite(value)}
    low, high = min(finite.values(), default=0.0), max(finite.values(), default=0.0)
    if high <= low:
        return None
    marks = ((0.0, column.spell(_whole(column, low))), (1.0, column.spell(_whole(column, high))))
    return Axis(column.title, {id: (value - low) / (high - low) for id, value in finite.items()}, marks)


def _whole(column: Column, value: float) -> float:
    return int(value) if column.spell is str and value == int(value) else value


class Parallel(QWidget):
    """Draws runs across axes; `pressed` carries the id of the run whose line was pressed."""

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.axes: list[Axis] = []
        self._ids: list[str] = []
        self._tints: Mapping[str, QColor] = {}
        self.setAccessibleName("Parallel coordinates")
        themes().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(320, 180)

    def show_runs(self, rows: Sequence[RunRow], columns: Sequence[Column], tints: Mapping[str, QColor]) -> None:
        """Draw runs; those with a colour stand out."""
        self.axes, self._ids, self._tints = axes_of(rows, columns), [row.id for row in rows], tints
        self.setMinimumWidth(2 * SIDE + max(0, len(self.axes) - 1) * NARROWEST)
        self.setAccessibleDescription(", ".join(axis.title for axis in self.axes))
        self.update()

    def _across(self, place: int) -> float:
        count = len(self.axes)
        return self.width() / 2 if count < 2 else SIDE + place / (count - 1) * (self.width() - 2 * SIDE)

    def line(self, id: str) -> list[QPointF]:
        """Return where a run meets the axes that it has something on."""
        deep = self.height() - TOP - BOTTOM
        return [
            QPointF(self._across(place), TOP + (1 - axis.heights[id]) * deep)
            for place, axis in enumerate(self.axes)
            if id in axis.heights
        ]

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(LABEL))
        for id in sorted(self._ids, key=self._tints.__contains__):
            tint = QColor(self._tints.get(id, colour("third")))
            tint.setAlphaF(1.0 if id in self._tints else 0.35)
            painter.setPen(QPen(tint, 2.0 if id in self._tints else 1.0))
            painter.drawPolyline(QPolygonF(self.line(id)))
        for place, axis in enumerate(self.axes):
            self._paint_axis(painter, axis, self._across(place))

    def _paint_axis(self, painter: QPainter, axis: Axis, x: float) -> None:
        deep = self.height() - TOP - BOTTOM
        painter.setPen(colour("second"))
        painter.drawLine(QPointF(x, TOP), QPointF(x, TOP + deep))
        metrics = QFontMetrics(font(LABEL))
        room = max(40.0, self._across(1) - self._across(0) - 8) if len(self.axes) > 1 else 120.0
        title = metrics.elidedText(axis.title, Qt.TextElideMode.ElideRight, round(room))
        painter.drawText(QRectF(x - room / 2, 0, room, 14), Qt.AlignmentFlag.AlignCenter, title)
        for height, words in axis.marks[:8]:
            y = TOP + (1 - height) * deep
            y += -2 if height == 1 else 12 if height == 0 else 4
            wide = metrics.horizontalAdvance(words) + 6.0
            box = QRectF(x - wide / 2, y - 11, wide, 14)
            if 0 < height < 1:
                painter.fillRect(box, colour("panel"))
            painter.setPen(colour("third"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        id = self.run_at(event.position())
        if id:
            self.pressed.emit(id)

    def run_at(self, at: QPointF) -> str:
        """Return the run whose line passes a place; empty where none does."""
        apart = {id: _apart(self.line(id), at) for id in self._ids}
        nearest = min(apart, key=apart.__getitem__, default="")
        return nearest if nearest and apart[nearest] <= NEAR else ""


def _apart(line: Sequence[QPointF], at: QPointF) -> float:
    """How far above or below a line a place is."""
    x = [point.x() for point in line]
    if len(x) < 2 or not x[0] <= at.x() <= x[-1]:
        return float("inf")
    return abs(float(np.interp(at.x(), x, [point.y() for point in line])) - at.y())
