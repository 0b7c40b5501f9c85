"""Which axes are still there after numbers are arranged anew: by lengths alone. Knows no layer, no drawing."""

from __future__ import annotations

import math
from collections.abc import Iterator

from engine.axes import Names, Shape, product


def reshaped(before: Shape, names: Names, after: Shape) -> Names:
    """Name the axes of a shape that was arranged anew, row by row, from another.

    The axes fall into the smallest groups that hold as many numbers before as after. A group of one axis on both sides
    is the same axis; several made into one have the names of all; what one was split into has no names. A free length
    is one and the same before and after.
    """
    if None in before or None in after:
        return _around(before, names, after)
    if _count(before) != _count(after):
        return ("",) * len(after)
    found: list[str] = []
    for old, new in _groups(before, after):
        found += _group(names[slice(*old)], before[slice(*old)], after[slice(*new)])
    return tuple(found)


def _around(before: Shape, names: Names, after: Shape) -> Names:
    """Name the axes before and behind the one that is free, where there is one on either side."""
    if before.count(None) != 1 or after.count(None) != 1:
        return ("",) * len(after)
    old, new = before.index(None), after.index(None)
    if _count(before) != _count(after) or _count(before[:old]) != _count(after[:new]):
        return ("",) * len(after)
    head = reshaped(before[:old], names[:old], after[:new])
    return (*head, names[old], *reshaped(before[old + 1 :], names[old + 1 :], after[new + 1 :]))


def _count(shape: Shape) -> int:
    return math.prod(length or 1 for length in shape)


def _group(names: Names, before: Shape, after: Shape) -> Names:
    if len(after) == 1:
        kept = tuple(name for name, length in zip(names, before, strict=True) if length != 1) or names
        return (product(kept) if all(kept) else "",)
    if len(before) == 1 and after.count(1) == len(after) - 1:
        return tuple(names[0] if length != 1 else "" for length in after)
    return ("",) * len(after)


def _groups(before: Shape, after: Shape) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The smallest runs of axes that hold as many numbers on both sides; axes of one join the run before them."""
    i = j = 0
    while i < len(before) or j < len(after):
        first, second = i, j
        many, more = 1, 1
        while (first == i and second == j) or many != more:
            if (many <= more and i < len(before)) or j >= len(after):
                many *= before[i] or 1
                i += 1
            else:
                more *= after[j] or 1
                j += 1
        yield (first, i), (second, j)
