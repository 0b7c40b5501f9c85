"""Smoothing of a curve as it grows: the debiased running mean that TensorBoard draws. Knows no picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.plotting.pyramid import Floats

#: Points that one product of matrices smooths; more cost more multiplications, fewer more turns.
BLOCK: Final = 64
#: The strongest smoothing there is; 1 would never move.
MOST: Final = 0.99


@dataclass(slots=True)
class Smoother:
    """Smooths values in the order in which they come, in as many pieces as one likes.

    With the weight w, m_0 = 0 and m_i = w m_{i-1} + (1 - w) y_i, what is drawn is m_i / (1 - w^i): without the
    divisor the curve would begin at nought. It is the formula of TensorBoard's scalar charts (`resmoothDataset` of
    vz_line_chart2), after Kingma and Ba, Adam, 2015, section 3. What is no number is passed
    over: it stays where it is, and the mean goes on behind it.
    """

    weight: float
    _mean: float = 0.0
    _count: int = 0

    def __call__(self, values: Floats) -> Floats:
        """Return the next values, smoothed."""
        if self.weight <= 0:
            return values
        told = np.isfinite(values)
        if told.all():
            return self._run(values)
        smoothed = np.full(len(values), np.nan)
        smoothed[told] = self._run(values[told])
        return smoothed

    def _run(self, values: Floats) -> Floats:
        if not len(values):
            return values
        means = running(values * (1 - self.weight), self.weight, self._mean)
        self._mean = float(means[-1])
        counts = np.arange(self._count + 1, self._count + len(values) + 1)
        self._count += len(values)
        return np.asarray(means / -np.expm1(counts * np.log(self.weight)), np.float64)


def running(values: Floats, weight: float, before: float) -> Floats:
    """Return m_i = weight * m_{i-1} + values_i with m_{-1} = before, for a long column without a loop over it.

    Within blocks the sums are one product with the triangle of powers of the weight; from block to block they are
    the same recurrence again, `BLOCK` times shorter.
    """
    if len(values) <= BLOCK:
        return _short(values, weight, before)
    whole = len(values) // BLOCK * BLOCK
    blocks = values[:whole].reshape(-1, BLOCK) @ _triangle(weight).T
    ends = running(np.ascontiguousarray(blocks[:, -1]), weight**BLOCK, before)
    blocks += np.append(before, ends[:-1])[:, None] * weight ** np.arange(1, BLOCK + 1)
    return np.append(blocks.reshape(-1), _short(values[whole:], weight, float(ends[-1])))


def _short(values: Floats, weight: float, before: float) -> Floats:
    means = np.empty(len(values))
    for place, value in enumerate(values.tolist()):
        before = weight * before + value
        means[place] = before
    return means


def _triangle(weight: float) -> Floats:
    """The matrix of which row i holds the weights of what came up to i."""
    apart = np.subtract.outer(np.arange(BLOCK), np.arange(BLOCK))
    return np.asarray(np.where(apart >= 0, weight ** np.maximum(apart, 0.0), 0.0), np.float64)
