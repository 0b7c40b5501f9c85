"""Words and rows of numbers with what each is worth behind it. Knows no study."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from engine.plotting.pyramid import Floats
from gui.studies.colours import AGAINST, FOR, strengths
from gui.theme import LABEL, TITLE, colour, font, swatch

LINE, PAD, HEAD = 34, 7, 28
#: A vector of so many numbers at most stands as bars with their numbers.
FEW: Final = 40
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
        place, inside = int((at.y() - room.top() - HEAD) // _row(room, len(given))), at.y() >= room.top() + HEAD
    else:
        place, inside = int((at.x() - room.left()) // (room.width() / max(1, len(given)))), room.contains(at)
    return place if inside and 0 <= place < len(given) else None


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


def _row(room: QRectF, count: int) -> float:
    """How high each bar stands, the space below it included."""
    return min(28.0, (room.height() - HEAD) / max(1, count))


def _bars(painter: QPainter, room: QRectF, given: Floats, values: Floats, opacity: float) -> None:
    strong, row = strengths(values), _row(room, len(values))
    half = min(room.width() / 2 - 120, 260)
    middle = room.left() + 110 + half
    painter.setFont(font(LABEL))
    for place, strength in enumerate(strong):
        y = room.top() + HEAD + place * row
        painter.setPen(colour("second"))
        words = f"{place}: {float(given[place]):.3g}"
        painter.drawText(QRectF(room.left(), y, 100, row - 4), Qt.AlignmentFlag.AlignVCenter, words)
        painter.fillRect(QRectF(middle, y, half * float(strength), row - 4).normalized(), tint(float(strength), 1.0))
        end = middle + max(0.0, half * float(strength)) + 8
        painter.setPen(colour("text"))
        painter.drawText(QRectF(end, y, 90, row - 4), Qt.AlignmentFlag.AlignVCenter, f"{float(values[place]):.3g}")
    painter.setPen(QPen(colour("line"), 1))
    painter.drawLine(QPointF(middle, room.top() + HEAD), QPointF(middle, room.top() + HEAD + row * len(values)))
