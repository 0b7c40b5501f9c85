"""Least and greatest values of a growing column by blocks of powers of two, so that a picture reads few of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import numpy as np

Floats: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Places: TypeAlias = np.ndarray[Any, np.dtype[np.intp]]

#: Points of a block of the lowest level; below it the points themselves are read.
BLOCK: Final = 16
#: From so much room on, a column moves ahead of its time.
AHEAD: Final = 32_768
#: Blocks that a pixel column holds at least, so that no edge of a column is off by more than a quarter of it.
FINE: Final = 4


@dataclass(slots=True)
class Column:
    """Numbers that arrive; room doubles, so that a number costs the same however many there are.

    The way into the larger room is made bit by bit as numbers come: at a million, copying all at once is a stall.
    """

    _room: Floats = field(default_factory=lambda: np.empty(64))
    _count: int = 0
    _larger: Floats = field(default_factory=lambda: np.empty(0))
    _moved: int = 0

    def __len__(self) -> int:
        return self._count

    @property
    def values(self) -> Floats:
        """What is there, without a copy."""
        return self._room[: self._count]

    def add(self, values: Floats) -> None:
        end = self._count + len(values)
        if end > len(self._room):
            self._move(end)
        self._room[self._count : end] = values
        self._count = end
        if 2 * end > len(self._room) >= AHEAD:
            self._move_ahead(4 * len(values))

    def reserve(self, count: int) -> None:
        """Have room for so many."""
        if count > len(self._room):
            self._move(count)

    def _move(self, end: int) -> None:
        if end > len(self._larger):
            self._larger, self._moved = np.empty(max(end, 2 * len(self._room))), 0
        self._larger[self._moved : self._count] = self._room[self._moved : self._count]
        self._room, self._larger, self._moved = self._larger, np.empty(0), 0

    def _move_ahead(self, most: int) -> None:
        """Copy some into the room that will be needed: from half full on, four for each that comes are enough."""
        if not len(self._larger):
            self._larger = np.empty(2 * len(self._room))
        end = min(self._count, self._moved + most)
        self._larger[self._moved : end] = self._room[self._moved : end]
        self._moved = end


@dataclass(slots=True)
class _Level:
    low: Column = field(default_factory=Column)
    high: Column = field(default_factory=Column)


@dataclass(slots=True)
class Pyramid:
    """Level k holds the extremes of every whole block of `BLOCK * 2**k` points; nan counts only where all are nan."""

    _levels: list[_Level] = field(default_factory=list)

    def extend(self, values: Floats) -> None:
        """Take what came; `values` is the whole column, of which only what is new is read."""
        low, high, size = values, values, BLOCK
        for depth in range(64):
            if len(low) < size:
                return
            if depth == len(self._levels):
                self._levels.append(_Level())
            level = self._levels[depth]
            first, last = len(level.low), len(low) // size
            if last == first:
                return
            fresh, starts = slice(first * size, last * size), np.arange(0, (last - first) * size, size)
            less, more = reduced(low[fresh], high[fresh], starts)
            level.low.add(less)
            level.high.add(more)
            low, high, size = level.low.values, level.high.values, 2

    def extremes(self, values: Floats, starts: Places, last: int) -> tuple[Places, Floats, Floats]:
        """Return places, least and greatest values of the stretches that begin at `starts`; the last ends at `last`.

        Where the stretches are long their edges move down to those of blocks: the places are the edges as they are
        then, each once. `starts` must rise.
        """
        depth = self._depth((last - int(starts[0])) / len(starts))
        if depth < 0:
            return starts, *reduced(values[:last], values[:last], starts)
        block = BLOCK * 2**depth
        places = once(starts // block)
        low, high = self._blocks(values, depth, int(places[0]), -(-last // block))
        return places * block, *reduced(low, high, places - places[0])

    def _depth(self, points: float) -> int:
        """The highest level of which a stretch of so many points holds enough blocks; -1 for the points themselves."""
        fitting = int(points / FINE / BLOCK)
        return min(fitting.bit_length(), len(self._levels)) - 1

    def _blocks(self, values: Floats, depth: int, first: int, last: int) -> tuple[Floats, Floats]:
        """Return the extremes of some blocks; those of one that is not whole are found now."""
        level, block = self._levels[depth], BLOCK * 2**depth
        low, high = level.low.values[first:last], level.high.values[first:last]
        whole = len(level.low)
        if last <= whole:
            return low, high
        rest = values[whole * block :]
        return np.append(low, np.fmin.reduce(rest)), np.append(high, np.fmax.reduce(rest))


def once(places: Places) -> Places:
    """Return places that never fall, each once."""
    return np.asarray(places[np.append(True, places[1:] > places[:-1])], np.intp)


def reduced(low: Floats, high: Floats, starts: Places) -> tuple[Floats, Floats]:
    """Return the least and the greatest of each stretch that begins at `starts`."""
    return np.fmin.reduceat(low, starts), np.fmax.reduceat(high, starts)
