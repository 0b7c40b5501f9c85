"""Mends that put layers in, take them out, or put one in another's place. Knows no problem, no Keras, no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from engine import surgery, wiring
from engine.catalogue import Catalogue
from engine.errors import GraphError
from engine.graph import Edge, End, Graph, Node, Point
from engine.kinds import spell
from engine.mends import OfDrawing, drawn
from engine.values import FrozenMap, Value
from engine.wiring import listed

#: From node to node in a row, and the room that a node takes with what is around it.
STEP: Final = 252.0
ROOM: Final = (176.0, 96.0)
#: How the values of a new layer are told in a title: those that matter, in this order.
WORDS: Final[Mapping[str, str]] = {
    "target_shape": "to {}", "filters": "with {} filters", "units": "with {} units", "strides": "strides {}",
    "input_dim": "of {}", "output_dim": "with {} features", "size": "by {}",
    "scale": "by {}", "pool_size": "of {}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Insert(OfDrawing):
    """Put a layer on the wire from a node to a port; `told` says in the title what it does."""

    source: str
    target: End
    layer: str
    values: FrozenMap[Value] = field(default_factory=FrozenMap)
    told: str = ""

    def title(self, graph: Graph) -> str:
        what = f"{self.layer} {self.told}" if self.told else _told(self.layer, self.values)
        return f"Insert {what} after {graph.node(self.source).name}"

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        edge = drawn(graph, self.source, self.target)
        (ax, ay), (bx, by) = graph.node(self.source).at, graph.node(self.target.node).at
        node = _new(graph, catalogue, self.layer, self.values, ((ax + bx) / 2, (ay + by) / 2))
        return wiring.insert_on(graph, catalogue, edge, node)


@dataclass(frozen=True, slots=True)
class After(OfDrawing):
    """Put a layer between a node and all that it feeds; `told` says in the title what it does."""

    node: str
    layer: str
    values: FrozenMap[Value] = field(default_factory=FrozenMap)
    told: str = ""

    def title(self, graph: Graph) -> str:
        return f"Insert {self.layer} {self.told}".rstrip() + f" after {graph.node(self.node).name}"

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        x, y = graph.node(self.node).at
        node = _new(graph, catalogue, self.layer, self.values, (x + STEP / 2, y))
        return surgery.inserted_after(graph, catalogue, self.node, node)


@dataclass(frozen=True, slots=True)
class Append(OfDrawing):
    """Put layers in a row after an output that feeds nothing."""

    source: End
    layers: tuple[tuple[str, FrozenMap[Value]], ...]

    def title(self, graph: Graph) -> str:
        words = listed([_told(layer, values) for layer, values in self.layers])
        return f"Add {words} after {graph.node(self.source.node).name}"

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        end = self.source
        for layer, values in self.layers:
            x, y = graph.node(end.node).at
            node = _new(graph, catalogue, layer, values, (x + STEP, y))
            graph = graph.with_node(node).with_edge(Edge(end, End(node.id, catalogue.inputs(node)[0].name)))
            end = End(node.id, catalogue.outputs(node)[0].name)
        return graph


@dataclass(frozen=True, slots=True)
class Begin(OfDrawing):
    """Put an input layer before a port that waits for a wire."""

    target: End
    shape: tuple[int | None, ...]

    def title(self, graph: Graph) -> str:
        return f"Add InputLayer of {spell(self.shape) or 'one number'} before {graph.node(self.target.node).name}"

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        x, y = graph.node(self.target.node).at
        node = _new(graph, catalogue, "InputLayer", FrozenMap({"shape": self.shape}), (x - STEP, y))
        return graph.with_node(node).with_edge(Edge(End(node.id, "output"), self.target))


@dataclass(frozen=True, slots=True)
class Join(OfDrawing):
    """Put a layer that merges before a port that several wires end in."""

    target: End
    layer: str

    def title(self, graph: Graph) -> str:
        return f"Join them by {self.layer} before {graph.node(self.target.node).name}"

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        x, y = graph.node(self.target.node).at
        node = _new(graph, catalogue, self.layer, FrozenMap(), (x - STEP / 2, y))
        entry, way = End(node.id, catalogue.inputs(node)[0].name), Edge(End(node.id, "output"), self.target)
        edges = tuple(Edge(edge.source, entry) if edge.target == self.target else edge for edge in graph.edges)
        return replace(graph.with_node(node), edges=(*edges, way))


@dataclass(frozen=True, slots=True)
class Recast(OfDrawing):
    """Put another layer in a node's place, with what both have in common; all its wires must fit."""

    node: str
    layer: str
    values: FrozenMap[Value] = field(default_factory=FrozenMap)

    def title(self, graph: Graph) -> str:
        article = "an" if self.layer[0] in "AEIO" else "a"
        return f"Make {graph.node(self.node).name} {article} {_told(self.layer, self.values)}"

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        swap = surgery.replaced(graph, catalogue, self.node, self.layer)
        if swap.dropped:
            raise GraphError(swap.sentence, node=self.node)
        graph = swap.graph
        for name, value in self.values.items():
            graph = catalogue.with_value(graph, self.node, name, value)
        return graph


@dataclass(frozen=True, slots=True)
class TakeOut(OfDrawing):
    """Take a node out and join what it stood between."""

    node: str

    def title(self, graph: Graph) -> str:
        return f"Take {graph.node(self.node).name} out"

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        return surgery.dissolved(graph, catalogue, [self.node])


@dataclass(frozen=True, slots=True)
class Unshare(OfDrawing):
    """Let a node that calls another's layer have a layer of its own, made alike."""

    node: str

    def title(self, graph: Graph) -> str:
        return f"Give {graph.node(self.node).name} a layer of its own"

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        return graph.with_node(replace(wiring.whole(graph, catalogue, self.node), shares=None))


def _told(layer: str, values: Mapping[str, Value]) -> str:
    """Name a new layer with what matters of it: `Conv2D with 4 filters`."""
    words = [word.format(spell(values[name])) for name, word in WORDS.items() if _tells(values.get(name))]
    return " ".join([layer, *words])


def _tells(value: Value) -> bool:
    return value is not None and not isinstance(value, str)


def _new(graph: Graph, catalogue: Catalogue, layer: str, values: Mapping[str, Value], at: Point) -> Node:
    """Make a node of a layer with some values set, where none stands yet: below a place that is taken."""
    node = catalogue.new_node(graph, layer, _clear(graph, at))
    node = replace(node, values=FrozenMap({**node.values, **values}))
    return replace(node, values=catalogue.values(node))


def _clear(graph: Graph, at: Point) -> Point:
    x, y = at
    for bx, by in sorted((node.at for node in graph.nodes.values()), key=lambda place: place[1]):
        if abs(x - bx) < ROOM[0] and abs(y - by) < ROOM[1]:
            y = by + ROOM[1]
    return x, y
