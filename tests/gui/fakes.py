"""Stand-ins for the worker: a link that records what it is sent and says what a test makes it say."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from engine.messages import Message, Ready
from gui.run_said import Said
from gui.run_state import RunState


class FakeLink(QObject):
    """A link without a process."""

    received = Signal(object)
    printed = Signal(str)
    ended = Signal(str)

    def __init__(self, role: str) -> None:
        super().__init__()
        self.role = role
        self.alive = False
        self.sent: list[Message] = []
        self.process_id = 0

    def start(self) -> None:
        self.alive = True

    def send(self, message: Message) -> None:
        self.sent.append(message)

    def end(self) -> None:
        self.die("")

    def end_now(self) -> None:
        self.alive = False

    def ready(self, *devices: str) -> None:
        self.received.emit(Ready(self.role, {"keras": "3"}, devices or ("CPU:0",)))

    def die(self, words: str) -> None:
        self.alive = False
        self.ended.emit(words)


class Links:
    """Makes fake links and remembers them, in order."""

    def __init__(self) -> None:
        self.made: list[FakeLink] = []

    def __call__(self, role: str) -> FakeLink:
        self.made.append(FakeLink(role))
        return self.made[-1]

    @property
    def last(self) -> FakeLink:
        return self.made[-1]


class Told(Said):
    """A runner that keeps what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.state = RunState("training")
        self.heard: list[Any] = []

    def say(self, message: Message) -> None:
        self.heard.append(message)
