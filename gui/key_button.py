"""A button that hears the next key and says which it was. Knows no action."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from gui.canvas.keys import spellings
from gui.shortcuts import normal

WAITS: Final = "Press the keys…"
_ALONE: Final = frozenset(
    {Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr, Qt.Key.Key_unknown}
)


class KeyButton(QPushButton):
    """Pressed, it waits for one key with what is held beside it, Tab and Escape too; `heard` carries its spelling."""

    heard = Signal(str)

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._words = words
        self.setAutoDefault(False)
        self.clicked.connect(lambda: self.wait(True))

    @property
    def waiting(self) -> bool:
        return self.text() == WAITS

    def wait(self, waits: bool) -> None:
        """Begin or end to wait for a key."""
        self.setText(WAITS if waits else self._words)

    def event(self, event: QEvent) -> bool:
        """Take every key while waiting, before it leads elsewhere or does what it does now."""
        if self.waiting and isinstance(event, QKeyEvent):
            event.accept()
            if event.type() == QEvent.Type.KeyPress and Qt.Key(event.key()) not in _ALONE:
                self._hear(event)
            return True
        return super().event(event)

    def _hear(self, event: QKeyEvent) -> None:
        self.wait(False)
        key = next((key for key in map(normal, spellings(event)) if key and key != "Num+Enter"), "")
        if key:
            self.heard.emit(key)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.wait(False)
