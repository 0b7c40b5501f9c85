"""How a value is typed and read in a field: text to value and back, one pair of functions a kind. Knows no Qt.

What a value may be is not decided here: a parsed value still goes to `Catalogue.check`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from engine.errors import ValueProblem
from engine.kinds import ParameterSpec
from engine.values import Value

Parse: TypeAlias = Callable[[str], Value]
Spell: TypeAlias = Callable[[Value], str]

_TIMES: Final = re.compile(r"\s*[×xX*,;]\s*|\s+")
_COMMA: Final = re.compile(r"\s*[,;]\s*|\s+")
_RANGE: Final = re.compile(r"\s*(?:,|;|…|\.\.+|\bto\b)\s*")
_THOUSANDS: Final = re.compile(r"[+-]?\d{1,3}([ ,_]\d{3})+")
_PAIR: Final = re.compile(r"\(([^()]*)\)|([^\s,;()]+)")
_EXPRESSION: Final = re.compile(r"[\w.)]\s*[-+*/^%]+\s*[\w.(]")
_CODE: Final = re.compile(r"^\s*(?:import|from|lambda)\b|[A-Za-z_]\w*\s*[(=]|__")
_DECIMAL_COMMA: Final = re.compile(r"[+-]?\d+,\d+")
ANY: Final = ("any", "none", "?", "*")
SCALAR: Final = "scalar"


def parse(parameter: ParameterSpec, text: str) -> Value:
    """Read typed text as a value of a parameter's kind, or raise ValueProblem."""
    plain = text.strip().replace("−", "-")
    if not plain and parameter.kind != "text":
        raise ValueProblem(parameter.problem("").expected, received="nothing")
    try:
        return _KINDS[parameter.kind][0](text if parameter.kind == "text" else plain)
    except (ValueError, OverflowError):
        problem = parameter.problem(text)
        raise ValueProblem(problem.expected, received=problem.received, hint=_hint(parameter, plain)) from None


def spell(parameter: ParameterSpec, value: Value) -> str:
    """Spell a value as it is typed; nothing for None, but None within a shape is `any`."""
    if value is None:
        return ""
    every = parameter.kind == "pairs" and parameter.length is None  # nothing says of how many axes a short form is
    return _spell_every_pair(value) if every else _KINDS[parameter.kind][1](value)


def is_typed(kind: str) -> bool:
    """Whether a kind's values are typed as text."""
    return kind in _KINDS


def _hint(parameter: ParameterSpec, text: str) -> str:
    if parameter.kind == "float" and _DECIMAL_COMMA.fullmatch(text):
        return f"Write the decimals after a point: {text.replace(',', '.')}"
    if _CODE.search(text):
        return "Nothing is run here: write the value itself"
    if _EXPRESSION.search(text):
        return "An expression is not worked out here: write the number that it gives"
    return ""


# -- numbers


def _parse_whole(text: str) -> Value:
    if _THOUSANDS.fullmatch(text):
        text = re.sub(r"[ ,_]", "", text)
    try:
        return int(text)
    except ValueError:
        return float(text)  # 1e6 is a whole number too; the kind's check turns it into one


def _parse_number(text: str) -> Value:
    return float(text)


def _spell_number(value: Value) -> str:
    """The shortest spelling that reads back as the same number: 0.001, 1e-7, 3."""
    if not isinstance(value, float):
        return str(value)
    plain = repr(value).removesuffix(".0")
    return re.sub(r"e([+-])0*(\d)", lambda found: f"e{found[1].lstrip('+')}{found[2]}", plain)


# -- several numbers


def _bare(text: str) -> str:
    """Drop the brackets that people write around a tuple."""
    return text[1:-1].strip().removesuffix(",") if text[:1] in "([" and text[-1:] in ")]" else text


def _parse_sizes(text: str) -> Value:
    numbers = tuple(_parse_whole(part) for part in _TIMES.split(_bare(text)))
    return numbers[0] if len(numbers) == 1 else numbers


def _parse_shape(text: str) -> Value:
    inner = _bare(text).strip()
    if not inner or inner.lower() == SCALAR:
        return ()
    parts = re.split(r"\s*[×xX,;]\s*|\s+", inner)
    return tuple(None if part.lower() in ANY else int(part) for part in parts)


def _spell_times(value: Value) -> str:
    if not isinstance(value, tuple):
        return str(value)
    return " × ".join("any" if item is None else str(item) for item in value) or SCALAR


def _parse_axes(text: str) -> Value:
    numbers = tuple(int(part) for part in _COMMA.split(_bare(text)))
    return numbers[0] if len(numbers) == 1 else numbers


def _parse_numbers(text: str) -> Value:
    return tuple(float(part) for part in _COMMA.split(_bare(text)))


def _parse_integers(text: str) -> Value:
    return tuple(_parse_whole(part) for part in _COMMA.split(_bare(text)))


def _spell_list(value: Value) -> str:
    return ", ".join(_spell_number(item) for item in value) if isinstance(value, tuple) else _spell_number(value)


def _parse_range(text: str) -> Value:
    numbers = tuple(float(part) for part in _RANGE.split(_bare(text)))
    return numbers[0] if len(numbers) == 1 else numbers


def _spell_range(value: Value) -> str:
    return " to ".join(_spell_number(item) for item in value) if isinstance(value, tuple) else _spell_number(value)


def _parse_pairs(text: str) -> Value:
    """`1` or `1, 2` or `(1, 2), (3, 4)`; a pair's two numbers stand in brackets where there are several pairs."""
    text = text.replace("×", ",")
    if _PAIR.sub("", text).strip(" ,;"):
        raise ValueError(text)
    found = _PAIR.findall(text)
    if not found:
        raise ValueError(text)
    items: list[Value] = [
        tuple(int(n) for n in _COMMA.split(pair.strip())) if pair else int(one) for pair, one in found
    ]
    return items[0] if len(items) == 1 else tuple(items)


def _spell_pairs(value: Value) -> str:
    if not isinstance(value, tuple) or not all(isinstance(pair, tuple) for pair in value):
        return _spell_list(value)
    pairs = [pair for pair in value if isinstance(pair, tuple)]
    if any(pair != pair[:1] * len(pair) for pair in pairs):
        return ", ".join(f"({_spell_list(pair)})" for pair in pairs)
    firsts = [str(pair[0]) for pair in pairs]
    return firsts[0] if len(set(firsts)) == 1 else ", ".join(firsts)


def _spell_every_pair(value: Value) -> str:
    if not isinstance(value, tuple) or not all(isinstance(pair, tuple) for pair in value):
        return _spell_list(value)
    return ", ".join(f"({_spell_list(pair)})" for pair in value)


_KINDS: Final[Mapping[str, tuple[Parse, Spell]]] = {
    "int": (_parse_whole, str),
    "float": (_parse_number, _spell_number),
    "rate": (_parse_number, _spell_number),
    "text": (str, str),
    "index": (str, str),
    "sizes": (_parse_sizes, _spell_times),
    "shape": (_parse_shape, _spell_times),
    "axes": (_parse_axes, _spell_list),
    "integers": (_parse_integers, _spell_list),
    "numbers": (_parse_numbers, _spell_list),
    "range": (_parse_range, _spell_range),
    "pairs": (_parse_pairs, _spell_pairs),
}
