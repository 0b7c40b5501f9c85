"""How alike the maps of a layer are, and how sparse: arrays alone. Knows no widget and no layer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np

from gui.monitor.tiles import Floats

Order: TypeAlias = np.ndarray[Any, np.dtype[np.intp]]
#: A correlation from which on two maps say nearly the same.
ALIKE: Final = 0.95
#: A value this near to nought, measured by the largest of its layer, counts as nought.
NOUGHT: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Likeness:
    """What there is to say of the maps of one layer for one sample.

    Attributes:
        correlation: Of each map with each, from -1 to 1; NaN for a map of one value, which goes with none.
        sparsity: The share of noughts of each map.
        chain: The maps in an order in which neighbours are alike.
    """

    correlation: Floats
    sparsity: Floats
    chain: Order

    @property
    def silent(self) -> int:
        """How many maps are nought everywhere."""
        return int((self.sparsity == 1).sum())

    @property
    def closest(self) -> tuple[int, int, float] | None:
        """The two maps that are most alike, by their size whatever the sign; None where no two can be compared."""
        upper = np.triu(np.abs(np.nan_to_num(self.correlation)), 1)
        if not upper.any():
            return None
        one, other = np.unravel_index(int(np.argmax(upper)), upper.shape)
        return int(one), int(other), float(self.correlation[one, other])

    @property
    def twins(self) -> int:
        """How many pairs of maps say nearly the same."""
        return int((np.triu(np.abs(np.nan_to_num(self.correlation)), 1) >= ALIKE).sum())


def likeness(rows: Floats) -> Likeness:
    """Compare vectors, one a row: a map's values, or a unit's through time."""
    found = correlation(rows)
    return Likeness(found, sparsity(rows), chain(found))


def correlation(rows: Floats) -> Floats:
    """Return Pearson's correlation of each row with each."""
    values = np.nan_to_num(rows.astype(np.float32))
    centred = values - values.mean(axis=1, keepdims=True)
    length = np.linalg.norm(centred, axis=1)
    flat = length <= NOUGHT * max(float(np.abs(values).max(initial=0.0)), float(np.finfo(np.float32).tiny))
    unit = centred / np.where(flat, 1, length)[:, None]
    found: Floats = np.clip(unit @ unit.T, -1, 1)
    found[flat] = np.nan
    found[:, flat] = np.nan
    return found


def sparsity(rows: Floats) -> Floats:
    """Return the share of noughts of each row."""
    size = np.abs(np.nan_to_num(rows))
    found: Floats = (size <= NOUGHT * float(size.max(initial=0.0))).mean(axis=1)
    return found


def chain(correlation: Floats) -> Order:
    """Order what was compared so that neighbours are alike: from the two most alike on, always the next nearest.

    What can be compared with nothing comes last.
    """
    count = len(correlation)
    near = np.nan_to_num(correlation, nan=-2.0)
    np.fill_diagonal(near, -3.0)
    left = np.ones(count, dtype=bool)
    at = int(np.argmax(near.max(axis=1))) if count else 0
    order = []
    for _ in range(count):
        order.append(at)
        left[at] = False
        at = int(np.argmax(np.where(left, near[at], -4.0)))
    return np.array(order, dtype=np.intp)


def summary(found: Likeness, noun: str = "map") -> str:
    """Say in words what the figures say."""
    count = len(found.sparsity)
    if found.silent == count:
        return f"All {count} {noun}s are silent for this sample"
    verb = "is" if found.silent == 1 else "are"
    words = [f"{found.silent} of {count} {noun}s {verb} silent for this sample" if found.silent else
             f"None of {count} {noun}s is silent for this sample"]  # fmt: skip
    closest = found.closest
    if closest is not None:
        one, other, value = closest
        alike = "alike" if value > 0 else "each other's opposite"
        near = abs(value) >= ALIKE
        words.append(f"{noun}s {one} and {other} are {'' if near else 'the most '}{alike}: {value:.2f}")
    if found.twins > 1:
        words.append(f"{found.twins} pairs say nearly the same")
    return "; ".join(words)
