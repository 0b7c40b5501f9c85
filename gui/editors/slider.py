"""A slim slider for a number between two bounds. It knows no parameter; the keyboard steps in the field beside it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.editors import drags
from gui.theme import colour

KNOB: Final = 12
LINE: Final = 4
LEAST: Final = 44
HEIGHT: Final = 30


class Slider(QWidget):
    """Shows a share from 0 to 1; `moved` carries the share that a press or a drag asks for."""

    moved = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._share: float | None = None
        self._dragged = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(2 * LEAST, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST, HEIGHT)

    def show_share(self, share: float | None) -> None:
        """Put the knob at a share; None, where there is no one value, hides it."""
        self._share = None if share is None else min(max(share, 0.0), 1.0)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._dragged = True
            drags.begin()
            self._ask(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._ask(event)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._dragged = False
        drags.end()

    def hideEvent(self, event: QHideEvent) -> None:
        """End a drag that will not see its release."""
        super().hideEvent(event)
        if self._dragged:
            self._dragged = False
            drags.end()

    def _ask(self, event: QMouseEvent) -> None:
        share = (event.position().x() - KNOB / 2) / max(1, self.width() - KNOB)
        self.moved.emit(min(max(share, 0.0), 1.0))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle, room = self.height() / 2, self.width() - KNOB
        self._line(painter, KNOB / 2, room, colour("line"))
        if self._share is None or not self.isEnabled():
            return
        at = KNOB / 2 + self._share * room
        self._line(painter, KNOB / 2, at - KNOB / 2, colour("third"))
        painter.setBrush(colour("text" if self.underMouse() else "second"))
        painter.drawEllipse(QPointF(at, middle), KNOB / 2, KNOB / 2)

    def _line(self, painter: QPainter, left: float, width: float, tint: QColor) -> None:
        painter.setBrush(tint)
        painter.drawRoundedRect(QRectF(left, (self.height() - LINE) / 2, width, LINE), LINE / 2, LINE / 2)
