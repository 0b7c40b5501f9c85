"""What may be wired to what, and what a drawing's wires make of it. Knows ports from the catalogue; no Keras, no Qt."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from engine.catalogue import Catalogue, LayerSpec, PortSpec
from engine.errors import EngineError, GraphError
from engine.graph import Edge, End, Graph, Node
from engine.traits import Traits, traits
from engine.values import FrozenMap, Value

#: As many names of a long row are spelled out.
SPELLED: Final = 6


def title(node: Node) -> str:
    """Name a node as every sentence does: `conv1 (Conv2D)`."""
    return f"{node.name} ({node.layer})"


def listed(words: Sequence[str]) -> str:
    """Spell a list: `a`, `a and b`, `a, b and c`; the middle of a long one is counted."""
    if len(words) > SPELLED:
        words = [*words[: SPELLED - 1], f"{len(words) - SPELLED + 1} more"]
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def circle(graph: Graph, ids: Sequence[str]) -> str:
    """Spell a way that ends where it began: `a → b → a`."""
    names = [graph.node(id).name for id in (*ids, ids[0])]
    if len(names) > SPELLED + 1:
        names = [*names[:3], "…", *names[-2:]]
    return " → ".join(names)


def whole(graph: Graph, catalogue: Catalogue, id: str) -> Node:
    """Return a node with all the values that its layer has: one that shares a layer holds its owner's beside its own.

    Raises:
        EngineError: The node, its layer or its owner is not there.
    """
    node = graph.node(id)
    if node.shares is None:
        return node
    owner = graph.owner(id)
    spec = catalogue.layer(owner.layer)
    called = {parameter.name for parameter in spec.parameters if parameter.call}
    return replace(node, values=FrozenMap({**owner.values.without(*called), **node.values}))


def values(graph: Graph, catalogue: Catalogue, id: str) -> tuple[FrozenMap[Value], FrozenMap[Value]]:
    """Return, in canonical form, what a node's layer is made of and what its call is given.

    Raises:
        EngineError: A value cannot be, or the node, its layer or its owner is not there.
    """
    node, owner = graph.node(id), graph.owner(id)
    called = {parameter.name for parameter in catalogue.layer(owner.layer).parameters if parameter.call}
    made = catalogue.values(owner)
    given = made if node is owner else catalogue.values(node)
    if not called:
        return made, FrozenMap()
    return made.without(*called), FrozenMap({name: given[name] for name in given if name in called})


def inputs(graph: Graph, catalogue: Catalogue, id: str) -> tuple[PortSpec, ...]:
    """The ports of a node that wires can end in."""
    return catalogue.inputs(whole(graph, catalogue, id))


def outputs(graph: Graph, catalogue: Catalogue, id: str) -> tuple[PortSpec, ...]:
    """The ports of a node that wires can begin at, shared layers included."""
    return catalogue.outputs(whole(graph, catalogue, id))


def by_port(spec: LayerSpec, edges: Sequence[Edge]) -> Sequence[Edge]:
    """Sort the wires into a node by the order of its ports; those into one port keep theirs."""
    if len(edges) < 2:
        return edges
    places = {port.name: place for place, port in enumerate(spec.inputs)}
    return sorted(edges, key=lambda edge: places[edge.target.port])


# -- the model's own ends


def model_inputs(graph: Graph, catalogue: Catalogue) -> tuple[str, ...]:
    """The ids of the input layers that feed something, in drawing order: the model's inputs."""
    return _ends(graph, catalogue)[0]


def model_outputs(graph: Graph, catalogue: Catalogue) -> tuple[End, ...]:
    """The first port of each node that feeds nothing, in drawing order: the model's outputs.

    An unused state or score is none, nor is an input layer.
    """
    return _ends(graph, catalogue)[1]


def _ends(graph: Graph, catalogue: Catalogue) -> Ends:
    """Find the model's inputs and outputs; where wires and layers are those of a drawing before, so are they."""
    for edges, kinds, by, kept in _last:
        if edges is graph.edges and kinds is traits(graph.nodes) and by is catalogue:
            return kept
    layers, begins = catalogue.layers, catalogue.beginnings
    feeding = {edge.source.node for edge in graph.edges}
    inputs = tuple(id for id, node in graph.nodes.items() if id in feeding and node.layer in begins)
    loose = [(id, graph.nodes[id].layer) for id in graph.nodes.keys() - feeding]
    ends = {id: layers[layer].outputs[0].name for id, layer in loose if layer in layers and layer not in begins}
    outputs = tuple(End(id, ends[id]) for id in graph.nodes if id in ends)
    _last.append((graph.edges, traits(graph.nodes), catalogue, (inputs, outputs)))
    return inputs, outputs


Ends: TypeAlias = tuple[tuple[str, ...], tuple[End, ...]]
#: The ends that were looked for last, by wires, layers and catalogue.
_last: deque[tuple[tuple[Edge, ...], Traits, Catalogue, Ends]] = deque(maxlen=3)


# -- making wires


def why_not(graph: Graph, catalogue: Catalogue, source: End, target: End) -> EngineError | None:
    """Say why a wire cannot be, or return None where it can."""
    try:
        _check(graph, catalogue, source, target)
    except EngineError as error:
        return error
    return None


def connect(graph: Graph, catalogue: Catalogue, source: End, target: End) -> Graph:
    """Wire two ports: in the place of the wire that a single port has, after those that a port for many has.

    Raises:
        EngineError: The wire cannot be, as `why_not` says.
    """
    many = _check(graph, catalogue, source, target)
    old = [] if many else [index for index, edge in enumerate(graph.edges) if edge.target == target]
    edge = Edge(source, target)
    if not old:
        return graph.with_edge(edge)
    kept = graph.without_edges(graph.edges[index] for index in old)
    return kept.with_edge(edge, at=old[0])


def insert_on(graph: Graph, catalogue: Catalogue, edge: Edge, node: Node) -> Graph:
    """Put a node on a wire, by its first ports; the wire's place among its port's others stays.

    Raises:
        EngineError: The wire is not there, or the node has no port for one of its halves.
    """
    if edge not in graph.edges:
        raise GraphError("The drawing has no such wire")
    graph = graph.with_node(node)
    entries, exits = inputs(graph, catalogue, node.id), outputs(graph, catalogue, node.id)
    if not entries or not exits:
        raise GraphError(f"{title(node)} cannot stand on a wire: it takes none or gives none", node=node.id)
    halves = (Edge(edge.source, End(node.id, entries[0].name)), Edge(End(node.id, exits[0].name), edge.target))
    place = graph.edges.index(edge)
    return replace(graph, edges=(*graph.edges[:place], *halves, *graph.edges[place + 1 :]))


def _check(graph: Graph, catalogue: Catalogue, source: End, target: End) -> bool:
    """Return whether the target takes many wires, or raise EngineError where this one cannot be."""
    giver, taker = graph.node(source.node), graph.node(target.node)
    if giver is taker:
        raise GraphError(f"{title(giver)} cannot feed itself", hint="Wire it to another layer", node=target.node)
    if source.port not in (port.name for port in outputs(graph, catalogue, source.node)):
        raise no_output(graph, catalogue, source)
    port = next((port for port in inputs(graph, catalogue, target.node) if port.name == target.port), None)
    if port is None:
        raise no_input(graph, catalogue, target)
    if Edge(source, target) in graph.edges:
        raise GraphError(f"{giver.name} is wired to {target.port} of {title(taker)} already", node=target.node)
    back = _way(graph, target.node, source.node)
    if back:
        raise GraphError(
            "A wire cannot lead back to where it came from", received=f"a circle: {circle(graph, back)}",
            hint="Wire it to a layer further on, or remove a wire of the circle", node=target.node,
        )  # fmt: skip
    return port.many


def no_output(graph: Graph, catalogue: Catalogue, source: End) -> GraphError:
    """Say that a node has no such output, and what would give it one."""
    node = graph.node(source.node)
    held = next((port for port in catalogue.layer(node.layer).outputs if port.name == source.port), None)
    names = [port.name for port in outputs(graph, catalogue, source.node)]
    hint = f"Turn {held.when.replace('_', ' ')} on" if held and held.when else f"It gives {listed(names)}"
    return GraphError(f"{title(node)} gives no {source.port}", hint=hint, node=source.node)


def no_input(graph: Graph, catalogue: Catalogue, target: End, hint: str = "") -> GraphError:
    """Say that a node has no such input."""
    node = graph.node(target.node)
    names = [port.name for port in inputs(graph, catalogue, target.node)]
    if not names:
        return GraphError(f"{title(node)} takes no wire: data enters there", hint=hint, node=target.node)
    hint = hint or f"It takes {listed(names)}"
    return GraphError(f"{title(node)} takes no {target.port}", hint=hint, node=target.node)


def _way(graph: Graph, start: str, end: str) -> tuple[str, ...]:
    """Return the ids on a shortest way along the wires, both ends included; nothing where there is none."""
    before: dict[str, str] = {}
    waiting = deque([start])
    feeds: dict[str, list[str]] = {}
    for edge in graph.edges:
        feeds.setdefault(edge.source.node, []).append(edge.target.node)
    while waiting and end not in before:
        at = waiting.popleft()
        for fed in feeds.get(at, ()):
            if fed not in before:
                before[fed] = at
                waiting.append(fed)
    if end not in before:
        return ()
    way = [end]
    while way[-1] != start:
        way.append(before[way[-1]])
    return tuple(reversed(way))


def repeated(words: Iterable[str]) -> tuple[str, ...]:
    """The words that stand more than once, in order."""
    return tuple(word for word, count in Counter(words).items() if count > 1)
