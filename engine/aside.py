"""Moves the notes aside on which nodes or frames would come to stand. Knows not how these were placed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.graph import Graph, Point
from engine.sheet import Box, Spacing

_Area = tuple[float, float, float, float]


def aside(
    graph: Graph, boxes: Mapping[str, Box], places: Mapping[str, Point], sizes: Mapping[str, Point], space: Spacing
) -> dict[str, Point]:
    """Return the places with those of the notes that are not among them and make room, each straight down."""
    found = dict(places)
    staying = [note for note in graph.notes.values() if note.id not in places]
    if not staying:
        return found
    new = list(_areas(boxes, places, sizes))
    old = {id: node.at for id, node in graph.nodes.items() if id not in places}
    taken = [*new, *_areas(boxes, old, sizes)]
    for note in sorted(staying, key=lambda note: note.at[::-1]):
        area = (*note.at, *note.size)
        if any(_meet(area, other) for other in new):
            area = _below(area, taken, space)
            found[note.id] = area[:2]
        taken.append(area)
    return found


def _areas(boxes: Mapping[str, Box], places: Mapping[str, Point], sizes: Mapping[str, Point]) -> Iterator[_Area]:
    for id, at in places.items():
        wide, high = sizes[id] if id in sizes else (boxes[id].width, boxes[id].height)
        yield (*at, wide, high)


def _below(area: _Area, taken: list[_Area], space: Spacing) -> _Area:
    """Move an area down to where it meets none of the others."""
    x, y, wide, high = area
    for other in sorted(taken, key=lambda other: other[1]):
        if _meet((x, y, wide, high), other):
            y = space.stretched(other[1] + other[3] + space.down)
    return x, y, wide, high


def _meet(one: _Area, other: _Area) -> bool:
    return (
        one[0] < other[0] + other[2] and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3] and other[1] < one[1] + one[3]
    )  # fmt: skip
