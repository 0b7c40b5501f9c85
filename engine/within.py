"""Changes of one value within the objects that many nodes hold; each keeps its other values. Knows no Qt, no Keras."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine import many
from engine.catalogue import Catalogue
from engine.graph import Graph
from engine.many import Tally
from engine.values import Part, Value


@dataclass(frozen=True, slots=True)
class Within:
    """A change of one value within an object, to another or within an object of its own; `reset` is to its default."""

    name: str
    value: Value | Within = None
    reset: bool = False


def with_change(graph: Graph, catalogue: Catalogue, ids: Iterable[str], name: str, change: Within) -> Graph:
    """Change one value within an object that many nodes hold.

    Raises:
        EngineError: One of the objects cannot take the value; none is changed.
    """
    by_part: defaultdict[Part, list[str]] = defaultdict(list)
    for node in many.holders(graph, catalogue, ids, name):
        if isinstance(held := catalogue.value(node, name), Part):
            by_part[held].append(node.id)
    for part, holders in by_part.items():
        kind = catalogue.layer(graph.node(holders[0]).layer).parameter(name).kind
        graph = many.with_value(graph, catalogue, holders, name, changed(catalogue, kind, part, change))
    return graph


def changed(catalogue: Catalogue, kind: str, part: Part, change: Within) -> Part:
    """Return an object with one value changed."""
    if change.reset:
        return part.without_value(change.name)
    if not isinstance(change.value, Within):
        return part.with_value(change.name, change.value)
    parameter = catalogue.part(kind, part.class_name).parameter(change.name)
    inner = part.values.get(change.name, parameter.default)
    if not isinstance(inner, Part):
        return part
    return part.with_value(change.name, changed(catalogue, parameter.kind, inner, change.value))


def one_class(tally: Tally) -> str:
    """Name the class that all of some values are of; empty where they are not objects of one."""
    classes = {value.class_name if isinstance(value, Part) else "" for value, _ in tally}
    return classes.pop() if len(classes) == 1 else ""


def tallies(catalogue: Catalogue, kind: str, tally: Tally) -> Mapping[str, Tally]:
    """Tell for each value within objects of one class what they hold, and how many hold it."""
    found: dict[str, Counter[tuple[type, Value]]] = defaultdict(Counter)
    for part, count in ((value, count) for value, count in tally if isinstance(value, Part)):
        for parameter in catalogue.part(kind, part.class_name).parameters:
            value = part.values.get(parameter.name, parameter.default)
            found[parameter.name][value.__class__, value] += count  # Python holds True == 1
    return {name: tuple((value, n) for (_, value), n in counts.most_common()) for name, counts in found.items()}
