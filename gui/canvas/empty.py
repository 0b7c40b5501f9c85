"""What an empty canvas says: that nothing is drawn, and how to begin. Knows no document."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

TITLE = "Nothing is drawn yet"
WAYS = "Drag a layer from the palette to here,\nor double-click and type what you look for."
KEYS = "With the keyboard: {key}, a few letters, Enter. The next one is wired to it."


class Empty(QWidget):
    """Three lines in the middle of its parent; takes no mouse."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(1)
        self._keys = QLabel()
        for line, words, role in ((QLabel(), TITLE, "title"), (QLabel(), WAYS, "second"), (self._keys, "", "third")):
            line.setText(words)
            line.setProperty("role", role)
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(line)
        column.addStretch(1)

    def show_key(self, key: str) -> None:
        """Name the key that asks for a layer; nothing where none does."""
        self._keys.setText(KEYS.format(key=key) if key else "")
