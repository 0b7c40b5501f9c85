"""Smoothing of a curve as it grows: the debiased running mean that TensorBoard draws. Knows no picture."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.plotting.pyramid import Floats

#: What counts less than this is lost among a double's digits.
NOTHING: Final = 1e-18
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
        early = max(0, min(len(values), math.ceil(math.log(NOTHING) / math.log(self.weight)) - self._count))
        if early:  # later the divisor is 1
            counts = np.arange(self._count + 1, self._count + early + 1)
            means[:early] /= -np.expm1(counts * math.log(self.weight))
        self._count += len(values)
        return means


def running(values: Floats, weight: float, before: float) -> Floats:
    """Return m_i = weight * m_{i-1} + values_i with m_{-1} = before, for a long column without a loop over it.

    Each pass adds what came as far back again: sums of 1, 2, 4 ... values, until what is further back counts nothing.
    """
    means = np.array(values, np.float64)
    means[0] += weight * before
    back = 1
    while back < len(means) and weight**back > NOTHING:
        means[back:] += weight**back * means[:-back]
        back *= 2
    return means
