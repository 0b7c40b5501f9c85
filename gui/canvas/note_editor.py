"""The editor in a note's own place that rewrites it; what is refused stays there with its reason. Edits no drawing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from shiboken6 import Shiboken

from engine.errors import EngineError
from engine.graph_json import TEXT
from gui.canvas.framing import checked_text
from gui.canvas.hint import Hint

#: Its least size on the screen, however small its note is there; and what it leaves of the canvas around it.
LEAST: Final = (280, 140)
AROUND: Final = 8
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MEANT: Final = ~Qt.KeyboardModifier.KeypadModifier


class NoteEditor(QPlainTextEdit):
    """Asks for Markdown text: Ctrl+Enter and a click elsewhere take it, Escape does not. `left` says it has closed."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        self.note: str | None = None
        self._take: Callable[[str], None] = lambda _text: None
        self._before = ""
        self.refusal = Hint(parent)
        self.setProperty("role", "field")
        self.setAccessibleName("Text of the note")
        self.setPlaceholderText("Write here: **bold**, # heading, - list. Ctrl+Enter is done, Esc gives it up.")
        self.setTabChangesFocus(False)
        self.hide()
        self.textChanged.connect(lambda: self._refuse(""))

    @property
    def text(self) -> str:
        return self.toPlainText()

    def open(self, note: str, text: str, place: QRect, take: Callable[[str], None]) -> None:
        """Ask for a note's text over a place of the parent; `take` gets it, and raises EngineError to refuse it."""
        self._before, self._take = text, take
        self.setPlainText(text)
        self.note = note
        self.stand(place)
        self.selectAll() if not text else self.moveCursor(self.textCursor().MoveOperation.End)
        self._refuse("")
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def stand(self, place: QRect) -> None:
        """Stand elsewhere: the ground has moved. It stays as large as it can be used, and within the ground."""
        room = self._ground.rect().adjusted(AROUND, AROUND, -AROUND, -AROUND)
        wide, high = max(place.width(), LEAST[0]), max(place.height(), LEAST[1])
        place = QRect(place.topLeft(), place.topLeft() + QPoint(min(wide, room.width()), min(high, room.height())))
        place.moveRight(min(place.right(), room.right()))
        place.moveBottom(min(place.bottom(), room.bottom()))
        place.moveLeft(max(place.left(), room.left()))
        place.moveTop(max(place.top(), room.top()))
        self.setGeometry(place)
        self.refusal.say(self.refusal.text, self._below())

    def finish(self) -> None:
        """Give the text away and close; stay, with the reason, where it is refused."""
        if self.note is None:
            return
        try:
            if self.text != self._before:
                self._take(self.text)
        except EngineError as error:
            self._refuse(error.sentence)
            return
        self.leave()

    def commit(self) -> None:
        """Give the text away, where it can be: something else is about to be done with the drawing."""
        self.finish()

    def leave(self) -> None:
        """Close with nothing changed."""
        if self.note is not None:
            self.note = None
            self.refusal.hide()
            self.hide()
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
            self.finish()
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event)
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason and Shiboken.isValid(self._ground):
            self.finish()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take text alone, and no more than a note can hold."""
        try:
            checked_text(self.text + source.text() if len(source.text()) <= TEXT else source.text())
        except EngineError as error:
            self._refuse(error.sentence)
            return
        self.insertPlainText(source.text())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    # -- what is refused

    def _refuse(self, sentence: str) -> None:
        self.setProperty("refused", "true" if sentence else "false")
        self.style().unpolish(self)
        self.style().polish(self)
        self.refusal.say(sentence, self._below())

    def _below(self) -> QPoint:
        return self.geometry().bottomLeft() + QPoint(0, 6)


def _ends(event: QKeyEvent) -> bool:
    """Whether a key ends the writing."""
    held = event.modifiers() & _MEANT
    ctrl_enter = event.key() in _ENTER and held == Qt.KeyboardModifier.ControlModifier
    return ctrl_enter or (event.key() == Qt.Key.Key_Escape and not held)
