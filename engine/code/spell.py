"""Spells values as Python expressions: numbers, texts, and Keras objects by class. Knows no graph.

A person's text becomes a string constant; whatever becomes a name comes from the catalogue.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from engine import formula
from engine.catalogue import Catalogue
from engine.kinds import PARTS, ParameterSpec
from engine.recipe import ACCURACY, snake
from engine.specs import LayerSpec, PartSpec
from engine.values import Formula, Part, Value

#: Where the script finds the classes of each kind.
MODULES: Final[Mapping[str, str]] = {
    "layer": "layers",
    "initializer": "keras.initializers",
    "regularizer": "keras.regularizers",
    "constraint": "keras.constraints",
    "optimizer": "keras.optimizers",
    "schedule": "keras.optimizers.schedules",
    "loss": "keras.losses",
    "metric": "keras.metrics",
}
#: Kinds that Keras takes by a word where a class's defaults are meant, and how the word is made.
BY_WORD: Final = frozenset({"initializer", "optimizer", "loss", "metric"})
#: Classes for which Keras has no word, another meaning for it, or one that nobody would guess.
NO_WORD: Final = frozenset({"Constant", "Lamb", "CategoricalGeneralizedCrossEntropy", "Accuracy", "BinaryIoU"})
#: Parameters that everybody gives by place where they come first; a kernel's size may come second.
BY_PLACE: Final = frozenset({
    "units", "filters", "kernel_size", "pool_size", "rate", "stddev", "activation", "size", "cropping", "padding",
    "target_shape", "dims", "n", "scale", "factor", "layer", "l1", "l2", "value", "max_value",
})  # fmt: skip
#: Kinds that take whole numbers, which a division does not give.
WHOLE: Final = frozenset({"int", "sizes", "shape", "axes", "pairs", "integers"})
#: Classes that are better read with every value named.
ALL_NAMED: Final = frozenset({"L1L2", "ActivityRegularization"})


def call(path: str, args: Iterable[ast.expr], keywords: Mapping[str, ast.expr]) -> ast.Call:
    """Make a call of a dotted name; every part of it must be an identifier."""
    return called(dotted(path), args, keywords)


def called(function: ast.expr, args: Iterable[ast.expr], keywords: Mapping[str, ast.expr]) -> ast.Call:
    if not all(name.isidentifier() for name in keywords):
        raise ValueError(f"no identifiers: {sorted(keywords)}")
    return ast.Call(function, list(args), [ast.keyword(name, value) for name, value in keywords.items()])


def dotted(path: str) -> ast.expr:
    first, *rest = path.split(".")
    if not all(word.isidentifier() for word in (first, *rest)):
        raise ValueError(f"no dotted name: {path!r}")
    spelled: ast.expr = ast.Name(first)
    for word in rest:
        spelled = ast.Attribute(spelled, word)
    return spelled


def plain(value: Value) -> ast.expr:
    """Spell a value that holds no Keras object."""
    if isinstance(value, Part):
        raise ValueError(f"a Keras object where a number or a text should be: {value.class_name!r}")
    if isinstance(value, Formula):
        return formula.read(value.text)
    if isinstance(value, tuple):
        return ast.Tuple([plain(item) for item in value])
    if isinstance(value, float) and _is_share(value):
        return ast.BinOp(ast.Constant(1), ast.Div(), ast.Constant(round(1 / value)))
    return ast.Constant(value)


def _is_share(value: float) -> bool:
    """Whether a number is a whole one's reciprocal and reads better so: 1 / 255."""
    return 0 < value < 1 and len(repr(value)) > 12 and 1 / round(1 / value) == value


def argument(catalogue: Catalogue, parameter: ParameterSpec, value: Value) -> ast.expr:
    """Spell a value as a parameter takes it."""
    if isinstance(value, Part):
        return part(catalogue, parameter.kind if parameter.kind in PARTS else "schedule", value)
    if parameter.kind in WHOLE and formula.holds(value):
        return _whole_numbers(parameter, value)
    if parameter.kind in ("numbers", "integers") and isinstance(value, tuple):
        return ast.List([plain(item) for item in value])
    return plain(value)


def _whole_numbers(parameter: ParameterSpec, value: Value) -> ast.expr:
    if not isinstance(value, tuple):
        return whole(plain(value))
    items = [whole(plain(item)) for item in value]
    return ast.List(items) if parameter.kind == "integers" else ast.Tuple(items)


def whole(spelled: ast.expr) -> ast.expr:
    """Spell that a number is whole, where it comes out of a division."""
    if isinstance(spelled, ast.Tuple):
        return ast.Tuple([whole(item) for item in spelled.elts])
    divides = any(isinstance(item, ast.Div) for item in ast.walk(spelled))
    return ast.Call(ast.Name("int"), [spelled], []) if divides else spelled


def part(catalogue: Catalogue, kind: str, part: Part) -> ast.expr:
    """Spell a Keras object: by Keras's word for it where its values are the defaults, else by class and values."""
    if part == ACCURACY:
        return ast.Constant(_word(kind, part))
    spec = catalogue.part(kind, part.class_name)
    if kind in BY_WORD and not part.values and part.class_name not in NO_WORD and not spec.own:
        return ast.Constant(_word(kind, part))
    values = part.values
    if kind == "regularizer" and len(spec.parameters) == 1:
        # The strength is what one wants to see, be it the default or not.
        values = values.with_item(
            spec.parameters[0].name, values.get(spec.parameters[0].name, spec.parameters[0].default)
        )
    return construction(catalogue, where(kind, spec), spec.name, spec.parameters, values, {})


def where(kind: str, spec: LayerSpec | PartSpec) -> str:
    """Return the dotted name of a class in the script, which carries those that Keras lacks itself."""
    return spec.name if spec.own else f"{MODULES[kind]}.{spec.name}"


def _word(kind: str, part: Part) -> str:
    return part.class_name.lower() if kind == "optimizer" else snake(part.class_name)


def construction(
    catalogue: Catalogue,
    path: str,
    owner: str,
    parameters: Sequence[ParameterSpec],
    values: Mapping[str, Value],
    more: Mapping[str, ast.expr],
) -> ast.Call:
    """Call a class with values, the first of them by place where that is how people write it."""
    spelled = {p.name: argument(catalogue, p, values[p.name]) for p in parameters if p.name in values}
    count = 0 if owner in ALL_NAMED else _by_place([p.name for p in parameters], values)
    args = list(spelled.values())[:count]
    return call(path, args, {**dict(list(spelled.items())[count:]), **more})


def _by_place(names: Sequence[str], values: Mapping[str, Value]) -> int:
    """How many of the first parameters are given by place."""
    if not names or names[0] not in BY_PLACE or names[0] not in values:
        return 0
    return 2 if names[1:2] == ["kernel_size"] and "kernel_size" in values else 1
