"""Number boxes whose text stands as far from the edge as that of every other field. They know no parameter."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSpinBox, QWidget

#: A style sheet's padding does not reach the text of a number box.
INSET: Final = 6


class Spin(QSpinBox):
    """Whole numbers; a turning wheel passes over them where nobody is at them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _settle(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class FractionSpin(QDoubleSpinBox):
    """Fractions; a turning wheel passes over them where nobody is at them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _settle(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def _settle(box: QAbstractSpinBox) -> None:
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel
    box.lineEdit().setTextMargins(INSET, 0, 0, 0)
