"""Makes room for a node that was put between others. Knows no Qt, no document."""

from __future__ import annotations

from math import floor
from typing import Final

from engine.graph import REROUTE, Graph, Point, reachable
from gui.canvas import measure
from gui.canvas.holding import held_in_frames

#: Nodes of one row that stand nearer than this are in each other's way.
_GAP: Final = 2 * measure.GRID
#: As high as a node with its thumbnail.
_HEIGHT: Final = measure.height(0, thumbnail=True)


def spread(graph: Graph, id: str) -> Graph:
    """Move a node clear of what feeds it, and all that it feeds clear of it, where they are in its way in its row.

    Frames go with what they hold, or grow around it. A dot is in nobody's way.
    """
    if graph.node(id).layer == REROUTE:
        return graph
    x, y = graph.node(id).at
    before = [graph.node(edge.source.node).at for edge in graph.into(id)]
    blocked = [at[0] for at in before if abs(at[1] - y) < measure.DROP and -measure.WIDTH < x - at[0] < _near()]
    if blocked:
        x = max(blocked) + measure.PITCH
        graph = graph.moved({id: (x, y)})
    return _push(graph, id)


def _push(graph: Graph, id: str) -> Graph:
    x, y = graph.node(id).at
    after = [graph.node(edge.target.node).at for edge in graph.out_of(id)]
    blocked = [at[0] for at in after if abs(at[1] - y) < measure.DROP and -measure.PITCH < at[0] - x < _near()]
    if not blocked:
        return graph
    first, step = min(blocked), x + measure.PITCH - min(blocked)
    pushed = {other for other in reachable(graph, [id]) if other != id and graph.node(other).at[0] >= first}
    pushed = _with_those_behind(graph, pushed, step)
    roomy = graph.moved({each: (graph.node(each).at[0] + step, graph.node(each).at[1]) for each in pushed})
    return held_in_frames(graph, roomy, pushed, step, id)


def _with_those_behind(graph: Graph, pushed: set[str], step: float) -> set[str]:
    """Return some nodes, and those that they would come to cover and did not cover before."""
    cells: dict[tuple[int, int], list[str]] = {}
    for node in graph.nodes.values():
        cells.setdefault(_cell(node.at), []).append(node.id)
    waiting = list(pushed)
    for id in waiting:
        x, y = graph.node(id).at
        column, row = _cell((x + step, y))
        near = (cells.get((column + i, row + j), ()) for i in (-1, 0, 1) for j in (-1, 0, 1))
        for other in (other for cell in near for other in cell if other not in pushed):
            at = graph.node(other).at
            if _cover((x + step, y), at) and not _cover((x, y), at):
                pushed.add(other)
                waiting.append(other)
    return pushed


def _cell(at: Point) -> tuple[int, int]:
    return floor(at[0] / measure.WIDTH), floor(at[1] / _HEIGHT)


def _cover(a: Point, b: Point) -> bool:
    return abs(a[0] - b[0]) < measure.WIDTH and abs(a[1] - b[1]) < _HEIGHT


def _near() -> float:
    return measure.WIDTH + _GAP
