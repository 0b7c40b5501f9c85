"""Long work in slices, so that no turn of the event loop is long. Knows not what is worked at."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

#: After so long, in seconds, a turn does no further step.
LONG: Final = 0.01


class Slices(QObject):
    """Does one piece of work, a few of its steps a turn; a step that gives True ends its turn.

    What is under way counts as done while one of its steps runs: a step may look at what it makes.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: Iterator[bool] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setTimerType(Qt.TimerType.PreciseTimer)
        self._soon.timeout.connect(self._go_on)

    @property
    def behind(self) -> bool:
        """Whether steps are left to do."""
        return self._work is not None

    def begin(self, work: Iterator[bool], wait: int = 0) -> None:
        """Take up work in the place of what is under way; what comes before its first True is done at once.

        With a wait, in milliseconds, nothing is done before: other work may take its place by then.
        """
        self._work = work
        if wait:
            self._soon.start(wait)
        else:
            self._go_on()

    def finish(self) -> None:
        """Do at once what is left."""
        work = self._taken()
        for _ in work:
            pass

    def drop(self) -> None:
        """Leave what is left undone."""
        self._taken()

    def _taken(self) -> Iterator[bool]:
        self._soon.stop()
        work, self._work = self._work, None
        return iter(()) if work is None else work

    def _go_on(self) -> None:
        work, until = self._taken(), perf_counter() + LONG
        for ends in work:
            if ends or perf_counter() > until:
                self._work = work
                self._soon.start(0)
                return
