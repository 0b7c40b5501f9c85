"""How the figures that a run tells are spelled, exactly and coarsely. Knows no figure and no node."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

#: What is smaller, or as large, is spelled by its power of ten.
_SMALL, _LARGE = 1e-3, 1e6
_RAISED: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
#: Shares on nodes are rounded to so many parts of a whole.
_PARTS: Final = 20
#: Units of time, each with the seconds that it is.
_UNITS: Final = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"))


def number(amount: float) -> str:
    """Spell an amount by three digits: `0.0213`, `1.2·10⁻⁵`."""
    if amount == 0 or _SMALL <= abs(amount) < _LARGE:
        return f"{amount:.3g}" if abs(amount) < 1000 else f"{amount:,.0f}"
    head, _, power = f"{amount:.2e}".partition("e")
    head, raised = head.rstrip("0").rstrip("."), f"10{str(int(power)).translate(_RAISED)}"
    return raised if head == "1" else f"{head}·{raised}"


def share(amount: float) -> str:
    """Spell a share in per cent: `12 %`, `0.4 %`."""
    return f"{100 * amount:.2g} %" if 0 < amount < 0.1 else f"{100 * amount:.0f} %"


def seconds(amount: float) -> str:
    """Spell a time: `1.2 ms`, `340 µs`."""
    for size, unit in _UNITS:
        if amount >= size:
            return f"{number(float(f'{amount / size:.3g}'))} {unit}"
    return f"{number(amount * 1e9)} ns" if amount else "0 s"


def coarse(amounts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round amounts to one digit each."""
    with np.errstate(divide="ignore", invalid="ignore"):
        size = 10.0 ** np.floor(np.log10(np.abs(amounts)))
        return np.where(amounts == 0, 0.0, np.round(amounts / size) * size)


def coarse_shares(amounts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round shares to twentieths; nothing and all are told from what is near."""
    rounded = np.round(amounts * _PARTS) / _PARTS
    return np.where((rounded == 0) & (amounts > 0), 0.01, np.where((rounded == 1) & (amounts < 1), 0.99, rounded))
