"""The colours of studies: of classes, of what speaks for and against, of heights. Knows no study."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QImage

from engine.plotting.pyramid import Floats
from gui.monitor.mosaic import points
from gui.theme import colour, swatch

#: Colours of classes, in their order; more classes take them again, turned on around the circle of hues.
CLASSES: Final = ("blue", "orange", "green", "purple", "red", "teal", "yellow", "pink", "grey")
FOR, AGAINST = "orange", "blue"


def class_colour(number: int) -> QColor:
    """Return the colour of a class; grey for what has none."""
    if number < 0:
        return colour("third")
    tint, round_ = swatch(CLASSES[number % len(CLASSES)]), number // len(CLASSES)
    if round_:
        tint.setHsvF((tint.hsvHueF() + 0.07 * round_) % 1, tint.hsvSaturationF(), tint.valueF() * 0.85**round_)
    return tint


def rgb(tint: QColor) -> Floats:
    return np.array([tint.red(), tint.green(), tint.blue()], dtype=np.float64)


def height_colours(share: Floats) -> Floats:
    """Return colours of shares from 0 to 1, shape (..., 3); what is no number is the panel's."""
    known = np.isfinite(share)
    table = points("viridis").astype(np.float64)
    found = table[(np.where(known, share, 0).clip(0, 1) * (len(table) - 1)).astype(int)]
    return np.where(known[..., np.newaxis], found, rgb(colour("panel")))


def picture(colours: Floats, alpha: Floats | None = None) -> QImage:
    """Return colours (height, width, 3) of 0 to 255, with strengths of 0 to 1, as an image that owns its pixels."""
    height, width, _ = colours.shape
    data = np.empty((height, width, 4), np.uint8)
    data[..., :3] = colours.clip(0, 255)
    data[..., 3] = 255 if alpha is None else (alpha * 255).clip(0, 255)
    return QImage(data.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()


def lines(segments: Floats, room: QRectF, step: float) -> list[QLineF]:
    """Return segments of a grid, (segments, 4), as lines in a room whose lower left is the grid's first place."""
    left, bottom = room.left(), room.bottom()
    return [QLineF(left + a, bottom - b, left + c, bottom - d) for a, b, c, d in (segments * step).tolist()]


def strengths(values: Floats) -> Floats:
    """Return values as shares of the strongest, from -1 to 1; what is no number is nought."""
    finite = np.where(np.isfinite(values), values, 0.0)
    most = float(np.abs(finite).max()) if finite.size else 0.0
    return finite / most if most else finite


def overlay(values: Floats, opacity: float) -> QImage:
    """Return what lies over a sample: orange for, blue against; where it is nothing, the sample is seen."""
    strong = strengths(values)
    tints: Any = np.where(strong[..., np.newaxis] >= 0, rgb(swatch(FOR)), rgb(swatch(AGAINST)))
    return picture(tints, np.abs(strong) ** 0.8 * opacity)


def enlarged(values: Floats, shape: tuple[int, int]) -> Floats:
    """Return a map at more places, straight between those it has: as Grad-CAM's are laid over a picture."""
    rows, columns = (
        np.clip((np.arange(wanted) + 0.5) * own / wanted - 0.5, 0, own - 1)
        for own, wanted in zip(values.shape, shape, strict=True)
    )
    low_r, low_c = rows.astype(int), columns.astype(int)
    high_r, high_c = np.minimum(low_r + 1, values.shape[0] - 1), np.minimum(low_c + 1, values.shape[1] - 1)
    part_r, part_c = (rows - low_r)[:, np.newaxis], (columns - low_c)[np.newaxis]
    above = values[low_r][:, low_c] * (1 - part_c) + values[low_r][:, high_c] * part_c
    below = values[high_r][:, low_c] * (1 - part_c) + values[high_r][:, high_c] * part_c
    return np.asarray(above * (1 - part_r) + below * part_r)
