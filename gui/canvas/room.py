"""Makes room for a node that was put between others. Knows no Qt, no document."""

from __future__ import annotations

from typing import Final

from engine.graph import Graph, reachable
from gui.canvas import measure

#: Nodes of one row that stand nearer than this are in each other's way.
_GAP: Final = 2 * measure.GRID


def spread(graph: Graph, id: str) -> Graph:
    """Move a node clear of what feeds it, and all that it feeds clear of it, where they are in its way in its row."""
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
    moved = [graph.node(other) for other in reachable(graph, [id]) if other != id]
    return graph.moved({node.id: (node.at[0] + step, node.at[1]) for node in moved if node.at[0] >= first})


def _near() -> float:
    return measure.WIDTH + _GAP
