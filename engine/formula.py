"""Simple arithmetic over the parameters of a block: read, checked and worked out, never run. Knows no block."""

from __future__ import annotations

import ast
import math
import operator
import warnings
from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import lru_cache
from typing import Final

from engine.errors import ValueProblem
from engine.values import LARGEST, Formula, Part, Value

#: Longer formulas are no simple arithmetic.
LONGEST: Final = 200
_EXPECTED: Final = "A formula is arithmetic over the block's parameters: numbers, names, + - * / // % and brackets"
_TWO: Final[Mapping[type[ast.operator], Callable[[float, float], float]]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv, ast.Mod: operator.mod,
}  # fmt: skip
_ONE: Final[Mapping[type[ast.unaryop], Callable[[float], float]]] = {ast.UAdd: operator.pos, ast.USub: operator.neg}


@lru_cache(maxsize=2000)
def read(text: str) -> ast.expr:
    """Return a formula's tree, which holds nothing but arithmetic, or raise ValueProblem."""
    if len(text) > LONGEST:
        raise ValueProblem(f"A formula has at most {LONGEST} letters", received=f"{len(text):,}")
    try:
        with warnings.catch_warnings(action="ignore"):  # of what looks odd to Python
            tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ValueProblem(_EXPECTED, received=repr(text)[:80]) from error
    _names(tree, text)
    return tree


def names(text: str) -> frozenset[str]:
    """Return the parameters that a formula speaks of, or raise ValueProblem where it is none."""
    return _names(read(text), text)


def worked_out(text: str, known: Mapping[str, Value]) -> Value:
    """Return what a formula gives where its parameters have these values.

    Raises:
        ValueProblem: It is no formula, speaks of what is not known, or has no result: a division by zero, text in it.
    """
    found = _value(read(text), known, text)
    if isinstance(found, float) and not math.isfinite(found):
        raise ValueProblem(f"{text} is a number", received=str(found))
    return found


def filled(value: Value, known: Mapping[str, Value]) -> Value:
    """Return a value with every formula in it worked out, or raise ValueProblem."""
    if isinstance(value, Formula):
        return worked_out(value.text, known)
    if isinstance(value, tuple):
        return tuple(filled(item, known) for item in value)
    if isinstance(value, Part):
        return value.with_values({name: filled(item, known) for name, item in value.values.items()})
    return value


def held(value: Value) -> frozenset[str]:
    """Return the names in all formulas of a value; none where it holds no formula."""
    if isinstance(value, Formula):
        return names(value.text)
    items = value if isinstance(value, tuple) else value.values.values() if isinstance(value, Part) else ()
    return frozenset().union(*map(held, items))


def holds(value: Value) -> bool:
    """Whether a value is a formula, or has one in it."""
    if isinstance(value, Formula):
        return True
    items = value if isinstance(value, tuple) else value.values.values() if isinstance(value, Part) else ()
    return any(map(holds, items))


def mapped(value: Value, change: Callable[[str], Value]) -> Value:
    """Return a value with every formula in it changed; the very same where it holds none."""
    if isinstance(value, Formula):
        return change(value.text)
    if isinstance(value, tuple) and holds(value):
        return tuple(mapped(item, change) for item in value)
    if isinstance(value, Part) and holds(value):
        return value.with_values({name: mapped(item, change) for name, item in value.values.items()})
    return value


def renamed(text: str, old: str, new: str) -> str:
    """Spell a formula with another name for a parameter; as it was where it does not speak of it."""
    if old not in names(text):
        return text
    return ast.unparse(_put(read(text), old, ast.Name(new)))


def respelled(text: str, words: Mapping[str, str]) -> str:
    """Spell a formula with other names for all of its parameters."""
    tree = deepcopy(read(text))
    for item in ast.walk(tree):
        if isinstance(item, ast.Name):
            item.id = words.get(item.id, item.id)
    return ast.unparse(tree)


def without(text: str, name: str, value: Value) -> Value:
    """Return a formula with a value in the place of a parameter: what it gives where no other is left in it.

    Raises:
        ValueProblem: Others are left, and a formula cannot hold the value: a text, for one.
    """
    left = names(text) - {name}
    if name not in names(text):
        return Formula(text)
    if not left:
        return worked_out(text, {name: value})
    if isinstance(value, bool | int | float):
        return Formula(ast.unparse(_put(read(text), name, ast.Constant(value))))
    raise ValueProblem(f"{text} speaks of other parameters too", received=f"{name}, which is no number")


def _put(tree: ast.expr, name: str, expression: ast.expr) -> ast.expr:
    """Put an expression in the place of a name; the tree that was read stays as it is."""

    class Put(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.expr:
            return expression if node.id == name else node

    found: ast.expr = Put().visit(deepcopy(tree))
    return found


def _names(tree: ast.expr, text: str) -> frozenset[str]:
    """Return the names in a tree, or raise ValueProblem where there is anything but arithmetic in it."""
    if isinstance(tree, ast.Name):
        return frozenset({tree.id})
    if isinstance(tree, ast.Constant) and isinstance(tree.value, int | float) and abs(tree.value) <= LARGEST:
        return frozenset()
    if isinstance(tree, ast.BinOp) and type(tree.op) in _TWO:
        return _names(tree.left, text) | _names(tree.right, text)
    if isinstance(tree, ast.UnaryOp) and type(tree.op) in _ONE:
        return _names(tree.operand, text)
    if isinstance(tree, ast.Tuple):
        return frozenset().union(*(_names(item, text) for item in tree.elts))
    raise ValueProblem(_EXPECTED, received=repr(text)[:80])


def _value(tree: ast.expr, known: Mapping[str, Value], text: str) -> Value:
    match tree:
        case ast.Name(id=name):
            if name not in known:
                has = f"The block has the parameters {', '.join(known) or 'none'}"
                raise ValueProblem(has, received=repr(name)[:80])
            return known[name]
        case ast.Constant(value=value):
            return value  # type: ignore[return-value]  # `_names` let numbers and truths through alone
        case ast.Tuple(elts=items):
            return tuple(_value(item, known, text) for item in items)
        case ast.UnaryOp(op=op, operand=operand):
            return _bounded(_ONE[type(op)](_number(operand, known, text)), text)
        case ast.BinOp(left=left, op=op, right=right):
            one, other = _number(left, known, text), _number(right, known, text)
            try:
                return _bounded(_TWO[type(op)](one, other), text)
            except (ZeroDivisionError, OverflowError) as error:
                raise ValueProblem(f"{text} has a result", received=str(error)) from error
    raise AssertionError("read() lets no other tree through")


def _number(tree: ast.expr, known: Mapping[str, Value], text: str) -> float:
    value = _value(tree, known, text)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueProblem(f"{text} reckons with numbers", received=f"{ast.unparse(tree)} is {value!r}"[:80])
    return value


def _bounded(value: float, text: str) -> float:
    if abs(value) > LARGEST:
        raise ValueProblem(f"{text} stays below 2^63", received=f"{value:.2g}")
    return value
