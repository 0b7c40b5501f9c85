"""How often and how lately each layer was added, as one number a layer. Knows no Qt, no settings."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

#: An addition counts for half after so long, in seconds.
HALF_LIFE: Final = 14 * 24 * 3600.0
#: As many layers are remembered, those that are used most.
MOST: Final = 200
#: By layer: what its additions counted for when the last one was made, and when that was (seconds since 1970).
Uses = Mapping[str, tuple[float, float]]


def noted(uses: Uses, layer: str, now: float) -> dict[str, tuple[float, float]]:
    """Count one more addition of a layer."""
    counted = {**uses, layer: (weight(uses, layer, now) + 1.0, now)}
    kept = sorted(counted, key=lambda each: -weight(counted, each, now))[:MOST]
    return {each: counted[each] for each in kept}


def weights(uses: Uses, now: float) -> dict[str, float]:
    """Return what the additions of each layer count for now."""
    return {layer: weight(uses, layer, now) for layer in uses}


def weight(uses: Uses, layer: str, now: float) -> float:
    count, then = uses.get(layer, (0.0, now))
    return float(count * 0.5 ** (max(now - then, 0.0) / HALF_LIFE))


def readable(kept: object) -> dict[str, tuple[float, float]]:
    """Return what was kept as JSON, less all that makes no sense."""
    found = kept.items() if isinstance(kept, dict) else ()
    return {layer: (float(pair[0]), float(pair[1])) for layer, pair in found if _is_pair(pair)}


def _is_pair(pair: object) -> bool:
    return (
        isinstance(pair, list)
        and len(pair) == 2
        and all(isinstance(part, int | float) and not isinstance(part, bool) and 0 <= part < 1e12 for part in pair)
        and all(math.isfinite(part) for part in pair)
    )
