"""The editor in a note's own place that rewrites it; what is refused stays there with its reason. Edits no drawing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from shiboken6 import Shiboken

from engine.errors import EngineError
from engine.graph_json import TEXT
from gui.canvas.answer import Answer
from gui.canvas.framing import checked_text
from gui.canvas.within import room, within

#: Its least size on the screen, however small its note is there.
LEAST: Final = QSize(280, 140)
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MEANT: Final = ~Qt.KeyboardModifier.KeypadModifier


class NoteEditor(QPlainTextEdit):
    """Asks for Markdown text: Ctrl+Enter and a click elsewhere take it, Escape does not. `left` says it has closed."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        self.answer = Answer(self, parent, self._closed)
        self.setProperty("role", "field")
        self.setAccessibleName("Text of the note")
        self.setPlaceholderText("Write here: **bold**, # heading, - list. Ctrl+Enter is done, Esc gives it up.")
        self.setTabChangesFocus(False)
        self.hide()
        self.textChanged.connect(lambda: self.answer.refuse(""))

    @property
    def text(self) -> str:
        return self.toPlainText()

    def open(self, note: str, text: str, place: QRect, take: Callable[[str], None]) -> None:
        """Ask for a note's text over a place of the parent; `take` gets it, and raises EngineError to refuse it."""
        self.setPlainText(text)
        self.moveCursor(self.textCursor().MoveOperation.End)
        self.stand(place)
        self.answer.ask(note, text, take)

    def stand(self, place: QRect) -> None:
        """Stand elsewhere: the ground has moved. It stays as large as it can be used, and within the ground."""
        size = place.size().expandedTo(LEAST).boundedTo(room(self._ground).size())
        self.setGeometry(within(QRect(place.topLeft(), size), self._ground))
        self.answer.follow()

    def commit(self) -> None:
        """Give the text away and close; stay, with the reason, where it is refused."""
        self.answer.give(self.text)

    def leave(self) -> None:
        """Close with nothing changed."""
        self.answer.leave()

    def _closed(self) -> None:
        self.clear()
        self.left.emit()

    # -- Qt's own

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Enter and Escape from being anybody's shortcut while a text is being written."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _ends(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take every key, so that none goes on to the canvas."""
        if not _ends(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            self.commit()
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event)
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason and Shiboken.isValid(self._ground):
            self.commit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take text alone, and no more than a note can hold."""
        try:
            checked_text(self.text + source.text() if len(source.text()) <= TEXT else source.text())
        except EngineError as error:
            self.answer.refuse(error.sentence)
            return
        self.insertPlainText(source.text())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()


def _ends(event: QKeyEvent) -> bool:
    """Whether a key ends the writing."""
    held = event.modifiers() & _MEANT
    ctrl_enter = event.key() in _ENTER and held == Qt.KeyboardModifier.ControlModifier
    return ctrl_enter or (event.key() == Qt.Key.Key_Escape and not held)
