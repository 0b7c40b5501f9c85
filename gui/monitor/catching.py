"""Lets smoothed curves catch up with the raw ones in slices of time, so that no change stops the window."""

from __future__ import annotations

from collections.abc import Iterable
from time import perf_counter
from typing import Final

from PySide6.QtCore import QObject, QTimer

from gui.monitor.series import Metric

#: For how long curves are smoothed in one turn of the event loop, in seconds.
SMOOTHED_S: Final = 0.005


class CatchingUp(QTimer):
    """Its timeout says that there is more to smooth."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setSingleShot(True)

    def step(self, metrics: Iterable[Metric], weight: float) -> None:
        """Smooth what a slice of time is enough for; the rest comes with the next turns."""
        until = perf_counter() + SMOOTHED_S
        if not all([metric.smooth(weight, until) for metric in metrics]):  # noqa: C419 - each has its turn
            self.start()
