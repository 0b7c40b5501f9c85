"""Outputs of layers as pictures: colour maps, a wall of maps as one image, a thumbnail for a node. Knows no widget."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, TypeAlias

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from gui.monitor.tiles import (
    BACKGROUND,
    TOP,
    Bytes,
    Floats,
    Grid,
    Sheet,
    bounds,
    fit,
    levels,
    paint,
    sheet,
    stretch,
    thinned,
)

Pixels: TypeAlias = np.ndarray[Any, np.dtype[np.uint32]]
#: Colour maps by 17 points each, straight lines between them: perceptually even, and safe for the colour-blind.
#: "paper" is grey for a light window: the strongest is the darkest, so that what is nothing does not shine.
#: The signed ones run from less than nought to more, nought being next to the window's own colour.
#: viridis and magma are by S. van der Walt and N. Smith (matplotlib, CC0).
COLOUR_MAPS: Final[Mapping[str, str]] = {
    "viridis": "440154 481769 472c7a 423f85 3b518b 33628d 2c718e 26818e 21908c 1f9f88 27ad80 3dbc73 5cc862 81d34c "
    "aadc31 d5e219 fde725",
    "magma": "000004 090721 1c1046 35106a 50127b 691c81 822581 9b2e7f b63679 cf406f e55063 f4695c fb8761 fea571 fec287 "
    "fde0a1 fcfdbf",
    "grey": "101216 1c1e23 2a2d33 393c43 484c54 585c65 686c75 787d86 898e97 9a9fa7 abb0b7 bcc0c6 cccfd4 dadde1 e7e9ec "
    "f2f3f5 ffffff",
    "paper": "e6e9ee 14161b",
    "signed": "8fd0f5 56b4e9 2a6a90 1c2027 8a5f0f e69f00 ffd27a",
    "signed paper": "004a78 0072b2 8fbcd8 f4f5f7 e6b89a c24e00 7d3200",
}
#: Tiles of a thumbnail are at least this wide and high; what then has no room is left out.
SMALLEST_TILE: Final = 8
#: A thumbnail's weakest value, so that a dead map still shows where it is.
FAINTEST: Final = 14


@cache
def points(name: str) -> Bytes:
    """Return a colour map as 254 colours, uint8 of shape (254, 3)."""
    stops = np.array([list(bytes.fromhex(word)) for word in COLOUR_MAPS[name].split()], dtype=float)
    at = np.linspace(0, len(stops) - 1, TOP + 1)
    return np.stack([np.interp(at, range(len(stops)), stops[:, i]) for i in range(3)], axis=1).round().astype(np.uint8)


def colour_table(name: str, no_number: QColor, background: QColor) -> list[int]:
    """Return 256 colours for an indexed image: the map's, then those for what is no number and what is no tile."""
    table = [0xFF000000 | int(r) << 16 | int(g) << 8 | int(b) for r, g, b in points(name)]
    return [*table, no_number.rgba(), background.rgba()]


def lay_out(shown: Sheet, room: tuple[int, int], gap: int) -> Grid:
    """Choose the grid on which a sheet is largest in a room of pixels."""
    height, width, count = shown.maps.shape
    return stretch(height, width, room) if shown.kind == "band" else fit(count, height, width, room, gap)


def wall(shown: Sheet, grid: Grid, table: list[int], *, shared: bool = False) -> QImage:
    """Draw every map of a sheet on a grid, as one indexed image."""
    thin = thinned(shown, grid)
    if thin.rgb is not None:
        return _coloured(thin.rgb, grid, QColor.fromRgba(table[BACKGROUND]))
    low, high = bounds(thin, shared=shared)
    return image(paint(levels(thin.maps, low, high), grid), table)


def _coloured(tiles: Floats, grid: Grid, background: QColor) -> QImage:
    """Draw tiles of red, green and blue, each from its own darkest to its brightest."""
    strength = levels(tiles, tiles.min(axis=(0, 1, 3), keepdims=True), tiles.max(axis=(0, 1, 3), keepdims=True))
    parts = [paint(strength[..., part], grid) for part in range(3)]
    empty = parts[0] == BACKGROUND
    behind = (background.red(), background.green(), background.blue())
    picture = np.stack([np.where(empty, b, part) for part, b in zip(parts, behind, strict=True)], axis=-1)
    height, width, _ = picture.shape
    data = np.ascontiguousarray(picture.astype(np.uint8))
    return QImage(data.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def image(picture: Bytes, table: list[int]) -> QImage:
    """Return an indexed image that owns its pixels."""
    height, width = picture.shape
    made = QImage(picture.data, width, height, width, QImage.Format.Format_Indexed8)
    made.setColorTable(table)
    return made.copy()


def thumbnail(values: np.ndarray[Any, Any], colour: QColor, size: QSize) -> QImage:
    """Draw one sample's output small, in one colour of growing strength on nothing: for a node of the drawing.

    Images become tiles, as many as have room; sequences a band; vectors a strip, or bars where they are short.

    Args:
        values: The output of one sample, without the batch axis.
        size: In device pixels.
    """
    made = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(0)
    shown = sheet(np.asarray(values, dtype=np.float32))
    if shown.maps.size and not size.isEmpty():
        picture = _centred(_small(shown, (size.width(), size.height())), size)
        rgba = _tinted(picture, colour)
        made = QImage(rgba.data, size.width(), size.height(), QImage.Format.Format_ARGB32_Premultiplied).copy()
    return made


def _small(shown: Sheet, room: tuple[int, int]) -> Bytes:
    if shown.kind == "bars" and shown.count > 1:
        return _bars(shown.maps.reshape(-1), room)
    if shown.kind in ("bars", "cells"):
        return _strip(shown, room)
    grid = Grid(1, 1, *room, 0) if shown.kind == "band" else _few(shown, room)
    thin = thinned(shown, grid)
    low, high = bounds(thin, shared=False)
    return paint(levels(thin.maps, low, high), grid)


def _few(shown: Sheet, room: tuple[int, int]) -> Grid:
    """As many tiles as are not too small to be read."""
    height, width, count = shown.maps.shape
    side = SMALLEST_TILE + 1
    ratio = height / width
    most = max(1, (room[0] // max(side, round(side / ratio))) * (room[1] // max(side, round(side * ratio))))
    return fit(min(count, most), height, width, room, 1)


def _strip(shown: Sheet, room: tuple[int, int]) -> Bytes:
    """One upright bar a number; where there are more than pixels, the strongest of each pixel's."""
    low, high = bounds(shown, shared=True)
    strength = levels(shown.maps, low, high).reshape(-1)
    if len(strength) > room[0]:
        starts = np.arange(room[0]) * len(strength) // room[0]
        strength = np.maximum.reduceat(strength, starts)
    return paint(strength.reshape(1, -1, 1), Grid(1, 1, *room, 0))


def _bars(values: Floats, room: tuple[int, int]) -> Bytes:
    """A bar chart from nought, bars of one width."""
    width, height = room
    step = max(1, width // len(values))
    thick = max(1, step - max(1, step // 4))
    values = np.where(np.isfinite(values), values, 0)[: width // step]
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    scale = (height - 1) / ((high - low) or 1.0)
    picture = np.full((height, step * len(values)), BACKGROUND, dtype=np.uint8)
    zero = round(high * scale)
    for index, value in enumerate(values):
        end = round((high - float(value)) * scale)
        picture[min(zero, end) : max(zero, end) + 1, index * step : index * step + thick] = TOP
    return picture


def _centred(picture: Bytes, size: QSize) -> Bytes:
    height, width = picture.shape
    whole = np.full((size.height(), size.width()), BACKGROUND, dtype=np.uint8)
    top, left = max(0, (size.height() - height) // 2), max(0, (size.width() - width) // 2)
    whole[top : top + height, left : left + width] = picture[: size.height(), : size.width()]
    return whole


def _tinted(picture: Bytes, colour: QColor) -> Pixels:
    """Colour levels: strength is how much of the colour covers what lies beneath, premultiplied ARGB."""
    alpha = np.zeros(BACKGROUND + 1, np.uint32)  # no number and no tile: nothing to see
    alpha[: TOP + 1] = np.linspace(FAINTEST, 255, TOP + 1)
    table: Pixels = alpha << np.uint32(24)
    for shift, part in ((16, colour.red()), (8, colour.green()), (0, colour.blue())):
        table = table | (alpha * np.uint32(part) // np.uint32(255) << np.uint32(shift))
    return table[picture]
