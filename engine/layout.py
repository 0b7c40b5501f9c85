"""Automatic placement: a graph and its nodes' sizes to places, from left to right. Knows no canvas, no document."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.errors import GraphError
from engine.fans import fanned
from engine.graph import Graph, Point
from engine.ranks import ranked
from engine.sheet import Block, Box, Sheet, Spacing, View
from engine.untangle import Pair, opened, pieces
from engine.wrap import wrapped

__all__ = ["Arrangement", "Box", "Spacing", "arranged"]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """New places of nodes and frames by id, and the frames' new sizes."""

    places: Mapping[str, Point]
    sizes: Mapping[str, Point]

    def put(self, graph: Graph) -> Graph:
        """Return a graph with everything in its new place."""
        resized = [replace(graph.frames[id], size=size) for id, size in self.sizes.items()]
        return graph.with_frames(resized).moved(self.places)


def arranged(
    graph: Graph,
    boxes: Mapping[str, Box],
    ids: Collection[str] | None = None,
    *,
    spacing: Spacing | None = None,
    view: View | None = None,
) -> Arrangement:
    """Place some nodes, or all, anew; the others stay, and are not covered.

    Wires lead to the right. What hangs together is placed together, one such block below the other. Nodes of one
    frame stay in it, and it fits itself to them, if all of them are placed. Where `view` is given, a row too long
    for it is broken into several, as long as few wires lead back. The top left corner of it all stays.

    Raises:
        GraphError: There is nothing to arrange, or it is too much to be laid out while somebody waits.
    """
    chosen = [id for id in graph.nodes if ids is None or id in ids]
    if not chosen:
        raise GraphError("There are no layers to arrange", hint="Add layers first")
    nest = _Nest.of(graph, boxes, chosen)
    block = nest.block("", spacing or Spacing(), view)
    return Arrangement(_in_place(graph, boxes, block, spacing or Spacing()), block.sizes)


# -- frames within frames


@dataclass(frozen=True, slots=True)
class _Nest:
    """What stands in which frame; `inside` has nodes and frames by the frame around them, "" being the ground."""

    boxes: Mapping[str, Box]
    pairs: Sequence[Pair]
    above: Mapping[str, str]
    inside: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, graph: Graph, boxes: Mapping[str, Box], ids: Sequence[str]) -> _Nest:
        above = _frames_around(graph, boxes, ids)
        inside: dict[str, list[str]] = {"": [], **{frame: [] for frame in graph.frames}}
        for id in dict.fromkeys(each for node in ids for each in (node, *_up(above, node))):
            inside[above.get(id, "")].append(id)
        pairs = [(edge.source.node, edge.target.node) for edge in graph.edges]
        known = frozenset(ids)
        return cls(boxes, [(a, b) for a, b in pairs if a in known and b in known], above, inside)

    def block(self, frame: str, space: Spacing, view: View | None = None) -> Block:
        """Arrange what stands in a frame, the frames in it first."""
        items = self.inside[frame]
        within = {id: self.block(id, space) for id in items if id not in self.boxes}
        links = opened(items, self._lifted(frozenset(items)))
        boxes = {id: self._box(id, within[id], space) if id in within else self.boxes[id] for id in items}
        block = _piled(_blocks(items, links, boxes, space, view), space)
        places, sizes = dict(block.places), {id: (boxes[id].width, boxes[id].height) for id in within}
        for id, inner in within.items():
            left, top = places[id][0] + space.inset, places[id][1] + space.title
            places |= {each: (left + x, top + y) for each, (x, y) in inner.places.items()}
            sizes |= inner.sizes
        return Block(places, block.width, block.height, sizes)

    def _lifted(self, items: Collection[str]) -> list[Pair]:
        """Return who feeds whom, where a frame counts for all that stands in it."""

        def lift(id: str) -> str:
            return next((each for each in (id, *_up(self.above, id)) if each in items), "")

        return [(lift(a), lift(b)) for a, b in self.pairs]

    def _box(self, frame: str, inner: Block, space: Spacing) -> Box:
        """A frame's box; its axis is that of the first node in it that is fed from elsewhere, else of the first."""
        own = [id for id in inner.places if id in self.boxes]
        fed = [b for a, b in self.pairs if b in inner.places and a not in inner.places]
        entry = fed[0] if fed else own[0]
        axis = space.title + inner.places[entry][1] + self.boxes[entry].axis
        width, height = inner.width + 2 * space.inset, inner.height + space.title + space.inset
        return Box(space.stretched(width), space.stretched(height), axis)


def _up(above: Mapping[str, str], id: str) -> list[str]:
    """The frames around something, the innermost first."""
    found: list[str] = []
    while id in above:
        id = above[id]
        found.append(id)
    return found


def _frames_around(graph: Graph, boxes: Mapping[str, Box], ids: Sequence[str]) -> dict[str, str]:
    """The smallest frame around each node and each frame; frames around a node that stays, or around none, stay."""
    areas = {id: (*frame.at, frame.at[0] + frame.size[0], frame.at[1] + frame.size[1])
             for id, frame in graph.frames.items()}  # fmt: skip
    nodes = {id: (*node.at, node.at[0] + boxes[id].width, node.at[1] + boxes[id].height)
             for id, node in graph.nodes.items()} if areas else {}  # fmt: skip
    moving = frozenset(ids)
    for id, (left, top, right, bottom) in list(areas.items()):
        held = [node for node, at in nodes.items()
                if left <= at[0] and top <= at[1] and at[2] <= right and at[3] <= bottom]  # fmt: skip
        if not held or not moving.issuperset(held):
            del areas[id]
    size = {id: (right - left) * (bottom - top) for id, (left, top, right, bottom) in areas.items()}
    order = {id: place for place, id in enumerate(areas)}
    found: dict[str, str] = {}
    for id, (left, top, right, bottom) in [*areas.items(), *((id, nodes[id]) for id in ids if nodes)]:
        around = [
            frame for frame, (x0, y0, x1, y1) in areas.items()
            if x0 <= left and y0 <= top and right <= x1 and bottom <= y1
            and (id not in areas or (size[frame], -order[frame]) > (size[id], -order[id]))
        ]  # fmt: skip
        if around:
            found[id] = min(around, key=lambda frame: (size[frame], -order[frame]))
    return found


# -- blocks


def _blocks(
    ids: Sequence[str], links: Sequence[Pair], boxes: Mapping[str, Box], space: Spacing, view: View | None
) -> list[Block]:
    groups = pieces(ids, links)
    blocks = [_wired(group, links, boxes, space, view) for group in groups if len(group) > 1]
    alone = [group[0] for group in groups if len(group) == 1]
    width = max((block.width for block in blocks), default=view[0] if view else 0.0)
    return [*blocks, _loose(alone, boxes, space, width)] if alone else blocks


def _wired(
    ids: Sequence[str], links: Sequence[Pair], boxes: Mapping[str, Box], space: Spacing, view: View | None
) -> Block:
    number = {id: place for place, id in enumerate(ids)}
    ranks = fanned(ranked(len(ids), [(number[a], number[b]) for a, b in links if a in number]))
    sheet = Sheet.of(ranks, ids, [boxes[id] for id in ids], space)
    rows = [range(len(ranks.columns))]
    if view is not None:
        rows = wrapped(ranks, sheet.pitches, lambda rows: sheet.shown(rows, view))
    return sheet.block(rows)


def _loose(ids: Sequence[str], boxes: Mapping[str, Box], space: Spacing, width: float) -> Block:
    """Place what has no wires in rows, as wide as the rest or nearly square."""
    across = space.stretched(max(boxes[id].width for id in ids) + space.across / 2)
    down = space.stretched(max(boxes[id].height for id in ids) + space.down)
    a_row = max(int((width + space.across / 2) // across), round((len(ids) * down / across) ** 0.5), 1)
    places = {id: (place % a_row * across, place // a_row * down) for place, id in enumerate(ids)}
    return Block(places, min(a_row, len(ids)) * across - space.across / 2, -(-len(ids) // a_row) * down - space.down)


def _piled(blocks: Sequence[Block], space: Spacing) -> Block:
    """Put blocks one below the other."""
    places: dict[str, Point] = {}
    top = 0.0
    for block in blocks:
        places |= {id: (x, y + top) for id, (x, y) in block.places.items()}
        top += space.stretched(block.height + 2 * space.down)
    last = blocks[-1].height - space.stretched(blocks[-1].height + 2 * space.down)
    return Block(places, max(block.width for block in blocks), top + last)


# -- where it all stands


def _in_place(graph: Graph, boxes: Mapping[str, Box], block: Block, space: Spacing) -> dict[str, Point]:
    """Move a block to where its things stood, and no further than needed for those that stay not to be covered."""
    old = [graph.frames[id].at if id in graph.frames else graph.nodes[id].at for id in block.places]
    left, top = (space.snapped(min(at[axis] for at in old) - min(at[axis] for at in block.places.values()))
                 for axis in (0, 1))  # fmt: skip
    places = {id: (x + left, y + top) for id, (x, y) in block.places.items()}
    by = _way_out(graph, boxes, places, space)
    return {id: (x, y + by) for id, (x, y) in places.items()} if by else places


def _way_out(graph: Graph, boxes: Mapping[str, Box], places: Mapping[str, Point], space: Spacing) -> float:
    """Return how far down, or up, places must move for nothing that stays to be covered."""
    staying = [id for id in graph.nodes if id not in places]
    if not staying:
        return 0.0
    x, y = np.array([graph.nodes[id].at for id in staying]).T
    width, height = np.array([(boxes[id].width, boxes[id].height) for id in staying]).T
    barred: list[Point] = []
    for id, (left, top) in places.items():
        if id in boxes:
            box, gap = boxes[id], space.down
            hit = (left < x + width + gap) & (x < left + box.width + gap)
            low, high = (y - top - box.height - gap)[hit], (y + height + gap - top)[hit]
            barred.extend(zip(low.tolist(), high.tolist(), strict=True))
    return _nearest_free(barred, space)


def _nearest_free(barred: Sequence[Point], space: Spacing) -> float:
    """Return the number nearest to 0 that lies within none of some intervals, on the grid."""
    down = up = 0.0
    for low, high in sorted(barred):
        if low < down < high:
            down = space.stretched(float(np.ceil(high)))
    for low, high in sorted(barred, key=lambda pair: -pair[1]):
        if low < up < high:
            up = -space.stretched(float(np.ceil(-low)))
    return down if down <= -up else up
