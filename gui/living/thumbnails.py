"""One node's output as a small picture: an image as it is, a number in figures, all else as a mosaic. Knows no node."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from gui.canvas import spelled
from gui.monitor.mosaic import thumbnail
from gui.monitor.sample import as_image
from gui.theme import colour, font

Output: TypeAlias = np.ndarray[Any, Any]
#: A number's height, as a share of its room.
FIGURES: Final = 0.5


def picture(values: Output, tint: QColor, size: QSize, *, whole: bool = False) -> QImage:
    """Draw one sample's output, without its batch axis, in so many device pixels.

    Images become tiles, a sequence a band with time to the right, attention a matrix a head, a vector a strip, or bars
    where it is short. What is a picture as a `whole` and looks like one (grey or of three colours) is drawn as it is.
    """
    if values.size == 1:
        return _number(float(values.reshape(-1)[0]), size)
    if whole and values.ndim == 3 and values.shape[-1] in (1, 3) and min(values.shape[:2]) > 1:
        return _image(values, size)
    return thumbnail(values, tint, size)


def _empty(size: QSize) -> QImage:
    made = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(0)
    return made


def _image(values: Output, size: QSize) -> QImage:
    """Fit an image in; its pixels stay squares where it is enlarged."""
    drawn = as_image(np.asarray(values, np.float32))
    grows = drawn.width() <= size.width() and drawn.height() <= size.height()
    how = Qt.TransformationMode.FastTransformation if grows else Qt.TransformationMode.SmoothTransformation
    drawn = drawn.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, how)
    made = _empty(size)
    painter = QPainter(made)
    painter.drawImage((size.width() - drawn.width()) // 2, (size.height() - drawn.height()) // 2, drawn)
    painter.end()
    return made


def _number(value: float, size: QSize) -> QImage:
    made = _empty(size)
    painter = QPainter(made)
    shown = font(max(1, round(size.height() * FIGURES)))
    painter.setFont(shown)
    painter.setPen(colour("text"))
    words = spelled.number(value) if np.isfinite(value) else "not a number"
    painter.drawText(QRectF(0, 0, size.width(), size.height()), Qt.AlignmentFlag.AlignCenter, words)
    painter.end()
    return made
