"""Edits that mend the wires around a node: dissolve, detach, replace, insert, move wires. Knows no Qt, no Keras."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from engine import wiring
from engine.catalogue import Catalogue
from engine.errors import EngineError, GraphError
from engine.graph import Edge, End, Graph, Node, reachable
from engine.kinds import ParameterSpec
from engine.specs import PortSpec
from engine.values import FrozenMap, Value

#: Where a wire's port that the catalogue does not know stands among the others: last.
_LAST: Final = 1000


# -- taking out


def dissolved(graph: Graph, catalogue: Catalogue, ids: Iterable[str]) -> Graph:
    """Remove nodes and join what they stood between, as `detached` does."""
    gone = frozenset(ids)
    return detached(graph, catalogue, gone).without(gone)


def detached(graph: Graph, catalogue: Catalogue, ids: Iterable[str]) -> Graph:
    """Take nodes off their wires and join what they stood between; the wires among them stay.

    A wire out of a node's first output gets what feeds the node's first wired input, through as many of the nodes as
    lie in a row; where there is none, and at any other output, the wire goes. No wire comes to stand twice.
    """
    taken = frozenset(ids)
    feeds = _first_feeds(graph, catalogue, taken)
    edges: dict[Edge, None] = {}
    for edge in graph.edges:
        if (edge.source.node in taken) is (edge.target.node in taken):
            edges[edge] = None
        elif edge.source.node in taken:
            source = _behind(graph, catalogue, feeds, edge.source)
            if source is not None and source.node != edge.target.node:
                edges[Edge(source, edge.target)] = None
    return replace(graph, edges=tuple(edges))


def _first_feeds(graph: Graph, catalogue: Catalogue, taken: Collection[str]) -> dict[str, End | None]:
    """For each of some nodes: what feeds the first of its ports that is wired."""
    into: dict[str, list[Edge]] = {id: [] for id in taken}
    for edge in graph.edges:
        if edge.target.node in taken:
            into[edge.target.node].append(edge)
    return {id: next((e.source for e in _in_order(graph, catalogue, wires)), None) for id, wires in into.items()}


def _behind(graph: Graph, catalogue: Catalogue, feeds: Mapping[str, End | None], end: End) -> End | None:
    """Return what comes out of an end once the nodes of `feeds` pass their first input on; None where nothing does."""
    seen: set[str] = set()
    found: End | None = end
    while found is not None and found.node in feeds:
        if found.node in seen or not _is_first_output(graph, catalogue, found):
            return None
        seen.add(found.node)
        found = feeds[found.node]
    return found


def _is_first_output(graph: Graph, catalogue: Catalogue, end: End) -> bool:
    spec = catalogue.known(graph.node(end.node).layer)
    return spec is None or end.port == spec.outputs[0].name


def _in_order(graph: Graph, catalogue: Catalogue, wires: Sequence[Edge]) -> list[Edge]:
    """Sort the wires into a node by its ports, those that must be wired first; one port's wires keep their order."""
    spec = catalogue.known(graph.node(wires[0].target.node).layer) if wires else None
    ports = sorted(spec.inputs, key=lambda port: port.optional) if spec is not None else ()
    places = {port.name: place for place, port in enumerate(ports)}
    return sorted(wires, key=lambda edge: places.get(edge.target.port, _LAST))


# -- putting in


def why_not_on(graph: Graph, catalogue: Catalogue, id: str) -> EngineError | None:
    """Say why a node of the drawing cannot be put onto a wire, or return None where it can."""
    node = graph.node(id)
    if any(id in (edge.source.node, edge.target.node) for edge in graph.edges):
        return GraphError(
            f"{wiring.title(node)} has wires of its own", hint="Detach it first: drag it with Alt", node=id
        )
    return _why_no_passage(graph, catalogue, id)


def _why_no_passage(graph: Graph, catalogue: Catalogue, id: str) -> EngineError | None:
    try:
        if not wiring.inputs(graph, catalogue, id):
            return GraphError(f"{wiring.title(graph.node(id))} cannot stand on a wire: it takes none", node=id)
        if not wiring.outputs(graph, catalogue, id):
            return GraphError(f"{wiring.title(graph.node(id))} cannot stand on a wire: it gives none", node=id)
    except EngineError as error:
        return error
    return None


def inserted_after(graph: Graph, catalogue: Catalogue, before: str, node: Node) -> Graph:
    """Add a node between another's first output and all that is wired to it, which the new node then feeds.

    Raises:
        EngineError: One of the two has no port for it.
    """
    given = wiring.outputs(graph, catalogue, before)
    if not given:
        raise GraphError(f"{wiring.title(graph.node(before))} gives nothing to put a layer after", node=before)
    graph = graph.with_node(node)
    refused = _why_no_passage(graph, catalogue, node.id)
    if refused is not None:
        raise refused
    old = End(before, given[0].name)
    new = End(node.id, wiring.outputs(graph, catalogue, node.id)[0].name)
    entry = Edge(old, End(node.id, wiring.inputs(graph, catalogue, node.id)[0].name))
    place = next((place for place, edge in enumerate(graph.edges) if edge.source == old), len(graph.edges))
    edges = [Edge(new, edge.target) if edge.source == old else edge for edge in graph.edges]
    return replace(graph, edges=(*edges[:place], entry, *edges[place:]))


def rewired(graph: Graph, catalogue: Catalogue, old: End, new: End) -> Graph:
    """Let all wires of an output begin at another; a wire that is there already stays one.

    Raises:
        EngineError: The other output is not there, or lies behind what the wires feed.
    """
    if new.port not in (port.name for port in wiring.outputs(graph, catalogue, new.node)):
        raise wiring.no_output(graph, catalogue, new)
    moved = [edge for edge in graph.edges if edge.source == old]
    bare = graph.without_edges(moved)
    if new.node in reachable(bare, [edge.target.node for edge in moved]):
        back = next(edge for edge in moved if new.node in reachable(bare, [edge.target.node]))
        wiring.connect(bare, catalogue, new, back.target)  # raises, with the circle spelled
    edges = (Edge(new, edge.target) if edge.source == old else edge for edge in graph.edges)
    return replace(graph, edges=tuple(dict.fromkeys(edges)))


# -- putting one in the place of another


@dataclass(frozen=True, slots=True)
class Swap:
    """A drawing with one node replaced, and the wires that did not fit the new one."""

    graph: Graph
    node: Node
    dropped: tuple[Edge, ...] = ()

    @property
    def sentence(self) -> str:
        """What became of the wires that did not fit; empty where all did."""
        if not self.dropped:
            return ""
        ends = [edge.source if edge.target.node == self.node.id else edge.target for edge in self.dropped]
        names = wiring.listed(list(dict.fromkeys(self.graph.node(end.node).name for end in ends)))
        wires = "The wire" if len(self.dropped) == 1 else f"{len(self.dropped)} wires"
        return f"{wiring.title(self.node)} has no port for all its wires. {wires} to or from {names} came off."


def replaced(graph: Graph, catalogue: Catalogue, id: str, layer: str) -> Swap:
    """Put another layer in a node's place, with the values that both have and the wires that fit.

    Ports are matched by name, the others that must be wired by order. The name stays unless it was given by itself.
    A node that shared a layer stops doing so; where it owned the shared layer, the next of those that share it does.

    Raises:
        EngineError: There is no such node or layer.
    """
    node = _recast(graph, catalogue, id, layer)
    left = graph.without([id]).nodes
    nodes = FrozenMap({each: node if each == id else left[each] for each in graph.nodes})
    edges = _refitted(graph, catalogue, node)
    dropped = tuple(edge for edge, fitted in zip(graph.edges, edges, strict=True) if fitted is None)
    kept = dict.fromkeys(edge for edge in _in_turn(graph, catalogue, id, edges) if edge is not None)
    return Swap(replace(graph, nodes=nodes, edges=tuple(kept)), node, dropped)


def _recast(graph: Graph, catalogue: Catalogue, id: str, layer: str) -> Node:
    old, fresh = wiring.whole(graph, catalogue, id), catalogue.new_node(graph, layer)
    values = dict(fresh.values)
    for parameter in catalogue.layer(layer).parameters:
        held = _value(catalogue, old, parameter)
        if held is not None:
            values.update(held)
        elif _had(catalogue, old, parameter) and not parameter.required:
            values.pop(parameter.name, None)  # the old one was left as it comes: no start value then
    known = catalogue.known(old.layer)
    automatic = known is not None and re.fullmatch(re.escape(known.stem) + r"(_\d+)?", old.name)
    name = graph.free_name(catalogue.layer(layer).stem) if automatic else old.name
    made = replace(old, layer=layer, name=name, values=FrozenMap(values), shares=None)
    return replace(made, values=catalogue.values(made))


def _had(catalogue: Catalogue, old: Node, parameter: ParameterSpec) -> bool:
    spec = catalogue.known(old.layer)
    return spec is not None and any(each.name == parameter.name for each in spec.parameters)


def _value(catalogue: Catalogue, old: Node, parameter: ParameterSpec) -> dict[str, Value] | None:
    """Return what a node holds for a parameter of another layer, where that accepts it: (3, 3) as 3, too."""
    if parameter.name not in old.values:
        return None
    value = old.values[parameter.name]
    same = isinstance(value, tuple) and len(set(value)) == 1
    for candidate in (value, value[0]) if same and isinstance(value, tuple) else (value,):
        try:
            return {parameter.name: catalogue.check(parameter, candidate)}
        except EngineError:
            continue
    return None


def _refitted(graph: Graph, catalogue: Catalogue, node: Node) -> list[Edge | None]:
    """Return each wire of a drawing as it is once `node` stands in its id's place; None where it does not fit."""
    fitted = _fit(graph, catalogue, node)
    exits = [port.name for port in catalogue.outputs(node)]
    return [
        fitted[edge]
        if edge.target.node == node.id
        else _begun(graph, catalogue, edge, exits)
        if edge.source.node == node.id
        else edge
        for edge in graph.edges
    ]


def _begun(graph: Graph, catalogue: Catalogue, edge: Edge, exits: Sequence[str]) -> Edge | None:
    """Return a wire out of a node whose outputs are now `exits`."""
    if edge.source.port in exits:
        return edge
    if exits and _is_first_output(graph, catalogue, edge.source):
        return Edge(End(edge.source.node, exits[0]), edge.target)
    return None


def _fit(graph: Graph, catalogue: Catalogue, node: Node) -> dict[Edge, Edge | None]:
    """Give the wires into a node the ports of what now stands there: by name first, then by order."""
    wires = _in_order(graph, catalogue, graph.into(node.id))
    ports = {port.name: port for port in catalogue.inputs(node)}
    taken: set[str] = set()
    found: dict[Edge, Edge | None] = {}
    named = [edge for edge in wires if edge.target.port in ports]
    for edge in (*named, *(edge for edge in wires if edge.target.port not in ports)):
        port = next(
            (port for port in _choices(graph, catalogue, edge, ports) if port.many or port.name not in taken), None
        )
        fitted = None if port is None else Edge(edge.source, End(node.id, port.name))
        found[edge] = fitted if fitted not in found.values() else None
        taken |= set() if port is None else {port.name}
    return found


def _choices(graph: Graph, catalogue: Catalogue, edge: Edge, ports: Mapping[str, PortSpec]) -> Iterator[PortSpec]:
    """The ports that a wire may come to, the likeliest first; what need not be wired is found by its name alone."""
    if edge.target.port in ports:
        yield ports[edge.target.port]
    spec = catalogue.known(graph.node(edge.target.node).layer)
    old = next((port for port in spec.inputs if port.name == edge.target.port), None) if spec is not None else None
    if old is None or not old.optional:
        yield from (port for port in ports.values() if not port.optional)


def _in_turn(graph: Graph, catalogue: Catalogue, id: str, edges: Sequence[Edge | None]) -> list[Edge | None]:
    """Put the wires into a node in the order of the ports that they had, into the places that they had."""
    into = dict(zip(graph.edges, edges, strict=True))
    turns = iter(_in_order(graph, catalogue, graph.into(id)))
    return [
        into[next(turns)] if edge.target.node == id else fitted for edge, fitted in zip(graph.edges, edges, strict=True)
    ]
