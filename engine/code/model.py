"""Spells a drawing as the lines of a function that builds it. Knows no recipe and no data."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from engine import wiring
from engine.catalogue import Catalogue
from engine.code import operations
from engine.code.names import UNUSED, Names, layer_names, variables
from engine.code.spell import argument, call, called, construction, where
from engine.graph import Edge, End, Graph, Node, order
from engine.specs import PortSpec

#: A statement, or a line of comment.
Line: TypeAlias = ast.stmt | str
#: Layers that hold others: in their constructor, Keras's `trainable=False` does not reach those.
HOLDERS: Final = frozenset({
    "MultiHeadAttention", "GroupQueryAttention", "Bidirectional", "TimeDistributed",
    "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D",
})  # fmt: skip


MODEL: Final = "model"


@dataclass(frozen=True, slots=True)
class _Spelling:
    """A drawing, the wires into its nodes, and the variables that its tensors and shared layers go by."""

    graph: Graph
    catalogue: Catalogue
    names: Names
    into: Mapping[str, Sequence[Edge]]
    #: What each layer is called in the script, by node id.
    called: Mapping[str, str]


def body(graph: Graph, catalogue: Catalogue) -> list[Line]:
    """Spell the statements that build a drawing's model and return it; the drawing must have no errors."""
    into: dict[str, list[Edge]] = {id: [] for id in graph.nodes}
    for edge in graph.edges:
        into[edge.target.node].append(edge)
    spelling = _Spelling(graph, catalogue, variables(graph, catalogue), into, layer_names(graph, catalogue))
    inputs = wiring.model_inputs(graph, catalogue)
    lines: list[Line] = []
    made: set[str] = set()
    for id in order(graph).ids:
        if catalogue.layer(graph.node(id).layer).inputs:
            lines += _node(spelling, id, made)
        elif id in inputs:
            lines.append(_input(spelling, graph.node(id)))
    frozen = [spelling.called[node.id] for node in graph.nodes.values() if _freezes_late(node)]
    model = _model(spelling, inputs)
    return [*lines, "", *(_frozen(model, frozen) if frozen else [ast.Return(model)])]


def _freezes_late(node: Node) -> bool:
    return node.layer in HOLDERS and node.shares is None and node.values.get("trainable") is False


def _frozen(model: ast.expr, names: Sequence[str]) -> Iterator[Line]:
    yield _assigned(MODEL, model)
    yield "These layers hold others, which are there only now: freeze them too."
    for name in names:
        layer = ast.Call(ast.Attribute(ast.Name(MODEL), "get_layer"), [ast.Constant(name)], [])
        yield ast.Assign([ast.Attribute(layer, "trainable")], ast.Constant(value=False), lineno=0)
    yield ast.Return(ast.Name(MODEL))


def _model(spelling: _Spelling, inputs: Sequence[str]) -> ast.expr:
    names, catalogue = spelling.names.tensors, spelling.catalogue
    starts = [names[End(id, catalogue.layer(spelling.graph.node(id).layer).outputs[0].name)] for id in inputs]
    ends = [names[end] for end in wiring.model_outputs(spelling.graph, catalogue)]
    return call("keras.Model", [], {"inputs": _one_or_all(starts), "outputs": _one_or_all(ends)})


def _one_or_all(names: Sequence[str]) -> ast.expr:
    return ast.Name(names[0]) if len(names) == 1 else ast.List([ast.Name(name) for name in names])


def _input(spelling: _Spelling, node: Node) -> ast.stmt:
    spec, values = spelling.catalogue.layer(node.layer), spelling.catalogue.values(node)
    more = {"name": ast.Constant(spelling.called[node.id])}
    value = construction(spelling.catalogue, "keras.Input", spec.name, spec.parameters, values, more)
    return _assigned(spelling.names.tensors[End(node.id, spec.outputs[0].name)], value)


def _node(spelling: _Spelling, id: str, made: set[str]) -> Iterator[Line]:
    """Spell a call of a layer, and before the first call of a shared one its making."""
    owner = spelling.graph.owner(id)
    if spelling.catalogue.layer(owner.layer).operation:
        yield _operation(spelling, id, owner)
        return
    variable = spelling.names.layers.get(owner.id)
    if variable is None:
        yield _call(spelling, id, _layer(spelling, owner))
        return
    if owner.id not in made:
        made.add(owner.id)
        yield "One layer, called more than once: every call uses the same weights."
        yield _assigned(variable, _layer(spelling, owner))
    yield _call(spelling, id, ast.Name(variable))


def _layer(spelling: _Spelling, node: Node) -> ast.expr:
    spec = spelling.catalogue.layer(node.layer)
    values, _ = wiring.values(spelling.graph, spelling.catalogue, node.id)
    if _freezes_late(node):
        values = values.without("trainable")
    more = {"name": ast.Constant(spelling.called[node.id])}
    return construction(spelling.catalogue, where("layer", spec), spec.name, spec.parameters, values, more)


def _operation(spelling: _Spelling, id: str, owner: Node) -> ast.stmt:
    """Spell a call of keras.ops; nodes that share one each call it."""
    spec = spelling.catalogue.layer(owner.layer)
    tensors: dict[str, list[ast.expr]] = {}
    for edge in spelling.into[id]:
        tensors.setdefault(edge.target.port, []).append(_name(spelling, edge.source))
    values, _ = wiring.values(spelling.graph, spelling.catalogue, id)
    return _assigned(_targets(spelling, id), operations.spelled(spec, tensors, values))


def _call(spelling: _Spelling, id: str, layer: ast.expr) -> ast.stmt:
    """Spell a layer's call: the first argument by place, the others by name, its outputs unpacked."""
    graph, catalogue = spelling.graph, spelling.catalogue
    spec = catalogue.layer(graph.node(id).layer)
    args, keywords = _tensors(spelling, spec.inputs, spelling.into[id])
    _, given = wiring.values(graph, catalogue, id)
    keywords |= {p.name: argument(catalogue, p, given[p.name]) for p in spec.parameters if p.name in given}
    return _assigned(_targets(spelling, id), called(layer, args, keywords))


def _targets(spelling: _Spelling, id: str) -> list[str]:
    """The variables that the outputs of a node go to."""
    ports = wiring.outputs(spelling.graph, spelling.catalogue, id)
    return [spelling.names.tensors.get(End(id, port.name), UNUSED) for port in ports]


def _tensors(
    spelling: _Spelling, ports: Sequence[PortSpec], edges: Sequence[Edge]
) -> tuple[list[ast.expr], dict[str, ast.expr]]:
    """Arrange what ports receive as the call takes it; ports with an index make up one list, with None for gaps."""
    found: dict[str, ast.expr] = {}
    for port in ports:
        tensors = [_name(spelling, edge.source) for edge in edges if edge.target.port == port.name]
        if not tensors:
            continue
        if port.many:
            found[port.argument] = ast.List(tensors)
        elif port.index is None:
            found[port.argument] = tensors[0]
        else:
            row = found.setdefault(port.argument, ast.List([]))
            assert isinstance(row, ast.List)  # noqa: S101 - ports of one argument all have an index
            row.elts += [ast.Constant(None)] * (port.index - len(row.elts))
            row.elts.append(tensors[0])
    return [found.pop(ports[0].argument)], found


def _name(spelling: _Spelling, end: End) -> ast.expr:
    return ast.Name(spelling.names.tensors[end])


def _assigned(targets: str | Sequence[str], value: ast.expr) -> ast.stmt:
    names = [targets] if isinstance(targets, str) else targets
    left: ast.expr = ast.Name(names[0]) if len(names) == 1 else ast.Tuple([ast.Name(name) for name in names])
    return ast.Assign([left], value, lineno=0)
