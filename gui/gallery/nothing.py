"""What the gallery shows where no template is found: why, and the way back to all of them. Knows no template."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

NOTHING: Final = "No template is about that"
#: Words longer than this are not said again.
MOST: Final = 40


class Nothing(QWidget):
    """Two lines and a button in the middle; `all_asked` says that it was pressed."""

    all_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.told, more, self.button = QLabel(NOTHING), QLabel("Another word may find it."), QPushButton("Show all")
        more.setProperty("role", "second")
        self.button.setAutoDefault(True)  # Enter presses it, as the space bar does
        self.button.clicked.connect(self.all_asked)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        for widget in (self.told, more, self.button):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def say(self, word: str, group: str) -> None:
        """Say what was sought, and in which group; empty is all of them."""
        about = f"about “{word if len(word) <= MOST else word[:MOST] + '…'}”" if word else "about that"
        self.told.setText(f"No template{f' of {group}' if group else ''} is {about}")
