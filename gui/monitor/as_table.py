"""All figures of runs as CSV, a slice at a time. Knows no file and no Qt."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from engine.plotting.track import Track
from gui.monitor.series import Series

HEAD: Final = ("run", "metric", "curve", "step", "epoch", "seconds", "value")
#: Rows of a slice: few enough that the window goes on between two.
ROWS: Final = 4000
#: A cell that begins so is a formula to a spreadsheet.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def slices(runs: Sequence[Series]) -> Iterator[str]:
    """Yield the table in pieces: a row a point, as it came; what was no number is an empty cell."""
    yield _spelled([HEAD])
    for run in runs:
        for name in run.names:
            metric = run.metrics[name]
            for curve, track in (
                ("step", metric.steps), ("train", metric.train), ("validation", metric.validation),
            ):  # fmt: skip
                yield from _of_track(run, (plain(run.name), plain(name), curve), track)


def _of_track(run: Series, words: tuple[str, str, str], track: Track) -> Iterator[str]:
    axis = run.axis("elapsed")
    for first in range(0, len(track), ROWS):
        steps, values = track.x[first : first + ROWS], track.y[first : first + ROWS]
        seconds = axis.of(steps) if axis.known else np.full(len(steps), math.nan)
        epochs = steps / run.steps_per_epoch if run.steps_per_epoch else np.full(len(steps), math.nan)
        columns = zip(steps.tolist(), epochs.tolist(), seconds.tolist(), values.tolist(), strict=True)
        yield _spelled([(*words, int(s), _cell(round(e, 6)), _cell(round(t, 4)), _cell(v)) for s, e, t, v in columns])


def _cell(value: float) -> str:
    return "" if math.isnan(value) else repr(value)


def plain(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _spelled(rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
