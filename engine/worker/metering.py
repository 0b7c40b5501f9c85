"""How fast a run goes, and what it uses: read once a second, and summed up at its end. Knows no wire and no Keras."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from math import inf
from statistics import fmean, stdev
from time import perf_counter
from typing import Final

from engine.pace_messages import ERROR, GPU, GPU_MEMORY, MEMORY, PROCESSOR, READINGS, SAMPLES, STEP, WAITING

GAP: Final = 1.0
#: So many of the last readings are averaged at the end: a day's.
MOST: Final = 86_400
#: How the readings of a run become one figure, where the whole does not give it.
SUMMED: Final[Mapping[str, Callable[[list[float]], float]]] = {
    PROCESSOR: fmean, MEMORY: max, GPU: fmean, GPU_MEMORY: max,
}  # fmt: skip


class Meter:
    """Counts samples, and the time in which they were trained on; what else happens is held out of it.

    The first execution, which compiles, is left out too: it begins when that is done.

    Args:
        samples: Those of an epoch; 0 for a meter that reads nothing.
        waited: How long batches were waited for so far, in seconds; None where that is not known.
        used: What the process used since it was asked last.
    """

    def __init__(
        self, samples: int, batch_size: int,
        waited: Callable[[], float | None] = lambda: None, used: Callable[[], Mapping[str, float]] = dict,
    ) -> None:  # fmt: skip
        self._samples, self._batch_size = samples, batch_size
        self._steps = -(-samples // batch_size)
        self._waited, self._used = waited, used
        self.next = -inf if samples else inf
        self._readings: deque[Mapping[str, float]] = deque(maxlen=MOST)
        self._before: tuple[float, float, float | None] | None = None
        self._since = self._busy = 0.0
        #: Samples, busy seconds and seconds of waiting of the whole run.
        self._sums = [0.0, 0.0, 0.0]

    def hold(self) -> None:
        """Stop the clock: what comes now is no training."""
        if self._before is not None and self._since:
            self._busy += perf_counter() - self._since
            self._since = 0.0

    def go(self) -> None:
        """Let the clock go on."""
        if self._before is not None and not self._since:
            self._since = perf_counter()

    def again(self) -> None:
        """Begin anew, where a run is trained on: what it was in between is no part of its pace."""
        self._before, self.next = None, -inf if self._samples else inf

    def read(self, step: int) -> Mapping[str, float]:
        """Return the figures since the last reading, after so many steps of the run; none the first time."""
        now, waited = perf_counter(), self._waited()
        self.next = now + GAP
        seen, before = self._seen(step), self._before
        if before is None:
            self._used()
            self._begin(now, seen, step, waited)
            return {}
        busy = self._busy + (now - self._since if self._since else 0.0)
        done, steps = seen - before[0], step - before[1]
        if not (busy > 0 and steps > 0):
            return {}
        found = {SAMPLES: done / busy, STEP: busy / steps}
        lost = 0.0
        if waited is not None and before[2] is not None:
            lost = min(waited - before[2], busy)
            found[WAITING] = lost / busy
        self._sums = [old + new for old, new in zip(self._sums, (done, busy, lost), strict=True)]
        self._begin(now, seen, step, waited)
        self._readings.append({**found, **self._used()})
        return self._readings[-1]

    def _begin(self, now: float, seen: float, step: int, waited: float | None) -> None:
        self._before, self._since, self._busy = (seen, step, waited), now, 0.0

    def _seen(self, step: int) -> float:
        """The samples of so many steps: an epoch's last batch may be smaller than the others."""
        whole, rest = divmod(step, max(self._steps, 1))
        return whole * self._samples + min(rest * self._batch_size, self._samples)

    def summary(self, step: int) -> Mapping[str, float]:
        """Return the figures of the whole run, which ends after so many steps; none where it was too short for any."""
        if self._before is not None and step > self._before[1]:
            self.read(step)
        samples, busy, lost = self._sums
        if not busy:
            return {}
        found = {SAMPLES: samples / busy, READINGS: float(len(self._readings))}
        if WAITING in self._readings[-1]:
            found[WAITING] = lost / busy
        for name, summed in SUMMED.items():
            values = [reading[name] for reading in self._readings if name in reading]
            found |= {name: summed(values)} if values else {}
        speeds = [reading[SAMPLES] for reading in self._readings]
        if len(speeds) > 1:
            found[ERROR] = stdev(speeds) / len(speeds) ** 0.5 / found[SAMPLES]
        return found
