"""Dots, drawn once and stamped many times: a thousand circles cost as much as their pixels. Knows no study."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap


class Stamp:
    """Puts dots of one colour and size on a painter; the rim is `rim`, so that neighbours stand apart."""

    def __init__(self, painter: QPainter, tint: QColor, radius: float, rim: QColor) -> None:
        ratio = painter.device().devicePixelRatioF()
        self._painter = painter
        self._dot = _drawn(tint.rgba(), rim.rgba(), round(4 * radius) / 4, ratio)
        self._half = QPointF(self._dot.width() / ratio / 2, self._dot.height() / ratio / 2)

    def put(self, x: float, y: float) -> None:
        self._painter.drawPixmap(QPointF(x, y) - self._half, self._dot)


@lru_cache(256)
def _drawn(tint: int, rim: int, radius: float, ratio: float) -> QPixmap:
    side = int(2 * radius + 4)
    made = QPixmap(round(side * ratio), round(side * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor.fromRgba(rim), 0.8))
    painter.setBrush(QColor.fromRgba(tint))
    painter.drawEllipse(QPointF(side / 2, side / 2), radius, radius)
    painter.end()
    return made
