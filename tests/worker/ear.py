"""The other end of a wire, for tests in one process: hears what the worker says, and can answer at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from time import monotonic
from typing import TypeVar

from engine.codec import Decoder, encode
from engine.messages import Message
from engine.worker.wire import Wire

M = TypeVar("M")


class Ear:
    """Hears messages as they come; `when` says what to do at the first of a kind."""

    def __init__(self) -> None:
        theirs, self._mine = os.pipe()
        self._source, sink = os.pipe()
        self.wire = Wire(theirs, sink, lambda: None)
        self.heard: list[tuple[float, Message]] = []
        self._reactions: list[tuple[type[Message], Callable[[], None]]] = []
        self._thread = Thread(target=self._listen, daemon=True)
        self._thread.start()

    def say(self, message: Message) -> None:
        os.write(self._mine, encode(message))

    def hang_up(self) -> None:
        os.close(self._mine)

    def when(self, kind: type[Message], react: Callable[[], None]) -> None:
        self._reactions.append((kind, react))

    def all(self) -> list[Message]:
        """Return everything said up to now."""
        assert self.wire.outbox.flush(10)
        said, seen = len(self.heard), -1
        while said != seen:  # what is on its way through the pipe
            self._thread.join(0.05)
            said, seen = len(self.heard), said
        return [message for _, message in self.heard]

    def of(self, kind: type[M]) -> list[M]:
        return [message for message in self.all() if isinstance(message, kind)]

    def one(self, kind: type[M]) -> M:
        (found,) = self.of(kind)
        return found

    def _listen(self) -> None:
        decoder = Decoder()
        while data := os.read(self._source, 1 << 16):
            for message in decoder.feed(data):
                self.heard.append((monotonic(), message))
                for reaction in [item for item in self._reactions if isinstance(message, item[0])]:
                    self._reactions.remove(reaction)
                    reaction[1]()


@contextmanager
def listening() -> Iterator[Ear]:
    """Yield an ear, and end its threads."""
    ear = Ear()
    try:
        yield ear
    finally:
        if not ear.wire.inbox.ended:
            ear.hang_up()
