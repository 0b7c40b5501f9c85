"""Keys painted as small raised pieces, from the right. Knows no action."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from gui.theme import LABEL, colour, font

PAD, GAP = 7, 4
HEIGHT: Final = 20


def width(keys: Sequence[str]) -> int:
    """How much room keys take."""
    metrics = QFontMetrics(font(LABEL))
    return sum(metrics.horizontalAdvance(key) + 2 * PAD + GAP for key in keys)


def paint(painter: QPainter, right: float, middle: float, keys: Sequence[str], ground: str = "field") -> None:
    """Paint keys that end at `right`, around the height `middle`."""
    painter.setFont(font(LABEL))
    for key in reversed(keys):
        wide = painter.fontMetrics().horizontalAdvance(key) + 2 * PAD
        chip = QRectF(right - wide, middle - HEIGHT / 2, wide, HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(ground))
        painter.drawRoundedRect(chip, 4, 4)
        painter.setPen(colour("second"))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, key)
        right -= wide + GAP
