"""Ways to mend a problem, each a named edit of the drawing or of the recipe. Knows no problem, no Keras, no Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeAlias

from engine import wiring
from engine.catalogue import Catalogue
from engine.errors import GraphError
from engine.graph import Edge, End, Graph
from engine.kinds import spell
from engine.recipe import Recipe
from engine.values import Part, Value
from engine.wiring import listed


class Mend(Protocol):
    """An edit with a title, of a drawing, a recipe, or both; it raises EngineError where it cannot be."""

    def title(self, graph: Graph) -> str: ...

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph: ...

    def chosen(self, recipe: Recipe) -> Recipe: ...


class OfDrawing:
    """Leaves the recipe as it is."""

    __slots__ = ()

    def chosen(self, recipe: Recipe) -> Recipe:
        return recipe


# -- values and names


@dataclass(frozen=True, slots=True)
class Set(OfDrawing):
    """Give a value to a node's parameter; a node that shares a layer has it from its owner.

    Where a layer wraps another that has the parameter, it is that one's.
    """

    node: str
    name: str
    value: Value

    def title(self, graph: Graph) -> str:
        word, where = self.name.replace("_", " "), graph.node(self.node).name
        if self.value is None:
            return f"Clear {word} of {where}"
        if isinstance(self.value, bool):
            return f"Turn {word} {'on' if self.value else 'off'} in {where}"
        return f"Set {word} of {where} to {self._spelled()}"

    def _spelled(self) -> str:
        """Axes are no lengths: they are told apart by commas."""
        if isinstance(self.value, tuple) and self.name in ("axes", "axis", "dims", "bin_boundaries"):
            return ", ".join(spell(item) for item in self.value)
        return spell(self.value)

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        owner = graph.owner(self.node).id
        inner = graph.node(owner).values.get("layer")
        if isinstance(inner, Part) and not _has(catalogue, graph.node(owner).layer, self.name):
            part = Part(inner.class_name, inner.values.with_item(self.name, self.value))
            return catalogue.with_value(graph, owner, "layer", part)
        called = {parameter.name for parameter in catalogue.layer(graph.node(owner).layer).parameters if parameter.call}
        return catalogue.with_value(graph, self.node if self.name in called else owner, self.name, self.value)


@dataclass(frozen=True, slots=True)
class Drop(OfDrawing):
    """Take a value away that a node holds: its layer has no such parameter, or its default is right."""

    node: str
    name: str

    def title(self, graph: Graph) -> str:
        return f"Reset {self.name.replace('_', ' ')[:40]} of {graph.node(self.node).name}"

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        return graph.without_value(self.node, self.name)


@dataclass(frozen=True, slots=True)
class Rename(OfDrawing):
    """Give a node a name that no other has."""

    node: str
    stem: str = ""

    def title(self, graph: Graph) -> str:
        return f"Rename it to {self._name(graph)}"

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        return graph.renamed(self.node, self._name(graph))

    def _name(self, graph: Graph) -> str:
        return graph.free_name(self.stem or graph.node(self.node).name)


@dataclass(frozen=True, slots=True)
class Bypass(OfDrawing):
    """Pass a node by."""

    node: str

    def title(self, graph: Graph) -> str:
        return f"Bypass {graph.node(self.node).name}"

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        return graph.with_node(replace(graph.node(self.node), mode="bypass"))


# -- wires


@dataclass(frozen=True, slots=True)
class Remove(OfDrawing):
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
class Cut(OfDrawing):
    """Take one wire away, of several from the same layer."""

    edge: Edge

    def title(self, graph: Graph) -> str:
        ends = (graph.node(self.edge.source.node).name, graph.node(self.edge.target.node).name)
        return "Remove the wire from {} to {}".format(*ends)

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        return graph.without_edges([drawn(graph, self.edge.source.node, self.edge.target)])


@dataclass(frozen=True, slots=True)
class Wire(OfDrawing):
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
        return listed([first, *(other[:1].lower() + other[1:] for other in others)])

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        for mend in self.mends:
            graph = mend.mended(graph, catalogue)
        return graph

    def chosen(self, recipe: Recipe) -> Recipe:
        for mend in self.mends:
            recipe = mend.chosen(recipe)
        return recipe


#: What might mend a problem, the likeliest first; or who knows, where finding it takes time.
Source: TypeAlias = tuple[Mend, ...] | Callable[[], Iterable[Mend]]


def sought(source: Source) -> tuple[Mend, ...]:
    """Return mends, finding them where that is still to be done."""
    return tuple(source()) if callable(source) else source


def drawn(graph: Graph, source: str, target: End) -> Edge:
    """Return the wire by which a node feeds a port: its own, or where it leads past other nodes, their last.

    Raises:
        GraphError: No wire ends at the port.
    """
    ending = [edge for edge in graph.edges if edge.target == target]
    if not ending:
        raise GraphError("The drawing has no such wire", node=target.node)
    return next((edge for edge in ending if edge.source.node == source), ending[0])


def _has(catalogue: Catalogue, layer: str, name: str) -> bool:
    return any(parameter.name == name for parameter in catalogue.layer(layer).parameters)
