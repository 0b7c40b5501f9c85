"""Which nodes stand in a relation to some others, by wires and by what they are. Knows no Qt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from engine.graph import Graph, reachable

Ids = frozenset[str]


def upstream(graph: Graph, ids: Collection[str]) -> Ids:
    """These and all that feeds them."""
    return reachable(graph, ids, upstream=True)


def downstream(graph: Graph, ids: Collection[str]) -> Ids:
    """These and all that they feed."""
    return reachable(graph, ids)


def connected(graph: Graph, ids: Collection[str]) -> Ids:
    """These and all that wires lead to, whichever way."""
    near = neighbours(graph)
    found = list(dict.fromkeys(ids))
    seen = set(found)
    for id in found:
        fresh = near.get(id, frozenset()) - seen
        seen |= fresh
        found.extend(fresh)
    return frozenset(seen)


def alike(graph: Graph, ids: Collection[str], *, exactly: bool) -> Ids:
    """All that are of the kinds of these; exactly: with the same values too."""

    def mark(id: str) -> object:
        owner = graph.owner(id)
        return (owner.layer, owner.values) if exactly else owner.layer

    marks = [mark(id) for id in ids]
    wanted = {owner.layer for owner in map(graph.owner, ids)}
    return frozenset(id for id in graph.nodes if graph.owner(id).layer in wanted and mark(id) in marks)


def inverted(graph: Graph, ids: Collection[str]) -> Ids:
    return frozenset(graph.nodes) - frozenset(ids)


def grown(graph: Graph, ids: Collection[str]) -> Ids:
    """These and what is one wire away."""
    near = neighbours(graph)
    return frozenset(ids).union(*(near.get(id, ()) for id in ids))


def shrunk(graph: Graph, ids: Collection[str]) -> Ids:
    """These without those that are wired to others; where none is, without the ends of the chains."""
    inside, near = frozenset(ids), neighbours(graph)
    rim = {id for id in inside if near.get(id, frozenset()) - inside}
    if not rim:
        fed, feeding = {edge.target.node for edge in graph.edges}, {edge.source.node for edge in graph.edges}
        rim = set(inside - (fed & feeding))
    return inside - rim


def neighbours(graph: Graph) -> Mapping[str, Ids]:
    """The nodes that are one wire away from each that has wires."""
    near: dict[str, set[str]] = defaultdict(set)
    for edge in graph.edges:
        near[edge.source.node].add(edge.target.node)
        near[edge.target.node].add(edge.source.node)
    return {id: frozenset(others) for id, others in near.items()}
