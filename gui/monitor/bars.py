"""A short vector as a bar chart with names under its bars: class probabilities above all. Knows no layer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from gui.monitor.tiles import Floats
from gui.theme import LABEL, colour, font

WIDEST, GAP = 56, 4
HEAD, FOOT = 18, 20
#: From so many pixels on, each of many bars has its name below it, cut where it is longer.
NAMED: Final = 24


@dataclass(frozen=True, slots=True)
class BarChart:
    """Values and their names; `truth` is the index of the right answer, where there is one.

    `plain` where the largest means no more than the others; of its names some are left out where bars are narrow.
    """

    values: Floats
    names: Sequence[str] = ()
    truth: int | None = None
    plain: bool = False

    def step(self, width: float) -> float:
        """How far apart bars stand, in a room of some width."""
        return min(WIDEST, width / max(1, len(self.values)))

    def at(self, x: float, width: float) -> int | None:
        """Return the bar at x."""
        index = math.floor(x / self.step(width))
        return index if 0 <= index < len(self.values) else None

    def name(self, index: int) -> str:
        return self.names[index] if self.names else str(index)

    def paint(self, painter: QPainter, room: QRectF, tint: QColor, current: int | None) -> None:
        """Draw the bars from nought, the largest strong and with its figure."""
        values = np.where(np.isfinite(self.values), self.values, 0.0)
        low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
        inner = room.adjusted(0, HEAD, 0, -FOOT)
        scale = inner.height() / ((high - low) or 1.0)
        zero = inner.top() + high * scale
        strongest, step = -1 if self.plain else int(np.argmax(values)), self.step(room.width())
        painter.setFont(font(LABEL))
        painter.setPen(Qt.PenStyle.NoPen)
        for index, value in enumerate(values):
            end = inner.top() + (high - float(value)) * scale
            fill = QColor(tint)
            fill.setAlphaF(1.0 if index in (strongest, current) else 0.55)
            bar = QRectF(inner.left() + index * step, min(zero, end), max(1.0, step - GAP), max(1.0, abs(zero - end)))
            painter.fillRect(bar, fill)
        if not self.plain:
            top = inner.top() + (high - max(0.0, float(values[strongest]))) * scale
            self._figure(painter, inner, strongest, top)
        self._words(painter, inner, step)

    def _figure(self, painter: QPainter, inner: QRectF, index: int, top: float) -> None:
        metrics, words, step = QFontMetrics(font(LABEL)), f"{float(self.values[index]):.3g}", self.step(inner.width())
        painter.setPen(colour("text"))
        wide = metrics.horizontalAdvance(words) + 2.0
        middle = inner.left() + index * step + (step - GAP) / 2
        # Above its bar; of one below nought above nought, where there is none.
        figure = QRectF(max(inner.left(), middle - wide / 2), top - HEAD, wide, HEAD - 2)
        painter.drawText(figure, Qt.AlignmentFlag.AlignCenter, words)

    def _words(self, painter: QPainter, inner: QRectF, step: float) -> None:
        metrics = QFontMetrics(font(LABEL))
        widest = max(metrics.horizontalAdvance(self.name(i)) for i in range(len(self.values)))
        named = self.names and (not self.plain or step >= NAMED)
        every = 1 if named else max(1, math.ceil((widest + GAP) / step))
        for i in range(0, len(self.values), every):
            place = QRectF(inner.left() + i * step, inner.bottom() + 4, step * every - GAP, FOOT - 4)
            self._word(painter, place, i, middle=every == 1)

    def _word(self, painter: QPainter, place: QRectF, index: int, *, middle: bool) -> None:
        right = index == self.truth
        painter.setFont(font(LABEL, bold=right))
        painter.setPen(colour("text" if right else "third"))
        word = painter.fontMetrics().elidedText(self.name(index), Qt.TextElideMode.ElideRight, int(place.width()))
        # Below one bar of many only a left edge tells to which of them the word belongs.
        across = Qt.AlignmentFlag.AlignHCenter if middle else Qt.AlignmentFlag.AlignLeft
        painter.drawText(place, across | Qt.AlignmentFlag.AlignTop, word)
