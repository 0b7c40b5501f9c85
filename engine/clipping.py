"""How an optimizer clips gradients: in one way or in none. Knows no Keras, no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.errors import RecipeError
from engine.values import Part

NONE, VALUE, NORM, GLOBAL = "none", "by value", "by norm", "by global norm"
#: The parameter of each way, and where it begins.
WAYS: Final[Mapping[str, tuple[str, float]]] = {
    VALUE: ("clipvalue", 0.5), NORM: ("clipnorm", 1.0), GLOBAL: ("global_clipnorm", 1.0),
}  # fmt: skip
NAMES: Final = frozenset(name for name, _ in WAYS.values())
HELP: Final[Mapping[str, str]] = {
    NONE: "Gradients are taken as they come.",
    VALUE: "Each number of a gradient is held between minus and plus the threshold; its direction may change.",
    NORM: "The gradient of each weight is shortened to the threshold where it is longer.",
    GLOBAL: "All gradients together are shortened alike where their norm is over the threshold: their direction stays.",
}


def clipping_of(optimizer: Part) -> tuple[str, float]:
    """Return the way in which an optimizer clips, and its threshold; 0 where it does not."""
    for way, (name, _) in WAYS.items():
        held = optimizer.values.get(name)
        if isinstance(held, int | float):
            return way, float(held)
    return NONE, 0.0


def threshold_of(optimizer: Part) -> float:
    """Return what the norm of all gradients together is shortened to; 0 where it is not."""
    way, threshold = clipping_of(optimizer)
    return threshold if way == GLOBAL else 0.0


def clipped(optimizer: Part, way: str, threshold: float | None = None) -> Part:
    """Return an optimizer that clips in this way alone, at a threshold or where the way begins."""
    plain = Part(optimizer.class_name, optimizer.values.without(*NAMES & optimizer.values.keys()))
    if way == NONE:
        return plain
    name, start = WAYS[way]
    return plain.with_value(name, start if threshold is None else threshold)


def check_clipping(optimizer: Part) -> None:
    """Raise RecipeError where an optimizer is to clip in several ways, which Keras refuses."""
    held = sorted(name for name in NAMES if optimizer.values.get(name) is not None)
    if len(held) > 1:
        raise RecipeError(
            "An optimizer clips gradients in one way", received=" and ".join(held), hint="Choose one of them"
        )
