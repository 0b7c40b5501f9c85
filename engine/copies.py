"""Copies of frozen values with some fields given anew, quick enough for thousands. Knows no graph, no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

T = TypeVar("T")


def copier(kind: type[T], *names: str) -> Callable[..., T]:
    """Return what copies a value of a frozen, slotted dataclass, with the named fields given after it.

    It does what `dataclasses.replace` does in a fifth of the time: it fills the slots and calls no `__init__`, so that
    it is for a class without `__post_init__`.
    """
    kept = [field.name for field in fields(kind) if field.name not in names]  # type: ignore[arg-type]  # it is one
    take, new = attrgetter(*kept), kind.__new__
    fill = [getattr(kind, name).__set__ for name in (*kept, *names)]

    def copy(value: T, *given: Any) -> T:
        made = new(kind)
        for put, item in zip(fill, (*take(value), *given), strict=True):
            put(made, item)
        return made

    return copy
