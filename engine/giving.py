"""The values of one node for others: what they have and accept of them. Knows no Qt, no Keras."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from engine.catalogue import Catalogue, same
from engine.errors import EngineError
from engine.graph import Graph, Node
from engine.many import NAME, called, checked
from engine.values import FrozenMap, Value


@dataclass(frozen=True, slots=True)
class Given:
    """What became of values that were given to nodes.

    Attributes:
        nodes: How many nodes are other than before.
        taken: How many values are other than before.
        refused: The parameters that one of the nodes does not have or cannot take.
    """

    graph: Graph
    nodes: int = 0
    taken: int = 0
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Offer:
    """What a layer accepts of another's values: the names that are settled, and the values that are kept of them."""

    names: frozenset[str]
    kept: FrozenMap[Value]
    refused: tuple[str, ...]


def with_values(graph: Graph, catalogue: Catalogue, ids: Iterable[str], source: Node) -> Given:
    """Give nodes the values of another, what they have and accept of them.

    A node of the same layer becomes as the source is, defaults included; one of another layer is given what was set.
    """
    offers: dict[str, _Offer] = {}
    changed: dict[str, Node] = {}
    taken = 0
    for node, made, calls in _targets(graph, ids):
        if node.layer not in offers:
            offers[node.layer] = _offer(catalogue, source, node)
        offer = offers[node.layer]
        own = called(catalogue, node.layer)
        names = offer.names if made and calls else offer.names - own if made else offer.names & own
        count, after = _taken(node, offer, names)
        if count:
            taken, changed[node.id] = taken + count, after
    refused = tuple(dict.fromkeys(name for offer in offers.values() for name in offer.refused))
    return Given(graph.with_nodes(changed.values()), len(changed), taken, refused)


def _targets(graph: Graph, ids: Iterable[str]) -> Iterator[tuple[Node, bool, bool]]:
    """The nodes that hold the values of some: whether those that make the layer, and those that its call is given."""
    chosen = {id: graph.node(id) for id in ids}
    owners = {node.id if node.shares is None else node.shares for node in chosen.values()}
    for id in dict.fromkeys((*chosen, *owners)):
        yield graph.node(id), id in owners, id in chosen


def _offer(catalogue: Catalogue, source: Node, target: Node) -> _Offer:
    kept: dict[str, Value] = {}
    settled: list[str] = []
    refused: list[str] = []
    for name, value in _offered(catalogue, source, target):
        try:
            value, keep = checked(catalogue, target, name, value, several=False)
        except EngineError:
            refused.append(name)
            continue
        settled.append(name)
        kept |= {name: value} if keep else {}
    return _Offer(frozenset(settled), FrozenMap(kept), tuple(refused))


def _offered(catalogue: Catalogue, source: Node, target: Node) -> Iterable[tuple[str, Value]]:
    if source.layer != target.layer or source.layer not in catalogue.layers:
        return source.values.items()
    names = (p.name for p in catalogue.layer(source.layer).parameters if p.name != NAME)
    return [(name, catalogue.value(source, name)) for name in names]


def _taken(node: Node, offer: _Offer, names: frozenset[str]) -> tuple[int, Node]:
    """Return how many of a node's values an offer changes, and the node as it is then."""
    before = {name: node.values[name] for name in node.values if name in names}
    after = {name: offer.kept[name] for name in offer.kept if name in names}
    changed = {
        name
        for name in before.keys() | after.keys()
        if name not in before or name not in after or not same(before[name], after[name])
    }
    values = {**node.values.without(*before), **after}
    return len(changed), replace(node, values=FrozenMap(values)) if changed else node
