"""What a page of the monitor shows while it has nothing to show. Knows no run."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.theme import icon_pixmap, themes

ICON = 28


class Empty(QWidget):
    """An icon, a line that says what will stand here, and a line that says how to get it."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._picture, self._title, self._hint = QLabel(), QLabel(), QLabel()
        self._hint.setProperty("role", "second")
        self._hint.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addStretch()
        for label in (self._picture, self._title, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(label)
        layout.addStretch()
        themes().changed.connect(self._tint)
        self._tint()

    def say(self, title: str, hint: str = "") -> None:
        """Put other words here."""
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    @property
    def words(self) -> str:
        return f"{self._title.text()} {self._hint.text()}".strip()

    def _tint(self) -> None:
        self._picture.setPixmap(icon_pixmap(self._icon, "third", ICON, self.devicePixelRatioF()))
