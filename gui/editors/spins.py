"""Number boxes whose text stands as far from the edge as that of every other field. They know no parameter."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox, QWidget

#: A style sheet's padding does not reach the text of a number box.
INSET: Final = 6


class Spin(QSpinBox):
    """Whole numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lineEdit().setTextMargins(INSET, 0, 0, 0)


class FractionSpin(QDoubleSpinBox):
    """Fractions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lineEdit().setTextMargins(INSET, 0, 0, 0)
