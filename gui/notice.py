"""The one place that shows errors and news: a quiet strip over the canvas's foot. Knows no document."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from gui.theme import icon, icon_pixmap, themes

Severity = Literal["news", "warning", "error"]
_ICONS: Final = {
    "news": ("info", "second"),
    "warning": ("triangle-alert", "warning"),
    "error": ("octagon-alert", "bad"),
}
#: How long news stay, and how much longer for each letter of them.
NEWS_MS: Final = 4000
LETTER_MS: Final = 60
MARGIN: Final = 16


class Notice(QFrame):
    """Shows one sentence at a time; news leave by themselves, errors stay until they are closed or mended."""

    asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("notice")
        self._severity: Severity = "news"
        self._picture = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._more = QPushButton()
        self._more.clicked.connect(self.asked.emit)
        self._close = QToolButton()
        self._close.setProperty("role", "flat")
        self._close.setToolTip("Close")
        self._close.setAccessibleName("Close the message")
        self._close.clicked.connect(self.hide)
        self._leave = QTimer(self)
        self._leave.setSingleShot(True)
        self._leave.timeout.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._text, 1)
        row.addWidget(self._more)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        parent.installEventFilter(self)
        themes().changed.connect(self._tint)
        self._tint()
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text() if self.isVisibleTo(self._over) else ""

    @property
    def more(self) -> str:
        """What its button says; empty where it has none."""
        return self._more.text()

    def say(self, sentence: str, severity: Severity = "news", more: str = "") -> None:
        """Show a sentence; `more` names a button, `asked` follows when it is pressed."""
        self._severity = severity
        self._text.setText(sentence)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self._tint()
        self._place()
        self.show()
        self.raise_()
        if severity == "news":
            self._leave.start(NEWS_MS + LETTER_MS * len(sentence))
        else:
            self._leave.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        room = self._over.size()
        width = min(720, room.width() - 2 * MARGIN)
        self.resize(QSize(width, self.heightForWidth(width)))
        self.move((room.width() - width) // 2, room.height() - self.height() - MARGIN)

    def _tint(self) -> None:
        name, token = _ICONS[self._severity]
        self._picture.setPixmap(icon_pixmap(name, token, 16, self.devicePixelRatioF()))
        self._close.setIcon(icon("x"))
        theme = themes().current
        edge = theme.tokens[token] if self._severity != "news" else theme.line
        self.setStyleSheet(f"#notice {{ background: {theme.panel}; border: 1px solid {edge}; border-radius: 8px; }}")
