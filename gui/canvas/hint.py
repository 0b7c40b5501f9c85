"""A sentence in a small box: why a wire cannot end here, why a name is refused, what keys do. Knows no document."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui.theme import icon_pixmap, themes

WIDTH: Final = 320
_SIGNS: Final = {True: ("octagon-alert", "bad"), False: ("keyboard", "second")}


class Hint(QWidget):
    """Shows a refusal, or what can be done, near a place of its parent, inside of it; takes no mouse."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        self.setObjectName("hint")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._sign: QLabel | None = None
        self._words: QLabel | None = None
        self.hide()

    def _fill(self) -> tuple[QLabel, QLabel]:
        """Return the sign and the words, made for the first sentence."""
        if self._sign is not None and self._words is not None:
            return self._sign, self._words
        self._sign, self._words = QLabel(), QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 10, 6)
        row.setSpacing(8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        return self._sign, self._words

    @property
    def text(self) -> str:
        return "" if self.isHidden() or self._words is None else self._words.text()

    def say(self, sentence: str, at: QPoint, *, refused: bool = True) -> None:
        """Show a sentence; hide where it is empty."""
        if not sentence:
            self.hide()
            return
        sign, words = self._fill()
        theme = themes().current
        edge = theme.bad if refused else theme.line
        self.setStyleSheet(
            f"#hint {{ background: {theme.panel}; border: 1px solid {edge}; border-radius: 6px; }}"
            f"QLabel {{ font-size: 12px; }}"
        )
        sign.setPixmap(icon_pixmap(*_SIGNS[refused], 16, self.devicePixelRatioF()))
        words.setText(sentence)
        words.setFixedWidth(min(WIDTH - 44, words.fontMetrics().horizontalAdvance(sentence) + 4))
        self.adjustSize()
        room = self._ground.rect().adjusted(8, 8, -8, -8)
        self.move(
            max(room.left(), min(at.x(), room.right() - self.width())),
            max(room.top(), min(at.y(), room.bottom() - self.height())),
        )
        self.show()
        self.raise_()
