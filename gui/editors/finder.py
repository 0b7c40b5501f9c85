"""The line in which a parameter of a long form is looked for. Knows no parameter."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from gui.theme import icon

ONWARD: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)


class Finder(QLineEdit):
    """`sought` carries the words typed, `chosen` asks for the first that is found, `ended` says that it is over."""

    sought = Signal(tuple)
    chosen = Signal()
    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Find a value")
        self.setAccessibleName("Find a value")
        self.setToolTip("By its name, or “changed” for all that are not at their defaults. Enter goes to the first.")
        self.setClearButtonEnabled(True)
        self._glass = self.addAction(icon("search", "third"), QLineEdit.ActionPosition.LeadingPosition)
        self.textChanged.connect(lambda text: self.sought.emit(tuple(text.lower().split())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Down go on to what is found; Escape shows all again, and then goes on."""
        if event.key() in ONWARD:
            self.chosen.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Escape:
            self.ended.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._glass.setIcon(icon("search", "third"))
        super().changeEvent(event)
