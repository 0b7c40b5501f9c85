"""Paints a ring around each node that a search has found, of one width at every zoom. Knows no search."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from gui.canvas import measure
from gui.canvas.frame import draw_boxes
from gui.canvas.ink import Ink, pen
from gui.canvas.measure import Floats

#: On the screen: how far a ring stands off its node, near and far, how wide its line is, how large it is at least.
OFF, CLOSE, LINE, LEAST = 5.0, 1.5, 2.0, 9.0
#: Below this zoom rings draw nearer to their nodes, so that those of neighbours stay apart.
FAR: Final = 0.25
#: More rings than so many are drawn with square corners, all at once.
ROUNDED: Final = 150


def paint_hits(painter: QPainter, area: QRectF, frames: Floats, ink: Ink) -> None:
    """Paint the rings of some frames, as far as they meet an area, in scene pixels."""
    scale = painter.worldTransform().m11()
    rings = _rings(frames, scale)
    rings = rings[_meeting(rings, area)]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if len(rings) > ROUNDED:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        _take_pen(painter, ink.accent, 1)
        draw_boxes(painter, rings)
        return
    tint = QColor(ink.accent)
    tint.setAlphaF(0.75)
    _take_pen(painter, tint, LINE)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    corner = min(measure.CORNER, 3 / scale) + _off(scale) / scale
    for box in rings.tolist():
        painter.drawRoundedRect(QRectF(*box), corner, corner)


def _take_pen(painter: QPainter, tint: QColor, width: float) -> None:
    line = pen(tint, width)
    line.setCosmetic(True)
    painter.setPen(line)


def _off(scale: float) -> float:
    """How far a ring stands off its node, on the screen."""
    return CLOSE + (OFF - CLOSE) * min(1.0, scale / FAR)


def _rings(frames: Floats, scale: float) -> Floats:
    """Return boxes around frames, x, y, width, height."""
    size = np.maximum(frames[:, 2:] + 2 * _off(scale) / scale, LEAST / scale)
    middle = frames[:, :2] + frames[:, 2:] / 2
    return np.hstack([middle - size / 2, size])


def _meeting(boxes: Floats, area: QRectF) -> Floats:
    x, y, width, height = boxes.T
    return np.asarray(
        (x <= area.right()) & (x + width >= area.left()) & (y <= area.bottom()) & (y + height >= area.top())
    )
