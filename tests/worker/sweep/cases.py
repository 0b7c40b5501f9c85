"""Cases for a layer: a small drawing around it, with values and inputs that fit, that nearly fit, and that cannot."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from hypothesis import strategies as st

from engine.catalogue import catalogue
from engine.graph import Edge, End, Graph, Node
from engine.specs import LayerSpec, PortSpec
from engine.values import FrozenMap, Value
from tests.worker.sweep import numbers, operating
from tests.worker.sweep.shapes import IMPOSSIBLE, Arriving, arriving, beside

#: The node that a case is about, and the one that calls its layer again.
SUBJECT, AGAIN = "subject", "again"
#: The order of what stands before the layer.
PLACES: Final = {"InputLayer": 0, "Masking": 1}
#: Equations with an output shape that suits them.
EQUATIONS: Final[tuple[tuple[str, tuple[int | None, ...]], ...]] = (
    ("ab,bc->ac", (4,)), ("abc,cd->abd", (None, 4)), ("abc,cde->abde", (None, 2, 3)), ("...x,xy->...y", (4,)),
    ("abcd,de->abce", (None, None, 3)), ("abc,cd->ad", (4,)), ("ab,cd->ac", (3,)), ("abc", (4,)), ("a b,bc->ac", (4,)),
)  # fmt: skip
Fitted: TypeAlias = Callable[[Arriving], st.SearchStrategy[dict[str, Value]]]


def _together(**values: st.SearchStrategy[Value]) -> st.SearchStrategy[dict[str, Value]]:
    return st.fixed_dictionaries(dict(values))


def _equation(_: Arriving) -> st.SearchStrategy[dict[str, Value]]:
    """Draw an equation with a shape that suits it, or with that of another."""
    equations: list[Value] = [equation for equation, _ in EQUATIONS]
    shapes: list[Value] = [shape for _, shape in EQUATIONS]
    fitting = st.sampled_from(EQUATIONS).map(lambda pair: dict[str, Value](equation=pair[0], output_shape=pair[1]))
    return fitting | fitting | _together(equation=st.sampled_from(equations), output_shape=st.sampled_from(shapes))


def _order(first: Arriving) -> st.SearchStrategy[dict[str, Value]]:
    axes = list(range(1, len(first.shape) + 1)) or [1]
    others: list[Value] = [(2, 1), (1,), (1, 1), (0, 1), (1, 3), (3, 1, 2)]
    return _together(dims=st.permutations(axes).map(tuple) | st.sampled_from(others))


def _target(first: Arriving) -> st.SearchStrategy[dict[str, Value]]:
    count = math.prod(length or 1 for length in first.shape)
    fitting: list[Value] = [(count,), (1, count), (-1, 1), (-1,), tuple(reversed(first.shape)) or (1,), (2, -1)]
    return _together(target_shape=st.sampled_from(fitting) | numbers.SHAPES)


def _axes(first: Arriving) -> st.SearchStrategy[dict[str, Value]]:
    one = st.integers(-len(first.shape) - 1, len(first.shape) + 1)
    return _together(axes=one | st.tuples(one, one))


def _kinds(values: Mapping[str, tuple[Value, ...]]) -> Fitted:
    return lambda _: st.fixed_dictionaries({name: st.sampled_from(held) for name, held in values.items()})


def _statistics(_: Arriving) -> st.SearchStrategy[dict[str, Value]]:
    """Draw one mean for all, one for each feature, or none."""
    axis: st.SearchStrategy[Value] = st.sampled_from([-1, None, 1])
    several = st.integers(1, 4).flatmap(
        lambda count: _together(mean=st.just((0.5,) * count), variance=st.just((2.0,) * count), axis=axis)
    )
    one = _together(mean=st.just(0.5), variance=st.just(2.0), axis=st.none())
    return several | one | _together()


#: Values that depend on each other, or on what arrives; drawn at random they would never fit.
FITTED: Final[Mapping[str, Fitted]] = {
    "EinsumDense": _equation,
    "Permute": _order,
    "Reshape": _target,
    "Dot": _axes,
    "MelSpectrogram": _kinds({"fft_length": (16, 64, 256), "sequence_stride": (8, 32, 100), "num_mel_bins": (4, 9)}),
    "STFTSpectrogram": _kinds({"frame_length": (2, 3, 4, 8), "frame_step": (None, 1, 2)}),
    "GroupQueryAttention": _kinds(
        {"num_query_heads": (1, 2, 4, 6), "num_key_value_heads": (1, 2, 3), "head_dim": (1, 3, 8)}
    ),
    "GroupNormalization": _kinds({"groups": (1, 2, 3, 4, 32, -1)}),
    "Normalization": _statistics,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """A drawing, and the node on which a value stands that cannot be; empty where none does."""

    graph: Graph
    flawed: str = ""

    def __repr__(self) -> str:
        nodes = [f"{node.id}={node.layer}({_spelled(node)})" for node in self.graph.nodes.values()]
        wires = [f"{edge.source.node} > {edge.target.node}.{edge.target.port}" for edge in self.graph.edges]
        return "; ".join([*nodes, *wires])


def _spelled(node: Node) -> str:
    shared = [f"shares={node.shares!r}"] if node.shares else []
    return ", ".join([*(f"{name}={value!r}" for name, value in node.values.items()), *shared])


@st.composite
def cases(draw: st.DrawFn, layer: str) -> Case:
    """Draw a case for a layer: most are of values that the catalogue takes, one in twelve of one that it refuses."""
    spec = catalogue().layer(layer)
    flaw = draw(st.sampled_from([""] * 20 + ["value", "length"]))
    if not spec.inputs:
        return _input(draw, spec, flaw)
    first = draw(arriving(spec))
    node = Node(SUBJECT, layer, SUBJECT, FrozenMap(_values(draw, spec, first)))
    twice = not spec.operation and draw(st.sampled_from([False] * 9 + [True]))
    graph = _wired(draw, Graph().with_node(node), node, first, "x", masks=not twice and not spec.operation)
    if twice:
        again = Node(AGAIN, layer, AGAIN, shares=SUBJECT)
        other = replace(first, shape=draw(beside(first, spec.inputs[0])).shape)
        graph = _wired(draw, graph.with_node(again), again, other, "z")
    if flaw:
        return _flawed(draw, graph, flaw)
    return Case(_ordered(graph))


def _values(draw: st.DrawFn, spec: LayerSpec, first: Arriving) -> dict[str, Value]:
    fitted = draw(FITTED[spec.name](first)) if spec.name in FITTED else {}
    fitted |= draw(operating.fitted(spec, first)) if spec.operation else {}
    standing = {port.name for port in spec.inputs if port.number}
    free = draw(numbers.some(catalogue(), list(spec.parameters), but=standing | fitted.keys()))
    held = [name for name in sorted(standing) if draw(st.sampled_from([False, False, True]))]
    values = {**free, **fitted, **{name: draw(st.sampled_from(operating.NUMBERS[name])) for name in held}}
    return {name: spec.parameter(name).check(value) for name, value in values.items()} if spec.operation else values


def _input(draw: st.DrawFn, spec: LayerSpec, flaw: str) -> Case:
    values = draw(numbers.some(catalogue(), list(spec.parameters)))
    graph = Graph().with_node(Node(SUBJECT, spec.name, SUBJECT, FrozenMap(values)))
    end = Node(AGAIN, "Identity", AGAIN)
    graph = graph.with_node(end).with_edge(Edge(End(SUBJECT, "output"), End(AGAIN, "input")))
    return _flawed(draw, graph, flaw) if flaw else Case(graph)


def _wired(draw: st.DrawFn, graph: Graph, node: Node, first: Arriving, stem: str, *, masks: bool = False) -> Graph:
    """Wire inputs to the ports of a node: to all that it needs, to few of those that it can do without."""
    place = 0
    for port in catalogue().layer(node.layer).inputs:
        if port.optional and draw(st.sampled_from([True] * 6 + [False])):
            continue
        if port.number and port.name in node.values:
            continue
        for _ in range(draw(st.sampled_from([2, 2, 2, 3, 1])) if port.many else 1):
            arrives = first if place == 0 else _other(draw, node, first, port)
            source = Node(f"{stem}{place}", "InputLayer", f"{stem}{place}", _given(arrives))
            graph, end = graph.with_node(source), End(source.id, "output")
            if masks and place == 0 and len(first.shape) > 1 and draw(st.sampled_from([False] * 14 + [True])):
                mask = Node(f"m{stem}", "Masking", f"m{stem}")
                graph = graph.with_node(mask).with_edge(Edge(end, End(mask.id, "input")))
                end = End(mask.id, "output")
            graph = graph.with_edge(Edge(end, End(node.id, port.name)))
            place += 1
    return graph


def _other(draw: st.DrawFn, node: Node, first: Arriving, port: PortSpec) -> Arriving:
    spec, alike = catalogue().layer(node.layer), draw(beside(first, port))
    return draw(operating.beside(spec, first, port, alike)) if spec.operation else alike


def _given(arrives: Arriving) -> FrozenMap[Value]:
    values: dict[str, Value] = {"shape": arrives.shape}
    values |= {} if arrives.dtype == "float32" else {"dtype": arrives.dtype}
    values |= {} if arrives.batch is None else {"batch_size": arrives.batch}
    return FrozenMap(values)


def _flawed(draw: st.DrawFn, graph: Graph, flaw: str) -> Case:
    """Put one value into a drawing that cannot be: a parameter's, or the length of an input."""
    if flaw == "length":
        node = next(node for node in graph.nodes.values() if node.layer == "InputLayer")
        shape = node.values["shape"]
        assert isinstance(shape, tuple)
        wrong: Value = (*shape, draw(st.sampled_from(IMPOSSIBLE)))  # type: ignore[arg-type]
        return Case(_ordered(graph.with_value(node.id, "shape", wrong)), node.id)
    parameters = catalogue().layer(graph.node(SUBJECT).layer).parameters
    if not parameters:
        return _flawed(draw, graph, "length")
    parameter = draw(st.sampled_from(parameters))
    return Case(_ordered(graph.with_value(SUBJECT, parameter.name, draw(numbers.wrong(parameter)))), SUBJECT)


def _ordered(graph: Graph) -> Graph:
    """Put inputs first, then masks, the layer, and its second call: as data flows."""

    def place(node: Node) -> int:
        return 3 if node.id == AGAIN else 2 if node.id == SUBJECT else PLACES[node.layer]

    nodes = sorted(graph.nodes.values(), key=place)
    return replace(graph, nodes=FrozenMap({node.id: node for node in nodes}))
