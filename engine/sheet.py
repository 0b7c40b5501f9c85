"""Ranked boxes become places: columns side by side, rows one below the other. Knows no graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TypeAlias

from engine.levels import Reach, Tier, levels
from engine.ranks import Link, Ranks
from engine.wrap import Rows

Place: TypeAlias = tuple[float, float]
View: TypeAlias = tuple[float, float]
#: What a further row takes up, on the whole, beside its nodes: the wire that leads back to its start.
_ROOM_OF_ROW = 1.6


@dataclass(frozen=True, slots=True)
class Box:
    """The room of a node; `axis` is how far below its top the port of a chain stands."""

    width: float
    height: float
    axis: float


@dataclass(frozen=True, slots=True)
class Spacing:
    """Free space, in the pixels of the boxes: between columns, between nodes, beside a wire that passes by, in a frame.

    Where `grid` is set, the corner of every box lies on a whole multiple of it.
    """

    across: float = 84.0
    down: float = 34.0
    wire: float = 12.0
    inset: float = 24.0
    title: float = 48.0
    grid: float = 0.0

    def stretched(self, length: float) -> float:
        """Return a length, stretched to the grid."""
        return length if not self.grid else -(-length // self.grid) * self.grid

    def snapped(self, length: float) -> float:
        """Return a length on the nearest line of the grid, a whole number without one."""
        return float(round(length / self.grid) * self.grid if self.grid else round(length))


@dataclass(frozen=True, slots=True)
class Block:
    """Some boxes placed from (0, 0) on, and the sizes of those that are frames."""

    places: Mapping[str, Place]
    width: float
    height: float
    sizes: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Ranked boxes that hang together, about to be placed; made by `of`."""

    ranks: Ranks
    ids: Sequence[str]
    boxes: Sequence[Box]
    space: Spacing
    #: By column: its width, the way to the next one, its height when packed, the links that leave it.
    widths: Sequence[float]
    pitches: Sequence[float]
    talls: Sequence[float]
    links: Sequence[Sequence[Link]]

    @classmethod
    def of(cls, ranks: Ranks, ids: Sequence[str], boxes: Sequence[Box], space: Spacing) -> Sheet:
        nodes = [[boxes[item] for item in items if item < ranks.count] for items in ranks.columns]
        widths = [max((box.width for box in column), default=0.0) for column in nodes]
        talls = [
            sum(box.height + space.down for box in column) + 2 * space.wire * (len(items) - len(column))
            for column, items in zip(nodes, ranks.columns, strict=True)
        ]
        column = {item: place for place, items in enumerate(ranks.columns) for item in items}
        links: list[list[Link]] = [[] for _ in ranks.columns]
        for a, b in ranks.links:
            links[column[a]].append((a, b))
        return cls(ranks, ids, boxes, space, widths, [space.stretched(w + space.across) for w in widths], talls, links)

    def reach(self, item: int) -> Reach:
        """How far an item reaches from its axis, half of the gaps included."""
        if item >= self.ranks.count:
            return Reach(self.space.wire, self.space.wire)
        box, gap = self.boxes[item], self.space.down / 2
        return Reach(box.axis + gap, box.height - box.axis + gap)

    def shown(self, rows: Rows, view: View) -> float:
        """About the scale, 1 at most, at which a view shows some rows whole."""
        width = max(sum(self.pitches[row.start : row.stop]) for row in rows) - self.space.across
        height = sum(max(self.talls[row.start : row.stop]) for row in rows) * (1.0 if len(rows) == 1 else _ROOM_OF_ROW)
        return min(view[0] / width, view[1] / height, 1.0)

    def block(self, rows: Rows) -> Block:
        """Place rows one below the other."""
        places: dict[str, Place] = {}
        axes: dict[int, float] = {}
        width = bottom = 0.0
        for row in rows:
            own = self._levels(row)
            top = min(y - self.boxes[item].axis for item, y in own.items() if item < len(self.ids))
            shift = (self._clear(axes, own, row.start - 1, top, bottom) if axes else 0.0) - top
            axes |= {item: y + shift for item, y in own.items()}
            placed = self._placed(row, axes)
            places |= {self.ids[item]: at for item, at in placed.items()}
            bottom = max(y + self.boxes[item].height for item, (_, y) in placed.items())
            width = max(width, max(x + self.boxes[item].width for item, (x, _) in placed.items()))
        return Block(places, width, bottom)

    def _placed(self, row: range, axes: Mapping[int, float]) -> dict[int, Place]:
        lefts = accumulate(self.pitches[row.start : row.stop], initial=0.0)
        snapped = self.space.snapped
        return {
            item: (snapped(left + (self.widths[column] - self.boxes[item].width) / 2),
                   snapped(axes[item] - self.boxes[item].axis))
            for left, column in zip(lefts, row, strict=False)
            for item in self.ranks.columns[column] if item < len(self.ids)
        }  # fmt: skip

    def _levels(self, row: range) -> dict[int, float]:
        columns = self.ranks.columns[row.start : row.stop]
        inside = {item for items in columns for item in items}
        links = [link for column in row[:-1] for link in self.links[column]]
        lanes = frozenset(item for item in inside if item >= self.ranks.count)
        return levels(Tier(columns, links, {item: self.reach(item) for item in inside}, lanes))

    def _clear(
        self, axes: Mapping[int, float], own: Mapping[int, float], before: int, top: float, bottom: float
    ) -> float:
        """Return where the top of a further row stands: so low that wires cross half-way, between the two rows."""
        lowest, room = bottom + 2 * self.space.down, self.space.down
        for a, b in self.links[before]:
            out, into = axes[a], own[b] - top
            lowest = max(lowest, 2 * (bottom + room) - out - into, 2 * room + out + into)
        return lowest
