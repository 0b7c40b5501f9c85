"""The lengths with which a drawing is run whose axes are free: the usual ones first, then those that it speaks of."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from engine.values import Json
from tests.worker.sweep.functions import PREFIX

#: A batch, and the length of every axis that is free, when a layer is run: long enough for the largest window. Where
#: all look at all, many such axes would take minutes.
BATCH, FREE, FEW = 2, 14, 5
#: Lengths tried where that one will not do: of colours, and of sound.
OTHERS, SOUND = (1, 3, 4), 600
#: Of the batch, of an input's first free axis, and of its others.
Lengths: TypeAlias = tuple[int, int, int]


def tries(drawing: Json, usual: int) -> Iterator[Lengths]:
    """Other lengths with which a drawing might run, where it has free ones; batches too, for an operation."""
    nodes = drawing["nodes"]
    known = _lengths(nodes)
    free = any(None in node["values"].get("shape", ()) for node in nodes)
    whole = sorted({*_others(drawing), *known, *_wholes(drawing), *_reached(drawing)} - {usual}) if free else [usual]
    mixes = any(node["layer"].startswith(PREFIX) for node in nodes)
    for batch in [BATCH, *sorted({*OTHERS, *known} - {BATCH})] if mixes else [BATCH]:
        yield from ((batch, length, rest) for length in whole for rest in dict.fromkeys((length, 1)))


def _others(drawing: Json) -> tuple[int, ...]:
    sounds = any(node["layer"].endswith("Spectrogram") for node in drawing["nodes"])
    return (*OTHERS, SOUND) if sounds else OTHERS


def _lengths(values: Any) -> set[int]:
    """The whole numbers in a drawing that a length may be."""
    if isinstance(values, dict):
        return _lengths([*values.values()])
    if isinstance(values, list):
        return {length for value in values for length in _lengths(value)}
    return {values} if values.__class__ is int and 1 <= values <= FREE else set()


def _reached(drawing: Json) -> set[int]:
    """The lengths that have the places that are taken of an axis."""
    keys = (str(node["values"].get("key", "")) for node in drawing["nodes"])
    return {int(place) + 1 for key in keys for place in re.findall(r"\d+", key)}


def _wholes(drawing: Json) -> set[int]:
    """How many numbers a Reshape asks for, and how many a block holds."""
    asked = (value for node in drawing["nodes"] for value in _targets(node["values"]))
    blocks = {node["values"]["block_size"] ** 2 for node in drawing["nodes"] if "block_size" in node["values"]}
    return blocks | {math.prod(length for length in target if length and length > 0) for target in asked}


def _targets(values: Json) -> list[Json]:
    inner = values.get("layer", {}).get("values", {})
    return [held[name] for held in (values, inner) for name in ("target_shape", "newshape") if name in held]
