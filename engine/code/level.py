"""Spells the calls of layers, operations and blocks of one drawing, in the order of its wires. Knows no recipe."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from engine import wiring
from engine.code import instances, operations
from engine.code.names import UNUSED
from engine.code.scope import Scope
from engine.code.spell import argument, called, construction, where
from engine.graph import INLET, OUTLET, Edge, End, Node, order
from engine.specs import PortSpec
from engine.ways import is_instance

#: A statement, or a line of comment.
Line: TypeAlias = ast.stmt | str
#: Layers that hold others: in their constructor, Keras's `trainable=False` does not reach those.
HOLDERS: Final = frozenset({
    "MultiHeadAttention", "GroupQueryAttention", "Bidirectional", "TimeDistributed",
    "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D",
})  # fmt: skip


def lines(scope: Scope, inputs: Sequence[str] = ()) -> Iterator[Line]:
    """Spell every node; of those that begin, the model's inputs alone."""
    made: set[str] = set()
    for id in order(scope.graph).ids:
        node = scope.graph.node(id)
        if node.layer in (INLET, OUTLET):
            continue
        if is_instance(node) or scope.catalogue.layer(node.layer).inputs:
            yield from _taken(scope, node, list(_node(scope, id, made)))
        elif id in inputs:
            yield _input(scope, node)


def freezes_late(node: Node) -> bool:
    return node.layer in HOLDERS and node.shares is None and node.values.get("trainable") is False


def _taken(scope: Scope, node: Node, spelled: list[Line]) -> Iterator[Line]:
    """Spell that a node takes part where a parameter is true, and passes its first input on where it is not."""
    if not node.when:
        yield from spelled
        return
    first = wiring.by_port(scope.catalogue.layer(node.layer), scope.into[node.id])[0].source
    targets = [name for name in instances.targets(scope, node.id) if name != UNUSED]
    passed: list[ast.stmt] = [assigned(name, scope.tensor(first)) for name in targets]
    test = ast.Name(scope.parameters[node.when])
    yield ast.If(test, [line for line in spelled if isinstance(line, ast.stmt)], passed)


def _input(scope: Scope, node: Node) -> ast.stmt:
    spec, values = scope.catalogue.layer(node.layer), scope.catalogue.values(node)
    more = {"name": ast.Constant(scope.called[node.id])}
    value = construction(scope.catalogue, "keras.Input", spec.name, spec.parameters, values, more)
    return assigned(scope.names.tensors[End(node.id, spec.outputs[0].name)], value)


def _node(scope: Scope, id: str, made: set[str]) -> Iterator[Line]:
    """Spell a call of a layer, and before the first call of a shared one its making."""
    owner = scope.graph.owner(id)
    if is_instance(owner):
        yield from instances.spelled(scope, id)
        return
    if scope.catalogue.layer(owner.layer).operation:
        yield _operation(scope, id, owner)
        return
    variable = scope.names.layers.get(owner.id)
    if variable is None:
        yield _call(scope, id, _layer(scope, owner))
        return
    if owner.id not in made:
        made.add(owner.id)
        yield "One layer, called more than once: every call uses the same weights."
        yield assigned(variable, _layer(scope, owner))
    yield _call(scope, id, ast.Name(variable))


def _layer(scope: Scope, node: Node) -> ast.expr:
    spec = scope.catalogue.layer(node.layer)
    values, _ = scope.values(node.id)
    if freezes_late(node):
        values = values.without("trainable")
    more = {"name": scope.name(scope.called[node.id])}
    return construction(scope.catalogue, where("layer", spec), spec.name, spec.parameters, values, more)


def _operation(scope: Scope, id: str, owner: Node) -> ast.stmt:
    """Spell a call of keras.ops; nodes that share one each call it."""
    spec = scope.catalogue.layer(owner.layer)
    tensors: dict[str, list[ast.expr]] = {}
    for edge in scope.into[id]:
        tensors.setdefault(edge.target.port, []).append(scope.tensor(edge.source))
    values, _ = scope.values(id)
    return assigned(instances.targets(scope, id), operations.spelled(spec, tensors, values))


def _call(scope: Scope, id: str, layer: ast.expr) -> ast.stmt:
    """Spell a layer's call: the first argument by place, the others by name, its outputs unpacked."""
    spec = scope.catalogue.layer(scope.graph.node(id).layer)
    args, keywords = _tensors(scope, spec.inputs, scope.into[id])
    _, given = scope.values(id)
    keywords |= {p.name: argument(scope.catalogue, p, given[p.name]) for p in spec.parameters if p.name in given}
    return assigned(instances.targets(scope, id), called(layer, args, keywords))


def _tensors(
    scope: Scope, ports: Sequence[PortSpec], edges: Sequence[Edge]
) -> tuple[list[ast.expr], dict[str, ast.expr]]:
    """Arrange what ports receive as the call takes it; ports with an index make up one list, with None for gaps."""
    found: dict[str, ast.expr] = {}
    for port in ports:
        tensors = [scope.tensor(edge.source) for edge in edges if edge.target.port == port.name]
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


assigned = instances.assigned
