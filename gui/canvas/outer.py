"""The wires that lead into a piece of a drawing from outside: taken along, spelled, read, tied again. Knows no Qt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from engine import wiring
from engine.catalogue import Catalogue
from engine.errors import EngineError, GraphError
from engine.graph import Edge, End, Graph
from engine.graph_json import edge_from_json
from engine.specs import PortSpec
from engine.values import Json

#: What a project's `view` calls them: a reader that does not know the word passes it over.
KEY: Final = "outer_wires"
_KEYS: Final = {"from", "to", "name", "layer", "after"}


@dataclass(frozen=True, slots=True)
class Outer:
    """A wire from a node that stays behind, which `name` and `layer` tell from one that has its id elsewhere.

    Attributes:
        after: How many of the piece's own wires stand before it in the drawing.
    """

    edge: Edge
    name: str
    layer: str
    after: int


def outers(graph: Graph, ids: Collection[str]) -> tuple[Outer, ...]:
    """Return the wires that lead into some nodes from others."""
    found: list[Outer] = []
    inner = 0
    for edge in graph.edges:
        if edge.target.node in ids and edge.source.node in ids:
            inner += 1
        elif edge.target.node in ids:
            source = graph.node(edge.source.node)
            found.append(Outer(edge, source.name, source.layer, inner))
    return tuple(found)


def to_json(found: Iterable[Outer]) -> Json:
    return [
        {
            "from": [outer.edge.source.node, outer.edge.source.port],
            "to": [outer.edge.target.node, outer.edge.target.port],
            "name": outer.name, "layer": outer.layer, "after": outer.after,
        }
        for outer in found
    ]  # fmt: skip


def from_json(data: Json, part: Graph) -> tuple[Outer, ...]:
    """Read the wires that lead into a piece, or raise GraphError; none where the text holds none."""
    if not isinstance(data, list):
        raise GraphError(f"{KEY} is a list", received=repr(data)[:80])
    return tuple(_read(item, part) for item in data)


def _read(item: Json, part: Graph) -> Outer:
    if not isinstance(item, dict) or set(item) != _KEYS:
        raise GraphError(
            "A wire from outside is an object of from, to, name, layer and after", received=repr(item)[:80]
        )
    edge = edge_from_json({"from": item["from"], "to": item["to"]})
    if edge.target.node not in part.nodes:
        raise GraphError("A wire from outside ends in a node of the piece", received=repr(edge.target.node)[:80])
    after = item["after"]
    texts = isinstance(item["name"], str) and isinstance(item["layer"], str)
    if not texts or not isinstance(after, int) or isinstance(after, bool) or not 0 <= after <= len(part.edges):
        raise GraphError("A wire from outside says whose it is and where it stands", received=repr(item)[:80])
    return Outer(edge, item["name"], item["layer"], after)


def tied(before: Graph, after: Graph, catalogue: Catalogue, part: Graph, found: Iterable[Outer]) -> tuple[Graph, int]:
    """Tie a piece's wires from outside again, where what they come from is still there; return how many were not.

    `after` is `before` with the piece added, its nodes and its own wires last, in their order.
    """
    fresh = dict(zip(part.nodes, (id for id in after.nodes if id not in before.nodes), strict=True))
    own = after.edges[len(before.edges) :]
    ties = _Ties(before, after, catalogue, own)
    slots: list[list[Edge]] = [[] for _ in range(len(own) + 1)]
    left_out = 0
    for outer in found:
        edge = Edge(outer.edge.source, End(fresh[outer.edge.target.node], outer.edge.target.port))
        if ties.take(outer, edge):
            slots[min(outer.after, len(own))].append(edge)
        else:
            left_out += 1
    return replace(after, edges=(*before.edges, *_merged(own, slots))), left_out


def _merged(own: tuple[Edge, ...], slots: list[list[Edge]]) -> Iterator[Edge]:
    for place, ties in enumerate(slots):
        yield from ties
        yield from own[place : place + 1]


class _Ties:
    """Says which wires can be, and remembers those that were."""

    def __init__(self, before: Graph, after: Graph, catalogue: Catalogue, own: Iterable[Edge]) -> None:
        self._before, self._after, self._catalogue = before, after, catalogue
        self._taken = {edge.target for edge in own}
        self._tied: set[Edge] = set()
        self._ports: dict[tuple[str, bool], dict[str, PortSpec]] = {}

    def take(self, outer: Outer, edge: Edge) -> bool:
        source = self._before.nodes.get(edge.source.node)
        if source is None or (source.name, source.layer) != (outer.name, outer.layer) or edge in self._tied:
            return False
        port = self._of(edge.target.node, output=False).get(edge.target.port)
        if port is None or edge.source.port not in self._of(source.id, output=True):
            return False
        if edge.target in self._taken and not port.many:
            return False
        self._taken.add(edge.target)
        self._tied.add(edge)
        return True

    def _of(self, id: str, *, output: bool) -> dict[str, PortSpec]:
        if (id, output) not in self._ports:
            ask = wiring.outputs if output else wiring.inputs
            try:
                ports = ask(self._after, self._catalogue, id)
            except EngineError:
                ports = ()
            self._ports[id, output] = {port.name: port for port in ports}
        return self._ports[id, output]
