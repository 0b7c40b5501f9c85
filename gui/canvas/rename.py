"""The editor of one line in the place of a node's name or a frame's title; what is refused stays. Edits no drawing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import Shiboken

from engine.errors import EngineError
from gui.canvas.hint import Hint

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


NAME_OF: Final = "Name of the layer"


class NameEditor(QLineEdit):
    """Asks for the name of a node or the title of a frame; `left` says that it has closed."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        self.node: str | None = None
        self._take: Callable[[str], None] = lambda _name: None
        self._before = ""
        self.refusal = Hint(parent)
        self.hide()
        self.textEdited.connect(lambda _text: self._refuse(""))
        self.installEventFilter(self)

    def open(
        self, node: str, name: str, place: QRect, take: Callable[[str], None], what: str = NAME_OF, longest: int = 64
    ) -> None:
        """Ask for a name over a place of the parent; `take` gets it, and raises EngineError to refuse it."""
        self.node, self._before, self._take = node, name, take
        self.setAccessibleName(what)
        self.setPlaceholderText("" if what == NAME_OF else what)
        self.setMaxLength(longest)
        self.stand(place)
        self.setText(name)
        self.selectAll()
        self._refuse("")
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def stand(self, place: QRect) -> None:
        """Stand elsewhere: the ground has moved."""
        self.setGeometry(place)
        self.refusal.say(self.refusal.text, place.bottomLeft() + QPoint(0, 6))

    def finish(self) -> None:
        """Give the name away and close; stay, with the reason, where it is refused."""
        if self.node is None:
            return
        try:
            if self.text() != self._before:
                self._take(self.text().strip())
        except EngineError as error:
            self._refuse(error.sentence)
            return
        self.leave()

    def commit(self) -> None:
        """Give the name away, where it can be: something else is about to be done with the drawing."""
        self.finish()

    def leave(self) -> None:
        """Close with nothing changed."""
        if self.node is not None:
            self.node = None
            self.refusal.hide()
            self.hide()
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and Shiboken.isValid(self._ground):
            self.finish()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(Qt.Key(event.key()))
        return False

    def _key(self, key: Qt.Key) -> bool:
        """Take the keys that end the editing, so that none of them goes on to the canvas."""
        if key not in (*_ENTER, Qt.Key.Key_Escape):
            return False
        if key in _ENTER:
            self.finish()
        else:
            self.leave()
        return True

    def _refuse(self, sentence: str) -> None:
        self.setProperty("refused", "true" if sentence else "false")
        self.style().unpolish(self)
        self.style().polish(self)
        self.refusal.say(sentence, self.geometry().bottomLeft() + QPoint(0, 6))
