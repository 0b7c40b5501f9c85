"""Copies of frozen values with some fields given anew, quick enough for thousands. Knows no graph, no Qt."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from typing import Any, TypeVar

T = TypeVar("T")


def copier(kind: type[T], *names: str) -> Callable[..., list[T]]:
    """Return what copies values of a frozen, slotted dataclass, given a row of new values for each of the named fields.

    It does what `dataclasses.replace` does for each, in a fraction of the time: it fills one slot of all at a time, and
    calls no `__init__`, so that it is for a class without `__post_init__`.
    """
    slots = {field.name: getattr(kind, field.name) for field in fields(kind)}  # type: ignore[arg-type]  # it is one
    kept = [slot for name, slot in slots.items() if name not in names]
    anew, new = [slots[name] for name in names], kind.__new__

    def copies(values: Sequence[T], *rows: Sequence[Any]) -> list[T]:
        made = [new(kind) for _ in values]
        for slot in kept:
            _all(map(slot.__set__, made, map(slot.__get__, values)))
        for slot, row in zip(anew, rows, strict=True):
            if len(row) != len(values):
                raise ValueError(f"{len(values)} values want as many of {slot.__name__}, received {len(row)}")
            _all(map(slot.__set__, made, row))
        return made

    return copies


def _all(calls: Iterable[None]) -> None:
    deque(calls, maxlen=0)
