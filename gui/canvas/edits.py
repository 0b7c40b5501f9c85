"""What the canvas does to a drawing: each takes a graph and returns a new one. Knows no Qt, no document."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from itertools import count as count_up
from typing import Final

from engine import wiring
from engine.catalogue import Catalogue
from engine.copies import copier
from engine.errors import EngineError
from engine.graph import REROUTE, Edge, End, Frame, Graph, Node, Note, Point
from engine.values import FrozenMap
from gui.canvas import framing, measure

#: What sets names of one kind apart.
_NUMBER: Final = re.compile(r"_\d+$")

_anew = copier(Node, "id", "name", "at", "shares")


def added(graph: Graph, catalogue: Catalogue, layer: str, at: Point) -> tuple[Graph, Node]:
    """Add a layer as the palette gives it, with its corner at a place."""
    node = catalogue.new_node(graph, layer, at)
    return graph.with_node(node), node


def added_after(graph: Graph, catalogue: Catalogue, layer: str, at: Point, before: str) -> tuple[Graph, Node]:
    """Add a layer and wire it to the node before it, where the two fit."""
    graph, node = added(graph, catalogue, layer, at)
    return linked(graph, catalogue, before, node.id) or graph, node


def added_at_end(
    graph: Graph, catalogue: Catalogue, layer: str, at: Point, ends: Iterable[End], *, output: bool
) -> tuple[Graph, Node]:
    """Add a layer and wire it to the first of some ports that fits: outputs that feed it, or inputs that it feeds."""
    graph, node = added(graph, catalogue, layer, at)
    ways = (joined(graph, catalogue, end, node.id, output=output) for end in ends)
    return next((way for way in ways if way is not None), graph), node


def linked(graph: Graph, catalogue: Catalogue, source: str, target: str) -> Graph | None:
    """Wire the first output of a node to the first input of another that takes it, or return None."""
    for port in _outputs(graph, catalogue, source)[:1]:
        return joined(graph, catalogue, End(source, port), target, output=True)
    return None


def joined(graph: Graph, catalogue: Catalogue, end: End, id: str, *, output: bool) -> Graph | None:
    """Wire a port to the first port of a node that takes it; a free one before one that has a wire already."""
    ports = _inputs(graph, catalogue, id) if output else _outputs(graph, catalogue, id)
    taken = {edge.target for edge in graph.edges}
    for port in sorted(ports, key=lambda port: output and End(id, port) in taken):
        source, target = (end, End(id, port)) if output else (End(id, port), end)
        if wiring.why_not(graph, catalogue, source, target) is None:
            return wiring.connect(graph, catalogue, source, target)
    return None


def fits(graph: Graph, catalogue: Catalogue, layer: str, end: End, rank: int | None, *, output: bool) -> bool:
    """Whether a new layer could be wired to a port; `rank` is that of the tensor there, batch included."""
    spec = catalogue.layer(layer)
    if output and spec.ranks and rank is not None and rank not in spec.ranks:
        return False
    trial = catalogue.new_node(graph, layer)
    return joined(graph.with_node(trial), catalogue, end, trial.id, output=output) is not None


def size(node: Node) -> Point:
    """Return how large a node is at least, without what its ports and its thumbnail add."""
    if node.layer == REROUTE:
        return measure.DOT, measure.DOT
    return measure.WIDTH, measure.SLIM if node.collapsed else measure.HEAD


def piece(graph: Graph, ids: Collection[str]) -> Graph:
    """Return some nodes, frames and notes, and the wires between the nodes.

    A node whose layer's owner stays behind gets a layer of its own.
    """
    return graph.without({*graph.nodes, *graph.frames, *graph.notes}.difference(ids))


def pasted(graph: Graph, part: Graph, by: Point) -> tuple[Graph, frozenset[str]]:
    """Add a piece, shifted, under new ids and free names; return the new ids too."""
    fresh = dict(zip(part.nodes, graph.free_ids(len(part.nodes)), strict=True))
    frames, notes = part.frames.values(), part.notes.values()
    fresh |= dict(zip(part.frames, graph.free_ids(len(frames), "f"), strict=True))
    fresh |= dict(zip(part.notes, graph.free_ids(len(notes), "t"), strict=True))
    names = _names(graph, part)
    nodes = list(part.nodes.values())
    added = _anew(
        nodes,
        [fresh[node.id] for node in nodes],
        [names[node.id] for node in nodes],
        [_on(node.at, by) for node in nodes],
        [fresh[node.shares] if node.shares is not None else None for node in nodes],
    )
    graph = graph.with_nodes(added)
    graph = graph.with_frames(replace(frame, id=fresh[frame.id], at=_on(frame.at, by)) for frame in frames)
    graph = graph.with_notes(replace(note, id=fresh[note.id], at=_on(note.at, by)) for note in notes)
    edges = (
        Edge(End(fresh[edge.source.node], edge.source.port), End(fresh[edge.target.node], edge.target.port))
        for edge in part.edges
    )
    return replace(graph, edges=(*graph.edges, *edges)), frozenset(fresh.values())


def checked(part: Graph, catalogue: Catalogue) -> Graph:
    """Return a piece from elsewhere with its values in canonical form, or raise EngineError where it cannot be."""
    for node in part.nodes.values():
        try:
            part = part.with_node(replace(node, values=FrozenMap(catalogue.values(node))))
        except EngineError as error:
            error.node = node.id
            raise
    return part


def to_middle(part: Graph, at: Point) -> Point:
    """Return how far a piece is from standing around a place."""
    boxes = [(node.at, size(node)) for node in part.nodes.values()]
    boxes += [(frame.at, frame.size) for frame in part.frames.values()]
    boxes += [(note.at, note.size) for note in part.notes.values()]
    low = [min(corner[axis] for corner, _ in boxes) for axis in (0, 1)]
    high = [max(corner[axis] + extent[axis] for corner, extent in boxes) for axis in (0, 1)]
    return round(at[0] - (low[0] + high[0]) / 2), round(at[1] - (low[1] + high[1]) / 2)


def shifted(graph: Graph, ids: Iterable[str], by: Point) -> Graph:
    """Move nodes, frames and notes alike."""
    across, down = by
    held: dict[str, Node | Frame | Note] = dict(graph.nodes.items()) | dict(graph.frames) | dict(graph.notes)
    places: dict[str, Point] = {}
    for id in ids:
        x, y = held[id].at
        places[id] = x + across, y + down
    return graph.moved(places)


def count(graph: Graph, ids: Collection[str]) -> str:
    """Name some nodes, frames and notes in a title: the name of one, the number of many."""
    return framing.words(graph, ids)


def _on(at: Point, by: Point) -> Point:
    return at[0] + by[0], at[1] + by[1]


def wires_title(verb: str, wires: Collection[Edge]) -> str:
    """Name a step that removes some wires."""
    return f"{verb} wire" if len(wires) == 1 else f"{verb} {len(wires)} wires"


def inserted_title(graph: Graph, id: str) -> str:
    """Name the step that put a node on a wire."""
    return f"Insert {graph.node(id).name} after {graph.node(graph.into(id)[0].source.node).name}"


def _outputs(graph: Graph, catalogue: Catalogue, id: str) -> list[str]:
    return [port.name for port in wiring.outputs(graph, catalogue, id)]


def _inputs(graph: Graph, catalogue: Catalogue, id: str) -> list[str]:
    """The names of a node's input ports, those that must be wired first."""
    return [port.name for port in sorted(wiring.inputs(graph, catalogue, id), key=lambda port: port.optional)]


def _names(graph: Graph, part: Graph) -> dict[str, str]:
    """Return a free name for each node of a piece: its own, else its stem with the first number that is free."""
    taken = {node.name for node in graph.nodes.values()}
    numbers: dict[str, Iterator[str]] = {}
    found: dict[str, str] = {}
    for id, node in part.nodes.items():
        name, stem = node.name, _stem(node.name)
        while name in taken:
            name = next(numbers.setdefault(stem, _numbered(stem)))
        taken.add(name)
        found[id] = name
    return found


def _numbered(stem: str) -> Iterator[str]:
    return chain([stem], (f"{stem}_{number}" for number in count_up(1)))


def _stem(name: str) -> str:
    """A name without the number that set it apart: `conv2d` of `conv2d_3`."""
    return _NUMBER.sub("", name)
