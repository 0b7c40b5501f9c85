"""The sample's image with what one of its patches looks at drawn over it. Knows no layer."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.data.columns import Tensor
from gui.monitor.sample import as_image
from gui.monitor.tiles import Floats
from gui.theme import colour

#: How much of the image the places show that nobody looks at.
FAINTEST = 0.4


class OverImage(QWidget):
    """Emits `entered` with the place under the pointer, from 0 to 1 across and down."""

    entered = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self.looks: Floats | None = None
        self.own: tuple[int, int] | None = None
        self.setMouseTracking(True)
        self.setMinimumSize(QSize(88, 64))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Where a patch looks")

    def show_image(self, picture: Tensor) -> None:
        self._image = as_image(picture)
        self.update()

    def show_looks(self, looks: Floats, own: tuple[int, int] | None) -> None:
        """Show how much each patch is looked at, (rows, columns), and frame the one that looks."""
        self.looks, self.own = looks, own
        self.update()

    @property
    def area(self) -> QRectF:
        if self._image is None:
            return QRectF()
        size = self._image.size()
        scale = min(self.width() / size.width(), self.height() / size.height())
        return QRectF(0, 0, size.width() * scale, size.height() * scale)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image is None:
            return
        painter, area = QPainter(self), self.area
        painter.drawImage(area, self._image)
        if self.looks is not None:
            self._draw_looks(painter, area, self.looks)
        painter.end()

    def _draw_looks(self, painter: QPainter, area: QRectF, looks: Floats) -> None:
        """Leave bright what is looked at, and darken the rest."""
        rows, columns = looks.shape
        most = float(np.nanmax(looks, initial=0.0)) or 1.0
        across, down = area.width() / columns, area.height() / rows
        for row in range(rows):
            for column in range(columns):
                share = float(looks[row, column]) / most
                place = QRectF(area.left() + column * across, area.top() + row * down, across, down)
                shade, glow = colour("window"), colour("validation")
                shade.setAlphaF((1 - FAINTEST) * (1 - share))
                glow.setAlphaF(0.35 * share)
                painter.fillRect(place, shade)
                painter.fillRect(place, glow)
        if self.own is not None:
            row, column = self.own
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRect(QRectF(area.left() + column * across, area.top() + row * down, across, down))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        area, at = self.area, event.position()
        if area.contains(at):
            self.entered.emit((at.x() - area.left()) / area.width(), (at.y() - area.top()) / area.height())
