"""Draws circles, squares and stars into arrays, many at once. Knows no data set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

import numpy as np

from engine.data.columns import Tensor

#: From places across and down, in radii from the centre: how far inside the figure each is, below 0 outside.
Depth: TypeAlias = Callable[[Tensor, Tensor], Tensor]
POINTS: Final = 5


def _circle(x: Tensor, y: Tensor) -> Tensor:
    return np.asarray(1 - np.hypot(x, y))


def _square(x: Tensor, y: Tensor) -> Tensor:
    return np.asarray(0.8 - np.maximum(np.abs(x), np.abs(y)))


def _triangle(x: Tensor, y: Tensor) -> Tensor:
    angles = np.pi / 2 + 2 * np.pi / 3 * np.arange(3)
    return np.asarray(0.5 - np.max([x * np.cos(angle) + y * np.sin(angle) for angle in angles], axis=0))


def _cross(x: Tensor, y: Tensor) -> Tensor:
    across, down = np.abs(x), np.abs(y)
    return np.asarray(np.maximum(np.minimum(0.95 - across, 0.3 - down), np.minimum(0.95 - down, 0.3 - across)))


def _ring(x: Tensor, y: Tensor) -> Tensor:
    far = np.hypot(x, y)
    return np.asarray(np.minimum(1 - far, far - 0.55))


def _star(x: Tensor, y: Tensor) -> Tensor:
    """Fold the plane onto half a ray: there the edge is one line, from the tip to the notch."""
    half = np.pi / POINTS
    angle = np.mod(np.arctan2(x, -y), 2 * half)
    angle, far = np.minimum(angle, 2 * half - angle), np.hypot(x, y)
    across, up = 0.42 * np.sin(half), 1 - 0.42 * np.cos(half)
    inside = (1 - far * np.cos(angle)) * across - far * np.sin(angle) * up
    return np.asarray(inside / np.hypot(across, up))


FIGURES: Final[Mapping[str, Depth]] = {
    "circle": _circle, "square": _square, "triangle": _triangle, "cross": _cross, "ring": _ring, "star": _star,
}  # fmt: skip


def covered(kinds: Tensor, centres: Tensor, radii: Tensor, angles: Tensor, size: int) -> Tensor:
    """Return what share of each pixel each figure covers, as (figures, size, size).

    Args:
        kinds: The number of each one's figure, in the order of `FIGURES`.
        centres: Across and down, of shape (figures, 2); they and the radii in shares of the side.
    """
    middle = (np.arange(size, dtype="float32") + 0.5) / size
    radius = radii.astype("float32")[:, np.newaxis, np.newaxis]
    x = (middle[np.newaxis, np.newaxis, :] - centres[:, 0, np.newaxis, np.newaxis].astype("float32")) / radius
    y = (middle[np.newaxis, :, np.newaxis] - centres[:, 1, np.newaxis, np.newaxis].astype("float32")) / radius
    cos, sin = (turn(angles).astype("float32")[:, np.newaxis, np.newaxis] for turn in (np.cos, np.sin))
    across, down = x * cos + y * sin, y * cos - x * sin
    inside = np.empty_like(across)
    for number, depth in enumerate(FIGURES.values()):
        chosen = kinds == number
        inside[chosen] = depth(across[chosen], down[chosen])
    return np.asarray(np.clip(inside * radius * size + 0.5, 0, 1))
