"""What was said of samples after each epoch since somebody looks: kept in bounds. Knows no widget and no wire."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from engine.judging_messages import Share
from engine.verdict import Verdict

#: So many bytes are kept of all; then of the longest history every other epoch goes, the first and the newest stay.
LARGEST: Final = 96 * 2**20


class History:
    """Verdicts by part and output, in the order of epochs."""

    def __init__(self, largest: int = LARGEST) -> None:
        self._largest = largest
        self._kept: dict[tuple[str, str], list[Verdict]] = {}

    def add(self, new: Verdict) -> None:
        """Keep a verdict, in the place of an older one of its epoch."""
        kept = self._kept.setdefault((new.part, new.output), [])
        if kept and np.array_equal(kept[0].indices, new.indices) and np.array_equal(kept[0].targets, new.targets):
            new = replace(new, indices=kept[0].indices, targets=kept[0].targets)
        place = bisect_left([each.epoch for each in kept], new.epoch)
        kept[place : place + 1] = [new, *(each for each in kept[place : place + 1] if each.epoch != new.epoch)]
        while self.bytes > self._largest and self._thin():
            pass

    def _thin(self) -> bool:
        longest = max(self._kept.values(), key=lambda kept: (len(kept), kept[-1].predictions.nbytes))
        if len(longest) < 3:
            return False
        del longest[1:-1:2]
        return True

    def clear(self) -> None:
        self._kept.clear()

    def outputs(self, part: Share) -> tuple[str, ...]:
        """Return the outputs of which something is known, in the network's order."""
        return tuple(output for of, output in self._kept if of == part)

    def of(self, part: Share, output: str) -> Sequence[Verdict]:
        return self._kept.get((part, output), ())

    def last_step(self, part: Share) -> int:
        """Return after which step the newest verdict was given, 0 where there is none."""
        return max((kept[-1].step for (of, _), kept in self._kept.items() if of == part), default=0)

    @property
    def bytes(self) -> int:
        """Bytes of the predictions, and of what is right, which epochs share."""
        return sum(
            sum(each.predictions.nbytes for each in kept) + kept[0].targets.nbytes for kept in self._kept.values()
        )
