"""What activations compute, as a person writes it, with a picture large enough to read. Knows no parameter."""

from __future__ import annotations

import html
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from gui.editors import curves
from gui.theme import colour

#: By Keras's name, with Keras's default arguments; σ is the sigmoid, Φ the normal distribution's share below x.
FORMULAS: Final[Mapping[str, str]] = {
    "linear": "x",
    "relu": "max(0, x)",
    "relu6": "min(max(0, x), 6)",
    "leaky_relu": "x where x > 0, else 0.2 x",
    "elu": "x where x > 0, else eˣ − 1",
    "celu": "x where x > 0, else eˣ − 1",
    "selu": "1.0507 · (x where x > 0, else 1.6733 (eˣ − 1))",
    "gelu": "x · Φ(x)",
    "silu": "x · σ(x)",
    "hard_silu": "x · min(max(0, x/6 + 0.5), 1)",
    "mish": "x · tanh(ln(1 + eˣ))",
    "sigmoid": "1 / (1 + e⁻ˣ)",
    "hard_sigmoid": "min(max(0, x/6 + 0.5), 1)",
    "log_sigmoid": "ln σ(x)",
    "sparse_sigmoid": "min(max(0, (x + 1) / 2), 1)",
    "tanh": "tanh x",
    "hard_tanh": "min(max(−1, x), 1)",
    "tanh_shrink": "x − tanh x",
    "hard_shrink": "x where |x| > 0.5, else 0",
    "soft_shrink": "x moved towards 0 by 0.5, at most to 0",
    "softsign": "x / (1 + |x|)",
    "softplus": "ln(1 + eˣ)",
    "squareplus": "(x + √(x² + 4)) / 2",
    "sparse_plus": "0 below −1, (x + 1)² / 4 between, x above 1",
    "exponential": "eˣ",
    "softmax": "eˣ of each feature, divided by their sum: shares that add up to 1",
    "log_softmax": "the logarithm of softmax",
    "sparsemax": "the nearest shares that add up to 1, many of them exactly 0",
}
PICTURE: Final = QSize(176, 88)


def tip(name: str) -> str:
    """Tell in a tooltip what an activation computes: its name, its formula and its curve; nothing where it has none."""
    if name not in FORMULAS:
        return ""
    picture = f'<img src="data:image/png;base64,{_png(name, colour("text").name(), colour("third").name())}">'
    return f"<p><b>{html.escape(name)}</b></p><p>{html.escape(FORMULAS[name])}</p><p>{picture}</p>"


@lru_cache(maxsize=64)
def _png(name: str, ink: str, quiet: str) -> str:
    pixmap = QPixmap(PICTURE)
    pixmap.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixmap)
    box = QRectF(4, 4, PICTURE.width() - 8, PICTURE.height() - 8)
    _draw_axes(painter, box, name, QColor(quiet))
    curves.draw(painter, box, name, QColor(ink))
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    pixmap.save(buffer, "PNG")
    return bytes(data.toBase64().data()).decode("ascii")


def _draw_axes(painter: QPainter, box: QRectF, name: str, quiet: QColor) -> None:
    """Draw where x is 0 and, where the curve comes there, where its value is."""
    painter.setPen(QPen(quiet, 1))
    if name in curves.FORMULAS:
        painter.drawLine(QPointF(box.center().x(), box.top()), QPointF(box.center().x(), box.bottom()))
    zero = curves.zero(name)
    if zero is not None:
        y = box.bottom() - zero * box.height()
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
