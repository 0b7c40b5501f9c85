"""Prints the whole drawing in small, straight from the arrays. Knows no view and no widget."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from engine.graph import COLOURS
from gui.canvas.frame import draw_boxes, draw_lines
from gui.canvas.ink import SHARES, hue_colour, mixed, pen
from gui.canvas.measure import Floats
from gui.canvas.nodes import Rows
from gui.canvas.scene import Scene
from gui.theme import colour, swatch

#: On the print: the least side of a node, the side of a problem's mark, the most wires that are drawn.
NODE, MARK, WIRES = 2.0, 5.0, 20_000
CORNER: Final = 6.0
#: What is left of the other nodes while a search has found some.
FAINT: Final = 0.25


def print_map(scene: Scene, size: QSize, ratio: float, scale: float, middle: QPointF) -> QPixmap:
    """Return a picture of a size, with a place of the scene in its middle."""
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(colour("window"))
    painter = QPainter(pixmap)
    _panel(painter, size)
    by = np.array([size.width() / 2 - middle.x() * scale, size.height() / 2 - middle.y() * scale])
    _frames(painter, scene, scale, by)
    _wires(painter, scene, scale, by)
    _nodes(painter, scene, scale, by)
    painter.end()
    return pixmap


def _panel(painter: QPainter, size: QSize) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen(colour("line"), 1))
    painter.setBrush(colour("panel"))
    painter.drawRoundedRect(QRectF(0.5, 0.5, size.width() - 1, size.height() - 1), CORNER, CORNER)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _frames(painter: QPainter, scene: Scene, scale: float, by: Floats) -> None:
    """Print frames and notes as faint rectangles of their colours."""
    _, _, held = scene.shown
    painter.setPen(Qt.PenStyle.NoPen)
    for index in sorted(set(held.colour.tolist())):
        tint = swatch(COLOURS[index] or "grey")
        tint.setAlphaF(FAINT)
        boxes = held.boxes[held.colour == index] * scale
        boxes[:, :2] += by
        painter.setBrush(tint)
        draw_boxes(painter, boxes)


def _wires(painter: QPainter, scene: Scene, scale: float, by: Floats) -> None:
    lines = scene.shown[1].lines[:WIRES] * scale + np.tile(by, 2)
    painter.setPen(pen(colour("line"), 1))
    draw_lines(painter, lines)


def _nodes(painter: QPainter, scene: Scene, scale: float, by: Floats) -> None:
    nodes, hits = scene.shown[0], scene.overlay.hits
    size = np.maximum(nodes.frames[:, 2:] * scale, NODE)
    middles = (nodes.frames[:, :2] + nodes.frames[:, 2:] / 2) * scale + by
    boxes = np.hstack([middles - size / 2, size])
    painter.setOpacity(FAINT if len(hits) else 1.0)
    _blocks(painter, scene, boxes, np.arange(len(boxes)))
    painter.setOpacity(1.0)
    _blocks(painter, scene, boxes, hits)
    selected = [nodes.row[id] for id in scene.selection.ids if id in nodes]
    _outline(painter, boxes[np.array(selected, np.intp)], colour("accent"))
    _marks(painter, scene, middles)


def _blocks(painter: QPainter, scene: Scene, boxes: Floats, rows: Rows) -> None:
    """Draw nodes in their colours, those that do not take part faintly."""
    painter.setPen(Qt.PenStyle.NoPen)
    nodes = scene.shown[0]
    for hue, part, group in nodes.looks(rows):
        painter.setBrush(mixed(hue_colour(hue), colour("panel"), SHARES[part]))
        draw_boxes(painter, boxes[group])


def _marks(painter: QPainter, scene: Scene, middles: Floats) -> None:
    """Draw a square on each node that has a problem, those with errors last."""
    painter.setPen(Qt.PenStyle.NoPen)
    for state, token in ((1, "warning"), (2, "bad")):
        painter.setBrush(colour(token))
        found = middles[scene.shown[0].state == state]
        draw_boxes(painter, np.hstack([found - MARK / 2, np.full_like(found, MARK)]))


def _outline(painter: QPainter, boxes: Floats, tint: QColor) -> None:
    painter.setPen(pen(tint, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    draw_boxes(painter, boxes + np.array((-1.5, -1.5, 2.0, 2.0)))
