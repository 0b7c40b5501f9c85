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

#: On the screen: how far a ring stands off its node, how wide its line is, how large it is at least.
OFF, LINE, LEAST = 5.0, 2.0, 12.0
#: More rings than so many are drawn with square corners, all at once.
ROUNDED: Final = 150


def paint_hits(painter: QPainter, area: QRectF, frames: Floats, ink: Ink) -> None:
    """Paint the rings of some frames, as far as they meet an area, in scene pixels."""
    scale = painter.worldTransform().m11()
    rings = _rings(frames, scale)
    rings = rings[_meeting(rings, area)]
    tint = QColor(ink.accent)
    tint.setAlphaF(0.75)
    line = pen(tint, LINE)
    line.setCosmetic(True)
    painter.setPen(line)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if len(rings) > ROUNDED:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        draw_boxes(painter, rings)
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    corner = min(measure.CORNER, 3 / scale) + OFF / scale
    for box in rings.tolist():
        painter.drawRoundedRect(QRectF(*box), corner, corner)


def _rings(frames: Floats, scale: float) -> Floats:
    """Return boxes around frames, x, y, width, height."""
    size = np.maximum(frames[:, 2:] + 2 * OFF / scale, LEAST / scale)
    middle = frames[:, :2] + frames[:, 2:] / 2
    return np.hstack([middle - size / 2, size])


def _meeting(boxes: Floats, area: QRectF) -> Floats:
    x, y, width, height = boxes.T
    return np.asarray(
        (x <= area.right()) & (x + width >= area.left()) & (y <= area.bottom()) & (y + height >= area.top())
    )
