"""Arrays for the layers of our own, what a layer gives for them, and when two are the same. Knows no test."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
RNG = np.random.default_rng(7)
IMAGES: Array = RNG.normal(size=(2, 9, 8, 6))
SEQUENCES: Array = RNG.normal(size=(3, 5, 8))


def given(layer: Any, *inputs: Array, **call: Any) -> Array:
    """What a layer gives for arrays."""
    return np.asarray(layer(*(value.astype("float32") for value in inputs), **call), dtype=float)


def weights(layer: Any) -> list[Array]:
    return [np.asarray(weight, dtype=float) for weight in layer.weights]


def same(found: Array, expected: Array) -> None:
    np.testing.assert_allclose(found, expected, rtol=2e-4, atol=2e-5)
