"""A drawing as a picture for a report: boxes and wires where they stand, as SVG text. Knows no file and no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Final

import numpy as np

from engine.fittings import REPEAT
from engine.graph import BLOCK, Graph, Node

#: A layer's size, and the room around a drawing.
NODE: Final = (168, 52)
ROOM: Final = 32
#: How far a wire that runs backwards goes out to the side.
BACK: Final = 36
#: A drawing is shown no smaller than so, but scrolled; one that would be wider than so many pixels is.
LEAST, WIDEST = 0.55, 2400
TALLEST, LOWEST = 560, 120


def drawing(graph: Graph, groups: Mapping[str, str]) -> str:
    """Draw layers where they stand, with their wires; `groups` tells the palette's group of a layer's class."""
    if not graph.nodes:
        return ""
    places = np.array([node.at for node in graph.nodes.values()], float)
    room = np.array((ROOM + BACK, ROOM))
    (left, top), (right, bottom) = places.min(0) - room, places.max(0) + np.array(NODE) + room
    wide, high = right - left, bottom - top
    body = [*_wires(graph), *(_node(node, groups.get(node.layer, "")) for node in graph.nodes.values())]
    reach = f"max-height:{min(TALLEST, max(LOWEST, high)):.0f}px;min-width:{min(WIDEST, LEAST * wide):.0f}px"
    box = f"{left:.0f} {top:.0f} {wide:.0f} {high:.0f}"
    head = f'<svg viewBox="{box}" role="img" aria-label="The drawing" style="{reach}">'
    return f'<div class="drawing">{head}{"".join(body)}</svg></div>'


def _wires(graph: Graph) -> Iterator[str]:
    for edge in graph.edges:
        source, target = graph.nodes.get(edge.source.node), graph.nodes.get(edge.target.node)
        if source is not None and target is not None:
            start = (source.at[0] + NODE[0], source.at[1] + NODE[1] / 2)
            yield f'<path class="wire" d="{_way(start, (target.at[0], target.at[1] + NODE[1] / 2))}"/>'


def _way(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A wire that runs forward is one curve; one that runs backwards crosses between the two heights."""
    (x0, y0), (x1, y1) = start, end
    if x1 >= x0:
        bend = max(16.0, (x1 - x0) / 2)
        return f"M{x0:.0f},{y0:.0f} C{x0 + bend:.0f},{y0:.0f} {x1 - bend:.0f},{y1:.0f} {x1:.0f},{y1:.0f}"
    across = (y0 + y1) / 2 if abs(y1 - y0) > NODE[1] else max(y0, y1) + NODE[1]
    out, back = x0 + BACK, x1 - BACK
    return (
        f"M{x0:.0f},{y0:.0f} C{out:.0f},{y0:.0f} {out:.0f},{across:.0f} {x0:.0f},{across:.0f} L{x1:.0f},{across:.0f}"
        f" C{back:.0f},{across:.0f} {back:.0f},{y1:.0f} {x1:.0f},{y1:.0f}"
    )


def _node(node: Node, group: str) -> str:
    x, y = node.at
    look = "g-" + "".join(letter for letter in group.lower() if letter.isalpha())
    return (
        f'<g class="node"><title>{escape(node.name)}: {escape(node.layer)}</title>'
        f'<rect x="{x:.0f}" y="{y:.0f}" width="{NODE[0]}" height="{NODE[1]}" rx="8"/>'
        f'<rect class="bar {look}" x="{x:.0f}" y="{y + 6:.0f}" width="4" height="{NODE[1] - 12}" rx="2"/>'
        f'<text class="name" x="{x + 14:.0f}" y="{y + 22:.0f}">{escape(_cut(node.name))}</text>'
        f'<text class="kind" x="{x + 14:.0f}" y="{y + 40:.0f}">{escape(_cut(_kind(node)))}</text></g>'
    )


def _kind(node: Node) -> str:
    """The class of a layer; of a block its name, and how often it stands in a row."""
    if not node.layer.startswith(BLOCK):
        return node.layer
    repeat = node.values.get(REPEAT)
    times = f" × {repeat}" if isinstance(repeat, int) and repeat > 1 else ""
    return f"block {node.layer.removeprefix(BLOCK)}{times}"


def _cut(words: str) -> str:
    return words if len(words) <= 20 else words[:19] + "…"
