"""The worker's end of the wire: messages in by one thread, out by another. Knows no Keras and no message's meaning."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from threading import Condition, Thread
from typing import Any, Final, TypeVar

from engine.codec import Decoder, encode
from engine.errors import WireError
from engine.messages import Judged, Maps, Message, Weighed
from engine.worker.waiting import Waiting

_CHUNK = 1 << 16
#: Messages that a newer one replaces while they wait, and by what one is told from another of its kind.
NEWEST: Final[Mapping[type[Message], Callable[[Any], str]]] = {
    Maps: lambda maps: maps.node, Weighed: lambda weight: f"{weight.node} {weight.name}",
    Judged: lambda judged: f"{judged.part} {judged.output}",
}  # fmt: skip
M = TypeVar("M")


class Inbox:
    """Messages that have come and wait, read ahead by a thread, so that Stop is seen in the middle of a run.

    `after` is called in that thread once the input has ended and waiting readers were told so.
    """

    def __init__(self, source: int, after: Callable[[], None]) -> None:
        self.fault: WireError | None = None
        self.ended = False
        self._source = source
        self._after = after
        self._waiting: deque[Message] = deque()
        self._changed = Condition()
        Thread(target=self._read, name="inbox", daemon=True).start()

    def __iter__(self) -> Iterator[Message]:
        """Yield messages as they come, until the input ends; what has come by then is yielded no more."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self.ended)
                if self.ended:
                    return
                message = self._waiting.popleft()
            yield message

    @property
    def news(self) -> bool:
        """Whether anything waits, or the input has ended; costs next to nothing."""
        return bool(self._waiting) or self.ended

    def has(self, *kinds: type[Message]) -> bool:
        """Whether a message of some kinds waits, or the input has ended."""
        with self._changed:
            return self.ended or any(isinstance(message, kinds) for message in self._waiting)

    def take(self, *kinds: type[M]) -> list[M]:
        """Remove and return the waiting messages of some kinds; the others keep their places."""
        with self._changed:
            taken: list[M] = [message for message in self._waiting if isinstance(message, kinds)]
            kept = [message for message in self._waiting if not isinstance(message, kinds)]
            self._waiting.clear()
            self._waiting.extend(kept)
        return taken

    def wait(self, *kinds: type[Message]) -> None:
        """Wait until a message of some kinds has come, or the input has ended."""
        with self._changed:
            self._changed.wait_for(lambda: self.ended or any(isinstance(each, kinds) for each in self._waiting))

    def _read(self) -> None:
        decoder = Decoder()
        try:
            while data := os.read(self._source, _CHUNK):
                for message in decoder.feed(data):
                    self._put(message)
        except WireError as error:
            self.fault = error
        except OSError:  # a broken pipe is an end as good as any
            pass
        with self._changed:
            self.ended = True
            self._changed.notify_all()
        self._after()

    def _put(self, message: Message) -> None:
        with self._changed:
            self._waiting.append(message)
            self._changed.notify_all()


class Outbox:
    """Messages that wait to be written. One thread writes, so that a slow reader never holds up a run.

    Of what a newer one replaces (`NEWEST`) only the newest waits; of everything else all do, on the disk where they
    are many. Once nobody reads any more, nothing waits: the input ends then as well, and by that this process.
    """

    def __init__(self, sink: int) -> None:
        self._sink = sink
        self.waiting = Waiting()
        self._changed = Condition()
        self._busy = self._gone = False
        Thread(target=self._write, name="outbox", daemon=True).start()

    def put(self, message: Message) -> None:
        data = encode(message)
        node = NEWEST.get(type(message))
        key = None if node is None else f"{type(message).__name__} {node(message)}"
        with self._changed:
            if not self._gone:
                self.waiting.put(data, key)
            self._changed.notify_all()

    def flush(self, patience: float) -> bool:
        """Wait until all is written, at most `patience` seconds; return whether it is."""
        with self._changed:
            return self._changed.wait_for(lambda: not self.waiting and not self._busy, patience)

    def _write(self) -> None:
        while not self._gone:
            with self._changed:
                self._changed.wait_for(lambda: self.waiting)
                self._busy = True
                left = memoryview(self._next())
            try:
                while left:
                    left = left[os.write(self._sink, left) :]
            except OSError:
                self._gone = True
            with self._changed:
                self._busy = False
                if self._gone:
                    self.waiting.clear()
                self._changed.notify_all()

    def _next(self) -> bytes:
        """Take what is due, and more behind it as far as a pipe takes it at once."""
        batch = [self.waiting.take()]
        size = len(batch[0])
        while self.waiting and size < _CHUNK:
            batch.append(self.waiting.take())
            size += len(batch[-1])
        return b"".join(batch)


class Wire:
    """Both ends in one: `inbox`, and `send`."""

    def __init__(self, source: int, sink: int, after: Callable[[], None]) -> None:
        self.outbox = Outbox(sink)
        self.send: Callable[[Message], None] = self.outbox.put
        self.inbox = Inbox(source, after)


def take_over(after: Callable[[], None]) -> Wire:
    """Keep this process's standard input and output for messages alone.

    What anything prints from here on, a library in C included, goes to standard error; what reads finds nothing.
    """
    source, sink = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    _say_bytes(source, sink)
    return Wire(source, sink, after)


def _say_bytes(*ends: int) -> None:
    """Keep Windows from translating line ends."""
    if sys.platform == "win32":
        import msvcrt

        binary: Any = os.O_BINARY
        for end in ends:
            msvcrt.setmode(end, binary)
