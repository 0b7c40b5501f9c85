"""What a metric's name says of its figures, how far an axis reaches, and a figure in words. Knows no Qt."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

import numpy as np

from engine.plotting.pyramid import Floats

#: The metrics that are read first, in this order; others follow in alphabetical order.
FIRST: Final = ("loss", "accuracy")
#: Words of metrics whose values lie between 0 and 1, and where more is better.
BOUNDED: Final = ("accuracy", "auc", "precision", "recall", "sensitivity", "specificity", "f1", "iou", "fbeta")
#: Words of other metrics of which more is better, and of those of which less is.
RISING: Final = ("cosine_similarity", "r2", "true_positives", "true_negatives", "psnr", "ssim", "bleu")
FALLING: Final = (
    "loss", "error", "mse", "mae", "mape", "msle", "rmse", "hinge", "divergence", "crossentropy", "entropy", "poisson",
    "perplexity", "log_cosh", "logcosh", "false_positives", "false_negatives",
)  # fmt: skip


def bounded(name: str) -> bool:
    """Whether a metric is one that lies between 0 and 1."""
    low = name.lower()
    return not any(word in low for word in FALLING) and any(word in low for word in BOUNDED)


def direction(name: str) -> int:
    """Return 1 where more is better, -1 where less is, 0 where the metric's name says neither."""
    low = name.lower()
    if any(word in low for word in FALLING):
        return -1
    return 1 if any(word in low for word in (*BOUNDED, *RISING)) else 0


def in_order(names: Iterable[str]) -> list[str]:
    """Sort metrics' names as they are read: loss, accuracy, then the others."""
    return sorted(names, key=lambda name: (FIRST.index(name) if name in FIRST else len(FIRST), name))


def limits(curves: list[Floats], *, bounded: bool, log: bool = False) -> tuple[float, float]:
    """Return the lowest and highest y that a plot of these values should show; of a logarithm, powers of ten."""
    finite = [(np.nanmin(y), np.nanmax(y)) for y in curves if len(y) and not np.isnan(y).all()]
    if not finite:
        return 0.0, 1.0
    low, high = float(min(a for a, _ in finite)), float(max(b for _, b in finite))
    if log:
        return low - (0.04 * (high - low) or 0.5), high + (0.02 * (high - low) or 0.5)
    if bounded and low >= 0 and high <= 1:
        return 0.0, 1.0
    if 0 <= low < 0.4 * high:
        low = 0.0  # a loss is read from nought up
    margin = 0.06 * (high - low) or 0.1 * abs(high) or 1.0
    return (low if low == 0 else low - margin), high + margin


def logged(y: Floats) -> Floats:
    """Return the powers of ten that values are; nan where there is none."""
    above = y > 0
    return np.log10(np.where(above, y, np.nan)) if not above.all() else np.log10(y)


def span(done: float, total: float) -> float:
    """Return how far an x axis reaches: the whole run, but never so far that what is done is a sliver.

    It is the total, halved until a twentieth of it is done: the picture rescales seldom, and by twos.
    """
    if total <= done or done <= 0:
        return max(total, done)
    return float(total / 2 ** math.ceil(max(0.0, math.log2(total / (20 * done)))))


def figure(value: float, *, bounded: bool = False) -> str:
    """Spell a measured figure: `.981` where it is bounded by 1, else four digits."""
    if not math.isfinite(value):
        return "nan" if math.isnan(value) else "∞" if value > 0 else "-∞"
    if bounded and 0 <= value <= 1:
        return f"{value:.3f}".removeprefix("0")
    size = abs(value)
    if size and not 1e-3 <= size < 1e5:
        return f"{value:.2e}"
    return f"{value:.{max(0, 4 - max(1, len(str(int(size)))))}f}"
