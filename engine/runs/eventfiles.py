"""Writes a run as a file of events that TensorBoard reads. Needs no TensorFlow; knows no Qt.

The format: records of a length, its checksum, the bytes of a protobuf `tensorflow.Event`, their checksum
(tensorflow/core/lib/io/record_writer.h, tensorflow/core/util/event.proto). Records of one length are
made as one table, which is a hundred times as quick as one by one.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.errors import ProjectError
from engine.project import write_whole
from engine.runs.values import EpochRow, Floats, Spool

Bytes = NDArray[np.uint8]
#: Castagnoli's polynomial, its bits the other way round, as CRC-32C has it.
_POLYNOMIAL: Final = 0x82F63B78
_MASK: Final = 0xA282EAD8
#: So many steps of a curve at most are written as one table.
_SLICE: Final = 100_000


def write_events(folder: Path, began: float, epochs: Sequence[EpochRow], spools: Iterable[Spool]) -> list[Path]:
    """Write a run's curves into `train` and `validation` of a folder, or raise ProjectError; return the files.

    Args:
        began: When the run began, in seconds since 1970.
    """
    train = [*_steps(spools, began, epochs), *_ends(epochs, began, validation=False)]
    files = {"train": train, "validation": list(_ends(epochs, began, validation=True))}
    written = []
    for name, parts in files.items():
        if parts:
            path = folder / name / f"events.out.tfevents.{int(began)}.layerloom"
            _make(path.parent)
            write_whole(path, _version(began) + b"".join(parts))
            written.append(path)
    return written


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProjectError(f"{folder} cannot be made", received=error.strerror or str(error)) from error


def _version(began: float) -> bytes:
    """The first record: what the file is."""
    return records(_table([(0x09, np.array([began], "<f8"))], [b"\x1a\x0dbrain.Event:2"]))


def _steps(spools: Iterable[Spool], began: float, epochs: Sequence[EpochRow]) -> Iterator[bytes]:
    for spool in spools:
        wall = _walls(spool, began, epochs)
        for place, name in enumerate(spool.names):
            yield from scalars(f"step/{name}", spool.numbers, spool.values[:, place], wall)


def _walls(spool: Spool, began: float, epochs: Sequence[EpochRow]) -> Floats:
    """When steps were, as near as it is known."""
    if spool.walls is not None:
        return spool.walls
    return began + (_elapsed(spool.numbers, epochs) if spool.seconds is None else spool.seconds)


def _elapsed(numbers: Floats, epochs: Sequence[EpochRow]) -> Floats:
    """When steps were made that do not say so: evenly within their epochs."""
    steps, seconds = [0.0], [0.0]
    for row in epochs:
        if row.step > steps[-1]:
            steps.append(float(row.step))
            seconds.append(seconds[-1] + row.seconds)
    return np.interp(numbers, steps, seconds)


def _ends(epochs: Sequence[EpochRow], began: float, *, validation: bool) -> Iterator[bytes]:
    names = dict.fromkeys(name for row in epochs for name in row.metrics if name.startswith("val_") is validation)
    ends = began + np.cumsum([row.seconds for row in epochs])
    for name in names:
        there = [place for place, row in enumerate(epochs) if name in row.metrics]
        numbers = np.array([epochs[place].epoch for place in there], float)
        values = np.array([epochs[place].metrics[name] for place in there], float)
        yield from scalars(f"epoch/{name.removeprefix('val_')}", numbers, values, ends[there])


def scalars(tag: str, numbers: Floats, values: Floats, wall: Floats) -> Iterator[bytes]:
    """Yield the records of one curve: an Event of wall time, step and a summary of one simple value each."""
    word = tag.encode()
    value_head = b"\x0a" + varint(len(word)) + word + b"\x15"
    summary_head = b"\x2a" + varint(len(value_head) + 4 + 2) + b"\x0a" + varint(len(value_head) + 4)
    head = summary_head + value_head
    for first in range(0, len(numbers), _SLICE):
        part = slice(first, first + _SLICE)
        steps = numbers[part].astype(np.uint64)
        for length in np.unique(_lengths(steps)).tolist():
            rows = _lengths(steps) == length
            fields = [(0x09, wall[part][rows].astype("<f8"))]
            body = [_varints(steps[rows], length), head, values[part][rows].astype("<f4")]
            yield records(_table(fields, body))


def varint(number: int) -> bytes:
    """Spell a number as protobuf does: seven bits a byte, the lowest first."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def _lengths(steps: NDArray[np.uint64]) -> NDArray[np.int64]:
    """How many bytes each number takes."""
    limits = np.array([1 << (7 * n) for n in range(1, 9)], np.uint64)
    return 1 + np.searchsorted(limits, steps, side="right").astype(np.int64)


def _varints(steps: NDArray[np.uint64], length: int) -> Bytes:
    places = np.arange(length, dtype=np.uint64) * np.uint64(7)
    table = (steps[:, None] >> places & np.uint64(0x7F)).astype(np.uint8)
    table[:, :-1] |= 0x80
    return np.hstack([np.full((len(steps), 1), 0x10, np.uint8), table])


def _table(fields: Sequence[tuple[int, NDArray[np.generic]]], body: Sequence[bytes | NDArray[np.generic]]) -> Bytes:
    """Put columns of bytes beside each other, a record to a row; bytes stand in every row alike."""
    parts: list[bytes | NDArray[np.generic]] = []
    for key, column in fields:
        parts += [bytes([key]), column]
    parts += body
    tall = len(fields[0][1])
    return np.hstack([_column(part, tall) for part in parts])


def _column(part: bytes | NDArray[np.generic], tall: int) -> Bytes:
    if isinstance(part, bytes):
        return np.tile(np.frombuffer(part, np.uint8), (tall, 1))
    return np.ascontiguousarray(part).view(np.uint8).reshape(tall, -1)


def records(table: Bytes) -> bytes:
    """Frame each row as a record: its length, that one's checksum, the row, its checksum."""
    tall, wide = table.shape
    length = np.tile(np.frombuffer(struct.pack("<Q", wide), np.uint8), (tall, 1))
    return np.hstack([length, _checksums(length), table, _checksums(table)]).tobytes()


def _checksums(table: Bytes) -> Bytes:
    """The masked CRC-32C of each row, as four bytes."""
    crc = np.full(len(table), 0xFFFFFFFF, np.uint32)
    for column in np.ascontiguousarray(table.T):
        crc = _CRC[(crc ^ column) & 0xFF] ^ (crc >> np.uint32(8))
    crc ^= np.uint32(0xFFFFFFFF)
    masked = ((crc >> np.uint32(15)) | (crc << np.uint32(17))) + np.uint32(_MASK)
    return masked.astype("<u4").view(np.uint8).reshape(-1, 4)


def _crc_table() -> NDArray[np.uint32]:
    found = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        found = np.where(found & 1, found >> np.uint32(1) ^ np.uint32(_POLYNOMIAL), found >> np.uint32(1))
    return found.astype(np.uint32)


_CRC: Final = _crc_table()
