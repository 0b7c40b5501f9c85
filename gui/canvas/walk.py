"""Where the arrow keys lead from a node: along its wires, else to the nearest node that way. Knows no Qt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final, Literal

from engine.graph import Edge, Graph, Point

Way = Literal["left", "right", "up", "down"]
#: Unit steps; and how much a step aside counts against a step ahead.
STEPS: Final[Mapping[Way, Point]] = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
_ASIDE: Final = 2.5


def step(graph: Graph, id: str, way: Way) -> str | None:
    """Return the next node, or None where there is none that way."""
    wired = {
        "right": [edge.target.node for edge in graph.out_of(id)],
        "left": [edge.source.node for edge in graph.into(id)],
    }.get(way, [])
    here = graph.node(id).at
    if wired:
        return min(wired, key=lambda other: (abs(graph.node(other).at[1] - here[1]), graph.node(other).at[0]))
    return nearest(graph, id, way)


def nearest(graph: Graph, id: str, way: Way, without: Collection[str] = ()) -> str | None:
    """Return the nearest node that way, wired or not, or None where there is none."""
    others = (other for other in graph.nodes if other != id and other not in without)
    return _nearest(graph, others, graph.node(id).at, way)


def wires(graph: Graph, id: str) -> tuple[Edge, ...]:
    """Return a node's wires in the order that keys go through them: those out of it, then those into it."""
    return (*graph.out_of(id), *graph.into(id))


def first(graph: Graph) -> str | None:
    """Return where walking starts: the first node of the drawing that nothing feeds, else the first."""
    fed = {edge.target.node for edge in graph.edges}
    return next((id for id in graph.nodes if id not in fed), next(iter(graph.nodes), None))


def _nearest(graph: Graph, ids: Iterable[str], here: Point, way: Way) -> str | None:
    across, down = STEPS[way]
    found: list[tuple[float, str]] = []
    for id in ids:
        x, y = graph.nodes[id].at[0] - here[0], graph.nodes[id].at[1] - here[1]
        ahead, aside = x * across + y * down, abs(x * down) + abs(y * across)
        if ahead > 0:
            found.append((ahead + _ASIDE * aside, id))
    return min(found)[1] if found else None
