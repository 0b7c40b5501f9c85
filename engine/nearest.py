"""The value nearest to one that cannot be, and the layer nearest to a name that none has. Knows no drawing."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from engine.catalogue import Catalogue
from engine.kinds import ParameterSpec
from engine.values import Value


def values(parameter: ParameterSpec, value: Value) -> Iterator[Value]:
    """Yield what a parameter may hold in the place of a value, the nearest first."""
    if isinstance(value, str) and parameter.choices:
        yield from _close(value, parameter.choices)
    if isinstance(value, int) and not isinstance(value, bool):
        low, high = parameter.minimum, parameter.maximum
        if parameter.kind in ("int", "sizes") and low is not None and value < low:
            yield int(low)
        if parameter.kind in ("int", "sizes") and high is not None and value > high:
            yield int(high)
        if parameter.kind == "sizes" and parameter.length is not None and value > 0:
            yield (value,) * parameter.length
    if isinstance(value, float) and value.is_integer() and parameter.kind == "int":
        yield int(value)
    yield parameter.initial


def layers(name: str, catalogue: Catalogue) -> Iterator[str]:
    """Yield the layers whose names are nearly the same."""
    yield from _close(name, tuple(catalogue.layers))


def _close(word: str, words: tuple[str, ...]) -> Iterator[str]:
    low = {each.lower(): each for each in words}
    yield from (low[each] for each in get_close_matches(word.lower(), list(low), 2, 0.7))
