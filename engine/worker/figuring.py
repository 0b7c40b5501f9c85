"""Figures of tensors, written with Keras's operations, to be traced together. Knows no model and no clock."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd, prod
from typing import Any, Final

import keras
from keras import ops

from engine.worker.saturation import BOUNDS, SHARED

#: Of a larger tensor so many values are looked at, evenly chosen.
MOST: Final = 100_000
#: Numbers of one layer's output that are looked at; the samples beyond are passed over.
MOST_PUT_OUT: Final = 2**20
#: How far a unit's outputs may lie apart, as a share of the greatest of them, and still be one number.
ALIKE: Final = 1e-6
#: Within this share of its range an output is at its bound.
NEAR: Final = 0.01
#: What of a layer's output is measured, in this order.
ACTIVITY: Final = ("mean", "deviation", "dead", "saturated")
NAN: Final = float("nan")


def stride(shape: Sequence[int]) -> int:
    """Return the distance of the values that are taken of a tensor; with its rows' length it has no divisor.

    Otherwise they would be those of a few columns alone.
    """
    found = max(1, -(-prod(shape) // MOST))
    while shape and found > 1 and gcd(found, shape[-1]) > 1:
        found += 1
    return found


def some(tensor: Any) -> Any:
    """Take values of a tensor, evenly: float32 of shape (k,)."""
    return ops.cast(ops.reshape(tensor, (-1,))[:: stride(tensor.shape)], "float32")


def square_sum(tensor: Any) -> Any:
    """Return the sum of the squares of all values, in float64: what explodes soon leaves float32."""
    return ops.sum(ops.square(ops.cast(tensor, "float64")))


def is_measured(tensor: Any) -> bool:
    """Whether an output is of numbers that lie side by side: no texts, nothing sparse or ragged."""
    plain = not (getattr(tensor, "sparse", False) or getattr(tensor, "ragged", False))
    return plain and keras.backend.standardize_dtype(tensor.dtype) != "string"


def activity(tensor: Any, activation: str, axis: int) -> Any:
    """Return what `ACTIVITY` names, of an output of shape (samples, ...), as float32 of shape (4,).

    A unit, an index along `axis`, is dead where it is one and the same number for all samples and at all places: 0
    behind a relu, and any other number behind what has none. Of one number alone nobody can tell: NaN.
    """
    values = _few(ops.cast(tensor, "float32"))
    axis %= len(values.shape)
    others = tuple(at for at in range(len(values.shape)) if at != axis or not axis)
    mean = ops.mean(values)
    deviation = ops.sqrt(ops.mean(ops.square(values - mean)))
    low, high = ops.min(values, axis=others), ops.max(values, axis=others)
    still = high - low <= ALIKE * ops.maximum(ops.abs(low), ops.abs(high))
    one = prod(length or 2 for at, length in enumerate(values.shape) if at in others) < 2
    dead = ops.full((), NAN) if one else ops.mean(ops.cast(still, "float32"))
    return ops.stack([mean, deviation, dead, _saturated(values, activation)])


def _few(values: Any) -> Any:
    """Of many samples of large outputs the first."""
    size = prod(length or 1 for length in values.shape[1:])
    return values[: max(2, MOST_PUT_OUT // size)] if len(values.shape) > 1 and size else values


def _saturated(values: Any, activation: str) -> Any:
    """The share of the values that lie within a hundredth of a bound; of a softmax, of its greatest ones."""
    if activation not in BOUNDS:
        return ops.full((), NAN)
    low, high = BOUNDS[activation]
    margin = NEAR * (high - low)
    if activation in SHARED:
        return ops.mean(ops.cast(ops.max(values, axis=-1) > high - margin, "float32"))
    return ops.mean(ops.cast(ops.logical_or(values < low + margin, values > high - margin), "float32"))
