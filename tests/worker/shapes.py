"""Lengths for the axes that the pages of help name, so that a layer can be tried on what its page says it takes."""

from __future__ import annotations

import re

#: Lengths of axes by their names, each another one, so that a wrong axis shows.
LENGTHS = {
    "time": 24, "query time": 7, "value time": 9, "height": 26, "width": 28, "depth": 24, "channels": 6, "features": 32,
    "value features": 32, "classes": 11, "samples": 8000, "1": 1, "3": 3,
}  # fmt: skip
#: Lengths that a layer cannot do without.
OWN_LENGTHS = {
    "GroupNormalization": {"channels": 64}, "CodeDistance": {"features": 84}, "TableConv2D": {"channels": 6},
}  # fmt: skip

#: Layers that take whole numbers.
WHOLE = ("Embedding", "ReversibleEmbedding", "CategoryEncoding", "Hashing", "HashedCrossing", "IntegerLookup")


def dtype_of(layer: str) -> str:
    """The type of the numbers that a layer takes."""
    return "int32" if layer in WHOLE else "float32"


def axes(shape: str) -> list[str]:
    """The names of a shape's axes, of its first form."""
    return re.split(r"[;,]| if | in training", shape)[0].strip().split(" × ")


def given(name: str, shape: str, rank: int) -> tuple[int, ...]:
    """Lengths for the axes of an input, its free ones made so many that the rank is met; the batch left out."""
    lengths = LENGTHS | OWN_LENGTHS.get(name, {})
    named = axes(shape) if shape.startswith("batch") else ["batch", "…"]
    if "…" in named:
        place = named.index("…")
        named = [*named[:place], *(["free"] * (rank - len(named) + 1)), *named[place + 1 :]]
    return tuple(lengths.get(axis, 5) for axis in named[1:])
