"""What waits to be written to a slow reader: a little in memory, the rest on the disk. Knows no thread and no message.

However slow the reader, memory stays bounded and nothing is lost but what a newer one replaces.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from struct import Struct
from tempfile import TemporaryFile
from typing import IO, Final

#: Bytes that wait in memory before the disk takes what comes, and bytes of replaceable ones of which the oldest go.
ROOM: Final = 4 * 2**20
NEWEST_ROOM: Final = 32 * 2**20
_LENGTH: Final = Struct("<Q")


class Spool:
    """Bytes on the disk, first in, first out; the file has no name, and is gone with the process."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._read = self._written = 0

    def __bool__(self) -> bool:
        return self._read < self._written

    def put(self, data: bytes) -> None:
        """Raise OSError where the disk takes no more; nothing is put then."""
        if self._file is None:
            self._file = TemporaryFile(buffering=0)  # noqa: SIM115 - open as long as anything may wait
        self._file.seek(self._written)
        left = memoryview(_LENGTH.pack(len(data)) + data)
        while left:
            left = left[self._file.write(left) :]
        self._written += _LENGTH.size + len(data)

    def take(self) -> bytes:
        """Return what was put first; once all is taken, the disk is free again."""
        assert self._file is not None  # noqa: S101 - something was put
        self._file.seek(self._read)
        (length,) = _LENGTH.unpack(self._file.read(_LENGTH.size))
        data = self._file.read(length)
        self._read += _LENGTH.size + length
        if not self:
            self._file.truncate(0)
            self._read = self._written = 0
        return data

    def close(self) -> None:
        """Give the disk back; what was there is gone."""
        if self._file is not None:
            self._file.close()
        self._file, self._read, self._written = None, 0, 0


class Waiting:
    """Bytes in their order; of those with one key only the newest waits, and it may overtake what is on the disk."""

    def __init__(self) -> None:
        #: By their keys; those without are numbered.
        self._memory: OrderedDict[Hashable, bytes] = OrderedDict()
        self._spool = Spool()
        self._number = 0
        #: Bytes in memory: of those without a key, and of those with one.
        self._plain = self._newest = 0
        self._disk_is_due = False

    def __bool__(self) -> bool:
        return bool(self._memory or self._spool)

    @property
    def held(self) -> int:
        """Bytes that wait in memory."""
        return self._plain + self._newest

    def put(self, data: bytes, key: str | None = None) -> None:
        """Put bytes last; those of the same key that still wait go."""
        if key is not None:
            self._newest += len(data) - len(self._memory.pop(key, b""))
            self._memory[key] = data
            self._let_oldest_go()
        elif not self._spooled(data):
            self._number += 1
            self._memory[self._number] = data
            self._plain += len(data)

    def _spooled(self, data: bytes) -> bool:
        """Put on the disk what has no room in memory, or would overtake what is there; a full disk takes nothing."""
        if not self._spool and self._plain + len(data) <= ROOM:
            return False
        try:
            self._spool.put(data)
        except OSError:
            return False
        return True

    def _let_oldest_go(self) -> None:
        while self._newest > NEWEST_ROOM:
            oldest = next(key for key in self._memory if isinstance(key, str))
            self._newest -= len(self._memory.pop(oldest))

    def clear(self) -> None:
        """Let all go."""
        self._spool.close()
        self._memory.clear()
        self._plain = self._newest = 0

    def take(self) -> bytes:
        """Return what is due; once something is on the disk, it and what waits in memory take turns."""
        if self._spool and (self._disk_is_due or not self._memory):
            self._disk_is_due = False
            return self._spool.take()
        self._disk_is_due = bool(self._spool) and not self._plain
        key, data = self._memory.popitem(last=False)
        if isinstance(key, str):
            self._newest -= len(data)
        else:
            self._plain -= len(data)
        return data
