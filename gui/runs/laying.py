"""Runs of the store as curves that are laid over others. Reads the store, so outside the window's thread; no widget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from engine.plotting.pyramid import Places
from engine.plotting.thin import kept_rows
from engine.runs.store import Store
from engine.runs.values import EpochRow, Floats, RunRow, Spool
from gui.monitor.series import RunColumns, Series, series_of

#: Steps that a run which is laid over shows at most: between them lie no extremes that are not shown.
MOST_STEPS: Final = 20_000


def laid(store: Store, ids: Sequence[str]) -> tuple[Series, ...]:
    """Return the curves of runs, in the order of their ids."""
    rows = {row.id: row for row in store.rows(ids)}
    return tuple(series_of(columns(store, rows[id])) for id in ids if id in rows)


def columns(store: Store, row: RunRow) -> RunColumns:
    """Return what is kept of a run's epochs, its steps thinned, and its marks."""
    epochs = store.epochs(row.id)
    each = _of_steps(row, store.steps(row.id))
    numbers = np.array([epoch.step for epoch in epochs], np.float64)
    per_epoch = epochs[-1].step / epochs[-1].epoch if epochs and epochs[-1].epoch else 0.0
    return RunColumns(
        row.called, numbers, _figures(epochs), _elapsed(numbers, epochs, each), per_epoch, _began(row, each),
        tuple(store.marks(row.id)), each=each,
    )  # fmt: skip


def _figures(epochs: Sequence[EpochRow]) -> Mapping[str, Floats]:
    names = dict.fromkeys(name for epoch in epochs for name in epoch.metrics)
    return {name: np.array([epoch.metrics.get(name, np.nan) for epoch in epochs], np.float64) for name in names}


def _elapsed(numbers: Floats, epochs: Sequence[EpochRow], each: RunColumns | None) -> Floats | None:
    """When epochs ended: None where the steps tell it, else as long as all before it took."""
    if (each is not None and each.seconds is not None) or not epochs:
        return None
    return np.cumsum([epoch.seconds for epoch in epochs])


def _began(row: RunRow, each: RunColumns | None) -> float:
    return each.began if each is not None and each.began else row.began


def _of_steps(row: RunRow, spools: Sequence[Spool]) -> RunColumns | None:
    """Return a run's steps as one table; a metric that a part of the run has not is nan there."""
    spools = [spool for spool in spools if len(spool.numbers)]
    if not spools:
        return None
    names = list(dict.fromkeys(name for spool in spools for name in spool.names))
    table = np.concatenate([_table(spool, names) for spool in spools])
    numbers = np.concatenate([spool.numbers for spool in spools])
    kept = kept_rows(table, MOST_STEPS)
    seconds, walls = (_times([spool.times[place : place + 1] for spool in spools], kept) for place in (0, 1))
    began = float(walls[0] - seconds[0]) if walls is not None and seconds is not None else row.began
    figures = {name: table[kept, place] for place, name in enumerate(names)}
    since = walls - began if walls is not None else None
    return RunColumns(row.called, numbers[kept], figures, seconds, began=began, walls=since)


def _table(spool: Spool, names: Sequence[str]) -> Floats:
    table = np.full((len(spool.numbers), len(names)), np.nan)
    table[:, [names.index(name) for name in spool.names]] = spool.values
    return table


def _times(parts: Sequence[tuple[Floats, ...]], kept: Places) -> Floats | None:
    """Join what parts tell of the time, if all do."""
    return np.concatenate([part[0] for part in parts])[kept] if all(parts) else None
