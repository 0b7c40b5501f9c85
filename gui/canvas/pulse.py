"""Wires that pulse with the magnitude of what they carry, while it comes. Knows no run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import inf, log10
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from gui import motion
from gui.canvas.beats import LEVELS
from gui.canvas.ground import Ground
from gui.canvas.scene import Scene

#: How long one beat takes, and how often it is painted.
BEAT_MS, FRAME_MS = 420, 33


class Pulse(QObject):
    """Widens wires by what they carry, and lets them light up as it is told; `chosen` says whether it does.

    Magnitudes are placed between the least and the greatest of them, on a scale of powers. Nothing is timed while
    nothing is told.
    """

    chosen = Signal(bool)

    def __init__(self, scene: Scene, ground: Ground) -> None:
        super().__init__(ground)
        self._scene, self._ground = scene, ground
        self.on = False
        self._told: Mapping[str, float] = {}
        self._began = 0.0
        self._beat = QTimer(self)
        self._beat.setInterval(FRAME_MS)
        self._beat.timeout.connect(self._fade)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"pulse": lambda: self.use(on=not self.on)}

    @property
    def told(self) -> bool:
        """Whether there is anything by which wires pulse."""
        return bool(self._told)

    def use(self, *, on: bool) -> None:
        """Let wires pulse, or not."""
        self.on = on
        self._show()
        self.chosen.emit(on)

    def tell(self, magnitudes: Mapping[str, float]) -> None:
        """Take how large that is which each node gives: the root of its mean square."""
        self._told = magnitudes
        self._show()

    def _show(self) -> None:
        beats = self._scene.painter.beats
        before, beats.levels = beats.levels, self._passed_on(_levels(self._told)) if self.on else {}
        beats.light = 0.0
        if not beats.levels:
            self._beat.stop()
        elif motion.milliseconds(BEAT_MS) and self._ground.isVisible():
            self._began = monotonic()
            beats.light = 1.0
            self._beat.start()
        if beats.levels or before:
            self._ground.viewport().update()

    def _passed_on(self, levels: dict[str, int]) -> dict[str, int]:
        """The same with those of dots and bypassed nodes, which give what comes in."""
        facts = self._scene.facts
        passed = {id: facts.meant.source(end).node for id, end in facts.meant.first.items()}
        return levels | {id: levels[source] for id, source in passed.items() if source in levels}

    def _fade(self) -> None:
        gone = (monotonic() - self._began) * 1e3 / BEAT_MS
        self._scene.painter.beats.light = max(0.0, 1.0 - gone) ** 2
        if gone >= 1.0 or not self._ground.isVisible():
            self._beat.stop()
        self._ground.viewport().update()


def _levels(magnitudes: Mapping[str, float]) -> dict[str, int]:
    """The width of each, 1 to `LEVELS`; 0 of what carries nothing."""
    powers = {id: log10(amount) for id, amount in magnitudes.items() if 0 < amount < inf}
    if not powers:
        return {}
    low = min(powers.values())
    apart = max(max(powers.values()) - low, 0.5)
    return {id: 1 + round((power - low) / apart * (LEVELS - 1)) for id, power in powers.items()}
