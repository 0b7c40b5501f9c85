"""The places that were visited on the ground, in order, as values. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import Final

#: Two places are one where their middles are so near each other on the screen, and their scales so alike.
SAME_PIXELS: Final = 320.0
SAME_SCALE: Final = 1.4
MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Place:
    """What is in the middle of the view, in the scene, and how large it is shown."""

    x: float
    y: float
    scale: float

    def near(self, other: Place) -> bool:
        """Whether the two show as good as the same."""
        ratio = max(self.scale, other.scale) / min(self.scale, other.scale)
        distance = hypot(self.x - other.x, self.y - other.y) * min(self.scale, other.scale)
        return ratio < SAME_SCALE and distance < SAME_PIXELS


class Visited:
    """Holds places as a browser holds pages: a new one after some steps back replaces those ahead."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._now = -1

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(self._places)

    @property
    def ways(self) -> tuple[bool, bool]:
        """Whether a way leads back, and one forward."""
        return self._now > 0, self._now < len(self._places) - 1

    def clear(self) -> None:
        self._places, self._now = [], -1

    def rest(self, at: Place) -> None:
        """Take note of a place, unless it is the one noted last."""
        if self._now < 0 or not self._places[self._now].near(at):
            self._places = [*self._places[: self._now + 1], at][-MOST:]
            self._now = len(self._places) - 1

    def leave(self, at: Place) -> None:
        """Take note of a place that is about to be left, exactly as it is."""
        self.rest(at)
        self._places[self._now] = at

    def step(self, ways: int, at: Place) -> Place | None:
        """Go some steps back (-1) or forward (1) from a place; None where the way ends."""
        self.leave(at)
        if not 0 <= self._now + ways < len(self._places):
            return None
        self._now += ways
        return self._places[self._now]
