"""How many steps run between two looks at the loss. Knows shapes and sizes; imports no Keras, computes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import prod
from typing import Any, Final

from engine.graph import Graph

#: More gain little: from 16 to 32 a step of the smallest network still took 8 per cent less of a processor's time.
MOST: Final = 32
#: Looks at the loss in an epoch that stay at the least: an epoch so short is over soon, and the next brings more.
LOOKS: Final = 2
#: What one execution may take, in seconds, since Stop and the curves wait for its end.
LONGEST: Final = 0.1
#: Multiply-adds a second that a slow device of each kind does at the least.
RATES: Final[Mapping[bool, float]] = {False: 5e9, True: 1e12}
#: A step goes forward, then back for the weights and for the inputs.
PASSES: Final = 3
#: Axes without a length (any time, any size) count as this long.
FREE: Final = 32

Tensors = Mapping[tuple[str, str], Any]


def steps_per_execution(work: float, batch_size: int, steps: int, *, gpu: bool) -> int:
    """Choose from the work of one sample, in multiply-adds, and the steps of an epoch.

    The choice rests on sizes, not on the clock, so that a run repeats.
    """
    seconds = PASSES * work * batch_size / RATES[gpu]
    fitting = LONGEST / seconds if seconds else MOST
    return max(1, int(min(MOST, fitting, steps / LOOKS)))


def samples_at_once(work: float, most: int, least: int, *, gpu: bool) -> int:
    """Choose how many samples are looked at forward and back, so that nobody waits longer than for an execution."""
    seconds = PASSES * work / RATES[gpu]
    return int(max(least, min(most, LONGEST / seconds if seconds else most)))


def rough_work(layers: Mapping[str, Any], tensors: Tensors) -> float:
    """Estimate one sample's multiply-adds as `multiply_adds` does, from what the layers put out alone."""
    shapes: dict[str, list[tuple[int | None, ...]]] = {}
    for (node, _), tensor in tensors.items():
        shapes.setdefault(node, []).append(tuple(tensor.shape))
    return float(
        sum(
            _matrix_weights(layer) * _places(shapes.get(node, ()))
            for node, layer in layers.items()
            if type(layer).__name__ != "Embedding"
        )
    )


def multiply_adds(graph: Graph, layers: Mapping[str, Any], tensors: Tensors) -> float:
    """Estimate one sample's multiply-adds, forward: every weight of a matrix, at every place where it is applied.

    Exact for dense layers and unstrided convolutions, too much for strided ones; the products within attention,
    which have no weights, are left out. Lookups multiply nothing.
    """
    return float(
        sum(
            _matrix_weights(layer) * _places(_shapes(graph, id, tensors))
            for id, layer in layers.items()
            if type(layer).__name__ != "Embedding"
        )
    )


def _matrix_weights(layer: Any) -> int:
    return sum(prod(weight.shape) for weight in layer.weights if len(weight.shape) > 1)


def _places(shapes: Iterable[tuple[int | None, ...]]) -> int:
    """The places of the largest tensor at a layer: all axes but the batch's and the last."""
    return max((prod(length or FREE for length in shape[1:-1]) for shape in shapes), default=1)


def _shapes(graph: Graph, id: str, tensors: Tensors) -> list[tuple[int | None, ...]]:
    sources = {(edge.source.node, edge.source.port) for edge in graph.into(id)}
    return [tuple(tensor.shape) for key, tensor in tensors.items() if key[0] == id or key in sources]
