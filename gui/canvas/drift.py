"""Moves the ground steadily while a drag is held near the viewport's edge. Knows no gesture."""

from __future__ import annotations

from collections.abc import Callable
from math import copysign
from time import monotonic
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QTimer

from gui.canvas.ground import Ground

#: How near the edge the ground begins to move, on the screen.
EDGE: Final = 36.0
#: Pixels of the screen a second, at the edge's inner line and at the edge or beyond.
SLOW: Final = 160.0
FAST: Final = 960.0
_TICK_MS: Final = 16
#: What a pause of the program counts for at most.
_LONGEST: Final = 0.05


class Drift:
    """Calls `moved` each time that the ground has moved under the mouse."""

    def __init__(self, ground: Ground, moved: Callable[[], None]) -> None:
        self._ground, self._moved = ground, moved
        self._speed = (0.0, 0.0)
        self._last = 0.0
        self._timer = QTimer(ground)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def going(self) -> bool:
        return self._timer.isActive()

    def hold(self, at: QPointF, start: QPointF) -> None:
        """Move the ground by how near the edge the mouse is; where the drag began there, not before it goes on."""
        room = QRectF(self._ground.viewport().rect())
        self._speed = (
            _speed(at.x(), start.x(), room.left(), room.right()),
            _speed(at.y(), start.y(), room.top(), room.bottom()),
        )
        if self._speed == (0.0, 0.0):
            self.stop()
        elif not self.going:
            self._last = monotonic()
            self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def step(self, seconds: float) -> None:
        """Move the ground by as much as it moves in a time."""
        across, down = self._speed
        self._ground.pan(-across * seconds, -down * seconds)
        self._moved()

    def _tick(self) -> None:
        now = monotonic()
        seconds, self._last = min(now - self._last, _LONGEST), now
        self.step(seconds)


def _speed(at: float, start: float, low: float, high: float) -> float:
    """Return the speed along one axis: negative near its low end, positive near its high one, else 0."""
    depth, begun = _depth(at, low, high), _depth(start, low, high)
    if depth == 0.0 or (depth * begun > 0 and abs(depth) <= abs(begun)):
        return 0.0
    return copysign(SLOW + (FAST - SLOW) * min(abs(depth) / EDGE, 1.0), depth)


def _depth(at: float, low: float, high: float) -> float:
    """Return how far into the zone along an edge a place is."""
    return min(at - (low + EDGE), 0.0) or max(at - (high - EDGE), 0.0)
