"""Figures and histograms of layers while they train, seldom enough for the run. Knows no training and no wire."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf, nan, sqrt
from time import perf_counter
from typing import Any, Final

import numpy as np

from engine.figure_messages import COLUMNS
from engine.histograms import histogram
from engine.messages import Array, Figures, Histograms
from engine.worker import pace
from engine.worker.figuring import ACTIVITY
from engine.worker.measuring import Held, Insides, Seen
from engine.worker.prepare import Prepared

#: Seconds between two looks: at most two a second.
GAP: Final = 0.5
#: A look may take this share of the time at most, whatever it costs.
SHARE: Final = 0.015
#: Where the first execution took longer, in seconds, the first look waits until the run has taken so many times that,
#: but no more than so many seconds beyond: a short run would end before it.
QUICK: Final = 2.0
WAITS, LONGEST = 4.0, 10.0
#: The training samples that are looked at: so many at most, fewer where a sample is much work.
MOST_SAMPLES: Final = 64
FEWEST_SAMPLES: Final = 16


class Gauge:
    """Measures chosen nodes of a network as it trains.

    The change of the weights is that in the execution before the look: over a longer time steps to and fro cancel
    out, and it would seem less than it is.

    Args:
        samples: How many training samples are looked at; chosen by what they cost where it is not told.

    Attributes:
        next: From when on a look is due, by `perf_counter`.
    """

    def __init__(self, run: Prepared, samples: int = 0) -> None:
        self.next = inf
        self._run = run
        self._samples = samples or _affordable(run)
        self._nodes: frozenset[str] = frozenset()
        self._insides: Insides | None = None
        #: The weights before the execution under way, and the step at which they were noted.
        self._before: tuple[int, list[Any]] | None = None
        self._last, self._cost = -inf, 0.0
        self._looked: int | None = None
        #: The seconds of the run until its first execution was done, compiled and all.
        self._started = 0.0

    def watch(self, nodes: Sequence[str]) -> None:
        """Choose nodes; those that the trained model does not have are passed over."""
        wanted = frozenset(nodes) & {node for node, _ in self._run.built.tensors}
        if wanted != self._nodes:
            self._nodes, self._insides, self._before, self._looked = wanted, None, None, None
            self.next = self._last + GAP if wanted else inf

    def rest(self) -> None:
        """Measure nothing more."""
        self.watch(())

    def step(self, epoch: int, step: int, seconds: float) -> Iterator[Figures | Histograms]:
        """Note the weights where a look is due, and look after the execution that follows.

        What takes long to be compiled takes long to be traced for a look: that waits until there are curves to see.
        """
        self._started = self._started or seconds
        waits = min(self._started * WAITS, self._started + LONGEST)
        if self._insides is None and self._started > QUICK and seconds < waits:
            return
        if self._insides is None or self._before is not None:
            yield from self.look(epoch, step, seconds)
            return
        began = perf_counter()
        self._before = (step, self._insides.note())
        self._cost = perf_counter() - began
        self.next = -inf

    def look(self, epoch: int, step: int, seconds: float) -> Iterator[Figures | Histograms]:
        """Yield the histograms of each node, then all figures, and put the next look off.

        Where the weights are those that were looked at last, there is nothing new to say.
        """
        if not self._nodes or self._looked == step:
            return
        began, known = perf_counter(), self._insides is not None
        self._insides = self._insides or Insides(self._run, self._nodes, self._samples)
        seen = self._insides.see()
        for node, held in self._insides.held.items():
            if held.names:
                yield histograms(epoch, step, node, held, seen)
        values = np.array([self._row(node, self._insides, seen, step) for node in self._insides.nodes], np.float64)
        yield Figures(epoch, step, seconds, self._insides.nodes, COLUMNS, Array.of(values), sqrt(seen.total))
        self._before, self._looked, self._last = None, step, perf_counter()
        # The first look compiles, which says nothing of what the next ones cost.
        cost = self._last - began + self._cost if known else 0.0
        self._cost = 0.0
        self.next = self._last + max(GAP, cost / SHARE)

    def _row(self, node: str, insides: Insides, seen: Seen, step: int) -> list[float]:
        held = insides.held[node]
        found = {
            "weight_norm": _norm(seen.squares, held),
            "gradient_norm": _norm(seen.gradient_squares, held),
            "update_ratio": self._change(insides, held, seen, step),
        }
        if node in insides.measured:
            found |= zip(ACTIVITY, map(float, seen.activity[insides.measured.index(node)]), strict=True)
        return [found.get(column, nan) for column in COLUMNS]

    def _change(self, insides: Insides, held: Held, seen: Seen, step: int) -> float:
        """The weights' change in one step as a share of them; of large ones, by the values that are looked at."""
        if self._before is None or self._before[0] >= step or not held.places:
            return nan
        noted, before = self._before
        change = whole = 0.0
        for place in held.places:
            now, then = seen.weights[place].astype(np.float64), before[place]
            stands_for = insides.sizes[place] / len(now)
            change += stands_for * float(np.sum(np.square(now - then)))
            whole += stands_for * float(np.sum(np.square(now)))
        return sqrt(change / whole) / (step - noted) if whole > 0 else nan


def _affordable(run: Prepared) -> int:
    """As many samples as take no more memory than a step, and no longer than an execution may."""
    work = pace.rough_work(run.built.layers, run.built.tensors)
    count = pace.samples_at_once(work, MOST_SAMPLES, FEWEST_SAMPLES, gpu=run.device.is_gpu)
    return min(count, run.recipe.batch_size)


def _norm(squares: Any, held: Held) -> float:
    """The norm of those of a layer's weights of which it is known."""
    known = [float(squares[place]) for place in held.places if not np.isnan(squares[place])]
    return sqrt(sum(known)) if known else nan


def histograms(epoch: int, step: int, node: str, held: Held, seen: Seen) -> Histograms:
    """Return the histograms of a node's weights, then of those of their gradients that there are."""
    values = dict(zip(held.names, (seen.weights[place] for place in held.places), strict=True))
    slopes = zip(held.names, (seen.gradients[place] for place in held.places), strict=True)
    values |= {f"{name} gradient": slope for name, slope in slopes if len(slope)}
    edges, counts = zip(*(histogram(each) for each in values.values()), strict=True)
    return Histograms(epoch, step, node, tuple(values), Array.of(np.stack(edges)), Array.of(np.stack(counts)))
