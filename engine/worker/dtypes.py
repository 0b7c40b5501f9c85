"""Finds the types of numbers on which a layer fails, by running it on small data. Knows no vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, TypeAlias

import keras
import numpy as np

from engine.catalogue import Catalogue
from engine.graph import Graph, Node
from engine.specs import LayerSpec
from engine.values import FrozenMap, Value
from engine.worker import construct
from engine.worker.ranks import FEATURES
from engine.worker.symbolic import arguments

#: What an input can be of.
ARRIVING: Final = ("float64", "float16", "bfloat16", "int32", "int64", "uint8", "bool")
PLAIN: Final = "float32"
#: Long enough for every window, short enough that attention is small; sound is longer.
LENGTHS: Final = (9, 300)
DRAWS: Final = 4
#: Ranks of the layers that say none, batch included.
RANKS: Final = (2, 3)
#: What layers hold that compute with fractions only where they are told to.
TOLD: Final[Mapping[str, tuple[Value, ...]]] = {
    "rate": (0.5,), "dropout": (0.5,), "negative_slope": (0.5,), "max_value": (1.5,), "factor": ((0.5, 0.5),),
    "activation": ("celu", "softmax", "gelu"), "use_scale": (True,), "threshold": (1.5,), "mask_value": (1,),
    "value_range": ((0.0, 1.0),),
}  # fmt: skip
KEYS: Final = ("refuses", "on_gpu")
Shape: TypeAlias = tuple[int, ...]
Refused: TypeAlias = Mapping[str, list[str]]


def measure(catalogue: Catalogue) -> dict[str, Refused]:
    """Return, by layer, the types of an input (`refuses`) and of its own numbers (`on_gpu`) on which it fails."""
    nodes = {name: catalogue.new_node(Graph(), name) for name, spec in _wired(catalogue).items()}
    return {name: found for name, node in nodes.items() if (found := refused(catalogue, node))}


def _wired(catalogue: Catalogue) -> Mapping[str, LayerSpec]:
    """The layers that compute with something; an operation says by itself what it takes."""
    return {name: spec for name, spec in catalogue.layers.items() if spec.inputs and not spec.operation}


def refused(catalogue: Catalogue, node: Node) -> Refused:
    """Return the types on which a layer fails where it works on plain numbers; nothing where it fails on all."""
    shape = next((shape for shape in _shapes(catalogue, node) if _runs(catalogue, node, shape, PLAIN)), None)
    if shape is None or catalogue.layer(node.layer).wraps:
        return {}
    if not all(_once(catalogue, node, shape, PLAIN) for _ in range(DRAWS)):
        return {}  # what it draws decides
    variants = [variant for variant in _variants(catalogue, node) if _runs(catalogue, variant, shape, PLAIN)]
    own = next((p.choices for p in catalogue.layer(node.layer).parameters if p.name == "dtype"), ())
    arriving = [dtype for dtype in ARRIVING if not all(_runs(catalogue, each, shape, dtype) for each in variants)]
    unable = [dtype for dtype in own if not _runs(catalogue, _with(node, "dtype", dtype), shape, PLAIN)]
    return {key: found for key, found in zip(KEYS, (arriving, unable), strict=True) if found}


def _variants(catalogue: Catalogue, node: Node) -> Iterator[Node]:
    """A new node, and it with each value that makes it compute with fractions."""
    yield node
    for parameter in catalogue.layer(node.layer).parameters:
        for value in TOLD.get(parameter.name, ()):
            yield _with(node, parameter.name, value)
    told = {p.name: TOLD[p.name][0] for p in catalogue.layer(node.layer).parameters if p.name in TOLD}
    yield replace(node, values=FrozenMap({**node.values, **told}))


def _shapes(catalogue: Catalogue, node: Node) -> Iterator[Shape]:
    for rank in catalogue.layer(node.layer).ranks or RANKS:
        if rank > 1:
            yield from ((2, *(length,) * (rank - 2), last) for length in LENGTHS[:1] for last in (*FEATURES, 84))
            yield from ((2, LENGTHS[1] * 10) for _ in (0,) if rank == 2)
            yield from ((2, LENGTHS[1], 1) for _ in (0,) if rank == 3)


def _runs(catalogue: Catalogue, node: Node, shape: Shape, dtype: str) -> bool:
    """Whether a layer runs, once at least: some draw what they do."""
    return any(_once(catalogue, node, shape, dtype) for _ in range(DRAWS))


def _once(catalogue: Catalogue, node: Node, shape: Shape, dtype: str) -> bool:
    spec = catalogue.layer(node.layer)
    try:
        layer = construct.layer(node.layer, node.values)
        zeros = keras.ops.cast(np.zeros(shape), dtype)
        ports = [port for port in spec.inputs if not port.optional]
        wired: list[tuple[str, Any]] = [(port.name, zeros) for port in ports for _ in range(2 if port.many else 1)]
        args, named = arguments(spec, wired)
        for training in (True, False):
            layer(*args, **named, **({"training": training} if layer._call_has_training_arg else {}))
    except Exception:  # noqa: BLE001 - Keras and its backends raise all sorts; each says no
        return False
    return True


def _with(node: Node, name: str, value: Value) -> Node:
    return replace(node, values=node.values.with_item(name, value))
