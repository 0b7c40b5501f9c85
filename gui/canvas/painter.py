"""Paints the ground and the drawing in one pass, by how near it is seen. Knows no document, no scene, no view."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from gui.canvas import measure
from gui.canvas.annotations import Annotations
from gui.canvas.backdrop import Backdrop
from gui.canvas.far import paint_far
from gui.canvas.frame import Frame, draw_points
from gui.canvas.ink import Ink, pen
from gui.canvas.near import Near
from gui.canvas.nodes import Nodes
from gui.canvas.overlay import Overlay
from gui.canvas.wires import Wires

#: Below this zoom nodes are blocks of colour and wires straight lines.
FAR: Final = 0.35
#: The least distance of the grid's dots, and their size, on the screen.
_APART, _DOT = 14.0, 1.0


class Painter:
    """Paints frames, notes, wires and nodes; what lies over them for a moment is another's."""

    def __init__(self, nodes: Nodes, wires: Wires, annotations: Annotations, overlay: Overlay) -> None:
        self._nodes, self._wires = nodes, wires
        self._over = overlay
        self._near = Near(nodes, wires, overlay)
        self.sprites, self.thumbnails = self._near.sprites, self._near.thumbnails
        self.beats = self._near.beats
        self.backdrop = Backdrop(annotations, overlay, self.sprites)
        self.ink = Ink.now()

    def retint(self) -> None:
        """Take the colours of the theme that is in use now."""
        self.ink = Ink.now()
        self.sprites.clear()
        self.backdrop.retint()

    def paint(self, painter: QPainter, area: QRectF, selected: frozenset[str]) -> None:
        """Paint all that meets an area; the painter's world transform leads from the scene to the device."""
        frame = Frame(painter, area, self.ink, selected)
        # Qt draws lines three times as fast inside a rectangle of one's own.
        painter.setClipRect(area.adjusted(-2, -2, 2, 2))
        painter.fillRect(area, self.ink.ground)
        _dots(frame)
        self.sprites.begin(frame.ratio)
        self.backdrop.paint(frame)
        if frame.scale < FAR:
            paint_far(frame, self._nodes, self._wires, self._over)
        else:
            self._near.paint(frame)


def _dots(frame: Frame) -> None:
    """Paint the grid, wider where it would become dense."""
    step = measure.GRID
    while step * frame.scale < _APART:
        step *= 2
    area, side = frame.area, max(1, round(_DOT * frame.ratio))
    x = np.arange(np.floor(area.left() / step), np.ceil(area.right() / step) + 1) * step
    y = np.arange(np.floor(area.top() / step), np.ceil(area.bottom() / step) + 1) * step
    dots = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    frame.painter.setPen(pen(frame.ink.dot, 0))
    for across in range(side):
        for down in range(side):
            draw_points(frame.painter, dots + np.array((across, down)) / (frame.scale * frame.ratio))
