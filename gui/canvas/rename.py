"""The editor of one line in the place of a node's name or a frame's title; what is refused stays. Edits no drawing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import Shiboken

from gui.canvas.answer import Answer

NAME_OF: Final = "Name of the layer"
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NameEditor(QLineEdit):
    """Asks for the name of a node or the title of a frame; `left` says that it has closed."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        self.answer = Answer(self, parent, self.left.emit)
        self.hide()
        self.textEdited.connect(lambda _text: self.answer.refuse(""))
        self.installEventFilter(self)

    def open(
        self, node: str, name: str, place: QRect, take: Callable[[str], None], what: str = NAME_OF, longest: int = 64
    ) -> None:
        """Ask for a name over a place of the parent; `take` gets it, and raises EngineError to refuse it."""
        self.setAccessibleName(what)
        self.setPlaceholderText("" if what == NAME_OF else what)
        self.setMaxLength(longest)
        self.stand(place)
        self.setText(name)
        self.selectAll()
        self.answer.ask(node, name, lambda text: take(text.strip()))

    def stand(self, place: QRect) -> None:
        """Stand elsewhere: the ground has moved."""
        self.setGeometry(place)
        self.answer.follow()

    def commit(self) -> None:
        """Give the name away and close; stay, with the reason, where it is refused."""
        self.answer.give(self.text())

    def leave(self) -> None:
        """Close with nothing changed."""
        self.answer.leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and Shiboken.isValid(self._ground):
            self.commit()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(Qt.Key(event.key()))
        return False

    def _key(self, key: Qt.Key) -> bool:
        """Take the keys that end the editing, so that none of them goes on to the canvas."""
        if key not in (*_ENTER, Qt.Key.Key_Escape):
            return False
        if key in _ENTER:
            self.commit()
        else:
            self.leave()
        return True
