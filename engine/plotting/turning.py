"""Points in space as they are seen from a side: turned, and laid flat without a vanishing point. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, pi, radians, sin
from typing import Final

import numpy as np

from engine.plotting.pyramid import Floats

STEEPEST: Final = radians(89)
LEAST_ZOOM, MOST_ZOOM = 0.4, 8.0


@dataclass(frozen=True, slots=True)
class Turn:
    """From where space is seen: `yaw` around the upright axis, `pitch` from above, both in radians."""

    yaw: float = radians(-35)
    pitch: float = radians(35)
    zoom: float = 1.0

    def by(self, yaw: float, pitch: float) -> Turn:
        """Return the view turned on; nobody sees space from below its pole."""
        whole = (self.yaw + yaw + pi) % (2 * pi) - pi
        return replace(self, yaw=whole, pitch=min(STEEPEST, max(-STEEPEST, self.pitch + pitch)))

    def zoomed(self, times: float) -> Turn:
        return replace(self, zoom=min(MOST_ZOOM, max(LEAST_ZOOM, self.zoom * times)))

    def seen(self, points: Floats) -> Floats:
        """Return points (n, 3), the third axis upright, as (n, 3): to the right, upward, toward who looks."""
        across, depth = (
            points[:, 0] * cos(self.yaw) - points[:, 1] * sin(self.yaw),
            points[:, 0] * sin(self.yaw) + points[:, 1] * cos(self.yaw),
        )
        up = points[:, 2] * cos(self.pitch) + depth * sin(self.pitch)
        toward = points[:, 2] * sin(self.pitch) - depth * cos(self.pitch)
        return np.stack([across * self.zoom, up * self.zoom, toward], axis=-1)


FLAT: Final = Turn(0.0, 0.0)
