"""Spells values, and what a parameter expects, as a person reads them. Checks nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.values import Formula, Part, Value

#: What each kind of parameter expects.
EXPECTATIONS: Final[Mapping[str, str]] = {
    "int": "a whole number",
    "float": "a number",
    "bool": "yes or no",
    "text": "one line of text",
    "index": "what to take of each axis, as :, 0 or :, 1:5, ::2",
    "choice": "one of",
    "dtype": "one of",
    "activation": "the name of an activation",
    "sizes": "{count}",
    "shape": "lengths of at least 1, as 28×28×1",
    "axes": "one axis or several, as -1 or 1, 2",
    "pairs": "one whole number, or a pair (before, after) for each axis, each",
    "range": "a number, or a low and a high one, each",
    "numbers": "a list of numbers, each",
    "integers": "a list of whole numbers, each",
    "rate": "a number or a schedule",
    "initializer": "one of Keras's initializers",
    "regularizer": "one of Keras's regularizers",
    "constraint": "one of Keras's constraints",
    "layer": "a layer to wrap",
}


def spell(value: Value) -> str:
    """Spell a value as a person reads it."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, int) and abs(value) > 2**63:
        return "a number beyond all bounds"  # Python refuses to spell an int of 4,300 digits
    if isinstance(value, Part):
        inner = ", ".join(f"{name} {spell(item)}" for name, item in value.values.items())
        return f"{value.class_name}({inner})" if inner else value.class_name
    if isinstance(value, tuple):
        if any(isinstance(item, tuple) for item in value):
            return ", ".join(f"({spell(item)})" if isinstance(item, tuple) else spell(item) for item in value)
        return "×".join("any" if item is None else spell(item) for item in value)
    return f"= {value.text}" if isinstance(value, Formula) else str(value)


def bounds(low: float | None, high: float | None) -> str:
    """Spell what a number may be: ` from 0 to 1`, ` of at least 1`; nothing where it is free."""
    if low is not None and high is not None:
        return f" from {low:g} to {high:g}"
    if low is not None:
        return f" of at least {low:g}"
    return "" if high is None else f" of at most {high:g}"


def counted(length: int | None) -> str:
    """Spell how many whole numbers a size has."""
    if length == 1:
        return "a whole number"
    return (
        f"one whole number or {length}, as {'×'.join('3' * length)}, each"
        if length
        else "one whole number or several, each"
    )
