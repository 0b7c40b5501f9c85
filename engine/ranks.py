"""A connected drawing without circles in columns, as fast-sugiyama ranks and orders it. Knows no places, no sizes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from engine.errors import GraphError

Link = tuple[int, int]
#: Squares of the columns' lengths, summed: up to 0.5 s of the library, which nothing can interrupt.
MOST_WORK: Final = 1_000_000
#: From column to column in the library's own measure.
_STEP: Final = 100.0


@dataclass(frozen=True, slots=True)
class Ranks:
    """Columns from left to right, each from top to bottom.

    Nodes are numbered from 0 to `count`; higher numbers are lanes, the places by which a long wire passes a column.
    `links` lead from column to next column; `source` says of a lane which node its wire comes from.
    """

    count: int
    columns: tuple[tuple[int, ...], ...]
    links: tuple[Link, ...]
    source: dict[int, int]

    def origin(self, item: int) -> int:
        """Return the node whose output passes an item: itself, or that of the lane's wire."""
        return self.source.get(item, item)


def ranked(count: int, links: Sequence[Link]) -> Ranks:
    """Rank nodes that hang together; links must be without circles, loops and doubles, which end the library's process.

    Raises:
        GraphError: Long wires are too many to be laid out while somebody waits.
    """
    if count == 1:
        return Ranks(1, ((0,),), (), {})
    _check_work(count, links)
    from fast_sugiyama import from_edges  # here, since nothing of it is needed before the first drawing is tidied

    ((placed, _, _, parts),) = from_edges(
        links, vertex_spacing=_STEP, minimum_length=1, dummy_vertices=True, check_layout=False
    )
    at = {int(item): place for item, place in placed}
    lowest = max(y for _, y in at.values())
    spots = sorted((round((lowest - y) / _STEP), x, item) for item, (x, y) in at.items())
    number = dict(zip((item for _, _, item in spots if item >= count), range(count, len(spots)), strict=True))
    columns: list[list[int]] = [[] for _ in range(spots[-1][0] + 1)]
    for column, _, item in spots:
        columns[column].append(number.get(item, item))
    named = sorted((number.get(int(a), int(a)), number.get(int(b), int(b))) for a, b in parts or ())
    return Ranks(count, tuple(map(tuple, columns)), tuple(named), _sources(count, named))


def longest_paths(count: int, links: Iterable[Link]) -> list[int]:
    """Return for each node the most links that lead to it."""
    feeds: list[list[int]] = [[] for _ in range(count)]
    waiting = [0] * count
    for a, b in links:
        feeds[a].append(b)
        waiting[b] += 1
    depth, ready = [0] * count, [node for node in range(count) if not waiting[node]]
    for node in ready:
        for fed in feeds[node]:
            depth[fed] = max(depth[fed], depth[node] + 1)
            waiting[fed] -= 1
            if not waiting[fed]:
                ready.append(fed)
    return depth


def _check_work(count: int, links: Sequence[Link]) -> None:
    depth = longest_paths(count, links)
    length = [0] * (max(depth) + 2)
    for a, b in links:  # +1 where a wire begins to pass columns, -1 where it no longer does
        length[depth[a]] += 1
        length[depth[b]] -= 1
    work = passing = 0
    for step in length:
        passing += step
        work += passing**2
    if work > MOST_WORK:
        raise GraphError(
            "Too many wires run side by side to be put in order at once",
            received=f"{len(links):,} wires between {count:,} layers",
            hint="Select a part of the drawing and tidy that",
        )  # fmt: skip


def _sources(count: int, links: Iterable[Link]) -> dict[int, int]:
    """For each lane its wire's node; lanes are numbered from left to right, so a link's lane follows its source."""
    found: dict[int, int] = {}
    for a, b in sorted(links, key=lambda link: link[1]):
        if b >= count:
            found[b] = found.get(a, a)
    return found
