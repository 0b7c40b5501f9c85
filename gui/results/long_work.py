"""Work on numbers that takes longer than a frame, in a thread of its own, the newest first. Knows no view."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from gui.aside import aside


class LongWork(QObject):
    """Emits `done` with what work returned; while one is under way, the newest waits, and those between are left."""

    done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        self._busy = False
        self._waiting: Callable[[], object] | None = None

    def begin(self, work: Callable[[], object]) -> None:
        """Do this as soon as what is under way is done."""
        self._waiting = work
        if not self._busy:
            self._start()

    def forget(self) -> None:
        """Hear of nothing that was begun before."""
        self._number += 1
        self._waiting = None

    @property
    def busy(self) -> bool:
        return self._busy

    def _start(self) -> None:
        work, number = self._waiting, self._number
        if work is not None:
            self._waiting, self._busy = None, True
            aside(self, work, partial(self._on_returned, number))

    def _on_returned(self, number: int, outcome: object) -> None:
        self._busy = False
        if number == self._number:
            self.done.emit(outcome)
        self._start()
