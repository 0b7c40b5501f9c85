"""Spells a call of keras.ops as people write it: `x + y`, `x[:, 0]`, `ops.mean(x, axis=-1)`. Knows no graph."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Final

from engine import indexing
from engine.code.spell import WHOLE, call, plain, whole
from engine.indexing import Item
from engine.kinds import LARGEST, ParameterSpec
from engine.specs import LayerSpec
from engine.values import Formula, Value

#: Python's own signs for operations of two.
SIGNS: Final[Mapping[str, ast.operator]] = {
    "ops.add": ast.Add(), "ops.subtract": ast.Sub(), "ops.multiply": ast.Mult(), "ops.divide": ast.Div(),
    "ops.true_divide": ast.Div(), "ops.floor_divide": ast.FloorDiv(), "ops.mod": ast.Mod(), "ops.power": ast.Pow(),
    "ops.matmul": ast.MatMult(),
}  # fmt: skip
#: Operations whose first argument, or whose only one beside tensors, is no tensor.
FIRST: Final = "subscripts"


def spelled(spec: LayerSpec, tensors: Mapping[str, Sequence[ast.expr]], values: Mapping[str, Value]) -> ast.expr:
    """Spell an operation.

    Args:
        tensors: What each wired port receives.
        values: What the node holds; what stands in for a wire is passed over where there is one.
    """
    operands = _operands(spec, tensors, values)
    if spec.name in SIGNS:
        left, right = operands.values()
        return ast.BinOp(left, SIGNS[spec.name], right)
    if spec.name == "ops.negative":
        (only,) = operands.values()
        return ast.UnaryOp(ast.USub(), only)
    if spec.name == "ops.get_item":
        (taken,) = operands.values()
        return ast.Subscript(taken, _index(str(values["key"])))
    return _called(spec, operands, values)


def _operands(
    spec: LayerSpec, tensors: Mapping[str, Sequence[ast.expr]], values: Mapping[str, Value]
) -> dict[str, ast.expr]:
    """What goes in, by argument: tensors, and numbers in their place."""
    found: dict[str, ast.expr] = {}
    for port in spec.inputs:
        if port.name in tensors:
            found[port.argument] = ast.List([*tensors[port.name]]) if port.many else tensors[port.name][0]
        elif port.number and port.name in values:
            found[port.argument] = value(spec.parameter(port.name), values[port.name])
    return found


def _called(spec: LayerSpec, operands: dict[str, ast.expr], values: Mapping[str, Value]) -> ast.expr:
    """Call the function: tensors and what has no default by place, as far as none is left out, the rest by name."""
    standing = {port.name for port in spec.inputs if port.number}
    told = [p for p in spec.parameters if p.name in values and p.name not in standing]
    args = list(operands.values())
    if told and told[0].name == FIRST and isinstance(args[0], ast.List):
        return call(spec.name, [value(told[0], values[FIRST]), *args[0].elts], {})
    places = [port.argument for port in spec.inputs][: len(args)]
    gap = list(operands) != places
    keywords = {name: item for name, item in operands.items() if name not in places} if gap else {}
    args = [item for name, item in operands.items() if name not in keywords]
    by_place = [] if len(operands) < len(spec.inputs) else [p for p in told if p.required]
    args += [value(p, values[p.name]) for p in by_place]
    return call(spec.name, args, keywords | {p.name: value(p, values[p.name]) for p in told if p not in by_place})


def value(parameter: ParameterSpec, item: Value) -> ast.expr:
    """Spell a value as a function of keras.ops takes it; a whole number as one, a negative one in its own right."""
    if parameter.kind in WHOLE and isinstance(item, Formula):
        return whole(plain(item))
    if parameter.kind == "integers" and isinstance(item, tuple):
        if parameter.name == "indices_or_sections" and len(item) == 1:
            return plain(item[0])
        return ast.List([plain(each) for each in item])
    if isinstance(item, float) and item.is_integer() and abs(item) <= LARGEST:
        item = int(item)
    if isinstance(item, int | float) and not isinstance(item, bool) and item < 0:
        return ast.UnaryOp(ast.USub(), plain(-item))
    return plain(item)


def _index(text: str) -> ast.expr:
    items = [_item(item) for item in indexing.parse(text)]
    return items[0] if len(items) == 1 else ast.Tuple(items)


def _item(item: Item) -> ast.expr:
    if isinstance(item, slice):
        parts = (None if part is None else _whole(part) for part in (item.start, item.stop, item.step))
        return ast.Slice(*parts)
    return _whole(item) if isinstance(item, int) else ast.Constant(item)


def _whole(number: int) -> ast.expr:
    return ast.UnaryOp(ast.USub(), ast.Constant(-number)) if number < 0 else ast.Constant(number)
