"""A veil over the window behind a panel: what it covers is not to be used now. Knows not what stands on it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.theme import colour

#: How much of what is behind it is covered.
SHARE: Final = 0.6


class Scrim(QWidget):
    """Covers the window, and takes the mouse; `pressed` says that it was clicked."""

    pressed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def cover(self) -> None:
        """Stand over the whole window."""
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.pressed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        veil = colour("window")
        veil.setAlphaF(SHARE)
        QPainter(self).fillRect(self.rect(), veil)
