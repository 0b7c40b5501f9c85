"""Finds the types of numbers on which a layer fails, by running it on small data. Knows no vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any, Final, TypeAlias

import keras
import numpy as np

from engine.catalogue import Catalogue
from engine.graph import Graph, Node
from engine.specs import AND, LayerSpec
from engine.values import FrozenMap, Json, Part, Value
from engine.worker import construct
from engine.worker.operations import Operation
from engine.worker.ranks import FEATURES
from engine.worker.symbolic import arguments

#: What an input can be of.
ARRIVING: Final = ("float64", "float16", "bfloat16", "int32", "int64", "uint8", "bool")
PLAIN: Final = "float32"
#: Long enough for every window, short enough that attention is small, and no square.
LONG: Final = (9, 8, 9, 8)
DRAWS: Final = 4
#: Ranks of the layers that say none, batch included.
RANKS: Final = (2, 3)
#: What makes a layer compute in another way: each value is tried by itself, on a node that holds the plain ones.
TOLD: Final[Mapping[str, tuple[Value, ...]]] = {
    "rate": (0.5,), "dropout": (0.5,), "recurrent_dropout": (0.5,), "stddev": (0.5,), "negative_slope": (0.5,),
    "max_value": (1.5,), "threshold": (1.5,), "factor": ((0.5, 0.5),), "use_scale": (True,), "mask_value": (1,),
    "value_range": ((0.0, 1.0),), "l1": (0.5,), "l2": (0.5,), "normalize": (True,),
    "antialias": (True,), "activity_regularizer": (Part("L2"),), "alpha": (0.5,), "x_min": (0.5,), "x_max": (1.5,),
    "nan": (0.5,), "posinf": (0.5,), "neginf": (0.5,), "fill_value": (0.5,), "constant_values": (0.5,), "ord": (1.5,),
    "dtype": (PLAIN,),
}  # fmt: skip
#: Choices of which each is tried, and what a node holds that does as little as it can.
CHOSEN: Final = ("interpolation",)
PLAINLY: Final[Mapping[str, Value]] = {
    "rate": 0.0, "stddev": 0.0, "activation": "linear", "interpolation": "nearest",
}  # fmt: skip
KEYS: Final = ("refuses", "on_gpu", "refuses_with", "one_type")
#: Types that fractions are turned into before a layer is called, where it is not within another.
FRACTIONS: Final = ("float64", "float16", "bfloat16")
Shape: TypeAlias = tuple[int, ...]
#: Of sound, by rank.
SOUNDS: Final[Mapping[int, Shape]] = {2: (2, 3000), 3: (2, 300, 1)}
Refused: TypeAlias = Mapping[str, Json]


def measure(catalogue: Catalogue) -> dict[str, Refused]:
    """Return, by layer, the types of an input (`refuses`) and of its own numbers (`on_gpu`) on which it fails.

    `refuses_with` are those that it fails on as soon as a value is given: `dropout`, `activation=gelu`. `one_type` says
    that it fails on other fractions than its own, which only a wrapper hands it as they are.
    """
    nodes = {name: catalogue.new_node(Graph(), name) for name, spec in _wired(catalogue).items()}
    return {name: found for name, node in nodes.items() if (found := refused(catalogue, node))}


def _wired(catalogue: Catalogue) -> Mapping[str, LayerSpec]:
    """The layers and operations that compute with something."""
    return {name: spec for name, spec in catalogue.layers.items() if spec.inputs}


def refused(catalogue: Catalogue, node: Node) -> Refused:
    """Return the types on which a layer fails where it works on plain numbers; nothing where it fails on all."""
    spec, node = catalogue.layer(node.layer), _plainly(catalogue.layer(node.layer), node)
    shape = next((shape for shape in _shapes(catalogue, node) if _runs(catalogue, node, shape, PLAIN)), None)
    if shape is None or spec.wraps:
        return {}
    if not all(_once(catalogue, node, shape, PLAIN) for _ in range(DRAWS)):
        return {}  # what it draws decides
    own = next((p.choices for p in spec.parameters if p.name == "dtype"), ())
    always = [dtype for dtype in ARRIVING if not _runs(catalogue, node, shape, dtype)]
    own = () if spec.operation else own
    unable = [dtype for dtype in own if not _runs(catalogue, _with(node, "dtype", dtype), shape, PLAIN)]
    told = _told(catalogue, node, shape, always)
    alike = not spec.operation and not all(_within(catalogue, node, shape, dtype) for dtype in FRACTIONS)
    return {key: found for key, found in zip(KEYS, (always, unable, told, alike), strict=True) if found}


def _told(catalogue: Catalogue, node: Node, shape: Shape, always: list[str]) -> dict[str, list[str]]:
    """The types that it fails on with a value, and with two of which it takes each alone."""
    found: dict[str, list[str]] = {}
    for key, each in _variants(catalogue, node):
        known = {*always, *(dtype for part in key.split(AND) for dtype in found.get(part, ()))}
        wrong = [dtype for dtype in ARRIVING if dtype not in known and not _runs(catalogue, each, shape, dtype)]
        if wrong and _runs(catalogue, each, shape, PLAIN):
            found[key] = wrong
    return found


def _plainly(spec: LayerSpec, node: Node) -> Node:
    plain = (p for p in spec.parameters if p.name in CHOSEN or (p.required and p.name in PLAINLY))
    held = {p.name: PLAINLY[p.name] for p in plain}
    return replace(node, values=FrozenMap({**node.values, **held}))


def _variants(catalogue: Catalogue, node: Node) -> Iterator[tuple[str, Node]]:
    """The node with each value that makes it compute in another way, by what a rule calls it."""
    for parameter in catalogue.layer(node.layer).parameters:
        for value in TOLD.get(parameter.name, ()):
            yield parameter.name, _with(node, parameter.name, value)
        alone = parameter.kind == "activation" and parameter.required  # others turn what is computed already
        for choice in parameter.choices if alone or parameter.name in CHOSEN else ():
            yield f"{parameter.name}={choice}", _with(node, parameter.name, choice)
    told = [parameter.name for parameter in catalogue.layer(node.layer).parameters if parameter.name in TOLD]
    for one, other in combinations(told, 2):
        yield f"{one}{AND}{other}", _with(_with(node, one, TOLD[one][0]), other, TOLD[other][0])


def _shapes(catalogue: Catalogue, node: Node) -> Iterator[Shape]:
    for rank in catalogue.layer(node.layer).ranks or RANKS:
        if rank > 1:
            yield from ((2, *LONG[: rank - 2], last) for last in (*FEATURES, 84))
            if rank in SOUNDS:
                yield SOUNDS[rank]
            yield (2, *LONG[:1] * (rank - 1))  # matrices that meet as they are


def _runs(catalogue: Catalogue, node: Node, shape: Shape, dtype: str) -> bool:
    """Whether a layer runs, once at least: some draw what they do."""
    return any(_once(catalogue, node, shape, dtype) for _ in range(DRAWS))


def _once(catalogue: Catalogue, node: Node, shape: Shape, dtype: str) -> bool:
    try:
        if catalogue.layer(node.layer).operation:
            Operation(catalogue.layer(node.layer), node.values).apply(_numbers(catalogue, node, shape, dtype))
            return True
        layer, args, named = _called(catalogue, node, shape, dtype)
        for training in (True, False):
            layer(*args, **named, **({"training": training} if layer._call_has_training_arg else {}))
    except Exception:  # noqa: BLE001 - Keras and its backends raise all sorts; each says no
        return False
    return True


def _within(catalogue: Catalogue, node: Node, shape: Shape, dtype: str) -> bool:
    """Whether a layer that was made for plain numbers runs on others where a wrapper hands it these as they are."""
    try:
        layer, args, named = _called(catalogue, node, shape, PLAIN)
        layer(*args, **named)
        _, args, named = _called(catalogue, node, shape, dtype)
        layer.call(*args, **named)
    except Exception:  # noqa: BLE001 - as above
        return False
    return True


def _called(
    catalogue: Catalogue, node: Node, shape: Shape, dtype: str
) -> tuple[keras.Layer, list[Any], dict[str, Any]]:
    """A new layer, and what it is called with."""
    spec = catalogue.layer(node.layer)
    return (construct.layer(node.layer, node.values), *arguments(spec, _numbers(catalogue, node, shape, dtype)))


def _numbers(catalogue: Catalogue, node: Node, shape: Shape, dtype: str) -> list[tuple[str, Any]]:
    """Numbers for each port that must be wired, none of them by which nothing can be divided."""
    numbers = keras.ops.cast(np.ones(shape), dtype)
    ports = [port for port in catalogue.layer(node.layer).inputs if not port.optional]
    return [(port.name, numbers) for port in ports for _ in range(2 if port.many else 1)]


def _with(node: Node, name: str, value: Value) -> Node:
    return replace(node, values=node.values.with_item(name, value))
