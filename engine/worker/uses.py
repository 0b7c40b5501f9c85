"""How often the test samples of a run were used: counted, and kept in its record. Knows no wire."""

from __future__ import annotations

from collections.abc import Callable


class Uses:
    """Counts the uses; `keep` writes each to the run's record, and says how many there were.

    Attributes:
        count: How many there were up to now.
    """

    def __init__(self, keep: Callable[[], int] | None = None) -> None:
        self.count = 0
        self._keep = keep
        self._step = -1

    def used(self, step: int, *, again: bool = True) -> int:
        """Count a use after a step; the same weights seen from another side count only where `again`."""
        if again or step != self._step:
            self.count = self.count + 1 if self._keep is None else self._keep()
        self._step = step
        return self.count
