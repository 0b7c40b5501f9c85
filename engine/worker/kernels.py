"""The weights of a layer, small enough for the wire. Knows no model and no run."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Final

import keras
import numpy as np

from engine.messages import Array
from engine.weights_messages import Weighed

#: Bytes of all weights of one layer.
LARGEST: Final = 4 * 2**20
MOST_FILTERS: Final = 256


def weighed(node: str, layer: keras.Layer, epoch: int, step: int) -> Iterator[Weighed]:
    """Yield what of a layer's weights has two axes or more and is no bias; of the others there is no picture."""
    shown = [weight for weight in layer.weights if _is_shown(weight)]
    for place, weight in enumerate(shown):
        whole = tuple(weight.shape)
        kept = lengths(whole, LARGEST // len(shown))
        # Cut where the weight is: what is large and on a device does not come here to be thrown away.
        part = keras.ops.convert_to_numpy(weight.value[tuple(slice(length) for length in kept)])
        values = Array.of(np.asarray(part, "float32"))
        yield Weighed(node, _name(weight, layer), epoch, step, values, whole, last=place == len(shown) - 1)


def _is_shown(weight: keras.Variable) -> bool:
    return len(weight.shape) > 1 and "float" in str(weight.dtype) and not str(weight.name).endswith("bias")


def lengths(whole: tuple[int, ...], largest: int) -> tuple[int, ...]:
    """Return how much of a weight is shown, along each axis, within so many bytes of float32.

    Those beyond the 256th along the last axis go first, then those along the one before, then more of the last;
    where that is not enough, the axes before them go.
    """
    kept = [*whole[:-1], min(whole[-1], MOST_FILTERS)]
    for axis in (-2, -1, *range(len(whole) - 2)):
        others = prod(kept) // max(1, kept[axis])
        kept[axis] = min(kept[axis], max(1, largest // (4 * max(1, others))))
    return tuple(kept)


def _name(weight: keras.Variable, layer: keras.Layer) -> str:
    """The weight's path from its layer on."""
    return str(weight.path).rpartition(f"{layer.name}/")[2] or str(weight.name)
