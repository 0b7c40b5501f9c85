"""The time of training: what a run stands still, in pauses and between its parts, is left out. Knows no run."""

from __future__ import annotations

from time import perf_counter, time


class Clock:
    """Runs from when it is made; it can be held as often as one likes."""

    def __init__(self) -> None:
        self._began = perf_counter()
        self._held: float | None = None

    @property
    def seconds(self) -> float:
        """How long it has run."""
        return (perf_counter() if self._held is None else self._held) - self._began

    @property
    def since(self) -> float:
        """The Unix time at which it would have begun, had it never been held: with `seconds`, the time of now."""
        return time() - self.seconds

    def hold(self) -> None:
        """Stand still."""
        if self._held is None:
            self._held = perf_counter()

    def go(self) -> None:
        """Run on, where it stands still."""
        if self._held is not None:
            self._began += perf_counter() - self._held
            self._held = None
