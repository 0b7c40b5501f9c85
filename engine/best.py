"""The best epoch of a run by one of its metrics, and for how long there was no better. Knows no Keras."""

from __future__ import annotations

import math

from engine.plotting.figures import direction


class Best:
    """The best value of a metric so far, and for how many epochs there has been no better."""

    def __init__(self, metric: str, least: float = 0.0) -> None:
        self.metric, self._least = metric, least
        self._sign = direction(metric) or -1
        self.value, self.epoch, self.waited = -self._sign * math.inf, 0, 0

    def sees(self, epoch: int, value: float) -> bool:
        """Take an epoch's value; return whether it is better. What is no number never is."""
        better = self._sign * (value - self.value) > self._least if math.isfinite(value) else False
        if better:
            self.value, self.epoch, self.waited = value, epoch, 0
        else:
            self.waited += 1
        return better
