"""Between the rows of the store's file and values: columns of steps as bytes, runs from their words. Knows no file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, Protocol

import numpy as np

from engine.runs.values import RunRow, Spool


class Row(Protocol):
    """A row as the file has it."""

    def __getitem__(self, name: str, /) -> Any: ...


def row_of(row: Row, tags: tuple[str, ...]) -> RunRow:
    """Make a run of a row of the file; what of it cannot be read is left at its default."""
    return RunRow(
        row["id"], row["title"], float(row["began"]), float(row["seconds"]), row["status"], float(row["heard"]),
        row["recipe"], row["network"], row["device"], int(row["seed"]), int(row["steps_per_execution"]),
        mapping(row["versions"]), mapping(row["machine"]), row["folder"], row["note"], tags, bool(row["archived"]),
        float(row["deleted"]), int(row["epochs"]), numbers(row["last"]), numbers(row["tested"]), numbers(row["pace"]),
        int(row["looks"]),
    )  # fmt: skip


def mapping(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def numbers(text: str) -> Mapping[str, float]:
    return {name: float(value) for name, value in mapping(text).items() if isinstance(value, int | float)}


def packed(spool: Spool) -> bytes:
    """Return steps as columns of float64, little-endian: numbers, what is told of the time, then each name's."""
    return np.vstack([spool.numbers, *spool.times, spool.values.T]).astype("<f8").tobytes()


def unpacked(names: Sequence[str], timed: int, columns: bytes) -> Spool:
    """Return the steps of a blob with so many columns of times; a part of a step at its end is left out."""
    timed = min(max(timed, 0), 2)
    tall = 1 + timed + len(names)
    table = np.frombuffer(columns, "<f8", len(columns) // (8 * tall) * tall).reshape(tall, -1)
    times = (table[1] if timed else None, table[2] if timed > 1 else None)
    return Spool(tuple(names), table[0], table[1 + timed :].T, *times)


def joined(spools: Iterable[Spool]) -> list[Spool]:
    """Join spools that follow each other, have the same names and tell as much of the time."""
    alike = groupby(spools, lambda spool: (spool.names, len(spool.times)))
    return [_one(names, list(group)) for (names, _timed), group in alike]


def _one(names: tuple[str, ...], group: list[Spool]) -> Spool:
    if len(group) == 1:
        return group[0]
    columns = zip(*((spool.numbers, spool.values, *spool.times) for spool in group), strict=True)
    return Spool(names, *(np.concatenate(parts) for parts in columns))
