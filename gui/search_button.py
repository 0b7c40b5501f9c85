"""The button that opens the command palette: wide with its words and key, narrow with its icon alone. Opens nothing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from gui.theme import BESIDE_WORDS, icon

WORDS: Final = "Search actions, layers…"
_LEAST, _MOST = 40, 280
#: What the icon and the insets take of the width.
_BESIDE: Final = 56


class SearchButton(QPushButton):
    """Takes what room there is, and says as much as fits it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self.setProperty("role", "search")
        self.setAccessibleName("Search actions, layers and files")
        self.setIconSize(QSize(*BESIDE_WORDS))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(_MOST)

    def show_key(self, key: str) -> None:
        """Name the key that does the same."""
        self._key = key
        self.setToolTip("Find an action" + (f" ({key})" if key else ""))
        self._say()

    def retint(self) -> None:
        """Follow the theme."""
        self.setIcon(icon("search", "third"))

    def sizeHint(self) -> QSize:
        """Ask for little: it is the first to yield."""
        return QSize(_LEAST, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say()

    def _say(self) -> None:
        ways = (f"{WORDS}    {self._key}".rstrip(), WORDS, self._key, "")
        room = self.width() - _BESIDE
        self.setText(next(words for words in ways if not words or self.fontMetrics().horizontalAdvance(words) <= room))
