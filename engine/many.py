"""Edits of many nodes at once: what they have in common, and one value for all of them. Knows no Qt, no Keras."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from engine.catalogue import Catalogue, same
from engine.copies import copier
from engine.errors import ValueProblem
from engine.graph import Graph, Mode, Node
from engine.kinds import ParameterSpec
from engine.values import FrozenMap, Value
from engine.wiring import title

#: Who calls a layer is named in one place, by the node's own name; many nodes cannot have one name.
NAME: Final = "name"
_holding = copier(Node, "values")
Tally: TypeAlias = tuple[tuple[Value, int], ...]


@dataclass(frozen=True, slots=True)
class Common:
    """The parameters that all of some layers have and mean the same by, and the names of those that not all have."""

    parameters: tuple[ParameterSpec, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """What some nodes hold for one parameter: each different value with how many hold it, the commonest first.

    Attributes:
        changed: Whether one of them holds another value than its default.
    """

    tally: Tally
    changed: bool = False


def common(catalogue: Catalogue, layers: Collection[str]) -> Common:
    """Find what layers have in common, in the order of the first; a layer that is not known has no parameter."""
    known = [catalogue.layers[name] for name in dict.fromkeys(layers) if name in catalogue.layers]
    named = [{p.name: p for p in spec.parameters if p.name != NAME} for spec in known]
    if not named or len(known) < len(set(layers)):
        return Common((), tuple(dict.fromkeys(name for each in named for name in each)))
    merged = {name: joined([each[name] for each in named if name in each], len(named)) for name in named[0]}
    parameters = tuple(parameter for parameter in merged.values() if parameter is not None)
    told = {parameter.name for parameter in parameters}
    return Common(parameters, tuple(dict.fromkeys(name for each in named for name in each if name not in told)))


def joined(specs: Sequence[ParameterSpec], count: int) -> ParameterSpec | None:
    """One parameter for several layers; None where not all have it, or where they mean different things by it.

    Its bounds are the widest, since each layer checks its own. Where the defaults differ it counts as required: there
    is no one default to tell.
    """
    first = specs[0]
    if all(replace(spec, help="", start=None) == replace(first, help="", start=None) for spec in specs):
        return first if len(specs) == count else None
    choices = tuple(word for word in first.choices if all(word in spec.choices for spec in specs))
    alike = all((spec.kind, spec.length, spec.call) == (first.kind, first.length, first.call) for spec in specs)
    if len(specs) < count or not alike or (not choices and any(spec.choices for spec in specs)):
        return None
    one = all(same(spec.default, first.default) for spec in specs)
    return replace(
        first,
        default=first.default,
        required=not one or any(spec.required for spec in specs),
        optional=all(_may_be_nothing(spec) for spec in specs),
        minimum=_widest([spec.minimum for spec in specs], min),
        maximum=_widest([spec.maximum for spec in specs], max),
        choices=choices,
        unit=first.unit if all(spec.unit == first.unit for spec in specs) else "",
        advanced=all(spec.advanced for spec in specs),
    )


def _may_be_nothing(spec: ParameterSpec) -> bool:
    return spec.optional or (spec.default is None and not spec.required)


def _widest(bounds: Sequence[float | None], widest: Callable[[Iterable[float]], float]) -> float | None:
    given = [bound for bound in bounds if bound is not None]
    return widest(given) if len(given) == len(bounds) else None


# -- what they hold


def held(graph: Graph, catalogue: Catalogue, ids: Iterable[str], names: Iterable[str]) -> dict[str, Held]:
    """Tell what nodes hold for parameters; a node that shares a layer holds its owner's values."""
    nodes = [graph.nodes[id] for id in ids]
    counts: defaultdict[tuple[str, str], Counter[tuple[type, Value]]] = defaultdict(Counter)
    for node in nodes:
        for name, value in _all_values(graph, catalogue, node).items():
            counts[node.layer, name][value.__class__, value] += 1  # Python holds True == 1
    layers = Counter(node.layer for node in nodes if node.layer in catalogue.layers)
    return {name: _held(catalogue, layers, counts, name) for name in names}


def _held(
    catalogue: Catalogue,
    layers: Mapping[str, int],
    counts: Mapping[tuple[str, str], Counter[tuple[type, Value]]],
    name: str,
) -> Held:
    found: Counter[tuple[type, Value]] = Counter()
    changed = False
    for layer, count in layers.items():
        parameter, here = catalogue.layer(layer).parameter(name), counts.get((layer, name), Counter())
        found.update(here)
        changed |= bool(here) and not parameter.required
        if (rest := count - here.total()) > 0:
            found[parameter.default.__class__, parameter.default] += rest
    return Held(tuple((value, count) for (_, value), count in found.most_common()), changed)


def _all_values(graph: Graph, catalogue: Catalogue, node: Node) -> Mapping[str, Value]:
    """A node's values, its owner's beside its own; its own alone where its owner is gone."""
    owner = node if node.shares is None else graph.nodes.get(node.shares, node)
    if owner is node:
        return node.values
    given = called(catalogue, node.layer)
    return {**{name: value for name, value in owner.values.items() if name not in given}, **node.values}


def called(catalogue: Catalogue, layer: str) -> frozenset[str]:
    """The parameters of a layer that each call of it has for itself, whoever owns its weights."""
    found = catalogue.layers.get(layer)
    return frozenset(p.name for p in found.parameters if p.call) if found is not None else frozenset()


# -- edits


def holders(graph: Graph, catalogue: Catalogue, ids: Iterable[str], name: str) -> tuple[Node, ...]:
    """Return the nodes that hold a parameter for some nodes: for one that shares a layer, the layer's owner."""
    found = (_holder(graph, catalogue, graph.node(id), name) for id in ids)
    return tuple({node.id: node for node in found}.values())


def _holder(graph: Graph, catalogue: Catalogue, node: Node, name: str) -> Node:
    alone = node.shares is None or name in called(catalogue, node.layer)
    return node if alone else graph.owner(node.id)


def with_value(graph: Graph, catalogue: Catalogue, ids: Iterable[str], name: str, value: Value) -> Graph:
    """Set a parameter of many nodes; a default is not kept.

    Raises:
        EngineError: One of the nodes cannot take the value; it is named where there are several, and none is changed.
    """
    nodes = holders(graph, catalogue, ids, name)
    by_layer: dict[str, tuple[Value, bool]] = {}
    for node in nodes:
        if node.layer not in by_layer:
            by_layer[node.layer] = checked(catalogue, node, name, value, several=len(nodes) > 1)
    return graph.with_nodes(_holding(nodes, [_with(node, name, *by_layer[node.layer]) for node in nodes]))


def checked(catalogue: Catalogue, node: Node, name: str, value: Value, *, several: bool) -> tuple[Value, bool]:
    """Return a value in canonical form, and whether it is kept; what is so for one node is so for all of its layer."""
    parameter = catalogue.layer(node.layer).parameter(name)
    try:
        value = catalogue.check(parameter, value)
    except ValueProblem as problem:
        expected = f"{title(node)}: {problem.expected}" if several else problem.expected
        raise ValueProblem(expected, received=problem.received, hint=problem.hint, node=node.id) from problem
    return value, parameter.required or not same(value, parameter.default)


def _with(node: Node, name: str, value: Value, kept: bool) -> FrozenMap[Value]:
    return node.values.with_item(name, value) if kept else node.values.without(name)


def without_value(graph: Graph, catalogue: Catalogue, ids: Iterable[str], name: str) -> Graph:
    """Give many nodes their layers' own default back; a parameter that has none keeps its value."""
    nodes = [
        node
        for node in holders(graph, catalogue, ids, name)
        if name in node.values and not catalogue.layer(node.layer).parameter(name).required
    ]
    return graph.with_nodes(replace(node, values=node.values.without(name)) for node in nodes)


def without_values(graph: Graph, catalogue: Catalogue, ids: Iterable[str]) -> Graph:
    """Give many nodes all their layers' defaults back; a node that shares a layer has its owner's given back too."""
    ids = tuple(ids)
    names = dict.fromkeys(name for id in ids for name in _all_values(graph, catalogue, graph.node(id)))
    for name in names:
        graph = without_value(graph, catalogue, [id for id in ids if _has(catalogue, graph.node(id), name)], name)
    return graph


def _has(catalogue: Catalogue, node: Node, name: str) -> bool:
    spec = catalogue.layers.get(node.layer)
    return spec is not None and any(parameter.name == name for parameter in spec.parameters)


# -- how they take part, and their colour


def with_mode(graph: Graph, ids: Iterable[str], mode: Mode) -> Graph:
    """Let nodes take part, be bypassed or be disabled."""
    nodes = [node for id in ids if (node := graph.node(id)).mode != mode]
    return graph.with_nodes(replace(node, mode=mode) for node in nodes) if nodes else graph


def with_colour(graph: Graph, ids: Iterable[str], colour: str) -> Graph:
    """Give nodes a colour, or, for an empty one, that of their kind."""
    nodes = [node for id in ids if (node := graph.node(id)).colour != colour]
    return graph.with_nodes(replace(node, colour=colour) for node in nodes) if nodes else graph
