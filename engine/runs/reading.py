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
        float(row["deleted"]), int(row["epochs"]), numbers(row["last"]), numbers(row["tested"]),
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
    """Return steps as columns of float64, little-endian: numbers, seconds where they are known, then each name's."""
    head = [spool.numbers] if spool.seconds is None else [spool.numbers, spool.seconds]
    return np.vstack([*head, spool.values.T]).astype("<f8").tobytes()


def unpacked(names: Sequence[str], timed: bool, columns: bytes) -> Spool:
    """Return the steps of a blob; a part of a step at its end, where it was cut, is left out."""
    tall = 1 + timed + len(names)
    table = np.frombuffer(columns, "<f8", len(columns) // (8 * tall) * tall).reshape(tall, -1)
    return Spool(tuple(names), table[0], table[1 + timed :].T, table[1] if timed else None)


def joined(spools: Iterable[Spool]) -> list[Spool]:
    """Join spools that follow each other and have the same names."""
    alike = groupby(spools, lambda spool: (spool.names, spool.seconds is None))
    return [_one(names, list(group), untimed) for (names, untimed), group in alike]


def _one(names: tuple[str, ...], group: list[Spool], untimed: bool) -> Spool:
    if len(group) == 1:
        return group[0]
    seconds = None if untimed else np.concatenate([spool.seconds for spool in group if spool.seconds is not None])
    return Spool(
        names, np.concatenate([spool.numbers for spool in group]), np.concatenate([spool.values for spool in group]),
        seconds,
    )  # fmt: skip
