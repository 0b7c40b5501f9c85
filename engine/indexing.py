"""What is taken of each axis, as Python writes it: text to places and ranges, and back. Evaluates nothing."""

from __future__ import annotations

import re
from types import EllipsisType
from typing import Final, TypeAlias

#: One place, a range (start, stop, step), a new axis, or all the axes that no other item speaks of.
Item: TypeAlias = int | slice | EllipsisType | None
_RANGE: Final = re.compile(r"([+-]?\d{1,9})?:([+-]?\d{1,9})?(?::([+-]?\d{1,9})?)?")
_PLACE: Final = re.compile(r"[+-]?\d{1,9}")
NEW_AXIS: Final = ("None", "newaxis")
MOST: Final = 16


def parse(text: str) -> tuple[Item, ...]:
    """Read `:, 0, ::2, ...`, brackets around it or not, or raise ValueError."""
    inner = "".join(text.split()).replace("−", "-")
    if inner[:1] == "[" and inner[-1:] == "]":
        inner = inner[1:-1]
    items = tuple(_item(word) for word in inner.removesuffix(",").split(","))
    if len(items) > MOST or sum(item is Ellipsis for item in items) > 1:
        raise ValueError(text)
    return items


def _item(word: str) -> Item:
    if word == "...":
        return Ellipsis
    if word in NEW_AXIS:
        return None
    if _PLACE.fullmatch(word):
        return int(word)
    found = _RANGE.fullmatch(word)
    if found is None or (found[3] is not None and int(found[3]) == 0):
        raise ValueError(word)
    return slice(*(None if part is None else int(part) for part in found.groups()))


def spell(items: tuple[Item, ...]) -> str:
    """Spell what `parse` reads: `:, 0, ::2`."""
    return ", ".join(_spelled(item) for item in items)


def _spelled(item: Item) -> str:
    if item is Ellipsis:
        return "..."
    if isinstance(item, slice):
        start, stop, step = ("" if part is None else str(part) for part in (item.start, item.stop, item.step))
        return f"{start}:{stop}" + (f":{step}" if step else "")
    return str(item)
