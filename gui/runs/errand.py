"""One message to a trainer that is started for it, and its answer: no run under way is disturbed. Knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from gui.late import late

if TYPE_CHECKING:
    from engine import messages
    from engine.messages import Message
    from gui.link import Link
else:
    messages = late("engine.messages")


class Errand(QObject):
    """Emits `answered` with what the trainer says of it, or `refused` with a sentence; then it is gone."""

    answered = Signal(object)
    refused = Signal(str)

    def __init__(self, make_link: Callable[[str], Link], said: Sequence[Message], parent: QObject) -> None:
        super().__init__(parent)
        self._said, self._done = said, False
        self._link = make_link("trainer")
        self._link.setParent(self)
        self._link.received.connect(self._hear)
        self._link.ended.connect(self._over)
        QCoreApplication.instance().aboutToQuit.connect(self._link.end_now)  # type: ignore[union-attr]
        self._link.start()

    def _hear(self, message: object) -> None:
        if isinstance(message, messages.Ready):
            for each in self._said:
                self._link.send(each)
        elif isinstance(message, messages.Exported | messages.Evaluated):
            self._end(lambda: self.answered.emit(message))
        elif isinstance(message, messages.Failed):
            sentence = message.sentence
            self._end(lambda: self.refused.emit(sentence))

    def _end(self, say: Callable[[], object]) -> None:
        if not self._done:
            self._done = True
            say()
            self._link.end()

    def _over(self, words: str) -> None:
        if not self._done:
            self._done = True
            self.refused.emit(words or "The trainer ended before it answered. Try again.")
        self.deleteLater()
