"""Number boxes and lists for the rows above pages: their words stand as far in as a field's. They know no page."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent, QPaintEvent
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QSpinBox, QStyle, QStyleOptionComboBox, QStylePainter, QToolTip

#: How far in a number stands: a style sheet's padding does not reach it.
INSET: Final = 6
_COMBO: Final = QStyle.ComplexControl.CC_ComboBox
_FIELD: Final = QStyle.SubControl.SC_ComboBoxEditField


class Whole(QSpinBox):
    """A box for a whole number."""

    def __init__(self) -> None:
        super().__init__()
        self.lineEdit().setTextMargins(INSET, 0, 0, 0)


class Decimal(QDoubleSpinBox):
    """A box for a number."""

    def __init__(self) -> None:
        super().__init__()
        self.lineEdit().setTextMargins(INSET, 0, 0, 0)


class Listed(QComboBox):
    """A list whose word ends in an ellipsis where it has no room; its tooltip then says all of it."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.seen()
        painter.drawComplexControl(_COMBO, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def seen(self) -> str:
        """The word as it is painted."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        return self.brief(self.style().subControlRect(_COMBO, option, _FIELD, self).width())

    def brief(self, room: int) -> str:
        """Spell the word in so many pixels."""
        return self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self.seen() != self.currentText():
            QToolTip.showText(event.globalPos(), f"{self.currentText()}\n{self.toolTip()}".strip(), self)
            return True
        return super().event(event)


class Layers(Listed):
    """A list of layers, each by its name and its kind: the kind goes first where there is no room for both."""

    #: Between a layer's name and its kind.
    BETWEEN: Final = "  ·  "

    def brief(self, room: int) -> str:
        metrics, whole = self.fontMetrics(), self.currentText()
        if metrics.horizontalAdvance(whole) <= room:
            return whole
        # Of the way to a layer in a block, the end tells it from others.
        name, _, _ = whole.rpartition(self.BETWEEN)
        return metrics.elidedText(name or whole, Qt.TextElideMode.ElideLeft, room)
