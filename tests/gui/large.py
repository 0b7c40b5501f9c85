"""Large drawings as a person may have them: branches, shapes on the wires, problems here and there. Knows no canvas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil, sqrt
from typing import Final

from engine.graph import Edge, End, Graph, Node, Point
from engine.report import NodeReport, Problem, Report, TensorSpec
from engine.values import FrozenMap, Value

#: From node to node in a row, and from row to row.
ACROSS, DOWN = 252.0, 120.0
#: Width to height of the window in which a drawing stands whole.
ASPECT: Final = 1.6
CONV: Final[Mapping[str, Value]] = {"filters": 64, "kernel_size": (3, 3), "padding": "same", "use_bias": False}
#: One unit: layer, values, and how many nodes back each of its wires begins.
UNIT: Final[tuple[tuple[str, Mapping[str, Value], tuple[int, ...]], ...]] = (
    ("Conv2D", {**CONV, "kernel_size": (1, 1)}, (1,)),
    ("Conv2D", CONV, (1,)),
    ("BatchNormalization", {}, (1,)),
    ("ReLU", {}, (1,)),
    ("SeparableConv2D", {"filters": 64, "kernel_size": (5, 5), "padding": "same"}, (4,)),
    ("Add", {}, (2, 1)),
    ("AveragePooling2D", {"pool_size": (3, 3), "strides": (1, 1), "padding": "same"}, (6,)),
    ("Dropout", {"rate": 0.1}, (1,)),
    ("Concatenate", {}, (3, 1)),
    ("Activation", {"activation": "gelu"}, (1,)),
)
MANY: Final = ("Add", "Concatenate")
#: Every so many nodes one has a warning, and every so many an error.
WARNED, WRONG = 41, 97


@dataclass(slots=True)
class _Growing:
    columns: int
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)

    def put(self, layer: str, values: Mapping[str, Value], back: tuple[int, ...] = ()) -> None:
        number = len(self.nodes)
        node = Node(f"n{number + 1}", layer, f"{layer.lower()}_{number}", FrozenMap(values), self._place(number))
        for way in back:
            port = "inputs" if layer in MANY else "input"
            self.edges.append(Edge(End(f"n{number + 1 - way}", "output"), End(node.id, port)))
        self.nodes[node.id] = node

    def _place(self, number: int) -> Point:
        row, column = divmod(number, self.columns)
        return column * ACROSS, row * DOWN + 24.0 * (column % 2)


def network(count: int) -> Graph:
    """Return a drawing of so many nodes, in rows that fill a wide window."""
    made = _Growing(ceil(sqrt(count * ASPECT * DOWN / ACROSS)))
    made.put("InputLayer", {"shape": (56, 56, 64)})
    for layer, values, back in _parts(count - 1):
        made.put(layer, values, back)
    return Graph(FrozenMap(made.nodes), tuple(made.edges))


def _parts(count: int) -> Iterator[tuple[str, Mapping[str, Value], tuple[int, ...]]]:
    for number in range(count):
        layer, values, back = UNIT[number % len(UNIT)]
        # At the very beginning there is nothing further back than the input.
        yield layer, values, tuple(min(way, number + 1) for way in back)


def report(graph: Graph) -> Report:
    """Return what a checker could say of such a drawing: a shape for every wire, counts, some problems."""
    found = {id: _report(node, number) for number, (id, node) in enumerate(graph.nodes.items())}
    return Report(FrozenMap(found), tuple(_problems(graph)))


def _report(node: Node, number: int) -> NodeReport:
    side, channels = 56 >> number // 250 % 4, 64 << number // 250 % 4
    count = {"Conv2D": 9 * channels**2, "SeparableConv2D": 25 * channels, "BatchNormalization": 4 * channels}
    parameters = count.get(node.layer, 0)
    return NodeReport(FrozenMap({"output": TensorSpec((None, side, side, channels))}), parameters, parameters)


def _problems(graph: Graph) -> Iterator[Problem]:
    for number, (id, node) in enumerate(graph.nodes.items()):
        if number % WRONG == WRONG - 1:
            feeder = next(edge.source.node for edge in graph.edges if edge.target.node == id)
            yield Problem("error", f"{node.name} cannot take what {graph.nodes[feeder].name} gives.", (id, feeder))
        elif number % WARNED == WARNED - 1:
            yield Problem("warning", f"{node.name} does nothing here.", (id,))
