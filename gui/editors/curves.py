"""The curves of activations, drawn small beside their names. The formulas are Keras's, held to it by a test."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def _tanh_shrink(x: float) -> float:
    return x - math.tanh(x)


def _softplus(x: float) -> float:
    return math.log1p(math.exp(x))


def _elu(x: float) -> float:
    return x if x > 0 else math.expm1(x)


def _relu(x: float) -> float:
    return max(x, 0.0)


def _hard_sigmoid(x: float) -> float:
    return min(max(x / 6 + 0.5, 0.0), 1.0)


def _sparse_plus(x: float) -> float:
    return 0.0 if x <= -1 else x if x >= 1 else (x + 1) ** 2 / 4


def _hard_shrink(x: float) -> float:
    return x if abs(x) > 0.5 else 0.0


def _soft_shrink(x: float) -> float:
    return math.copysign(max(abs(x) - 0.5, 0.0), x)


_SELU_SCALE, _SELU_ALPHA = 1.0507009873554805, 1.6732632423543772
FORMULAS: Final[Mapping[str, Callable[[float], float]]] = {
    "linear": lambda x: x,
    "relu": _relu,
    "relu6": lambda x: min(max(x, 0.0), 6.0),
    "leaky_relu": lambda x: x if x > 0 else 0.2 * x,
    "elu": _elu,
    "celu": _elu,
    "selu": lambda x: _SELU_SCALE * (x if x > 0 else _SELU_ALPHA * math.expm1(x)),
    "gelu": lambda x: x * 0.5 * (1 + math.erf(x / math.sqrt(2))),
    "silu": lambda x: x * _sigmoid(x),
    "hard_silu": lambda x: x * _hard_sigmoid(x),
    "mish": lambda x: x * math.tanh(_softplus(x)),
    "sigmoid": _sigmoid,
    "hard_sigmoid": _hard_sigmoid,
    "log_sigmoid": lambda x: -_softplus(-x),
    "sparse_sigmoid": lambda x: min(max((x + 1) / 2, 0.0), 1.0),
    "tanh": math.tanh,
    "hard_tanh": lambda x: min(max(x, -1.0), 1.0),
    "tanh_shrink": _tanh_shrink,
    "hard_shrink": _hard_shrink,
    "soft_shrink": _soft_shrink,
    "softsign": lambda x: x / (1 + abs(x)),
    "softplus": _softplus,
    "squareplus": lambda x: (x + math.sqrt(x * x + 4)) / 2,
    "sparse_plus": _sparse_plus,
    "exponential": math.exp,
}
#: These act on all features at once, so that no curve of one number tells of them; bars do.
ACROSS: Final[Mapping[str, tuple[float, ...]]] = {
    "softmax": (0.1, 0.2, 1.0, 0.3, 0.15),
    "log_softmax": (0.1, 0.2, 1.0, 0.3, 0.15),
    "sparsemax": (0.0, 0.0, 1.0, 0.35, 0.0),
}
#: The inputs that a curve spans, and how many of them are drawn.
REACH, POINTS = 3.0, 33


@cache
def points(name: str) -> tuple[tuple[float, float], ...]:
    """Return a curve's points, x from 0 to 1 and y from 0 (its lowest) to 1; nothing where it has no curve."""
    formula = FORMULAS.get(name)
    if formula is None:
        return ()
    xs, ys = _sampled(formula)
    low, high = min(ys), max(ys)
    return tuple(((x + REACH) / (2 * REACH), (y - low) / ((high - low) or 1)) for x, y in zip(xs, ys, strict=True))


def _sampled(formula: Callable[[float], float]) -> tuple[list[float], list[float]]:
    """Sample a curve; one that leaves the box at its top ends there, since a flat line would tell of a bound."""
    xs = [REACH * (2 * place / (POINTS - 1) - 1) for place in range(POINTS)]
    ys = [formula(x) for x in xs]
    last = next((place for place, y in enumerate(ys) if y > REACH), POINTS)
    if last == POINTS:
        return xs, ys
    share = (REACH - ys[last - 1]) / (ys[last] - ys[last - 1])
    return [*xs[:last], xs[last - 1] + share * (xs[last] - xs[last - 1])], [*ys[:last], REACH]


def zero(name: str) -> float | None:
    """Return how high a value of 0 stands among a curve's points; None where the curve does not come there."""
    if name not in FORMULAS:
        return None
    _, ys = _sampled(FORMULAS[name])
    low, high = min(ys), max(ys)
    return (0 - low) / ((high - low) or 1) if low <= 0 <= high else None


def draw(painter: QPainter, box: QRectF, name: str, colour: QColor) -> None:
    """Draw an activation's curve, or its bars, in a box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.4))
    if name in FORMULAS:
        line = [QPointF(box.left() + x * box.width(), box.bottom() - y * box.height()) for x, y in points(name)]
        painter.drawPolyline(QPolygonF(line))
    elif name in ACROSS:
        _draw_bars(painter, box, ACROSS[name], colour)
    painter.restore()


def _draw_bars(painter: QPainter, box: QRectF, heights: tuple[float, ...], colour: QColor) -> None:
    pitch = box.width() / len(heights)
    for place, height in enumerate(heights):
        tall = max(1.0, height * box.height())
        bar = QRectF(box.left() + place * pitch + 1, box.bottom() - tall, pitch - 2, tall)
        painter.fillRect(bar, colour)
