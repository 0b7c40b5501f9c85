"""Aligned, distributed, on the grid: frames of nodes to new corners. Knows no document, no scene."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

import numpy as np

from gui.canvas import measure
from gui.canvas.measure import Floats

Side = Literal["left", "centre", "right", "top", "middle", "bottom"]
Way = Literal["across", "down"]
#: The axis along which nodes move, and which share of their length comes to lie in line.
SIDES: Final[Mapping[Side, tuple[int, float]]] = {
    "left": (0, 0.0), "centre": (0, 0.5), "right": (0, 1.0), "top": (1, 0.0), "middle": (1, 0.5), "bottom": (1, 1.0),
}  # fmt: skip
WAYS: Final[Mapping[Way, int]] = {"across": 0, "down": 1}


def aligned(frames: Floats, side: Side) -> Floats:
    """Return the corners of frames (x, y, width, height), shape (n, 2), that bring one side of all into line."""
    axis, share = SIDES[side]
    start, length = frames[:, axis], frames[:, axis + 2]
    low, high = start.min(), (start + length).max()
    corners = frames[:, :2].copy()
    corners[:, axis] = np.round(low + share * (high - low - length))
    return corners


def distributed(frames: Floats, way: Way) -> Floats:
    """Return the corners that leave equal gaps; the first and the last stay, unless there is no room between them."""
    axis = WAYS[way]
    order = np.argsort(frames[:, axis] + frames[:, axis + 2] / 2, kind="stable")
    start, length = frames[order, axis], frames[order, axis + 2]
    free = start[-1] + length[-1] - start[0] - length.sum()
    gap = max(free / (len(frames) - 1), 0.0)
    corners = frames[:, :2].copy()
    corners[order, axis] = np.round(start[0] + np.concatenate([[0.0], np.cumsum(length[:-1] + gap)]))
    return corners


def on_grid(corners: Floats) -> Floats:
    """Return the nearest places on the grid."""
    return np.asarray(np.round(corners / measure.GRID) * measure.GRID)
