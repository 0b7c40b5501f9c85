"""Ways to mend a problem, as edits of the drawing: a layer put on a wire, a value set. Knows no Keras, no Qt."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from engine import wiring
from engine.catalogue import Catalogue
from engine.errors import EngineError, GraphError
from engine.graph import Edge, End, Graph
from engine.graph_json import graph_from_json, graph_to_json
from engine.kinds import spell
from engine.report import Fix, Problem
from engine.values import FrozenMap, Value

Shape: TypeAlias = tuple[int | None, ...]
#: Problems that are given fixes, at most.
MOST: Final = 8
#: A fix spells a drawing whole. In one larger than this only the first problem has any.
ROOM: Final = 2000
#: Global pooling and convolution, by rank of what they take.
POOLING: Final = {3: "GlobalAveragePooling1D", 4: "GlobalAveragePooling2D", 5: "GlobalAveragePooling3D"}
CONVOLUTION: Final = {3: "Conv1D", 4: "Conv2D", 5: "Conv3D"}


@dataclass(frozen=True, slots=True)
class Set:
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
        return catalogue.with_value(graph, graph.owner(self.node).id, self.name, self.value)


@dataclass(frozen=True, slots=True)
class Insert:
    """Put a layer on the wire from a node to a port."""

    source: str
    target: End
    layer: str
    values: FrozenMap[Value] = field(default_factory=FrozenMap)

    def title(self, graph: Graph) -> str:
        what = self.layer
        if "target_shape" in self.values:
            what += f" to {spell(self.values['target_shape'])}"
        if "filters" in self.values:
            what += f" with {spell(self.values['filters'])} filters"
        return f"Insert {what} after {graph.node(self.source).name}"

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        edge = _drawn(graph, self.source, self.target)
        (ax, ay), (bx, by) = graph.node(self.source).at, graph.node(self.target.node).at
        node = catalogue.new_node(graph, self.layer, ((ax + bx) / 2, (ay + by) / 2))
        node = replace(node, values=FrozenMap({**node.values, **self.values}))
        return wiring.insert_on(graph, catalogue, edge, replace(node, values=catalogue.values(node)))


@dataclass(frozen=True, slots=True)
class Rename:
    """Give a node a name that no other has."""

    node: str

    def title(self, graph: Graph) -> str:
        return f"Rename it to {graph.free_name(graph.node(self.node).name)}"

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        return graph.renamed(self.node, graph.free_name(graph.node(self.node).name))


@dataclass(frozen=True, slots=True)
class Remove:
    """Take nodes out, or wires."""

    nodes: tuple[str, ...] = ()
    edges: tuple[Edge, ...] = ()

    def title(self, graph: Graph) -> str:
        if self.nodes:
            return f"Delete {wiring.listed([graph.node(id).name for id in self.nodes])}"
        names = [graph.node(edge.source.node).name for edge in self.edges]
        return f"Remove the wire{'s' if len(names) > 1 else ''} from {wiring.listed(names)}"

    def mended(self, graph: Graph, catalogue: Catalogue) -> Graph:
        edges = [_drawn(graph, edge.source.node, edge.target) for edge in self.edges]
        return graph.without(self.nodes).without_edges(edges)


def _drawn(graph: Graph, source: str, target: End) -> Edge:
    """Return the wire by which a node feeds a port: its own, or where it leads past other nodes, their last.

    Raises:
        GraphError: No wire ends at the port.
    """
    ending = [edge for edge in graph.edges if edge.target == target]
    if not ending:
        raise GraphError("The drawing has no such wire", node=target.node)
    return next((edge for edge in ending if edge.source.node == source), ending[0])


Mend: TypeAlias = Set | Insert | Rename | Remove


def with_fixes(
    graph: Graph,
    catalogue: Catalogue,
    problems: Iterable[Problem],
    mends: Mapping[Problem, Iterable[Mend]],
    most: int | None = None,
) -> tuple[Problem, ...]:
    """Give the first problems that can be mended their fixes: each is a drawing of its own, as large as this one.

    Without `most`, the larger the drawing is, the fewer of them have any.
    """
    left, found = max(1, min(MOST, ROOM // max(1, len(graph.nodes)))) if most is None else most, []
    for problem in problems:
        if left and mends.get(problem):
            left -= 1
            problem = replace(problem, fixes=tuple(_fixes(graph, catalogue, mends[problem])))
        found.append(problem)
    return tuple(found)


def _fixes(graph: Graph, catalogue: Catalogue, mends: Iterable[Mend]) -> Iterator[Fix]:
    """Spell each mend as a button's title and the drawing after it; one that cannot be is left out."""
    for mend in mends:
        try:
            title, after = mend.title(graph), mend.mended(graph, catalogue)
        except EngineError:
            continue
        yield Fix(title, graph_to_json(after))


def fixed(graph: Graph, fix: Fix) -> Graph:
    """Return a drawing after a fix; what stood in it keeps the looks that it has now, for a report knows older ones.

    Raises:
        GraphError: The fix holds no drawing.
    """
    after = graph_from_json(fix.graph)
    looks = [
        replace(node, at=now.at, colour=now.colour, collapsed=now.collapsed)
        for node in after.nodes.values()
        if (now := graph.nodes.get(node.id)) is not None
    ]
    return replace(after.with_nodes(looks), frames=graph.frames, notes=graph.notes)


# -- what makes data of another rank


def to_rank(source: str, target: End, shape: Shape, rank: int) -> Iterator[Insert]:
    """Say what to put on a wire so that data of a shape, batch included, arrive with another rank."""
    if rank == 2 and len(shape) > 2:
        if None not in shape[1:]:
            yield Insert(source, target, "Flatten")
        if len(shape) in POOLING:
            yield Insert(source, target, POOLING[len(shape)])
    lengths = _reshaped(shape, rank)
    if lengths is not None and rank > 2:
        yield Insert(source, target, "Reshape", FrozenMap({"target_shape": lengths}))


def _reshaped(shape: Shape, rank: int) -> tuple[int, ...] | None:
    """The lengths of a sample in another rank: an axis of one channel, places in a row, or a square."""
    lengths = [-1 if length is None else length for length in shape[1:]]
    if lengths.count(-1) > 1 or not lengths:
        return None
    if rank == 4 and len(shape) == 2:
        return _square(lengths[0])
    if len(shape) < rank:
        return (*lengths, *(1,) * (rank - len(shape)))
    places, channels = lengths[: len(lengths) - rank + 2], lengths[len(lengths) - rank + 2 :]
    return (-1 if -1 in places else math.prod(places), *channels)


def _square(length: int) -> tuple[int, ...] | None:
    """Split a row into a square of as few channels as can be."""
    for side in range(math.isqrt(max(length, 0)), 1, -1):
        if length % side**2 == 0:
            return (side, side, length // side**2)
    return None


def to_channels(source: str, target: End, shape: Shape, channels: int | None) -> Iterator[Insert]:
    """Say what to put on a wire so that data arrive with other channels, all other lengths as they were."""
    if len(shape) in CONVOLUTION and channels is not None:
        values: dict[str, Value] = {"filters": channels, "kernel_size": (1,) * (len(shape) - 2)}
        if len(shape) == 3:
            values["kernel_size"] = 1
        yield Insert(source, target, CONVOLUTION[len(shape)], FrozenMap(values))
