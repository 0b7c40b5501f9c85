"""A node for Qt's eyes: it is found, selected by a band and dragged, and paints nothing. Knows no document."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsRectItem

from engine.graph import Point
from gui.canvas import measure


class NodeItem(QGraphicsRectItem):
    """A content-less item in the place of a node, its ports included."""

    def __init__(self, id: str, at: Point, width: float, height: float) -> None:
        super().__init__()
        self.id = id
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)
        self.stand(at, width, height)

    def stand(self, at: Point, width: float, height: float) -> None:
        self.setPos(*at)
        box = QRectF(-measure.REACH, 0, width + 2 * measure.REACH, height)
        if box != self.rect():
            self.setRect(box)

    def lift(self, selected: bool) -> None:
        """Find a selected node before those that it covers, as it is painted."""
        self.setZValue(1.0 if selected else 0.0)
