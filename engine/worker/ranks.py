"""Finds the input ranks on which a layer really works, by running it on small data. Knows no vocabulary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import keras
import numpy as np
import numpy.typing as npt

from engine.catalogue import Catalogue
from engine.graph import Graph, Node
from engine.worker import construct
from engine.worker.operations import Operation

RANKS: Final = range(1, 7)
BATCH: Final = 2
#: Long enough for a window of 3, short enough that attention over four such axes is small.
LENGTH: Final = 5
#: Features tried in turn: GroupNormalization wants a multiple of 32, an image layer three or one.
FEATURES: Final = (32, 3, 1)
#: Flips and crops are drawn; a draw that leaves all as it was proves nothing.
DRAWS: Final = 8
Array = npt.NDArray[Any]


def measure(catalogue: Catalogue) -> dict[str, list[int]]:
    """Return, by layer, the ranks of its inputs, batch included, on which a new node of it works."""
    nodes = {name: catalogue.new_node(Graph(), name) for name in catalogue.layers}
    wired = {name: node for name, node in nodes.items() if catalogue.inputs(node)}
    return {name: [rank for rank in RANKS if works(catalogue, node, rank)] for name, node in wired.items()}


def works(catalogue: Catalogue, node: Node, rank: int) -> bool:
    """Whether a layer runs on some data of a rank, gives the shape that it promised, and keeps samples apart."""
    for samples in _samples(rank):
        try:
            if _runs(catalogue, node, samples):
                return True
        except Exception:  # noqa: BLE001, S112 - Keras and its backends raise all sorts; each says no
            continue
        finally:
            if not catalogue.layer(node.layer).operation:
                keras.backend.clear_session()
    return False


def _samples(rank: int) -> Iterator[Array]:
    """Three samples: a batch is the first with the second, or with the third."""
    random = np.random.default_rng(rank)
    for features in FEATURES:
        shape = (3, *(LENGTH,) * (rank - 2), features)[:rank]
        yield random.random(shape, dtype=np.float32)
        yield random.integers(0, 10, shape, dtype=np.int32)


def _runs(catalogue: Catalogue, node: Node, samples: Array) -> bool:
    if catalogue.layer(node.layer).operation:
        return _computes(catalogue, node, samples)
    batch, other = samples[[0, 1]], samples[[0, 2]]
    keras.utils.set_random_seed(0)
    model = _model(catalogue, node, batch)
    promised = model.outputs[0].shape
    compiled = model.predict_on_batch(_wired(model, batch))
    plain, beside = (_called(model, data, False) for data in (batch, other))
    trained = _called(model, batch, True)  # last, as it may change the layer's statistics
    if not all(_fits(promised, result.shape) for result in (compiled, plain, trained)):
        return False
    return np.array_equal(plain[0], beside[0]) and _apart(catalogue, node, batch, other)


def _computes(catalogue: Catalogue, node: Node, samples: Array) -> bool:
    """Whether an operation does so: it has no weights and knows no training, so it need not stand in a model."""
    batch, other = samples[[0, 1]], samples[[0, 2]]
    operation = Operation(catalogue.layer(node.layer), node.values)
    ports = [port for port in catalogue.inputs(node) if not port.optional]
    names = [port.name for port in ports for _ in range(2 if port.many else 1)]
    symbol = keras.KerasTensor((None, *batch.shape[1:]), dtype=batch.dtype.name)
    promised = operation.apply([(name, symbol) for name in names])
    results, beside = (operation.apply([(name, keras.ops.array(data)) for name in names]) for data in (batch, other))
    shapes = zip(promised, results, strict=True)
    return all(_fits(tensor.shape, tuple(result.shape)) for tensor, result in shapes) and all(
        np.array_equal(a[0], b[0], equal_nan=a.dtype.is_floating) for a, b in zip(results, beside, strict=True)
    )


def _apart(catalogue: Catalogue, node: Node, batch: Array, other: Array) -> bool:
    """Whether a sample's output in training is its own, whatever stands beside it in the batch."""
    for seed in range(DRAWS):
        results = []
        for data in (batch, other):
            keras.utils.set_random_seed(seed)
            model = _model(catalogue, node, data)
            if model.non_trainable_weights:  # statistics of the batch are meant
                return True
            results.append(_called(model, data, True)[0])
        if not np.array_equal(*results):
            return False
    return True


def _model(catalogue: Catalogue, node: Node, batch: Array) -> keras.Model:
    """The layer alone, each required port wired to an input of its own."""
    ports = [port for port in catalogue.inputs(node) if not port.optional]
    many = 2 if any(port.many for port in ports) else len(ports)
    inputs = [keras.Input(batch.shape[1:], dtype=batch.dtype.name) for _ in range(many)]
    layer = construct.layer(node.layer, node.values)
    listed = ports[0].many or ports[0].index is not None
    return keras.Model(inputs, layer(inputs) if listed else layer(*inputs))


def _wired(model: keras.Model, batch: Array) -> list[Array]:
    return [batch] * len(model.inputs)


def _called(model: keras.Model, batch: Array, training: bool) -> Array:
    result: Array = keras.ops.convert_to_numpy(model(_wired(model, batch), training=training))
    return result


def _fits(promised: tuple[int | None, ...], shape: tuple[int, ...]) -> bool:
    """Whether a real shape is the symbolic one, the batch's own length included."""
    same = len(promised) == len(shape) and all(a in (None, b) for a, b in zip(promised, shape, strict=True))
    return same and shape[:1] == (BATCH,)
