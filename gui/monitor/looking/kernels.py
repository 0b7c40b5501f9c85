"""Weights as pictures: which axes are a filter's own, which count the filters. Arrays alone; knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from gui.monitor.tiles import Floats

Shape: TypeAlias = tuple[int, ...]
Arrange: TypeAlias = Callable[[Floats], Floats]
COLOURS: Final = 3


@dataclass(frozen=True, slots=True)
class Kernels:
    """Filters of shape (filters, inputs, height, width); one input stands for all where there is none to choose.

    Attributes:
        noun: What one of them is called.
    """

    values: Floats
    noun: str = "filter"

    @property
    def count(self) -> int:
        return len(self.values)

    @property
    def inputs(self) -> int:
        return int(self.values.shape[1])

    @property
    def coloured(self) -> bool:
        """Whether the inputs are red, green and blue."""
        return self.inputs == COLOURS

    @property
    def norms(self) -> Floats:
        found: Floats = np.sqrt(np.square(self.values.astype(np.float64)).sum(axis=(1, 2, 3)))
        return found

    def tiles(self, channel: int | None) -> Floats:
        """Return one tile a filter, (height, width, filters): of an input, or of the mean over all."""
        chosen = self.values.mean(axis=1) if channel is None else self.values[:, channel]
        return np.moveaxis(chosen, 0, -1)

    @property
    def rgb(self) -> Floats:
        """Return coloured tiles, (height, width, filters, 3)."""
        return np.transpose(self.values, (2, 3, 0, 1))

    @property
    def vectors(self) -> Floats:
        """Return what filters are compared by, one a row: all their values."""
        return self.values.reshape(self.count, -1)


def kernels(layer: str, name: str, values: Floats, image: Shape | None = None) -> Kernels | None:
    """Read a weight as filters; None where it is a matrix, to be seen as one.

    Args:
        layer: The kind of layer.
        name: The weight's, as Keras has it.
        image: Height, width and channels of the image that was flattened into the layer's input, where one was.
    """
    if layer == "Dense" and image is not None and values.shape[0] == np.prod(image):
        return Kernels(np.moveaxis(values.reshape(*image, -1), (3, 2), (0, 1)), "unit")
    word = name.rpartition("/")[2]
    arrange = _ARRANGED.get((_kind(layer, word), values.ndim))
    if arrange is not None:
        return Kernels(arrange(values)) if "Pointwise" not in _kind(layer, word) else None
    if values.ndim == 3 and "attention_output" in name:
        return Kernels(values[:, None], "head")
    return Kernels(np.moveaxis(values, 1, 0)[:, None], "head") if values.ndim == 3 else None


def _kind(layer: str, word: str) -> str:
    """What an arrangement is found by: how the axes of a weight follow each other."""
    if word == "pointwise_kernel":
        return "Pointwise"
    if "Depthwise" in layer or word == "depthwise_kernel":
        return "Depthwise"
    return "Transpose" if "Transpose" in layer else "Conv" if "Conv" in layer else ""


def _volume(values: Floats) -> Floats:
    """Lay the slices of (depth, height, width, in, out) side by side, as (out, in, height, depth·width)."""
    depth, height, width, given, put = values.shape
    return np.transpose(values, (4, 3, 1, 0, 2)).reshape(put, given, height, depth * width)


def _each(values: Floats) -> Floats:
    """A depthwise kernel (height, width, in, times) has a filter for each input and time, with no input beside it."""
    height, width, given, times = values.shape
    return np.transpose(values, (2, 3, 0, 1)).reshape(given * times, 1, height, width)


_ARRANGED: Final[Mapping[tuple[str, int], Arrange]] = {
    # Along time a filter is a picture of its own: its inputs down, its steps across.
    ("Conv", 3): lambda values: np.transpose(values, (2, 1, 0))[:, None],
    ("Conv", 4): lambda values: np.transpose(values, (3, 2, 0, 1)),
    ("Conv", 5): _volume,
    ("Transpose", 3): lambda values: np.transpose(values, (1, 2, 0))[:, None],
    ("Transpose", 4): lambda values: np.transpose(values, (2, 3, 0, 1)),
    ("Transpose", 5): lambda values: _volume(np.swapaxes(values, 3, 4)),
    ("Depthwise", 3): lambda values: _each(values[None]),
    ("Depthwise", 4): _each,
}


def matrix(values: Floats) -> Floats:
    """Return a weight that is no set of filters as one matrix: its last axis across, all before it down."""
    return values.reshape(-1, values.shape[-1])
