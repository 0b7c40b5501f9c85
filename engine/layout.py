"""Automatic placement: a graph and its nodes' sizes to places, from left to right. Knows no canvas, no document."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from engine.errors import GraphError
from engine.fans import fanned
from engine.graph import Graph, Point
from engine.levels import Reach, Tier, levels
from engine.ranks import Link, Ranks, ranked
from engine.wrap import Rows, wrapped


@dataclass(frozen=True, slots=True)
class Box:
    """The room of a node; `axis` is how far below its top the port of a chain stands."""

    width: float
    height: float
    axis: float


@dataclass(frozen=True, slots=True)
class Spacing:
    """Free space between nodes, and around a wire that passes by; places are whole multiples of `grid`, if that is set."""

    across: float = 84.0
    down: float = 34.0
    wire: float = 12.0
    grid: float = 0.0

    def fitted(self, length: float) -> float:
        """Return a length, stretched to the grid."""
        return length if not self.grid else -(-length // self.grid) * self.grid


@dataclass(frozen=True, slots=True)
class Block:
    """Some nodes placed from (0, 0) on."""

    places: Mapping[str, Point]
    width: float
    height: float


def arranged(
    graph: Graph, boxes: Mapping[str, Box], ids: Collection[str] | None = None, *,
    spacing: Spacing | None = None, view: tuple[float, float] | None = None,
) -> dict[str, Point]:  # fmt: skip
    """Return new places of some nodes, or of all, by id; the others stay, and are not covered.

    Wires lead to the right. What hangs together is placed together, one such block below the other. Where `view` is
    given, a row too long for it is broken into several, as long as few wires lead back. The top left corner stays.

    Raises:
        GraphError: There is nothing to arrange, or it is too much to be laid out while somebody waits.
    """
    chosen = [id for id in graph.nodes if ids is None or id in ids]
    if not chosen:
        raise GraphError("There are no layers to arrange", hint="Add layers first")
    space = spacing or Spacing()
    links = _links(graph, chosen)
    groups = _components(chosen, links)
    blocks = [_block(group, links, boxes, space, view) for group in groups if len(group) > 1]
    alone = [group[0] for group in groups if len(group) == 1]
    if alone:
        width = max((block.width for block in blocks), default=view[0] if view else 0.0)
        blocks.append(_loose(alone, boxes, space, width))
    return _kept_clear(graph, boxes, _at_corner(graph, _piled(blocks, space)), space)


# -- the graph, made fit to be ranked


def _links(graph: Graph, ids: Collection[str]) -> list[tuple[str, str]]:
    """Who feeds whom among some nodes: no loop, no double, no circle; wires that close a circle do not count."""
    known = frozenset(ids)
    feeds: dict[str, dict[str, None]] = {id: {} for id in ids}
    for edge in graph.edges:
        a, b = edge.source.node, edge.target.node
        if a != b and a in known and b in known:
            feeds[a][b] = None
    done: set[str] = set()
    for start in ids:
        _open_circles(feeds, start, done)
    return [(a, b) for a, targets in feeds.items() for b in targets]


def _open_circles(feeds: Mapping[str, dict[str, None]], start: str, done: set[str]) -> None:
    """Drop the links that lead back to where a walk in depth has come from."""
    if start in done:
        return
    path, walks = {start}, [(start, iter(list(feeds[start])))]
    while walks:
        here, ahead = walks[-1]
        there = next(ahead, None)
        if there is None:
            walks.pop()
            path.discard(here)
            done.add(here)
        elif there in path:
            del feeds[here][there]
        elif there not in done:
            path.add(there)
            walks.append((there, iter(list(feeds[there]))))


def _components(ids: Sequence[str], links: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Group nodes by what hangs together, in drawing order."""
    near: dict[str, list[str]] = {id: [] for id in ids}
    for a, b in links:
        near[a].append(b)
        near[b].append(a)
    place, seen = {id: at for at, id in enumerate(ids)}, set[str]()
    groups: list[list[str]] = []
    for id in ids:
        if id in seen:
            continue
        group = [id]
        seen.add(id)
        for each in group:
            fresh = [other for other in near[each] if other not in seen]
            seen.update(fresh)
            group.extend(dict.fromkeys(fresh))
        groups.append(sorted(group, key=place.__getitem__))
    return groups


# -- one component


def _block(
    ids: Sequence[str], links: Sequence[tuple[str, str]], boxes: Mapping[str, Box],
    space: Spacing, view: tuple[float, float] | None,
) -> Block:  # fmt: skip
    number = {id: place for place, id in enumerate(ids)}
    own: list[Link] = [(number[a], number[b]) for a, b in links if a in number]
    ranks = fanned(ranked(len(ids), own))
    sheet = Sheet(ranks, [boxes[id] for id in ids], space)
    rows: Rows = [range(len(ranks.columns))]
    if view is not None:
        rows = wrapped(ranks, sheet.pitches, lambda rows: sheet.shown(rows, view))
    return sheet.block(ids, rows)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Ranked nodes with their sizes, about to be placed."""

    ranks: Ranks
    boxes: Sequence[Box]
    space: Spacing

    @property
    def widths(self) -> list[float]:
        return [max((self.boxes[item].width for item in column if item < self.ranks.count), default=0.0)
                for column in self.ranks.columns]  # fmt: skip

    @property
    def pitches(self) -> list[float]:
        """From column to column."""
        return [self.space.fitted(width + self.space.across) for width in self.widths]

    def reach(self, item: int) -> Reach:
        """How far an item reaches, half of the gaps included."""
        if item >= self.ranks.count:
            return Reach(self.space.wire, self.space.wire)
        box, gap = self.boxes[item], self.space.down / 2
        return Reach(box.axis + gap, self.space.fitted(box.height + 2 * gap) - box.axis - gap)

    def shown(self, rows: Rows, view: tuple[float, float]) -> float:
        """About the scale at which a view shows some rows whole, 1 at most."""
        pitches, tall = self.pitches, [self._tall(column) for column in self.ranks.columns]
        width = max(sum(pitches[column] for column in row) for row in rows) - self.space.across
        height = sum(max(tall[column] for column in row) for row in rows) * (1.0 if len(rows) == 1 else 1.6)
        return min(view[0] / width, view[1] / height, 1.0)

    def _tall(self, column: Sequence[int]) -> float:
        return sum(reach.above + reach.below for reach in map(self.reach, column))

    def block(self, ids: Sequence[str], rows: Rows) -> Block:
        """Place rows one below the other."""
        places: dict[str, Point] = {}
        axes: dict[int, float] = {}
        widths, width, bottom = self.widths, 0.0, 0.0
        for place, row in enumerate(rows):
            own = self._levels(row)
            top = min(own[item] - self.boxes[item].axis for item in own if item < len(ids))
            shift = (self._below(axes, own, top, bottom, row) if place else 0.0) - top
            if self.space.grid:
                shift = round((shift + top) / self.space.grid) * self.space.grid - top
            axes |= {item: y + shift for item, y in own.items()}
            starts = [0.0, *accumulate(self.pitches[column] for column in row)]
            for left, column in zip(starts, row, strict=False):
                for item in self.ranks.columns[column]:
                    if item < len(ids):
                        box = self.boxes[item]
                        places[ids[item]] = (left + (widths[column] - box.width) / 2, axes[item] - box.axis)
                        bottom = max(bottom, axes[item] - box.axis + box.height)
            width = max(width, starts[-1] - self.space.across)
        return Block(places, width, bottom)

    def _levels(self, row: range) -> dict[int, float]:
        columns = [self.ranks.columns[column] for column in row]
        inside = {item for column in columns for item in column}
        links = [(a, b) for a, b in self.ranks.links if a in inside and b in inside]
        lanes = frozenset(item for item in inside if item >= self.ranks.count)
        return levels(Tier(columns, links, {item: self.reach(item) for item in inside}, lanes))

    def _below(
        self, axes: Mapping[int, float], own: Mapping[int, float], top: float, bottom: float, row: range
    ) -> float:
        """Return where the top of a further row stands: clear of the wires that come back between the two rows."""
        lowest = bottom + 2 * self.space.down
        for a, b in self.ranks.links:
            if b in own and a not in own:
                out, into = axes[a], own[b] - top
                room = self.space.down
                lowest = max(lowest, 2 * (bottom + room) - out - into, 2 * room + out + into)
        return lowest


# -- the whole


def _loose(ids: Sequence[str], boxes: Mapping[str, Box], space: Spacing, width: float) -> Block:
    """Place nodes without wires in rows, as wide as the rest or nearly square."""
    across = space.fitted(max(boxes[id].width for id in ids) + space.across / 2)
    down = space.fitted(max(boxes[id].height for id in ids) + space.down)
    a_row = max(int((width + space.across) // across), round((len(ids) * down / across) ** 0.5), 1)
    places = {id: (place % a_row * across, place // a_row * down) for place, id in enumerate(ids)}
    return Block(places, min(a_row, len(ids)) * across, -(-len(ids) // a_row) * down - space.down)


def _piled(blocks: Sequence[Block], space: Spacing) -> dict[str, Point]:
    places: dict[str, Point] = {}
    top = 0.0
    for block in blocks:
        places |= {id: (x, y + top) for id, (x, y) in block.places.items()}
        top += space.fitted(block.height + 2 * space.down)
    return places


def _at_corner(graph: Graph, places: Mapping[str, Point]) -> dict[str, Point]:
    """Move places so that their top left corner is that of the nodes as they stand."""
    left, top = (min(graph.nodes[id].at[axis] for id in places) for axis in (0, 1))
    own = [min(at[axis] for at in places.values()) for axis in (0, 1)]
    across, down = round(left - own[0]), round(top - own[1])
    return {id: (round(x) + float(across), round(y) + float(down)) for id, (x, y) in places.items()}


def _kept_clear(
    graph: Graph, boxes: Mapping[str, Box], places: dict[str, Point], space: Spacing
) -> dict[str, Point]:
    """Move all places down, or up, as little as is needed for the nodes that stay not to be covered."""
    staying = [(node.at, boxes[id]) for id, node in graph.nodes.items() if id not in places]
    barred: list[tuple[float, float]] = []
    for id, (x, y) in places.items():
        box = boxes[id]
        for (left, top), other in staying:
            if x < left + other.width + space.down and left < x + box.width + space.down:
                barred.append((top - y - box.height - space.down, top + other.height - y + space.down))
    by = _nearest_free(barred)
    return {id: (x, y + by) for id, (x, y) in places.items()} if by else places


def _nearest_free(barred: Sequence[tuple[float, float]]) -> float:
    """Return the number nearest to 0 that lies within none of some intervals."""
    down = up = 0.0
    for low, high in sorted(barred):
        if low < down < high:
            down = high
    for low, high in sorted(barred, key=lambda pair: -pair[1]):
        if low < up < high:
            up = low
    return down if down <= -up else up
