"""Ways to mend a problem, each a named edit of the drawing or of the recipe. Knows no problem, no Keras, no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Protocol, TypeAlias

from engine import surgery, wiring
from engine.catalogue import Catalogue
from engine.errors import EngineError, GraphError
from engine.graph import Edge, End, Graph, Node, Point
from engine.kinds import spell
from engine.recipe import Recipe
from engine.values import FrozenMap, Value
from engine.wiring import listed

#: From node to node in a row, and the room that a node takes with what is around it.
STEP: Final = 252.0
ROOM: Final = (176.0, 96.0)
#: How the values of a new layer are told in a title: those that matter, in this order.
WORDS: Final[Mapping[str, str]] = {
    "target_shape": "to {}", "filters": "with {} filters", "units": "with {} units", "strides": "strides {}",
    "cropping": "by {}", "padding": "by {}", "height": "to {} rows", "width": "and {} columns",
    "size": "by {}", "n": "{} times", "scale": "by {}", "pool_size": "of {}",
}  # fmt: skip


class Mend(Protocol):
    """An edit with a title, of a drawing, a recipe, or both; it raises EngineError where it cannot be."""

    def title(self, graph: Graph) -> str: ...

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph: ...

    def chosen(self, recipe: Recipe) -> Recipe: ...


class _OfDrawing:
    """Leaves the recipe as it is."""

    __slots__ = ()

    def chosen(self, recipe: Recipe) -> Recipe:
        return recipe


# -- values and names


@dataclass(frozen=True, slots=True)
class Set(_OfDrawing):
    """Give a value to a node's parameter; a node that shares a layer has it from its owner."""

    node: str
    name: str
    value: Value

    def title(self, graph: Graph) -> str:
        word, where = self.name.replace("_", " "), graph.node(self.node).name
        if self.value is None:
            return f"Clear {word} of {where}"
        if isinstance(self.value, bool):
            return f"Turn {word} {'on' if self.value else 'off'} in {where}"
        return f"Set {word} of {where} to {spell(self.value)}"

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        owner = graph.owner(self.node).id
        called = {parameter.name for parameter in catalogue.layer(graph.node(owner).layer).parameters if parameter.call}
        return catalogue.with_value(graph, self.node if self.name in called else owner, self.name, self.value)


@dataclass(frozen=True, slots=True)
class Drop(_OfDrawing):
    """Take a value away that a node holds: its layer has no such parameter, or its default is right."""

    node: str
    name: str

    def title(self, graph: Graph) -> str:
        return f"Reset {self.name.replace('_', ' ')[:40]} of {graph.node(self.node).name}"

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        return graph.without_value(self.node, self.name)


@dataclass(frozen=True, slots=True)
class Rename(_OfDrawing):
    """Give a node a name that no other has."""

    node: str
    stem: str = ""

    def title(self, graph: Graph) -> str:
        return f"Rename it to {self._name(graph)}"

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        return graph.renamed(self.node, self._name(graph))

    def _name(self, graph: Graph) -> str:
        return graph.free_name(self.stem or graph.node(self.node).name)


# -- layers put in, taken out, put in another's place


@dataclass(frozen=True, slots=True)
class Insert(_OfDrawing):
    """Put a layer on the wire from a node to a port."""

    source: str
    target: End
    layer: str
    values: FrozenMap[Value] = field(default_factory=FrozenMap)

    def title(self, graph: Graph) -> str:
        return f"Insert {_told(self.layer, self.values)} after {graph.node(self.source).name}"

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        edge = drawn(graph, self.source, self.target)
        (ax, ay), (bx, by) = graph.node(self.source).at, graph.node(self.target.node).at
        node = _new(graph, catalogue, self.layer, self.values, ((ax + bx) / 2, (ay + by) / 2))
        return wiring.insert_on(graph, catalogue, edge, node)


@dataclass(frozen=True, slots=True)
class Append(_OfDrawing):
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
class Begin(_OfDrawing):
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
class Join(_OfDrawing):
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
class Recast(_OfDrawing):
    """Put another layer in a node's place, with what both have in common; all its wires must fit."""

    node: str
    layer: str
    values: FrozenMap[Value] = field(default_factory=FrozenMap)

    def title(self, graph: Graph) -> str:
        return f"Make {graph.node(self.node).name} a {_told(self.layer, self.values)}"

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        swap = surgery.replaced(graph, catalogue, self.node, self.layer)
        if swap.dropped:
            raise GraphError(swap.sentence, node=self.node)
        graph = swap.graph
        for name, value in self.values.items():
            graph = catalogue.with_value(graph, self.node, name, value)
        return graph


@dataclass(frozen=True, slots=True)
class TakeOut(_OfDrawing):
    """Take a node out and join what it stood between."""

    node: str

    def title(self, graph: Graph) -> str:
        return f"Take {graph.node(self.node).name} out"

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        return surgery.dissolved(graph, catalogue, [self.node])


@dataclass(frozen=True, slots=True)
class Unshare(_OfDrawing):
    """Let a node that calls another's layer have a layer of its own, made alike."""

    node: str

    def title(self, graph: Graph) -> str:
        return f"Give {graph.node(self.node).name} a layer of its own"

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        return graph.with_node(replace(wiring.whole(graph, catalogue, self.node), shares=None))


# -- wires


@dataclass(frozen=True, slots=True)
class Remove(_OfDrawing):
    """Take nodes out, or wires."""

    nodes: tuple[str, ...] = ()
    edges: tuple[Edge, ...] = ()

    def title(self, graph: Graph) -> str:
        if self.nodes:
            return f"Delete {listed([graph.node(id).name for id in self.nodes])}"
        names = [graph.node(edge.source.node).name for edge in self.edges if edge.source.node in graph.nodes]
        if not names:
            return "Remove the wire"
        return f"Remove the wire{'s' if len(names) > 1 else ''} from {listed(names)}"

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        edges = [drawn(graph, edge.source.node, edge.target) for edge in self.edges]
        return graph.without(self.nodes).without_edges(edges)


@dataclass(frozen=True, slots=True)
class Wire(_OfDrawing):
    """Wire an output to a port."""

    source: End
    target: End

    def title(self, graph: Graph) -> str:
        port = "" if self.target.port in ("input", "inputs") else f"{self.target.port.replace('_', ' ')} of "
        return f"Wire {graph.node(self.source.node).name} to {port}{graph.node(self.target.node).name}"

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        return wiring.connect(graph, catalogue, self.source, self.target)


# -- the recipe, and several at once


@dataclass(frozen=True, slots=True)
class Choose:
    """Set a field of the recipe; `words` say what to."""

    name: str
    value: Any
    words: str

    def title(self, graph: Graph) -> str:
        return self.words

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        return graph

    def chosen(self, recipe: Recipe) -> Recipe:
        changed: dict[str, Any] = {self.name: self.value}
        return replace(recipe, **changed)


@dataclass(frozen=True, slots=True)
class Together:
    """Several mends as one, each of the drawing as the one before leaves it."""

    mends: tuple[Mend, ...]

    def title(self, graph: Graph) -> str:
        first, *others = (mend.title(graph) for mend in self.mends)
        return " and ".join([first, *(other[:1].lower() + other[1:] for other in others)])

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        for mend in self.mends:
            graph = mend.mended(graph, catalogue)
        return graph

    def chosen(self, recipe: Recipe) -> Recipe:
        for mend in self.mends:
            recipe = mend.chosen(recipe)
        return recipe


Mends: TypeAlias = tuple[Mend, ...]


def drawn(graph: Graph, source: str, target: End) -> Edge:
    """Return the wire by which a node feeds a port: its own, or where it leads past other nodes, their last.

    Raises:
        GraphError: No wire ends at the port.
    """
    ending = [edge for edge in graph.edges if edge.target == target]
    if not ending:
        raise GraphError("The drawing has no such wire", node=target.node)
    return next((edge for edge in ending if edge.source.node == source), ending[0])


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


def possible(mend: Mend, graph: Graph, catalogue: Catalogue) -> tuple[str, Graph] | None:
    """Return a mend's title and the drawing after it; None where it cannot be."""
    try:
        return mend.title(graph), mend.mended(graph, catalogue)
    except EngineError:
        return None
