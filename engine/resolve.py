"""From a drawing to the network that it means: blocks unfolded, dots and what is bypassed passed, what is off left."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from engine.catalogue import Catalogue
from engine.graph import REROUTE, Edge, End, Graph, Node, order
from engine.traits import traits
from engine.unfold import unfolded

#: How a node takes part: as it is, passed by, left out by a person, left out because all that feeds it is.
Part: TypeAlias = Literal["", "bypass", "disable", "absent"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """The network that a drawing means.

    Attributes:
        graph: The drawing without its passed and its left out nodes, its wires leading past them; a wire may stand
            twice in it, where two ways lead from one port to another.
        absent: The ids of the nodes that are left out.
        first: For each node that is passed through, what it passes on; one that has nothing to pass on is not in it.
    """

    graph: Graph
    absent: frozenset[str] = frozenset()
    first: Mapping[str, End] = field(default_factory=dict)

    def part(self, node: Node) -> Part:
        """Return how a node of the drawing takes part."""
        return node.mode or ("absent" if node.id in self.absent else "")

    def source(self, end: End) -> End:
        """Return the port whose tensor is at a port of the drawing: itself, but for a node that is passed through."""
        if end.node not in self.first:
            return end
        seen = {end.node}
        while end.node in self.first and self.first[end.node].node not in seen:
            end = self.first[end.node]
            seen.add(end.node)
        return end


def resolved(graph: Graph, catalogue: Catalogue) -> Graph:
    """Return the network that a drawing means; the drawing itself where it means what it shows."""
    return resolve(graph, catalogue).graph


def resolve(graph: Graph, catalogue: Catalogue) -> Resolved:
    """Find what a drawing means.

    A bypassed node passes on what its first wired port gets, out of every port; so does a dot on a wire. A disabled
    node is left out with every wire that it touches, and so is each node whose wires all come from what is left out.
    """
    for known, by, _, kept in _last:
        if known is graph and by is catalogue:
            return kept
    flat = unfolded(graph, catalogue).graph
    again = (_again(before, kept, flat) for _, by, before, kept in _last if by is catalogue)
    found = next(filter(None, again), None) or _resolve(flat, catalogue)
    _last.appendleft((graph, catalogue, flat, found))
    return found


def _again(before: Graph, kept: Resolved, flat: Graph) -> Resolved | None:
    """Return what a drawing means that differs from one before in what takes part as it did; None where it may not."""
    if before.edges is not flat.edges or list(before.nodes) != list(flat.nodes):
        return None
    old, new, meant = before.nodes, flat.nodes, kept.graph.nodes
    others = new.others(old)
    left = [id for id in others if id not in meant]
    if not all(_takes_part(new[id], old[id], meant) for id in others) or (left and _owned(flat, left)):
        return None
    if kept.graph is before:
        return replace(kept, graph=flat)
    nodes = meant.with_items({id: new[id] for id in others if id in meant})
    return replace(kept, graph=replace(flat, nodes=nodes, edges=kept.graph.edges))


def _takes_part(node: Node, was: Node, meant: Mapping[str, Node]) -> bool:
    """Whether a node is in the network as it was, or is passed or left out as it was."""
    same = (node.mode, node.shares) == (was.mode, was.shares)
    if node.id in meant:
        return same and meant[node.id] is was and node.layer != REROUTE
    return same and node.layer == was.layer


def _owned(graph: Graph, ids: Collection[str]) -> bool:
    """Whether others call the layer of one of some nodes: its values would become theirs."""
    return any(graph.nodes[id].shares in ids for id in traits(graph.nodes).sharing)


def level(graph: Graph, catalogue: Catalogue) -> Resolved:
    """Find the same of one drawing alone, the instances of blocks left as they are."""
    return _resolve(graph, catalogue)


#: What was resolved last, with the flat drawing: many ask of the same one, and of the block that is seen of it.
_last: deque[tuple[Graph, Catalogue, Graph, Resolved]] = deque(maxlen=4)


def _resolve(graph: Graph, catalogue: Catalogue) -> Resolved:
    if not traits(graph.nodes).aside:
        return Resolved(graph)
    absent = frozenset(_left_out(graph))
    passed = frozenset(id for id, node in graph.nodes.items() if passes(graph, id) and id not in absent)
    found = Resolved(graph, absent, dict(_firsts(graph, catalogue, passed, absent)))
    edges = tuple(
        edge if source is edge.source else Edge(source, edge.target)
        for edge in graph.edges
        if edge.target.node not in passed | absent and (source := found.source(edge.source)).node not in passed | absent
    )
    return replace(found, graph=replace(graph.without(passed | absent), edges=edges))


def passes(graph: Graph, id: str) -> bool:
    """Whether a node passes its first input on: it is bypassed, or a dot on a wire."""
    node = graph.nodes[id]
    return node.mode == "bypass" or (node.layer == REROUTE and node.mode == "")


def _left_out(graph: Graph) -> Iterator[str]:
    """The disabled nodes, and those that are fed by them alone."""
    feeding: dict[str, list[str]] = {}
    for edge in graph.edges:
        feeding.setdefault(edge.target.node, []).append(edge.source.node)
    absent: set[str] = set()
    sorted_ids = order(graph)
    for id in (*sorted_ids.ids, *sorted_ids.cyclic):
        before = feeding.get(id)
        if graph.nodes[id].mode == "disable" or (before and absent.issuperset(before)):
            absent.add(id)
            yield id


def _firsts(
    graph: Graph, catalogue: Catalogue, passed: frozenset[str], absent: frozenset[str]
) -> Iterator[tuple[str, End]]:
    """For each node that is passed through: where the wire into the first of its wired ports begins."""
    into: dict[str, list[Edge]] = {id: [] for id in passed}
    for edge in graph.edges:
        if edge.target.node in passed and edge.source.node not in absent:
            into[edge.target.node].append(edge)
    for id, edges in into.items():
        spec = catalogue.known(graph.nodes[id].layer)
        places = {port.name: place for place, port in enumerate(spec.inputs)} if spec is not None else {}
        if edges:
            yield id, min(edges, key=lambda edge: places.get(edge.target.port, len(places))).source
