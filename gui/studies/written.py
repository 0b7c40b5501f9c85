"""Words and rows of numbers with what each is worth behind it. Knows no study."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from engine.plotting.pyramid import Floats
from gui.studies.colours import AGAINST, FOR, strengths
from gui.theme import LABEL, TITLE, colour, font, swatch

LINE, PAD, HEAD = 34, 7, 28
#: What is left free above bars.
ABOVE: Final = 8
#: A vector of so many numbers at most stands as bars with their numbers.
FEW: Final = 40
#: How low a row may be and how narrow a column; the room of what a number is and of what it is worth; the longest bar.
LOW, NARROW, NAME, FIGURE, LONGEST = 15, 190, 80, 56, 300.0
VERTICAL: Final = Qt.AlignmentFlag.AlignVCenter
#: Stands for a word that says nothing.
FILLER: Final = "·"


def tint(strength: float, opacity: float) -> QColor:
    """Return the colour behind something of a strength from -1 to 1."""
    made = swatch(FOR if strength >= 0 else AGAINST)
    made.setAlphaF(min(1.0, abs(strength) ** 0.7 * opacity))
    return made


def word_boxes(room: QRectF, words: Sequence[str]) -> list[QRectF]:
    """Lay words one after the other in lines; what fills up at the end is left out."""
    last = max((place for place, word in enumerate(words) if word), default=-1)
    metrics, boxes = QFontMetricsF(font(TITLE)), list[QRectF]()
    x, y = room.left(), room.top() + HEAD - LINE / 2
    for word in words[: last + 1]:
        width = metrics.horizontalAdvance(word or FILLER) + 2 * PAD
        if x + width > room.right():
            x, y = room.left(), y + LINE
        boxes.append(QRectF(x, y, width, LINE - 8))
        x += width + 4
    return boxes


def worded(painter: QPainter, room: QRectF, words: list[str], strong: Floats, opacity: float) -> None:
    """Write words one after the other, each on its colour."""
    painter.setFont(font(TITLE))
    for box, word, strength in zip(word_boxes(room, words), words, strong, strict=False):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tint(float(strength), opacity))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(colour("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word or FILLER)


def are_bars(given: Floats) -> bool:
    """Whether a sample stands as bars: a short vector."""
    return given.ndim == 1 and len(given) <= FEW


def place_at(at: QPointF, room: QRectF, given: Floats) -> int | None:
    """Return which number of a vector, or step of a series, stands at a point."""
    if are_bars(given):
        return next((place for place, box in enumerate(bar_boxes(room, len(given))) if box.contains(at)), None)
    place = int((at.x() - room.left()) // (room.width() / max(1, len(given))))
    return place if room.contains(at) and 0 <= place < len(given) else None


def stripes(
    painter: QPainter, room: QRectF, given: Floats, values: Floats, opacity: float, *, signed: bool
) -> None:  # fmt: skip
    """Draw a series as a line, each step on its colour; a short vector as bars from nought."""
    if are_bars(given):
        _bars(painter, room, given, values, opacity)
        return
    strong, step = strengths(values), room.width() / max(1, len(values))
    inner = room.adjusted(0, HEAD, 0, -8)
    painter.setPen(Qt.PenStyle.NoPen)
    for place, strength in enumerate(strong):
        painter.fillRect(QRectF(place * step, inner.top(), step + 0.5, inner.height()), tint(float(strength), opacity))
    lines = given.reshape(len(given), -1)[:, :4].astype(np.float64)
    low, span = lines.min(), float(np.ptp(lines)) or 1.0
    painter.setPen(QPen(colour("text"), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for line in lines.T:
        points = [
            QPointF((place + 0.5) * step, inner.bottom() - (value - low) / span * inner.height())
            for place, value in enumerate(line)
        ]
        painter.drawPolyline(QPolygonF(points))


def bar_boxes(room: QRectF, count: int) -> list[QRectF]:
    """Lay rows of a number each one below the other, in as many columns as let them be read."""
    high, columns = room.height() - ABOVE, max(1, int(room.width() // NARROW))
    columns = min(columns, ceil(count / max(1, int(high // LOW))))
    rows = ceil(count / max(1, columns))
    row, wide = min(28.0, high / max(1, rows)), room.width() / max(1, columns)
    top = room.top() + ABOVE
    return [QRectF(room.left() + n // rows * wide, top + n % rows * row, wide, row) for n in range(count)]


def _bars(painter: QPainter, room: QRectF, given: Floats, values: Floats, opacity: float) -> None:
    """Draw what each number is, a bar of what it is worth, and that."""
    strong = strengths(values)
    signed = bool((strong < 0).any())
    painter.setFont(font(LABEL))
    for place, box in enumerate(bar_boxes(room, len(values))):
        length = min(LONGEST, (box.width() - NAME - FIGURE) / (2 if signed else 1))
        middle = box.left() + NAME + (length if signed else 0)
        end = length * float(strong[place])
        painter.setPen(colour("second"))
        painter.drawText(box.adjusted(0, 0, NAME - box.width(), 0), VERTICAL, f"{place}: {float(given[place]):.3g}")
        bar = QRectF(middle, box.top() + 2, end, box.height() - 4).normalized()
        painter.fillRect(bar, tint(float(strong[place]), 1.0))
        painter.setPen(colour("text"))
        said = QRectF(middle + max(0.0, end) + 6, box.top(), FIGURE, box.height())
        painter.drawText(said, VERTICAL, f"{float(values[place]):.3g}")
        painter.setPen(QPen(colour("line"), 1))
        painter.drawLine(QPointF(middle, box.top()), QPointF(middle, box.bottom()))
