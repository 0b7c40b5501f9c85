"""What a number may be, in the few signs that have room in its field, and what a value looks like. Knows no widget."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.kinds import ParameterSpec

NUMBERS: Final = frozenset({"int", "float", "rate", "sizes", "integers", "numbers", "range", "pairs"})
#: How a value of a kind is written, for a field that waits for one.
EXAMPLES: Final[Mapping[str, str]] = {
    "int": "1", "float": "0.01", "range": "0.1", "axes": "1, 2", "shape": "28 × 28 × 1",
    "numbers": "0.5, 0.25", "integers": "1, 2, 3", "sizes": "2 × 2", "pairs": "1", "text": "ab", "index": ":, 0",
}  # fmt: skip


def limits(parameter: ParameterSpec) -> str:
    """Spell what each number may be: `0 to 1`, `≥ 1`; nothing where it is free."""
    low, high = parameter.minimum, parameter.maximum
    if parameter.kind not in NUMBERS or (low is None and high is None):
        return ""
    if low is not None and high is not None:
        return f"{low:g} to {high:g}"
    return f"≥ {low:g}" if low is not None else f"≤ {high:g}"


def example(parameter: ParameterSpec) -> str:
    """Return what a person may type for a parameter: `such as 0.1`."""
    return f"such as {EXAMPLES[parameter.kind]}"
