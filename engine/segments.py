"""A drawing as a row of segments, between which one tensor passes; those of one form have the same layers and wires.

Knows no block and no Qt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from engine.graph import Edge, End, Graph, Node, order

#: Where a wire begins and ends, by places among the nodes (-1: what comes in), and the ports.
Wire: TypeAlias = tuple[int, str, int, str]
#: All by which two segments are one but for values, names and places.
Form: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """Nodes in the order of their wires, what comes in, and what leaves."""

    nodes: tuple[Node, ...]
    given: End
    gives: End
    wires: tuple[Wire, ...]

    @property
    def form(self) -> Form:
        place = next(place for place, node in enumerate(self.nodes) if node.id == self.gives.node)
        kinds = tuple((node.layer, node.mode, node.when) for node in self.nodes)
        return kinds, self.wires, place, self.gives.port


def segments(graph: Graph) -> list[Segment]:
    """Cut a drawing where one tensor alone passes on; none where its wires run in a circle.

    What stands before the first cut and after the last is in no segment, nor is what calls another's layer.
    """
    found = order(graph)
    if found.cyclic:
        return []
    into, feeds = _wires(graph)
    cuts = list(_cuts(found.ids, into, feeds))
    shared = {node.shares for node in graph.nodes.values() if node.shares is not None}
    made = []
    for (start, given), (end, gives) in pairwise(cuts):
        nodes = tuple(graph.nodes[id] for id in found.ids[start:end])
        made.append(Segment(nodes, given, gives, tuple(_inner(nodes, given, into))))
    return [each if _is_whole(each, shared) else _barrier(each) for each in made]


def is_barrier(segment: Segment) -> bool:
    """Whether a segment can be in no block."""
    return not segment.nodes


def _barrier(segment: Segment) -> Segment:
    return Segment((), segment.given, segment.gives, ())


def _is_whole(segment: Segment, shared: set[str]) -> bool:
    """Whether nothing in it calls a layer of another node, all wires are its own, and what leaves is made in it."""
    ids = {node.id for node in segment.nodes}
    apart = all(node.shares is None and node.id not in shared for node in segment.nodes)
    return apart and segment.gives.node in ids and len(segment.wires) > 0


def _wires(graph: Graph) -> tuple[dict[str, list[Edge]], dict[End, list[str]]]:
    into: dict[str, list[Edge]] = defaultdict(list)
    feeds: dict[End, list[str]] = defaultdict(list)
    for edge in graph.edges:
        into[edge.target.node].append(edge)
        feeds[edge.source].append(edge.target.node)
    return into, feeds


def _cuts(ids: Sequence[str], into: dict[str, list[Edge]], feeds: dict[End, list[str]]) -> Iterator[tuple[int, End]]:
    """Yield the places in the order between which one tensor alone passes, with the port that it comes from."""
    ends: dict[str, list[End]] = defaultdict(list)
    for end in feeds:
        ends[end.node].append(end)
    left = {end: len(fed) for end, fed in feeds.items()}
    passing: set[End] = set()
    for place, id in enumerate(ids, 1):
        for edge in into.get(id, ()):
            left[edge.source] -= 1
            if not left[edge.source]:
                passing.discard(edge.source)
        passing.update(ends.get(id, ()))
        if len(passing) == 1:
            yield place, next(iter(passing))


def _inner(nodes: Sequence[Node], given: End, into: dict[str, list[Edge]]) -> Iterator[Wire]:
    """The wires into the nodes of a segment, in the order of its nodes and of each one's wires."""
    places = {node.id: place for place, node in enumerate(nodes)}
    for place, node in enumerate(nodes):
        for edge in into.get(node.id, ()):
            if edge.source == given:
                yield -1, "", place, edge.target.port
            else:
                yield places[edge.source.node], edge.source.port, place, edge.target.port
