"""The drawing as a value: nodes, edges, frames, notes, and edits that return a new one. Knows no layer, no Qt."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal, TypeAlias

from engine.copies import copier
from engine.errors import GraphError
from engine.values import FrozenMap, Value

#: What Keras and TensorFlow's name scopes both take as a layer's name.
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.\-]{0,63}")
Point = tuple[float, float]
#: A bypassed node passes its first input on; a disabled one is left out with all that only it feeds.
Mode: TypeAlias = Literal["", "bypass", "disable"]
MODES: Final[tuple[Mode, ...]] = ("", "bypass", "disable")
#: What nodes, frames and notes can be coloured; empty for the colour of the layer's group.
COLOURS: Final = ("", "red", "orange", "yellow", "green", "teal", "blue", "purple", "pink", "grey")
#: The layer of a dot on a wire: what comes in goes out.
REROUTE: Final = "Reroute"


@dataclass(frozen=True, slots=True)
class Node:
    """One call of a layer.

    `values` holds only what differs from the layer's defaults. A node with `shares` calls the
    layer of that other node again, with the same weights; its own `layer` is that node's layer and
    its own `values` hold call arguments only.
    """

    id: str
    layer: str
    name: str
    values: FrozenMap[Value] = field(default_factory=FrozenMap)
    at: Point = (0.0, 0.0)
    shares: str | None = None
    mode: Mode = ""
    colour: str = ""
    collapsed: bool = False


_moved = copier(Node, "at")


@dataclass(frozen=True, slots=True)
class Frame:
    """A titled rectangle behind nodes; those that lie within it move with it."""

    id: str
    title: str = ""
    at: Point = (0.0, 0.0)
    size: Point = (240.0, 160.0)
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Markdown text on the ground, as large as it is wide."""

    id: str
    text: str = ""
    at: Point = (0.0, 0.0)
    size: Point = (240.0, 120.0)
    colour: str = ""


@dataclass(frozen=True, slots=True, order=True)
class End:
    """A port of a node, as an edge sees it."""

    node: str
    port: str


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """A wire from an output port to an input port."""

    source: End
    target: End

    def __hash__(self) -> int:
        """Hash the four words at once: wires are looked up by the thousand."""
        return hash((self.source.node, self.source.port, self.target.node, self.target.port))


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes by id, in drawing order, and edges; where a port takes many wires, their order is the edges' order.

    Frames and notes stand by id, the lowest first; no id stands twice, whatever it is the id of.
    """

    nodes: FrozenMap[Node] = field(default_factory=FrozenMap)
    edges: tuple[Edge, ...] = ()
    frames: FrozenMap[Frame] = field(default_factory=FrozenMap)
    notes: FrozenMap[Note] = field(default_factory=FrozenMap)

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


def check_name(name: str, node: str | None = None) -> None:
    """Raise GraphError unless Keras, TensorFlow and a file can all take `name` as a layer's name."""
    if not NAME.fullmatch(name):
        raise GraphError(
            "A name starts with a letter and holds letters, digits, '_', '.' and '-', at most 64",
            received=repr(name[:80]), node=node,
        )  # fmt: skip


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
