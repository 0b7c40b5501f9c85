"""The drawing as a value: nodes, edges, frames, notes, blocks; an edit returns a new one. Knows no layer, no Qt."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from engine.copies import copier
from engine.errors import GraphError
from engine.pieces import BLOCK as BLOCK
from engine.pieces import COLOURS as COLOURS
from engine.pieces import INLET as INLET
from engine.pieces import MODES as MODES
from engine.pieces import NAME as NAME
from engine.pieces import OUTLET as OUTLET
from engine.pieces import REROUTE as REROUTE
from engine.pieces import BlockParameter as BlockParameter
from engine.pieces import Edge as Edge
from engine.pieces import End as End
from engine.pieces import Frame as Frame
from engine.pieces import Mode as Mode
from engine.pieces import Node as Node
from engine.pieces import Note as Note
from engine.pieces import Point as Point
from engine.pieces import check_name as check_name
from engine.values import FrozenMap, Value

_moved = copier(Node, "at")


@dataclass(frozen=True, slots=True)
class Block:
    """One definition that many nodes are instances of; its inlets and outlets, in drawing order, are its ports."""

    name: str
    graph: Graph
    parameters: tuple[BlockParameter, ...] = ()
    note: str = ""
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes by id, in drawing order, and edges; where a port takes many wires, their order is the edges' order.

    Frames and notes stand by id, the lowest first; no id stands twice, whatever it is the id of. The
    blocks that nodes are instances of stand by name, also those that stand in other blocks.
    """

    nodes: FrozenMap[Node] = field(default_factory=FrozenMap)
    edges: tuple[Edge, ...] = ()
    frames: FrozenMap[Frame] = field(default_factory=FrozenMap)
    notes: FrozenMap[Note] = field(default_factory=FrozenMap)
    blocks: FrozenMap[Block] = field(default_factory=FrozenMap)

    def node(self, id: str) -> Node:
        """Return a node by id, or raise GraphError."""
        try:
            return self.nodes[id]
        except KeyError:
            raise GraphError("The drawing has no such node", received=id) from None

    def with_node(self, node: Node) -> Graph:
        """Add a node, or put one in the place of the node with its id."""
        return replace(self, nodes=self.nodes.with_item(node.id, node))

    def with_nodes(self, nodes: Iterable[Node]) -> Graph:
        return replace(self, nodes=FrozenMap({**self.nodes, **{node.id: node for node in nodes}}))

    def without(self, ids: Iterable[str]) -> Graph:
        """Remove nodes with every edge that touches them, frames and notes, by id.

        Where a removed node's layer was shared, the first of the nodes that share it becomes its owner.
        """
        gone = frozenset(ids)
        bare = replace(self, frames=self.frames.without(*gone), notes=self.notes.without(*gone))
        if gone.isdisjoint(self.nodes):
            return bare
        heirs = _heirs(self, gone)
        nodes = {id: _inherit(self, node, heirs) for id, node in self.nodes.items() if id not in gone}
        edges = tuple(e for e in self.edges if e.source.node not in gone and e.target.node not in gone)
        return replace(bare, nodes=FrozenMap(nodes), edges=edges)

    def with_edge(self, edge: Edge, *, at: int | None = None) -> Graph:
        """Add an edge, last or at an index; both its nodes must be there and the edge must be new."""
        self.node(edge.source.node)
        self.node(edge.target.node)
        if edge in self.edges:
            raise GraphError("The two ports are wired already", node=edge.target.node)
        place = len(self.edges) if at is None else at
        return replace(self, edges=(*self.edges[:place], edge, *self.edges[place:]))

    def without_edges(self, edges: Iterable[Edge]) -> Graph:
        gone = frozenset(edges)
        return replace(self, edges=tuple(edge for edge in self.edges if edge not in gone))

    def with_value(self, id: str, name: str, value: Value) -> Graph:
        node = self.node(id)
        return self.with_node(replace(node, values=node.values.with_item(name, value)))

    def without_value(self, id: str, *names: str) -> Graph:
        node = self.node(id)
        return self.with_node(replace(node, values=node.values.without(*names)))

    def renamed(self, id: str, name: str) -> Graph:
        """Give a node another name, or raise GraphError where the name cannot be or is taken."""
        check_name(name, id)
        if any(node.name == name and node.id != id for node in self.nodes.values()):
            raise GraphError(
                "Each layer needs a name of its own", received=f"{name!r}, which another layer has",
                hint="Choose another name", node=id,
            )  # fmt: skip
        return self.with_node(replace(self.node(id), name=name))

    def moved(self, places: Mapping[str, Point]) -> Graph:
        """Put nodes, frames and notes at places, by id."""
        frames = [replace(self.frames[id], at=places[id]) for id in self.frames.keys() & places.keys()]
        notes = [replace(self.notes[id], at=places[id]) for id in self.notes.keys() & places.keys()]
        others = self.frames.keys() | self.notes.keys()
        ids = [id for id in places if id not in others] if others else list(places)
        nodes = _moved([self.nodes.get(id) or self.node(id) for id in ids], [places[id] for id in ids])
        graph = replace(self, nodes=FrozenMap(dict(self.nodes.items()) | dict(zip(ids, nodes, strict=True))))
        return graph.with_frames(frames).with_notes(notes) if frames or notes else graph

    def with_frames(self, frames: Iterable[Frame]) -> Graph:
        """Add frames above the others, or put them in the place of those with their ids."""
        return replace(self, frames=FrozenMap({**self.frames, **{frame.id: frame for frame in frames}}))

    def with_notes(self, notes: Iterable[Note]) -> Graph:
        return replace(self, notes=FrozenMap({**self.notes, **{note.id: note for note in notes}}))

    def owner(self, id: str) -> Node:
        """Return the node whose layer a node calls: itself, or the one that it shares."""
        node = self.node(id)
        return node if node.shares is None else self.node(node.shares)

    def free_id(self) -> str:
        return self.free_ids(1)[0]

    def free_ids(self, count: int, letter: str = "n") -> list[str]:
        """Return ids that nothing has: `n1` for nodes, by custom `f1` for frames and `t1` for notes."""
        taken = self.nodes.keys() | self.frames.keys() | self.notes.keys() if count else frozenset()
        numbered = re.compile(letter + "[0-9]{1,12}").fullmatch
        numbers = [int(id[1:]) for id in taken if numbered(id)]
        free = (f"{letter}{number}" for number in itertools.count(max(numbers, default=0) + 1))
        return list(itertools.islice((id for id in free if id not in taken), count))

    def free_name(self, stem: str) -> str:
        """Return `stem`, or `stem_1`, `stem_2` ... where it is taken, as Keras numbers its layers."""
        taken = {node.name for node in self.nodes.values()}
        if stem not in taken:
            return stem
        number = 1
        while f"{stem}_{number}" in taken:
            number += 1
        return f"{stem}_{number}"

    def into(self, id: str) -> tuple[Edge, ...]:
        """The edges into a node, in order."""
        return tuple(edge for edge in self.edges if edge.target.node == id)

    def out_of(self, id: str) -> tuple[Edge, ...]:
        return tuple(edge for edge in self.edges if edge.source.node == id)


def _heirs(graph: Graph, gone: frozenset[str]) -> dict[str, str]:
    """For each removed owner: the id of the first remaining node that shares its layer."""
    heirs: dict[str, str] = {}
    for node in graph.nodes.values():
        if node.shares is not None and node.shares in gone and node.id not in gone:
            heirs.setdefault(node.shares, node.id)
    return heirs


def _inherit(graph: Graph, node: Node, heirs: Mapping[str, str]) -> Node:
    if node.shares is None or node.shares not in heirs:
        return node
    heir = heirs[node.shares]
    if heir != node.id:
        return replace(node, shares=heir)
    values = FrozenMap({**graph.node(node.shares).values, **node.values})
    return replace(node, shares=None, values=values)


# -- reading a graph


@dataclass(frozen=True, slots=True)
class Order:
    """Node ids so that every node follows what feeds it, and the ids that lie on or behind a cycle."""

    ids: tuple[str, ...]
    cyclic: tuple[str, ...]


def order(graph: Graph) -> Order:
    """Sort topologically (Kahn 1962), stable in drawing order; edges to absent nodes do not count."""
    waiting = dict.fromkeys(graph.nodes, 0)
    feeds: dict[str, list[str]] = defaultdict(list)
    for edge in graph.edges:
        if edge.source.node in waiting and edge.target.node in waiting:
            feeds[edge.source.node].append(edge.target.node)
            waiting[edge.target.node] += 1
    ready = [id for id, count in waiting.items() if count == 0]
    for id in ready:
        for fed in feeds[id]:
            waiting[fed] -= 1
            if waiting[fed] == 0:
                ready.append(fed)
    done = set(ready)
    return Order(tuple(ready), tuple(id for id in graph.nodes if id not in done))


def cycle(graph: Graph) -> tuple[str, ...]:
    """Return the ids along one cycle, in the wires' direction, or nothing where there is none."""
    left = set(order(graph).cyclic)
    if not left:
        return ()
    before = {edge.target.node: edge.source.node for edge in graph.edges if edge.source.node in left}
    path: list[str] = []
    at = next(id for id in graph.nodes if id in left)
    while at not in path:
        path.append(at)
        at = before[at]
    return tuple(reversed(path[path.index(at) :]))


def reachable(graph: Graph, ids: Iterable[str], *, upstream: bool = False) -> frozenset[str]:
    """Return `ids` and all that they feed (or, upstream, all that feeds them)."""
    near: dict[str, list[str]] = defaultdict(list)
    for edge in graph.edges:
        here, there = edge.source.node, edge.target.node
        near[there if upstream else here].append(here if upstream else there)
    found = list(dict.fromkeys(ids))
    seen = set(found)
    for id in found:
        for other in near[id]:
            if other not in seen:
                seen.add(other)
                found.append(other)
    return frozenset(seen)
