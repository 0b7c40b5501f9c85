"""Each operation with what is wired to it, by table: shapes of samples, dtype, values. Asks nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from engine.catalogue import catalogue
from engine.graph import Edge, End, Graph, Node
from engine.values import FrozenMap, Value

Shape = tuple[int, ...]
ROW: Final = (6,)
SEQUENCE: Final = (4, 6)
IMAGE: Final = (8, 8, 3)


@dataclass(frozen=True, slots=True)
class Case:
    """An operation, the shapes that its ports get in their order, and the values that are not a new node's."""

    name: str
    shapes: tuple[Shape, ...] = (SEQUENCE,)
    values: Mapping[str, Value] = field(default_factory=dict)
    dtype: str = "float32"
    #: The ports, where not all that must be wired are.
    ports: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.name}-{len(self.shapes)}-{'-'.join(map(str, self.values))}"


NUMBERS = {name: spec for name, spec in catalogue().layers.items() if spec.operation}
#: Those that are not called on one sequence, or a sequence each.
OTHERS: Final = (
    Case("ops.matmul", ((4, 6), (6, 3))),
    Case("ops.einsum", ((4, 6), (6, 3))),
    Case("ops.einsum", ((4, 6), (4, 3), (3,)), {"subscripts": "bij,bik,bk->bj"}),
    Case("ops.dot_product_attention", ((5, 2, 4), (7, 2, 4), (7, 2, 4))),
    Case("ops.reshape", ((28, 28),)),
    Case("ops.reshape", ((4, 6),), {"newshape": (-1, 2, 12)}),
    Case("ops.transpose", (IMAGE,), {"axes": (0, 3, 1, 2)}),
    Case("ops.moveaxis", (IMAGE,), {"source": (1, 2), "destination": (2, 3)}),
    Case("ops.squeeze", ((4, 1),)),
    Case("ops.concatenate", ((4, 6), (4, 2), (4, 1))),
    Case("ops.concatenate", ((4, 6), (2, 6)), {"axis": 1}),
    Case("ops.split", ((4, 7),), {"indices_or_sections": (2, 3)}),
    Case("ops.split", ((4, 7),), {"axis": 1}),
    Case("ops.unstack", ((2, 6),), {"axis": 1}),
    Case("ops.get_item", (IMAGE,), {"key": ":, 1:-1, ::2, -1"}),
    Case("ops.get_item", (IMAGE,), {"key": "..., None, 0:2"}),
    Case("ops.take", (SEQUENCE,), {"indices": (0, 3, 5)}, ports=("x",)),
    Case("ops.take_along_axis", ((4, 6), (4, 2)), dtype="int32"),
    Case("ops.pad", (IMAGE,), {"pad_width": ((0, 0), (1, 2), (0, 1), (0, 0)), "mode": "reflect"}),
    Case("ops.pad", (ROW,), {"constant_values": -1.0}),
    Case("ops.tile", (SEQUENCE,), {"repeats": (1, 2, 3)}),
    Case("ops.depth_to_space", ((4, 4, 8),)),
    Case("ops.space_to_depth", ((4, 4, 2),)),
    Case("ops.mean", (IMAGE,), {"axis": (1, 2), "keepdims": True}),
    Case("ops.norm", (SEQUENCE,), {"ord": 1.0}),
    Case("ops.one_hot", (SEQUENCE,), {"num_classes": 5}, "int32"),
    Case("ops.cast", (SEQUENCE,), {"dtype": "int32"}),
    Case("ops.where", (SEQUENCE,), {"x": 1.0, "y": -0.5}, "bool", ports=("condition",)),
    Case("ops.subtract", (SEQUENCE,), {"x": 1.0}, ports=("y",)),
    Case("ops.power", (SEQUENCE,), {"y": 2.0}, ports=("x",)),
    Case("ops.power", (SEQUENCE,), {"x": -2.0}, ports=("y",)),
    Case("ops.divide", (SEQUENCE,), {"y": 0.5}, "int32", ports=("x",)),
    Case("ops.not_equal", (SEQUENCE,), {"y": 0.0}, "int32", ports=("x",)),
    Case("ops.image.resize", (IMAGE,), {"size": (4, 5), "interpolation": "nearest"}),
    Case("ops.image.rgb_to_grayscale", (IMAGE,)),
    Case("ops.image.rgb_to_hsv", (IMAGE,)),
    Case("ops.image.hsv_to_rgb", (IMAGE,)),
    Case("ops.image.extract_patches", (IMAGE,)),
    Case("ops.image.gaussian_blur", (IMAGE,)),
    Case("ops.image.sobel_edges", (IMAGE,)),
    *(Case(f"ops.logical_{sign}", (SEQUENCE, SEQUENCE), dtype="bool") for sign in ("and", "or", "xor")),
    Case("ops.logical_not", dtype="bool"),
)  # fmt: skip


def cases() -> list[Case]:
    """Every operation at least once."""
    told = {case.name for case in OTHERS}
    usual = (Case(name, (SEQUENCE,) * len(_needed(name))) for name in NUMBERS if name not in told)
    return [*OTHERS, *usual]


def _needed(name: str) -> list[str]:
    ports = [port for port in catalogue().layer(name).inputs if not port.optional]
    return [port.name for port in ports for _ in range(2 if port.many else 1)]


def drawn(cases: Sequence[Case]) -> Graph:
    """Draw operations side by side, `op0`, `op1` ..., with an input layer for each of their wires: `op0_x0`."""
    graph = Graph()
    for place, case in enumerate(cases):
        graph = _beside(graph, case, f"op{place}")
    return graph


def _beside(graph: Graph, case: Case, name: str) -> Graph:
    held = catalogue().new_node(Graph(), case.name).values
    graph = graph.with_node(Node(name, case.name, name, FrozenMap({**held, **case.values})))
    for place, (shape, port) in enumerate(zip(case.shapes, case.ports or _ports(case), strict=True)):
        values = FrozenMap[Value]({"shape": shape, "dtype": case.dtype})
        graph = graph.with_node(Node(f"{name}_x{place}", "InputLayer", f"{name}_x{place}", values))
        graph = graph.with_edge(Edge(End(f"{name}_x{place}", "output"), End(name, port)))
    return graph


def _ports(case: Case) -> tuple[str, ...]:
    first = catalogue().layer(case.name).inputs[0]
    return (first.name,) * len(case.shapes) if first.many else tuple(_needed(case.name))
