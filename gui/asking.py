"""What one view asks of the network of the run, and what of the answers is for it. Knows no study."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from gui.late import late
from gui.runner import Runner

if TYPE_CHECKING:
    from engine import messages
    from engine.messages import Message
else:
    messages = late("engine.messages")

#: Numbers through all views: no two questions have the same.
_NUMBERS: Final = count(1)


class Asking(QObject):
    """Holds one question at a time: what is said about one before it reaches nobody.

    `answered` carries the study's own messages, `worked` the share that is done, or what is under way that does not
    tell it, `refused` a sentence.
    """

    answered = Signal(object)
    worked = Signal(float, str)
    refused = Signal(str)

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._asked = 0
        runner.answered.connect(self._on_said)
        runner.started.connect(self._forget)

    @property
    def waits(self) -> bool:
        """Whether a question was asked that was neither dropped nor refused."""
        return bool(self._asked)

    def ask(self, question: Callable[[int], Message]) -> None:
        """Ask what is made of a number, in the place of what was asked before."""
        self.drop()
        self._asked = next(_NUMBERS)
        self._runner.say(question(self._asked))

    def drop(self) -> None:
        """Ask nothing any more."""
        if self._asked:
            self._runner.say(messages.Drop(self._asked))
            self._asked = 0

    def _forget(self, *_run: object) -> None:
        self._asked = 0

    def _on_said(self, message: Any) -> None:
        if message.asked != self._asked:
            return
        if isinstance(message, messages.Working):
            self.worked.emit(message.done, message.doing)
        elif isinstance(message, messages.Refused):
            self._asked = 0
            self.refused.emit(message.sentence)
        else:
            self.answered.emit(message)
