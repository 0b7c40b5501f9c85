"""How high each item of a ranked drawing stands: wires straight where they can be. Knows no graph, no widths."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from engine.ranks import Link

#: As often the blocks are moved to where their wires pull them; few move after the third time.
_SWEEPS: Final = 6
#: More blocks than this are not pushed by one, which bounds the time.
_MOST_PUSHED: Final = 40


@dataclass(frozen=True, slots=True)
class Reach:
    """How far an item reaches above and below its axis, on which its plain ports stand."""

    above: float
    below: float


@dataclass(frozen=True, slots=True)
class Tier:
    """Some columns that stand side by side, what joins them, and how far each item reaches, gaps included."""

    columns: Sequence[Sequence[int]]
    links: Sequence[Link]
    reach: Mapping[int, Reach]
    #: The items that are places of wires, not nodes.
    lanes: frozenset[int]


def levels(tier: Tier) -> dict[int, float]:
    """Return the axis of each item, so that those of one column do not overlap.

    Items in line with each other form a block (Brandes and Köpf 2001), those of long wires first, since a wire that
    is not straight would run through the nodes that it passes. Blocks are packed from the top, then pulled towards
    what they are wired to.
    """
    block = _blocks(tier)
    below = _order(tier, block)
    return _Stack(tier, block, below).settled()


# -- what stands in line


def _blocks(tier: Tier) -> dict[int, int]:
    """Return for each item the first item of its block."""
    place = {item: (column, row) for column, items in enumerate(tier.columns) for row, item in enumerate(items)}
    after: dict[int, int] = {}
    before: dict[int, int] = {}
    taken: defaultdict[int, list[Link]] = defaultdict(list)
    for a, b in sorted(tier.links, key=_urgency(tier, place)):
        column, rows = place[a][0], (place[a][1], place[b][1])
        if a in after or b in before or _crosses(taken[column], rows):
            continue
        after[a], before[b] = b, a
        taken[column].insert(bisect(taken[column], rows), rows)
    found: dict[int, int] = {}
    for items in tier.columns:
        for item in items:
            found[item] = found[before[item]] if item in before else item
    return found


def _crosses(taken: Sequence[Link], rows: Link) -> bool:
    """Whether a link crosses one of some links that do not cross each other, sorted."""
    at = bisect(taken, rows)
    return (at > 0 and taken[at - 1][1] >= rows[1]) or (at < len(taken) and taken[at][1] <= rows[1])


def _urgency(tier: Tier, place: Mapping[int, Link]) -> Callable[[Link], tuple[float, ...]]:
    """Long wires first, then chains, then what is nearest to the middle of a fan."""
    outs: defaultdict[int, list[int]] = defaultdict(list)
    ins: defaultdict[int, list[int]] = defaultdict(list)
    for a, b in tier.links:
        outs[a].append(place[b][1])
        ins[b].append(place[a][1])

    def off(rows: list[int], row: int) -> float:
        rows = sorted(rows)
        return abs(rows.index(row) - (len(rows) - 1) / 2)

    def key(link: Link) -> tuple[float, ...]:
        a, b = link
        lanes = (a in tier.lanes) + (b in tier.lanes)
        chain = len(outs[a]) == 1 and len(ins[b]) == 1
        aside = off(outs[a], place[b][1]) + off(ins[b], place[a][1])
        return (-lanes, 0 if chain else 1, aside, place[a][0], place[a][1], place[b][1])

    return key


# -- what stands above what


@dataclass(frozen=True, slots=True)
class _Below:
    """For each block those right below and right above it, with the least distance of their axes; tops first."""

    order: list[int]
    under: dict[int, dict[int, float]]
    over: dict[int, dict[int, float]]


def _order(tier: Tier, block: Mapping[int, int]) -> _Below:
    under: dict[int, dict[int, float]] = {head: {} for head in dict.fromkeys(block.values())}
    over: dict[int, dict[int, float]] = {head: {} for head in under}
    for items in tier.columns:
        for upper, lower in pairwise(items):
            a, b = block[upper], block[lower]
            gap = max(under[a].get(b, 0.0), tier.reach[upper].below + tier.reach[lower].above)
            under[a][b] = over[b][a] = gap
    waiting = {head: len(above) for head, above in over.items()}
    ready = [head for head, count in waiting.items() if not count]
    for head in ready:
        for lower in under[head]:
            waiting[lower] -= 1
            if not waiting[lower]:
                ready.append(lower)
    return _Below(ready, under, over)


class _Stack:
    """Blocks being moved up and down between their neighbours."""

    def __init__(self, tier: Tier, block: Mapping[int, int], below: _Below) -> None:
        self._block, self._below = block, below
        self._pulls: defaultdict[int, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
        for a, b in tier.links:
            if block[a] != block[b]:
                weight = 1.0 + 2.0 * ((a in tier.lanes) + (b in tier.lanes))
                self._pulls[block[a]][block[b]] += weight
                self._pulls[block[b]][block[a]] += weight
        self._y: dict[int, float] = {}
        for head in below.order:
            self._y[head] = max((self._y[upper] + gap for upper, gap in below.over[head].items()), default=0.0)

    def settled(self) -> dict[int, float]:
        for sweep in range(_SWEEPS):
            down = sweep % 2 == 0
            for head in reversed(self._below.order) if down else self._below.order:
                self._pull(head)
        return {item: self._y[head] for item, head in self._block.items()}

    def _pull(self, head: int) -> None:
        """Move a block, and those that it pushes, to where its wires are shortest."""
        if not self._pulls[head]:
            return
        way = self._wanted(head) - self._y[head]
        if way:
            group = self._pushed(head, way > 0)
            if len(group) == 1 or (len(group) <= _MOST_PUSHED and self._gain(group, way > 0) > 0):
                step = min(abs(way), self._room(group, way > 0), self._next(group, way > 0))
                for each in group:
                    self._y[each] += step if way > 0 else -step

    def _wanted(self, head: int) -> float:
        """The weighted median of what a block is wired to; where it is its own height, or between two, stays there."""
        pulls = sorted((self._y[other], weight) for other, weight in self._pulls[head].items())
        half, passed = sum(weight for _, weight in pulls) / 2, 0.0
        for place, (y, weight) in enumerate(pulls):
            passed += weight
            if passed == half:
                return min(max(self._y[head], y), pulls[place + 1][0])
            if passed > half:
                return y
        return pulls[-1][0]

    def _pushed(self, head: int, down: bool) -> set[int]:
        """The blocks that move when one does, since they touch; no more than say that they are too many."""
        beside = self._below.under if down else self._below.over
        group, queue = {head}, [head]
        for each in queue:
            if len(group) > _MOST_PUSHED:
                break
            for other, gap in beside[each].items():
                if other not in group and abs(self._y[other] - self._y[each]) <= gap + 1e-6:
                    group.add(other)
                    queue.append(other)
        return group

    def _gain(self, group: set[int], down: bool) -> float:
        gain = 0.0
        for each in group:
            for other, weight in self._pulls[each].items():
                if other not in group:
                    ahead = self._y[other] - self._y[each] if down else self._y[each] - self._y[other]
                    gain += weight if ahead > 1e-6 else -weight
        return gain

    def _next(self, group: set[int], down: bool) -> float:
        """How far until one of a group is level with what it is wired to."""
        if len(group) == 1:
            return float("inf")
        ways = [
            (self._y[other] - self._y[each]) * (1 if down else -1)
            for each in group for other in self._pulls[each] if other not in group
        ]  # fmt: skip
        return min((way for way in ways if way > 1e-6), default=0.0)

    def _room(self, group: set[int], down: bool) -> float:
        beside = self._below.under if down else self._below.over
        return min(
            (abs(self._y[other] - self._y[each]) - gap
             for each in group for other, gap in beside[each].items() if other not in group),
            default=float("inf"),
        )  # fmt: skip
