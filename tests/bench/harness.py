"""The bench's harness: a figure, how it is taken, how it is shown. Knows nothing of what is measured."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from time import perf_counter, process_time
from typing import Any

Run = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a bench; less is better.

    Attributes:
        name: What was measured, in a few words.
        median: The median of several runs, in `unit`.
        target: The most that it may be; where there is a rival, the most that the ratio to it may be.
        rival: What it is compared with, in a few words; measured in the same run, turn by turn.
        rival_median: The rival's median, in the same unit.
        note: A figure beside it that a reader wants to know.
    """

    name: str
    median: float
    unit: str
    target: float | None = None
    rival: str | None = None
    rival_median: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the rival's figure it is; None without a rival."""
        return self.median / self.rival_median if self.rival_median else None

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        if self.target is None:
            return None
        return (self.median if self.ratio is None else self.ratio) <= self.target


def seconds(run: Run) -> float:
    """Time one run."""
    start = perf_counter()
    run()
    return perf_counter() - start


def cpu_seconds(run: Run) -> float:
    """Time one run on the processors, all threads together: what others do on the machine does not count."""
    start = process_time()
    run()
    return process_time() - start


def median_seconds(run: Run, *, runs: int = 5, warm: int = 1) -> float:
    """Run `warm` times unmeasured, then return the median time of `runs` runs."""
    for _ in range(warm):
        run()
    return statistics.median(seconds(run) for _ in range(runs))


def race(ours: Callable[[], float], rival: Callable[[], float], *, runs: int = 5, warm: int = 1) -> tuple[float, float]:
    """Take both figures turn by turn, so that the machine's moods fall on both, and return their medians.

    Each call returns its own figure; wrap a plain run as `lambda: seconds(run)`.
    """
    for _ in range(warm):
        ours()
        rival()
    turns = [(ours(), rival()) for _ in range(runs)]
    return statistics.median(a for a, _ in turns), statistics.median(b for _, b in turns)


# -- what was measured, for people and for programs


def to_json(bench: str, measure: Measure) -> dict[str, Any]:
    return {"bench": bench, **asdict(measure), "ratio": measure.ratio, "met": measure.met}


def machine() -> dict[str, Any]:
    """What the figures were taken on, as far as it matters to compare them."""
    return {"system": platform.platform(), "cores": os.cpu_count(), "python": platform.python_version()}


HEADINGS = ("bench", "measured", "median", "against", "ratio", "target", "")


def table(rows: Iterable[tuple[str, Measure]]) -> str:
    """Lay measures out in columns."""
    cells = [HEADINGS, *(_cells(bench, measure) for bench, measure in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEADINGS))]
    return "\n".join("  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
                     for row in cells)  # fmt: skip


def _cells(bench: str, measure: Measure) -> tuple[str, ...]:
    ratio, target = measure.ratio, measure.target
    unit = measure.unit if ratio is None else "×"
    return (
        bench,
        measure.name,
        f"{measure.median:.4g} {measure.unit}",
        "" if measure.rival_median is None else f"{measure.rival} {measure.rival_median:.4g} {measure.unit}",
        "" if ratio is None else f"{ratio:.3f}",
        "" if target is None else f"≤ {target:g} {unit}",
        " ".join(word for word in ({True: "met", False: "MISSED", None: ""}[measure.met], measure.note) if word),
    )
