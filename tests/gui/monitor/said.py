"""Looks into layers as a trainer would send them, for tests of the window. Knows no run."""

from __future__ import annotations

from math import nan

import numpy as np

from engine.histograms import histogram
from engine.messages import COLUMNS, Array, Figures, Histograms

#: The layers of the digits' network, and those that have weights.
NODES = ("n2", "n3", "n4", "n6", "n8")
WEIGHED = ("n2", "n4", "n6", "n8")


def figures(step: int, nodes: tuple[str, ...] = NODES, /, **columns: float) -> Figures:
    """A look at a step; each column is the same for all layers, and nan where it is not given."""
    values = np.array([[columns.get(name, nan) for name in COLUMNS]] * len(nodes), "float64")
    for place, node in enumerate(nodes):
        if node not in WEIGHED:
            values[place, :3] = nan
    return Figures(1, step, step / 10, nodes, COLUMNS, Array.of(values), 1.5)


def histograms(step: int, node: str, spread: float = 1.0) -> Histograms:
    """The histograms of a kernel and of its gradient, which is a tenth as wide."""
    drawn = np.random.default_rng(step).normal(0, spread, 500)
    edges, counts = zip(histogram(drawn), histogram(drawn / 10), strict=True)
    return Histograms(
        1, step, node, ("kernel", "kernel gradient"), Array.of(np.stack(edges)), Array.of(np.stack(counts))
    )
