"""Paints a template's drawing in small: layers in their colours, wires between them. Knows no widget."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from engine.cards import Card
from gui.canvas import measure
from gui.theme import category_colour, colour

#: How large a layer is in the drawing; on the picture it is never smaller than this.
WIDTH, HEIGHT = measure.WIDTH, 52.0
LEAST: Final = QRectF(0, 0, 7, 4)
#: How far a wire that leads back keeps from the layers.
AROUND: Final = 4.0
#: A small drawing is not enlarged beyond this scale.
CLOSEST: Final = 0.24


def paint(painter: QPainter, area: QRectF, card: Card) -> None:
    """Paint a card's drawing into an area, in its middle."""
    if not card.boxes:
        return
    left, top = min(x for x, _, _ in card.boxes), min(y for _, y, _ in card.boxes)
    wide = max(x for x, _, _ in card.boxes) - left + WIDTH
    high = max(y for _, y, _ in card.boxes) - top + HEIGHT
    scale = min(area.width() / wide, area.height() / high, CLOSEST)
    middle = area.center() - QPointF(wide, high) * scale / 2
    size = QRectF(0, 0, max(WIDTH * scale, LEAST.width()), max(HEIGHT * scale, LEAST.height()))
    boxes = [size.translated(middle + QPointF(x - left, y - top) * scale) for x, y, _ in card.boxes]
    painter.setPen(QPen(colour("third"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for source, target in card.wires:
        painter.drawPath(_wire(boxes[source], boxes[target]))
    painter.setPen(Qt.PenStyle.NoPen)
    for box, (_, _, group) in zip(boxes, card.boxes, strict=True):
        painter.setBrush(category_colour(group))
        painter.drawRoundedRect(box, 1.5, 1.5)


def _wire(source: QRectF, target: QRectF) -> QPainterPath:
    """A curve to what stands further right; a way around, between the rows, to what stands further left."""
    begin = QPointF(source.right(), source.center().y())
    end = QPointF(target.left(), target.center().y())
    path = QPainterPath(begin)
    if end.x() >= begin.x():
        bend = (end.x() - begin.x()) / 2
        path.cubicTo(begin + QPointF(bend, 0), end - QPointF(bend, 0), end)
        return path
    between = (begin.y() + end.y()) / 2
    for x, y in ((begin.x() + AROUND, begin.y()), (begin.x() + AROUND, between), (end.x() - AROUND, between),
                 (end.x() - AROUND, end.y()), (end.x(), end.y())):  # fmt: skip
        path.lineTo(x, y)
    return path
