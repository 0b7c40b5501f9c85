"""From one point of a cloud to another by the arrow keys: the nearest that lies that way. Knows no widget."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

import numpy as np
from PySide6.QtCore import Qt

from engine.plotting.pyramid import Floats

#: Across and down, as the screen has it.
Way: TypeAlias = tuple[int, int]
WAYS: Final[Mapping[int, Way]] = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip
#: From sample to sample by their numbers: thus every point is reached, however they lie.
ORDER: Final[Mapping[int, int]] = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
#: How much a step aside counts beside one along the way.
ASIDE: Final = 2.0


def middlemost(seen: Floats) -> int:
    """Return the point nearest to the middle of all, where a walk begins."""
    return int(np.hypot(*(seen[:, :2] - seen[:, :2].mean(axis=0)).T).argmin())


def neighbour(seen: Floats, place: int, way: Way) -> int:
    """Return the point that lies next to another on a way; itself where it is the last.

    Args:
        seen: Of each point, across and down, in pixels.
    """
    offset = seen[:, :2] - seen[place, :2]
    along = offset @ np.array(way, float)
    aside = np.abs(offset @ np.array(way[::-1], float))
    ahead = (along > 0) & (along >= aside)
    ahead = ahead if ahead.any() else along > 0
    return int(np.where(ahead, along + ASIDE * aside, np.inf).argmin()) if ahead.any() else place
