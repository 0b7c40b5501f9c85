"""What each kind of parameter accepts and how it is spelled: one table, kind to check. Knows no layer and no Keras."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from engine import indexing
from engine.errors import EngineError, ValueProblem
from engine.spelling import EXPECTATIONS, bounds, counted
from engine.spelling import spell as spell
from engine.values import Json, Part, Value, value_from_json, value_to_json

#: Keras sizes tensors with signed 32-bit dimensions in many kernels; above this no layer can be real.
LARGEST: Final = 2**31 - 1
DTYPES: Final = (
    "float32", "float64", "float16", "bfloat16", "mixed_float16", "mixed_bfloat16", "int32", "int64", "uint8", "bool",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ParameterSpec:
    """One parameter of a layer or of another Keras object.

    Attributes:
        name: Keras's own argument name.
        kind: A key of `KINDS`.
        default: Keras's default; None also where the parameter is required.
        required: Keras has no default for it, so a node always holds a value.
        start: What a new node contains, where that is not the default; None otherwise.
        optional: None is a value that it may have.
        minimum, maximum: Bounds of each number, inclusive; None where there is none.
        choices: What a choice may be; for a part, its class names; for a text, some that it may be.
        unit: What its numbers count, as a person reads it after them: `Hz`, `px`.
        length: How many numbers a size or a range of pairs has; None where any.
        advanced: Shown folded.
        call: Passed when the layer is called, not when it is constructed.
        help: What Keras's docstring says of it.
    """

    name: str
    kind: str
    default: Value = None
    required: bool = False
    start: Value = None
    optional: bool = False
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    length: int | None = None
    unit: str = ""
    advanced: bool = False
    call: bool = False
    help: str = ""

    def check(self, value: Value) -> Value:
        """Return `value` in its canonical form, or raise ValueProblem saying what would be right."""
        if value is None and self.kind == "activation":
            value = "linear"  # Keras's two words for no activation are one
        if value is None:
            if self.optional or (self.default is None and not self.required):
                return None
            raise self.problem(value)
        return KINDS[self.kind](self, value)

    def spell(self, value: Value) -> str:
        """Spell a value as a person reads it: `3×3`, `relu`, `none`; a list that is no size with commas: `1, 2`."""
        if isinstance(value, tuple) and self.kind in LISTS:
            return ", ".join(spell(item) for item in value)
        return f"[{value}]" if self.kind == "index" and isinstance(value, str) else spell(value)

    @property
    def initial(self) -> Value:
        """What a new node holds for it."""
        return self.default if self.start is None else self.start

    @property
    def label(self) -> str:
        return self.name.replace("_", " ")

    def problem(self, value: Value) -> ValueProblem:
        received = repr(value) if isinstance(value, str) else self.spell(value)
        huge = isinstance(value, int) and abs(value) > LARGEST
        hint = f"No length, count or seed goes beyond {LARGEST:,}" if huge and self.kind != "float" else ""
        return ValueProblem(f"{self.name} expects {self.expectation}", received=received[:80], hint=hint)

    @property
    def expectation(self) -> str:
        """What it accepts, in words: 'a whole number of at least 1'."""
        words = EXPECTATIONS[self.kind].format(count=counted(self.length))
        limits = bounds(self.minimum, self.maximum)
        if self.kind == "text" and self.choices:
            words += ", such as " + ", ".join(self.choices)
        elif self.kind in ("choice", "dtype") or 0 < len(self.choices) < 8:
            words += ": " + ", ".join(self.choices or DTYPES)
        elif self.kind == "shape":
            words += ", or -1 for one that follows from the rest" if limits else ""
        else:
            words = words + limits if limits else words.removesuffix(", each")
        return words + (", or nothing" if self.optional else "")

    @staticmethod
    def from_json(data: Mapping[str, Json]) -> ParameterSpec:
        """Read a spec, or raise EngineError where it holds a kind or a word that is not known."""
        if data.get("kind") not in KINDS or not data.keys() <= _WORDS:
            raise EngineError(
                f"A parameter has a kind ({', '.join(KINDS)}) and known words only", received=repr(dict(data))[:200]
            )
        values = {name: value_from_json(data[name]) for name in ("default", "start") if name in data}
        choices = data.get("choices", ())
        return ParameterSpec(**{**data, **values, "choices": choices if choices.__class__ is tuple else tuple(choices)})

    def to_json(self) -> dict[str, Json]:
        """Spell only what differs from this class's own defaults."""
        plain = ParameterSpec(self.name, self.kind)
        fields = {name: getattr(self, name) for name in self.__slots__}
        return {
            name: list(item) if name == "choices" else value_to_json(item)
            for name, item in fields.items()
            if name in ("name", "kind") or item != getattr(plain, name)
        }


_WORDS: Final = frozenset(ParameterSpec.__slots__)


# -- one function a kind


def _whole(spec: ParameterSpec, value: Value) -> int:
    if isinstance(value, float) and value.is_integer() and abs(value) <= LARGEST:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > LARGEST:
        raise spec.problem(value)
    _bound(spec, value)
    return value


def _number(spec: ParameterSpec, value: Value) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) <= sys.float_info.max:
        raise spec.problem(value)
    _bound(spec, value)
    return float(value)


def _bound(spec: ParameterSpec, value: float) -> None:
    low, high = spec.minimum, spec.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        raise spec.problem(value)


def _flag(spec: ParameterSpec, value: Value) -> bool:
    if not isinstance(value, bool):
        raise spec.problem(value)
    return value


def _text(spec: ParameterSpec, value: Value) -> str:
    if not isinstance(value, str) or len(value) > 1000 or not value.isprintable():
        raise spec.problem(value)
    return value


def _index(spec: ParameterSpec, value: Value) -> str:
    """What is taken of each axis; canonical: as `indexing.spell` has it."""
    try:
        return indexing.spell(indexing.parse(_text(spec, value)))
    except ValueError:
        raise spec.problem(value) from None


def _choice(spec: ParameterSpec, value: Value) -> str:
    if not isinstance(value, str) or value not in (spec.choices or (DTYPES if spec.kind == "dtype" else ())):
        raise spec.problem(value)
    return value


def _sizes(spec: ParameterSpec, value: Value) -> Value:
    """One whole number for all axes, or one each; canonical: a tuple, or a plain number on one axis."""
    if isinstance(value, tuple):
        numbers = tuple(_whole(spec, item) for item in value)
        if not numbers or (spec.length is not None and len(numbers) != spec.length):
            raise spec.problem(value)
    else:
        numbers = (_whole(spec, value),) * (spec.length or 1)
    return numbers[0] if spec.length in (None, 1) and len(numbers) == 1 else numbers


def _shape(spec: ParameterSpec, value: Value) -> Value:
    """Whole numbers, None where a length is free; -1 where the minimum is, as Reshape infers one such length."""
    items = value if isinstance(value, tuple) else (value,)
    if len(items) > 16 or items.count(-1) > 1:
        raise spec.problem(value)
    return tuple(item if item is None else _length(spec, item) for item in items)


def _length(spec: ParameterSpec, value: Value) -> int:
    length = _whole(spec, value)
    if length < 1 and length != spec.minimum:
        raise spec.problem(value)
    return length


def _integers(spec: ParameterSpec, value: Value) -> Value:
    return tuple(_whole(spec, item) for item in _items(spec, value))


def _numbers(spec: ParameterSpec, value: Value) -> Value:
    return tuple(_number(spec, item) for item in _items(spec, value))


def _items(spec: ParameterSpec, value: Value) -> tuple[Value, ...]:
    items = value if isinstance(value, tuple) else (value,)
    if not 1 <= len(items) <= 10_000 or (spec.length is not None and len(items) != spec.length):
        raise spec.problem(value)
    return items


def _axes(spec: ParameterSpec, value: Value) -> Value:
    """One axis or several; canonical: a plain number where it is one."""
    items = tuple(_whole(spec, item) for item in (value if isinstance(value, tuple) else (value,)))
    if not items or len(items) > 16 or any(abs(item) > 16 for item in items):
        raise spec.problem(value)
    return items[0] if len(items) == 1 else items


def _pairs(spec: ParameterSpec, value: Value) -> Value:
    """Before and after, for each axis; one number or one pair stands for all that it can."""
    length = spec.length or 1
    if spec.length is None and isinstance(value, tuple) and any(isinstance(item, tuple) for item in value[:16]):
        length = len(value[:16])  # as many axes as are told
    if not isinstance(value, tuple):
        pairs = (_pair(spec, value),) * length
    elif length == 1 and len(value) == 2 and not isinstance(value[0], tuple):
        pairs = (_pair(spec, value),)
    elif len(value) == length:
        pairs = tuple(_pair(spec, item) for item in value)
    else:
        raise spec.problem(value)
    return pairs[0] if length == 1 else pairs


def _pair(spec: ParameterSpec, value: Value) -> Value:
    if isinstance(value, tuple) and len(value) == 2:
        return tuple(_whole(spec, item) for item in value)
    return (_whole(spec, value),) * 2


def _range(spec: ParameterSpec, value: Value) -> Value:
    """One number (Keras: from minus it to it, or from 0) unless the length is 2, or a low and a high."""
    if not isinstance(value, tuple) and spec.length is None:
        return _number(spec, value)
    numbers = tuple(_number(spec, item) for item in value) if isinstance(value, tuple) else ()
    if len(numbers) != 2 or numbers[0] > numbers[1]:
        raise spec.problem(value)
    return numbers


def _part(spec: ParameterSpec, value: Value) -> Value:
    """A Keras object, by class name alone or as a Part; its own values are checked by the catalogue."""
    name = value.class_name if isinstance(value, Part) else value
    if not isinstance(name, str) or (spec.choices and name not in spec.choices):
        raise spec.problem(value)
    return value if isinstance(value, Part) and value.values else Part(name)


def _rate(spec: ParameterSpec, value: Value) -> Value:
    """A number, or a schedule: by class name, or as a Part."""
    return _part(spec, value) if isinstance(value, Part | str) else _number(spec, value)


Check: TypeAlias = Callable[[ParameterSpec, Value], Value]
KINDS: Final[Mapping[str, Check]] = {
    "int": _whole,
    "float": _number,
    "bool": _flag,
    "text": _text,
    "index": _index,
    "choice": _choice,
    "dtype": _choice,
    "activation": _choice,
    "sizes": _sizes,
    "shape": _shape,
    "axes": _axes,
    "pairs": _pairs,
    "range": _range,
    "numbers": _numbers,
    "integers": _integers,
    "rate": _rate,
    "initializer": _part,
    "regularizer": _part,
    "constraint": _part,
    "layer": _part,
}
#: Kinds whose tuples are lists, not sizes.
LISTS: Final = ("axes", "range", "numbers", "integers")
PARTS: Final = ("initializer", "regularizer", "constraint", "layer")
