"""Where a long row of columns is broken into several, as a text into lines. Knows no graph, no heights."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Final

from engine.ranks import Ranks

#: What is led from the end of a row to the start of the next counts: a second node's wire, a second wire of a node,
#: a wire that begins further back than the last column.
_NODE: Final = 0.4
_WIRE: Final = 0.1
_LONG: Final = 0.6
#: Where more than this would be led over, a row is never broken.
DEAREST: Final = 1.5
#: A row may be so much shorter or longer than its share, where that spares wires.
_SLACK: Final = 0.45
#: One more row must show the drawing larger by so much, and for each full price of a break twice as large.
_WORTH: Final = 1.2

Rows = list[range]


def prices(ranks: Ranks) -> list[float]:
    """Return what it costs to break after each column but the last; 0 where a single wire leads on."""
    column = {item: place for place, items in enumerate(ranks.columns) for item in items}
    crossing: list[set[int]] = [set() for _ in ranks.columns]
    wires = [0] * len(ranks.columns)
    for a, _ in ranks.links:
        crossing[column[a]].add(ranks.origin(a))
        wires[column[a]] += 1
    long = [sum(column[node] != place for node in nodes) for place, nodes in enumerate(crossing)]
    return [
        _NODE * (len(nodes) - 1) + _WIRE * (count - len(nodes)) + _LONG * back
        for nodes, count, back in zip(crossing, wires, long, strict=True)
    ][:-1]


def wrapped(ranks: Ranks, widths: Sequence[float], shown: Callable[[Rows], float]) -> Rows:
    """Break columns into the fewest rows that show them well; `shown` gives the scale at which rows can be seen."""
    price = prices(ranks)
    best = [range(len(widths))]
    value = scale = shown(best)
    ends = list(accumulate(widths, initial=0.0))
    for count in range(2, len(widths) // 2 + 1):
        rows = _broken(ends, price, count)
        if rows is not None:
            scale = shown(rows)
            paid = sum(price[row.start - 1] for row in rows[1:]) / (count - 1)
            if scale * 0.5**paid >= value * _WORTH:
                best, value = rows, scale * 0.5**paid
        if scale >= 1.0 or scale < value / 2:
            break
    return best


def _broken(ends: Sequence[float], price: Sequence[float], count: int) -> Rows | None:
    """Break into so many rows of about the same width, at the cheapest places near to that, if there are any."""
    rows: Rows = []
    start = 0
    for left in range(count, 1, -1):
        share = (ends[-1] - ends[start]) / left
        nearest = bisect_left(ends, ends[start] + share * (1 - _SLACK))
        furthest = bisect_right(ends, ends[start] + share * (1 + _SLACK))
        found = [
            (abs((ends[end] - ends[start]) / share - 1) + price[end - 1], end)
            for end in range(max(nearest, start + 1), min(furthest, len(ends) - 1))
            if price[end - 1] <= DEAREST
        ]
        if not found:
            return None
        end = min(found)[1]
        rows.append(range(start, end))
        start = end
    return [*rows, range(start, len(ends) - 1)]
