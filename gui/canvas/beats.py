"""How wires look that pulse: how wide by what they carry, how bright just now. Knows no wire and no run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

#: How many widths are told apart.
LEVELS: Final = 6
#: How much wider, and brighter as they beat, wires are for each level of what they carry.
_WIDER, _BRIGHTER = 0.24, 0.16


@dataclass(slots=True)
class Beats:
    """The one mutable record that the pulse writes and the painter reads.

    Attributes:
        levels: How wide the wires are that each node feeds, 1 to `LEVELS`; none where wires do not pulse.
        light: How far they are lit, 0 to 1.
    """

    levels: Mapping[str, int] = field(default_factory=dict)
    light: float = 0.0

    def wider(self, level: int) -> float:
        """Return how many times as wide as at rest a wire is."""
        return 1.0 + level * _WIDER

    def brighter(self, level: int) -> float:
        """Return the share of light in a wire's colour."""
        return level * _BRIGHTER * self.light
