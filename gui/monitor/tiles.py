"""What a layer put out, as tiles on a grid: which values, how strong, where. Arrays alone; knows no Qt and no layer."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, TypeAlias

import numpy as np

Floats: TypeAlias = np.ndarray[Any, np.dtype[np.floating[Any]]]
Bytes: TypeAlias = np.ndarray[Any, np.dtype[np.uint8]]
Kind = Literal["maps", "band", "cells", "bars"]
#: Levels of a picture: values lie from 0 to TOP; what is no number and what is no tile have one each.
TOP: Final = 253
NO_NUMBER: Final = 254
BACKGROUND: Final = 255
#: The most numbers of a vector that stand as bars; more become cells.
MOST_BARS: Final = 64
#: The largest that one value is drawn, in pixels, where there is room for more.
LARGEST_CELL: Final = 28
#: From this many pixels a value on, values are drawn in whole pixels, all of one size.
WHOLE_FROM: Final = 4


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sample's output as maps of shape (height, width, maps); `slice` names the depth that is shown, of `depth`.

    Attributes:
        signed: Nought is in the middle of the colours.
        rgb: The maps in colour, of shape (height, width, maps, 3), where they have any.
    """

    kind: Kind
    maps: Floats
    slice: int = 0
    depth: int = 1
    signed: bool = False
    rgb: Floats | None = None

    @property
    def count(self) -> int:
        return int(self.maps.shape[2])


def sheet(values: Floats) -> Sheet:
    """Read an output without its batch axis: images, sequences (time × features), vectors, single numbers.

    Of a volume the slice in the middle of its first axis is shown.
    """
    if values.ndim >= 4:
        middle = values.shape[0] // 2
        inner = sheet(values[middle])
        return Sheet(inner.kind, inner.maps, middle, values.shape[0])
    if values.ndim == 3:
        return Sheet("maps", values)
    if values.ndim == 2:
        return Sheet("band", values.T[:, :, None])
    vector = values.reshape(1, 1, -1)
    return Sheet("bars" if vector.size <= MOST_BARS else "cells", vector)


def bounds(shown: Sheet, *, shared: bool) -> tuple[Floats, Floats]:
    """Return the lowest and highest finite value that levels run between, to broadcast over the maps.

    Each map has its own unless `shared`; of a band it is each feature, and the numbers of a vector always share.
    Where signs count, nought is in the middle between them.
    """
    low, high = _ends(shown, shared=shared)
    if not shown.signed:
        return low, high
    most = np.maximum(np.abs(low), np.abs(high))
    return -most, most


def _ends(shown: Sheet, *, shared: bool) -> tuple[Floats, Floats]:
    axes: tuple[int, ...] = {"maps": (0, 1), "band": (1, 2)}.get(shown.kind, (0, 1, 2))
    axes = (0, 1, 2) if shared else axes
    if not shown.maps.size:
        return np.zeros((1, 1, 1)), np.zeros((1, 1, 1))
    low, high = shown.maps.min(axis=axes, keepdims=True), shown.maps.max(axis=axes, keepdims=True)
    if np.isfinite(low).all() and np.isfinite(high).all():
        return low, high
    finite = np.where(np.isfinite(shown.maps), shown.maps, np.nan)
    low, high = np.fmin.reduce(finite, axis=axes, keepdims=True), np.fmax.reduce(finite, axis=axes, keepdims=True)
    return np.nan_to_num(low), np.nan_to_num(high)


def levels(maps: Floats, low: Floats, high: Floats) -> Bytes:
    """Scale values to levels; where all are one, nothing and less is the lowest level, more the middle one."""
    low, span = low.astype(np.float64), high.astype(np.float64) - low  # float32's own range can overflow it
    flat = span <= 0
    scale = np.where(flat, 0, TOP / np.where(flat, 1, span))
    base = np.where(flat & (low > 0), TOP / 2, 0.5)
    with np.errstate(invalid="ignore", over="ignore"):
        scaled = (maps - low) * scale + base
        finite = np.isfinite(scaled)
        if finite.all():
            return scaled.clip(0, TOP).astype(np.uint8)
        return np.where(finite, scaled, NO_NUMBER).clip(0, NO_NUMBER).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Grid:
    """Where tiles lie, in pixels: `width` × `height` each, `gap` apart, row by row."""

    count: int
    columns: int
    width: int
    height: int
    gap: int

    @property
    def rows(self) -> int:
        return -(-self.count // self.columns)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the whole."""
        return (
            self.columns * (self.width + self.gap) - self.gap,
            self.rows * (self.height + self.gap) - self.gap,
        )  # fmt: skip

    def corner(self, index: int) -> tuple[int, int]:
        row, column = divmod(index, self.columns)
        return column * (self.width + self.gap), row * (self.height + self.gap)

    def at(self, x: float, y: float) -> tuple[int, float, float] | None:
        """Return the tile at a point and where in it, from 0 to 1 across and down; None between tiles."""
        column, row = int(x // (self.width + self.gap)), int(y // (self.height + self.gap))
        inner_x, inner_y = x - column * (self.width + self.gap), y - row * (self.height + self.gap)
        index = row * self.columns + column
        outside = column < 0 or row < 0 or column >= self.columns or index >= self.count
        if outside or inner_x >= self.width or inner_y >= self.height:
            return None
        return index, inner_x / self.width, inner_y / self.height


def fit(count: int, height: int, width: int, room: tuple[int, int], gap: int) -> Grid:
    """Return the grid on which `count` tiles of height × width values are largest in a room of pixels."""
    columns = np.arange(1, max(1, count) + 1)
    rows = -(-max(1, count) // columns)
    across = ((room[0] + gap) / columns - gap) / max(1, width)
    down = ((room[1] + gap) / rows - gap) / max(1, height)
    scale = np.minimum(across, down)
    best = int(np.argmax(scale))
    size = min(float(scale[best]), LARGEST_CELL)
    if size >= WHOLE_FROM:
        size = math.floor(size)
    return Grid(count, int(columns[best]), max(1, int(width * size)), max(1, int(height * size)), gap)


def stretch(height: int, width: int, room: tuple[int, int]) -> Grid:
    """Return one tile that fills the room, both its axes free: a band's."""
    return Grid(1, 1, max(1, min(room[0], width * LARGEST_CELL)), max(1, min(room[1], height * LARGEST_CELL)), 0)


def thinned(shown: Sheet, grid: Grid) -> Sheet:
    """Return the sheet with only the maps that a grid has, and of these not many more values than pixels."""
    height, width, _ = shown.maps.shape
    down, across = max(1, height // grid.height), max(1, width // grid.width)
    few = None if shown.rgb is None else shown.rgb[::down, ::across, : grid.count]
    return replace(shown, maps=shown.maps[::down, ::across, : grid.count], rgb=few)


def paint(levels: Bytes, grid: Grid) -> Bytes:
    """Lay the levels of (height, width, maps) out on a grid: one picture of pixels, the nearest value at each."""
    height, width, _ = levels.shape
    down = np.arange(grid.height) * height // grid.height
    across = np.arange(grid.width) * width // grid.width
    tiles = levels.transpose(2, 0, 1)[: grid.count][:, down[:, None], across]
    cells = np.full(
        (grid.rows * grid.columns, grid.height + grid.gap, grid.width + grid.gap), BACKGROUND, dtype=np.uint8
    )
    cells[: len(tiles), : grid.height, : grid.width] = tiles
    whole = cells.reshape(grid.rows, grid.columns, *cells.shape[1:]).transpose(0, 2, 1, 3)
    picture = whole.reshape(grid.rows * cells.shape[1], grid.columns * cells.shape[2])
    right, bottom = grid.size
    return np.ascontiguousarray(picture[:bottom, :right])
