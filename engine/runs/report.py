"""A run, or several, as one HTML file that needs nothing else: no script, no picture from elsewhere. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final

import numpy as np

from engine.errors import EngineError
from engine.graph import Graph
from engine.happenings import Happening
from engine.plotting.figures import direction, in_order
from engine.runs.compare import alike_but_for_seed, recipe_differences, spelled, spread, words_of
from engine.runs.picture import drawing
from engine.runs.report_style import RUNS, sheet
from engine.runs.store import Store
from engine.runs.svg import Curve, plot
from engine.runs.tables import Cell, figure, grid, keys, pairs
from engine.runs.values import EpochRow, RunRow, Spool, series

#: The page may fetch nothing, whatever stands in it.
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
VALIDATION: Final = "val_"


@dataclass(frozen=True, slots=True)
class Told:
    """All that a report tells of a run."""

    row: RunRow
    epochs: Sequence[EpochRow] = ()
    steps: Sequence[Spool] = ()
    marks: Sequence[Happening] = ()
    graph: Graph | None = None


def told(store: Store, ids: Iterable[str]) -> list[Told]:
    """Read from the store what a report tells, the oldest run first; a drawing that cannot be read is left out."""
    return [
        Told(row, store.epochs(row.id), store.steps(row.id), store.marks(row.id), _drawing(store, row.id))
        for row in reversed(store.rows(ids))
    ]


def _drawing(store: Store, id: str) -> Graph | None:
    try:
        return store.drawing(id)
    except EngineError:
        return None


def report(runs: Sequence[Told], groups: Mapping[str, str], now: float) -> str:
    """Spell the page; `groups` tells the palette's group of a layer's class, `now` is in seconds since 1970."""
    title = runs[0].row.title if len(runs) == 1 else f"{len(runs)} runs"
    several = _several(runs) if len(runs) > 1 else []
    parts = [*several, *(line for run in runs for line in _one(run, groups, now, alone=len(runs) == 1))]
    made = f'<p class="second">Written by Layerloom on {_date(now)}</p>'
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{sheet()}</style></head><body>'
        f"<h1>{escape(title)}</h1>{made}{''.join(parts)}</body></html>\n"
    )


def _titled(title: str, parts: Iterable[str]) -> Iterator[str]:
    body = "".join(parts)
    if body:
        yield f"<h3>{escape(title)}</h3>{body}"


# -- one run


def _one(run: Told, groups: Mapping[str, str], now: float, *, alone: bool) -> Iterator[str]:
    row = run.row
    if not alone:
        yield f"<h2>{escape(row.called)}</h2>"
    yield f'<p class="second">{escape(_headline(row, now))}</p>'
    if row.note:
        yield f"<p>{escape(row.note)}</p>"
    yield from _titled("Curves", _plots(run))
    yield from _titled(f"Figures after {_epochs(row)}", _figures(row))
    yield from _titled("Drawing", [drawing(run.graph, groups)] if run.graph is not None else [])
    yield from _titled("Recipe", [pairs(_recipe(row))])
    yield from _titled("Marks", [pairs(_marked(run.marks))])
    yield from _titled("Machine and versions", [pairs(_machine(row))])


def _headline(row: RunRow, now: float) -> str:
    words = [row.state(now), _date(row.began), f"{_epochs(row)} in {row.seconds:,.1f} s", f"seed {row.seed}"]
    return " · ".join([*words, *row.tags])


def _epochs(row: RunRow) -> str:
    return f"{row.epochs:,} epoch{'s' if row.epochs != 1 else ''}"


def _plots(run: Told) -> Iterator[str]:
    names = dict.fromkeys(name.removeprefix(VALIDATION) for row in run.epochs for name in row.metrics)
    for spool in run.steps:
        names.update(dict.fromkeys(spool.names))
    marks = [(mark.step / _per_epoch(run), str(place), mark.text) for place, mark in enumerate(run.marks, 1)]
    along = "epoch" if run.epochs else "step"
    body = [_titled_plot(name, plot(name, _curves(run, name), marks, along)) for name in in_order(names)]
    if any(body):
        steps = [("each step", "var(--train);opacity:.5")] if run.steps else []
        key = keys([("train", "var(--train)"), ("validation", "var(--val)"), *steps])
        yield f'{key}<div class="plots">{"".join(body)}</div>'


def _per_epoch(run: Told) -> float:
    """Steps of an epoch; 1 where none has ended, and the curves run along steps."""
    last = run.epochs[-1] if run.epochs else None
    return max(last.step / last.epoch, 1e-9) if last is not None and last.epoch else 1.0


def _curves(run: Told, name: str) -> list[Curve]:
    """Steps, train and validation of a metric over epochs."""
    found = []
    for spool in run.steps:
        if name in spool.names:
            x = spool.numbers / _per_epoch(run)
            found.append(Curve(f"{name}, each step", x, spool.values[:, spool.names.index(name)], "steps"))
    ends = (("train", name, "train"), ("validation", f"{VALIDATION}{name}", "val"))
    return found + [Curve(word, *series(run.epochs, metric), look) for word, metric, look in ends]


def _titled_plot(name: str, picture: str) -> str:
    return f"<div><h4>{escape(name)}</h4>{picture}</div>" if picture else ""


def _figures(row: RunRow) -> Iterator[str]:
    """A row a metric: what it was on the samples of training, of validation, of the test."""
    names = dict.fromkeys([*(name.removeprefix(VALIDATION) for name in row.last), *row.tested])
    columns = {
        "train": {name: row.last[name] for name in names if name in row.last},
        "validation": {name: row.last[VALIDATION + name] for name in names if VALIDATION + name in row.last},
        "test": dict(row.tested),
    }
    there = {head: values for head, values in columns.items() if values}
    rows = [[Cell(name), *(figure(values.get(name)) for values in there.values())] for name in in_order(names)]
    if rows:
        yield grid(["", *there], rows)
    if row.looks:
        times = "once" if row.looks == 1 else f"{row.looks:,} times"
        yield f'<p class="second">The test samples were used {times}.</p>'


def _recipe(row: RunRow) -> list[tuple[str, str]]:
    return [(item.field, item.new) for item in recipe_differences({}, row.recipe)]


def _marked(marks: Sequence[Happening]) -> list[tuple[str, str]]:
    """Marks, each with the number that stands over its line in the curves."""
    return [(f"{place} · Step {mark.step:,}", mark.text) for place, mark in enumerate(marks, 1)]


def _machine(row: RunRow) -> list[tuple[str, str]]:
    known = [("Device", row.device), *((words_of(name), spelled(value)) for name, value in row.machine.items())]
    return [(name, value) for name, value in (*known, *row.versions.items()) if value]


# -- several runs


def _several(runs: Sequence[Told]) -> Iterator[str]:
    names = _in_pairs({name for run in runs for row in run.epochs for name in row.metrics})
    tints = [(run.row.called, f"var(--r{place % len(RUNS)})") for place, run in enumerate(runs)]
    body = "".join(_titled_plot(name, plot(name, _overlaid(runs, name))) for name in names)
    plots = f'{keys(tints)}<div class="plots">{body}</div>' if body else ""
    yield from _titled("Side by side", [plots])
    yield from _titled("Figures after the last epoch", [_compared(runs, names)])
    yield from _titled("What differs", [_differing(runs)])
    yield from _titled("Over seeds", _spreads(runs, names))


def _in_pairs(names: Iterable[str]) -> list[str]:
    """Sort metrics, each followed by what it is on the validation samples."""
    names = set(names)
    bases = in_order({name.removeprefix(VALIDATION) for name in names})
    return [name for base in bases for name in (base, VALIDATION + base) if name in names]


def _overlaid(runs: Sequence[Told], name: str) -> list[Curve]:
    return [
        Curve(run.row.called, *series(run.epochs, name), f"r{place % len(RUNS)}") for place, run in enumerate(runs)
    ]  # fmt: skip


def _compared(runs: Sequence[Told], names: Sequence[str]) -> str:
    """A row a run; of each metric of which more or less is better, the best value stands out."""
    columns = [(name, name, [run.row.last.get(name) for run in runs]) for name in names]
    tested = in_order({name for run in runs for name in run.row.tested})
    columns += [(f"test {name}", name, [run.row.tested.get(name) for run in runs]) for name in tested]
    cells = [_column(name, values) for _head, name, values in columns]
    heads = ["run", *(head for head, _name, _values in columns)]
    if any(run.row.looks for run in runs):
        heads.append("test looks")
        cells.append([Cell(f"{run.row.looks:,}", "figure") for run in runs])
    rows = [[Cell(run.row.called), *(column[place] for column in cells)] for place, run in enumerate(runs)]
    return grid(heads, rows) if cells else ""


def _column(name: str, values: Sequence[float | None]) -> list[Cell]:
    known = [value for value in values if value is not None and np.isfinite(value)]
    sign = direction(name)
    best = max(known, key=lambda value: sign * value) if sign and len(set(known)) > 1 else None
    return [figure(value, best=value is not None and value == best) for value in values]


def _differing(runs: Sequence[Told]) -> str:
    """A row for each entry of the recipes that differs, and one for the networks where these do."""
    found: dict[str, list[str]] = {}
    networks = list(dict.fromkeys(run.row.network for run in runs))
    if len(networks) > 1:
        found["Network"] = [f"network {networks.index(run.row.network) + 1}" for run in runs]
    for place, run in enumerate(runs[1:], 1):
        for each in recipe_differences(runs[0].row.recipe, run.row.recipe):
            found.setdefault(each.field, [each.old] * len(runs))[place] = each.new
    rows = [[Cell(field), *map(Cell, values)] for field, values in found.items()]
    return grid(["", *(run.row.called for run in runs)], rows, figures=False) if rows else ""


def _spreads(runs: Sequence[Told], names: Sequence[str]) -> Iterator[str]:
    by_id = {run.row.id: run for run in runs}
    for group in alike_but_for_seed(run.row for run in runs):
        body = []
        for name in names:
            found = spread(name, [by_id[row.id].epochs for row in group])
            if len(found.epochs):
                words = f"{found.mean[-1]:.5g} ± {found.deviation[-1]:.2g}"
                body.append([Cell(name), Cell(words, "figure"), Cell(f"{found.epochs[-1]:.0f}", "figure")])
        yield grid([f"{len(group)} seeds of {group[0].title}", "mean ± deviation", "epoch"], body)


def _date(seconds: float) -> str:
    """Spell a time by the clock of this place, and how far that is from the world's."""
    if not np.isfinite(seconds) or not 0 <= seconds < 4e9:
        return "no known day"
    return datetime.fromtimestamp(seconds).astimezone().strftime("%Y-%m-%d %H:%M UTC%z").removesuffix("+0000")
