"""What Keras itself makes of an operation: its function, called on tensors with and without numbers.

It reads a node's JSON as it stands and knows nothing of how the program calls functions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from engine.specs import LayerSpec
from engine.values import Json

PREFIX: Final = "ops."
#: How arguments are written that no line of JSON can hold.
NAMED: Final[Mapping[str, Any]] = {"...": Ellipsis, "None": None, "newaxis": None}


class Function:
    """One function of keras.ops, with what a node holds for it."""

    def __init__(self, ops: Any, spec: LayerSpec, values: Mapping[str, Json]) -> None:
        self.function = ops
        for word in spec.name.removeprefix(PREFIX).split("."):
            self.function = getattr(self.function, word)
        self.spec, self.values = spec, values

    def __call__(self, arriving: Sequence[tuple[str, Any]]) -> list[Any]:
        """Call it on what its ports receive, in order; a port's own value stands where no wire comes."""
        if not arriving:
            raise ValueError("a drawing calls a function on what arrives")
        wired: dict[str, list[Any]] = {}
        for port, tensor in arriving:
            wired.setdefault(port, []).append(tensor)
        given = {key: _spelled(key, value) for key, value in self.values.items()}
        if isinstance(given.get("axes"), int) and self.spec.name == "ops.transpose":
            given["axes"] = (given["axes"],)
        several: list[Any] = []
        for end in self.spec.inputs:
            tensors = wired.get(end.name)
            held = given.pop(end.name, None)
            if end.argument == "operands":
                several = tensors or []
            elif tensors:
                given[end.argument] = tensors if end.many else tensors[0]
            elif held is not None:
                given[end.argument] = held
        result = self.function(given.pop("subscripts"), *several, **given) if several else self.function(**given)
        return list(result) if isinstance(result, list | tuple) else [result]


def _spelled(key: str, value: Json) -> Any:
    """A number without a fraction is a whole one; one place to cut at is a count of parts."""
    if key == "key":
        return tuple(_item(word.strip()) for word in value.strip("[] ").split(","))
    if key == "indices_or_sections" and len(value) == 1:
        return value[0]
    if key in ("indices", "indices_or_sections"):
        return value
    if isinstance(value, list):
        return tuple(_spelled("", item) for item in value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _item(word: str) -> Any:
    if word in NAMED:
        return NAMED[word]
    parts = [int(part) if part else None for part in word.split(":")]
    return slice(*parts) if len(parts) > 1 else parts[0]
