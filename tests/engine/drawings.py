"""Drawings for tests, written short: names stand for ids, wires are text. Knows no test."""

from __future__ import annotations

from typing import Final, TypeAlias

from engine.graph import Edge, End, Graph, Node
from engine.values import FrozenMap, Value

#: A layer, whose layer it calls again, and its values.
Kind: TypeAlias = tuple[str, str | None, FrozenMap[Value]]
#: The layers whose one port is called `inputs`.
MERGES: Final = frozenset({"Add", "Concatenate", "Multiply", "Average", "Maximum", "Minimum"})


def layer(kind: str, /, *, shares: str | None = None, **values: Value) -> Kind:
    """A layer as `drawing` takes it."""
    return kind, shares, FrozenMap(values)


def drawing(*wires: str, **layers: Kind) -> Graph:
    """Draw layers by name and wires as text: `"a > b"`, or with ports, `"a.state_h > b.query"`.

    A wire without ports leaves by `output` and ends in `input`, or in `inputs` where the layer merges.
    """
    nodes = {
        name: Node(name, kind, name, values, (0.0, 0.0), shares) for name, (kind, shares, values) in layers.items()
    }
    graph = Graph(FrozenMap(nodes))
    for wire in wires:
        source, target = (word.strip().partition(".") for word in wire.split(">"))
        entry = "inputs" if nodes[target[0]].layer in MERGES else "input"
        graph = graph.with_edge(Edge(End(source[0], source[2] or "output"), End(target[0], target[2] or entry)))
    return graph


def chain(*kinds: Kind) -> Graph:
    """Draw layers one after the other, named `l0`, `l1` ..."""
    layers = {f"l{place}": kind for place, kind in enumerate(kinds)}
    return drawing(*(f"l{place} > l{place + 1}" for place in range(len(kinds) - 1)), **layers)
