"""What to put on a wire so that data arrive as a layer takes them: other axes, channels, lengths. Knows no problem."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final, TypeAlias

from engine.fitters import Insert
from engine.graph import End
from engine.values import FrozenMap, Value

Shape: TypeAlias = tuple[int | None, ...]
#: Global pooling and convolution, by rank of what they take.
POOLING: Final = {3: "GlobalAveragePooling1D", 4: "GlobalAveragePooling2D", 5: "GlobalAveragePooling3D"}
CONVOLUTION: Final = {3: "Conv1D", 4: "Conv2D", 5: "Conv3D"}


def to_rank(source: str, target: End, shape: Shape, rank: int) -> Iterator[Insert]:
    """Say what to put on a wire so that data of a shape, batch included, arrive with another rank."""
    if rank == 2 and len(shape) > 2:
        if None not in shape[1:]:
            yield Insert(source, target, "Flatten")
        if len(shape) in POOLING:
            yield Insert(source, target, POOLING[len(shape)])
    lengths = reshaped(shape, rank)
    if lengths is not None and rank > 2:
        yield Insert(source, target, "Reshape", FrozenMap({"target_shape": lengths}))


def reshaped(shape: Shape, rank: int) -> tuple[int, ...] | None:
    """The lengths of a sample in another rank: an axis of one channel, places in a row, or a square."""
    lengths = [-1 if length is None else length for length in shape[1:]]
    if lengths.count(-1) > 1 or not lengths:
        return None
    if rank == 4 and len(shape) == 2:
        return _square(lengths[0])
    if len(shape) < rank:
        return (*lengths, *(1,) * (rank - len(shape)))
    places, channels = lengths[: len(lengths) - rank + 2], lengths[len(lengths) - rank + 2 :]
    return (-1 if -1 in places else math.prod(places), *channels)


def _square(length: int) -> tuple[int, ...] | None:
    """Split a row into a square of as few channels as can be."""
    for side in range(math.isqrt(max(length, 0)), 1, -1):
        if length % side**2 == 0:
            return (side, side, length // side**2)
    return None


def to_channels(source: str, target: End, shape: Shape, channels: int | None) -> Iterator[Insert]:
    """Say what to put on a wire so that data arrive with other channels, all other lengths as they were."""
    if len(shape) in CONVOLUTION and channels is not None:
        values: dict[str, Value] = {"filters": channels, "kernel_size": (1,) * (len(shape) - 2)}
        if len(shape) == 3:
            values["kernel_size"] = 1
        yield Insert(source, target, CONVOLUTION[len(shape)], FrozenMap(values))
