"""The line around the canvas while the keyboard has led to it. Knows no drawing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.canvas.ink import pen
from gui.theme import colour

#: Ways by which the focus comes that leave no mouse to show where it is.
BY_KEYS = frozenset({Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason})


class FocusLine(QWidget):
    """Two pixels of the accent along its parent's edge; takes no mouse."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_for(self, reason: Qt.FocusReason) -> None:
        """Show where the focus came by keys."""
        if reason in BY_KEYS and (ground := self.parentWidget()) is not None:
            self.setGeometry(ground.rect())
            self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(pen(colour("accent"), 2))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
