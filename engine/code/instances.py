"""Spells instances of blocks as calls of their functions; a row of one block is a loop. Knows no layer."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine import wiring
from engine.code.names import UNUSED
from engine.code.scope import UNIT, Scope
from engine.code.spell import argument, called
from engine.fittings import REPEAT
from engine.graph import Block, End, Node
from engine.ways import block_of, inlets


def targets(scope: Scope, id: str) -> list[str]:
    """The variables that the outputs of a node go to."""
    ports = wiring.outputs(scope.graph, scope.catalogue, id)
    return [scope.names.tensors.get(End(id, port.name), UNUSED) for port in ports]


def assigned(names: str | Sequence[str], value: ast.expr) -> ast.stmt:
    names = [names] if isinstance(names, str) else names
    left: ast.expr = ast.Name(names[0]) if len(names) == 1 else ast.Tuple([ast.Name(name) for name in names])
    return ast.Assign([left], value, lineno=0)


@dataclass(frozen=True, slots=True)
class _Row:
    """An instance: its block, what it says of the block's parameters, and the variables that it gives."""

    scope: Scope
    node: Node
    block: Block
    said: Mapping[str, ast.expr]
    gives: Sequence[str]

    @property
    def first_differs(self) -> bool:
        return any(parameter.first and parameter.name in self.said for parameter in self.block.parameters)

    def call(self, name: ast.expr, entering: Sequence[ast.expr], *, first: bool) -> ast.stmt:
        """Call the block's function; only the first of a row is told what is for the first alone."""
        signature = self.scope.functions[self.block.name]
        told = [p.name for p in self.block.parameters if p.name in self.said and (first or not p.first)]
        keywords = {signature.parameters[word]: self.said[word] for word in told}
        return assigned(self.gives, called(ast.Name(signature.function), [*entering, name], keywords))


def spelled(scope: Scope, id: str) -> Iterator[ast.stmt]:
    """Spell an instance: one call, or the first of a row where it differs, and a loop over the others."""
    node = scope.graph.node(id)
    spec, block = scope.catalogue.layer(node.layer), block_of(node, scope.graph.blocks)
    assert block is not None  # noqa: S101 - only drawings whose blocks are there are spelled so
    values, _ = scope.values(id)
    said = {p.name: argument(scope.catalogue, p, values[p.name]) for p in spec.parameters if p.name in values}
    count = said.pop(REPEAT, ast.Constant(1))
    wires = {edge.target.port: edge.source for edge in scope.into[id]}
    entering = [scope.tensor(wires[inlet.name]) for inlet in inlets(block)]
    row, name = _Row(scope, node, block, said, targets(scope, id)), scope.called[id]
    if isinstance(count, ast.Constant) and count.value == 1:
        yield row.call(scope.name(name), entering, first=True)
        return
    feeding = row.gives[: min(len(entering), len(row.gives))]
    later = [*(ast.Name(word) for word in feeding), *entering[len(feeding) :]]
    if row.first_differs:
        yield row.call(_number(scope, name, count, 1), entering, first=True)
    else:
        entered = entering[: len(feeding)]
        yield assigned(feeding, entered[0] if len(entered) == 1 else ast.Tuple(list(entered)))
    begin = 2 if row.first_differs else 1
    if isinstance(count, ast.Constant) and count.value == begin:
        yield row.call(scope.name(f"{name}.unit{begin}"), later, first=False)
        return
    unit = row.call(_each(scope, name, count), later, first=False)
    yield ast.For(
        ast.Name(UNIT), ast.Call(ast.Name("range"), [ast.Constant(begin), _after(count)], []), [unit], [], lineno=0
    )


def _after(count: ast.expr) -> ast.expr:
    """One more, where a range ends."""
    if isinstance(count, ast.Constant) and isinstance(count.value, int):
        return ast.Constant(count.value + 1)
    return ast.BinOp(count, ast.Add(), ast.Constant(1))


def _number(scope: Scope, name: str, count: ast.expr, unit: int) -> ast.expr:
    return _alone(scope, name, count, scope.name(f"{name}.unit{unit}"))


def _each(scope: Scope, name: str, count: ast.expr) -> ast.expr:
    return _alone(scope, name, count, scope.name(name, unit=True))


def _alone(scope: Scope, name: str, count: ast.expr, numbered: ast.expr) -> ast.expr:
    """A unit of a row has a number; one that may stand alone, by a formula, has none then."""
    if isinstance(count, ast.Constant):
        return numbered
    several = ast.Compare(count, [ast.Gt()], [ast.Constant(1)])
    return ast.IfExp(several, numbered, scope.name(name))
