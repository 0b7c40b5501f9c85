"""A run, or several, as one HTML file that needs nothing else: no script, no picture from elsewhere. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Final

import numpy as np

from engine.errors import EngineError
from engine.graph import Graph
from engine.happenings import Happening
from engine.runs.compare import Difference, alike_but_for_seed, recipe_differences, spelled, spread, words_of
from engine.runs.store import Store
from engine.runs.svg import Curve, drawing, plot
from engine.runs.values import EpochRow, RunRow, Spool, series

#: Classes of the curves of several runs, in turn.
LOOKS: Final = 8
_STYLE: Final = """
:root{color-scheme:light dark;--bg:#fff;--text:#1A1E26;--second:#4E5868;--line:#D8DDE5;--field:#F2F4F7;
--train:#0072B2;--val:#C24E00}
@media(prefers-color-scheme:dark){:root{--bg:#1A1D24;--text:#E8EBF1;--second:#A6AFBD;--line:#2D333F;--field:#232832;
--train:#56B4E9;--val:#E69F00}}
body{font:14px/1.5 system-ui,sans-serif;background:var(--bg);color:var(--text);max-width:980px;margin:32px auto;
padding:0 24px}
h1{font-size:22px;margin:0 0 4px}h2{font-size:16px;margin:32px 0 8px}h3{font-size:13px;margin:16px 0 4px}
p{margin:4px 0 12px}.second{color:var(--second)}table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:4px 12px 4px 0;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--second);font-weight:400}td.figure,th.figure{text-align:right;font-variant-numeric:tabular-nums}
.plots{display:grid;grid-template-columns:repeat(auto-fill,minmax(380px,1fr));gap:8px 24px}
svg.plot{width:100%}svg.drawing{width:100%;background:var(--field);border-radius:8px}
polyline{fill:none;stroke-width:1.5}.dot{stroke:none}.rule{stroke:var(--line)}
.mark{stroke:var(--second);stroke-dasharray:3 3}
.tick{font-size:10px;fill:var(--second)}.end{text-anchor:end}.start{text-anchor:start}
.steps{stroke:var(--train);fill:var(--train);stroke-opacity:.35}polyline.steps{fill:none}
.train{stroke:var(--train)}circle.train{fill:var(--train)}.val{stroke:var(--val)}circle.val{fill:var(--val)}
.key{display:inline-block;width:14px;height:3px;border-radius:2px;margin:0 6px 3px 0}
.wire{fill:none;stroke:var(--second);stroke-width:1.5}.node rect{fill:var(--bg);stroke:var(--line)}
.node .bar{fill:#7C86A0;stroke:none}.name{font:600 13px system-ui;fill:var(--text)}
.kind{font:11px system-ui;fill:var(--second)}
@media print{:root{color-scheme:light;--bg:#fff;--text:#000;--second:#333;--line:#bbb;--field:#fff;--train:#0072B2;
--val:#C24E00}body{max-width:none;margin:0;padding:0}svg,table,.plots>div{break-inside:avoid}
h1,h2,h3{break-after:avoid}.key{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""
_COLOURS: Final = ("#3E7CC9", "#D9822B", "#2F9E6B", "#B65FCF", "#C9504F", "#169C9C", "#A08800", "#8B6F5C")
_GROUPS: Final[Mapping[str, str]] = {
    "input": "#8A94A6", "core": "#7AA2C8", "convolution": "#F08A3C", "pooling": "#D9A514", "recurrent": "#3BAA7B",
    "attention": "#C46BD6", "normalization": "#2FA7B8", "regularization": "#E0607E", "activation": "#8DB23A",
    "merging": "#7D6BE0", "augmentation": "#A9815B", "preprocessing": "#A9815B",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """All that a report tells of a run."""

    row: RunRow
    epochs: Sequence[EpochRow] = ()
    steps: Sequence[Spool] = ()
    marks: Sequence[Happening] = ()
    graph: Graph | None = None


def told(store: Store, ids: Iterable[str]) -> list[Told]:
    """Read from the store what a report tells; a drawing that cannot be read is left out."""
    return [
        Told(row, store.epochs(row.id), store.steps(row.id), store.marks(row.id), _drawing(store, row.id))
        for row in store.rows(ids)
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
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}{_looks()}</style></head><body>'
        f"<h1>{escape(title)}</h1>{made}{''.join(parts)}</body></html>\n"
    )


def _looks() -> str:
    """The classes of runs and of groups of layers."""
    runs = (f".r{place}{{stroke:{tint}}}circle.r{place}{{fill:{tint}}}" for place, tint in enumerate(_COLOURS))
    groups = (f".node .g-{name}{{fill:{tint}}}" for name, tint in _GROUPS.items())
    return "".join((*runs, *groups))


# -- one run


def _one(run: Told, groups: Mapping[str, str], now: float, *, alone: bool) -> Iterator[str]:
    row = run.row
    if not alone:
        yield f"<h2>{escape(row.called)}</h2>"
    yield f'<p class="second">{escape(_headline(row, now))}</p>'
    if row.note:
        yield f"<p>{escape(row.note)}</p>"
    yield from _titled("Curves", _plots(run))
    yield from _titled("Last epoch and test", _figures(row))
    yield from _titled("Drawing", [drawing(run.graph, groups)] if run.graph is not None else [])
    yield from _titled("Recipe", [_pairs(_recipe(row))])
    yield from _titled("Marks", [_pairs([(f"Step {mark.step:,}", mark.text) for mark in run.marks])])
    yield from _titled("Machine and versions", [_pairs(_machine(row))])


def _titled(title: str, parts: Iterable[str]) -> Iterator[str]:
    body = "".join(parts)
    if body:
        yield f"<h3>{escape(title)}</h3>{body}"


def _headline(row: RunRow, now: float) -> str:
    words = [row.state(now), _date(row.began), f"{row.epochs:,} epochs in {row.seconds:,.1f} s", f"seed {row.seed}"]
    return " · ".join([*words, *row.tags])


def _plots(run: Told) -> Iterator[str]:
    names = dict.fromkeys(name.removeprefix("val_") for row in run.epochs for name in row.metrics)
    for spool in run.steps:
        names.update(dict.fromkeys(spool.names))
    marks = [(mark.step / _per_epoch(run), mark.text) for mark in run.marks]
    body = [_titled_plot(name, plot(name, _curves(run, name), marks)) for name in names]
    if any(body):
        key = _key([("train", "var(--train)"), ("validation", "var(--val)")])
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
    ends = (("train", name, "train"), ("validation", f"val_{name}", "val"))
    return found + [Curve(word, *series(run.epochs, metric), look) for word, metric, look in ends]


def _titled_plot(name: str, picture: str) -> str:
    return f"<div><h3>{escape(name)}</h3>{picture}</div>" if picture else ""


def _figures(row: RunRow) -> Iterator[str]:
    yield _pairs([(name, f"{value:.5g}") for name, value in row.last.items()])
    yield _pairs([(f"test {name}", f"{value:.5g}") for name, value in row.tested.items()])


def _recipe(row: RunRow) -> list[tuple[str, str]]:
    return [(item.field, item.new) for item in recipe_differences({}, row.recipe)]


def _machine(row: RunRow) -> list[tuple[str, str]]:
    pairs = [("Device", row.device), *((words_of(name), spelled(value)) for name, value in row.machine.items())]
    return [(name, value) for name, value in (*pairs, *row.versions.items()) if value]


# -- several runs


def _several(runs: Sequence[Told]) -> Iterator[str]:
    names = list(dict.fromkeys(name for run in runs for row in run.epochs for name in row.metrics))
    keys = [(run.row.called, _COLOURS[place % LOOKS]) for place, run in enumerate(runs)]
    body = "".join(_titled_plot(name, plot(name, _overlaid(runs, name))) for name in names)
    yield f'<h2>Side by side</h2>{_key(keys)}<div class="plots">{body}</div>'
    yield _table(["run", *names], [[run.row.called, *(_figure(run.row, name) for name in names)] for run in runs])
    yield from _titled("Differences of the recipes, to the first", _differences(runs))
    yield from _titled("Over seeds", _spreads(runs, names))


def _overlaid(runs: Sequence[Told], name: str) -> list[Curve]:
    return [
        Curve(run.row.called, *series(run.epochs, name), f"r{place % LOOKS}") for place, run in enumerate(runs)
    ]  # fmt: skip


def _figure(row: RunRow, name: str) -> str:
    return f"{row.last[name]:.5g}" if name in row.last else ""


def _differences(runs: Sequence[Told]) -> Iterator[str]:
    for run in runs[1:]:
        rows: list[Difference] = recipe_differences(runs[0].row.recipe, run.row.recipe)
        if rows:
            body = [[row.field, row.old, row.new] for row in rows]
            yield _table([run.row.called, runs[0].row.called, "here"], body)


def _spreads(runs: Sequence[Told], names: Sequence[str]) -> Iterator[str]:
    by_id = {run.row.id: run for run in runs}
    for group in alike_but_for_seed(run.row for run in runs):
        body = []
        for name in names:
            found = spread(name, [by_id[row.id].epochs for row in group])
            if len(found.epochs):
                body.append([name, f"{found.mean[-1]:.5g} ± {found.deviation[-1]:.2g}", f"{found.epochs[-1]:.0f}"])
        yield _table([f"{len(group)} seeds of {group[0].title}", "mean ± deviation", "epoch"], body)


# -- small parts


def _key(names: Iterable[tuple[str, str]]) -> str:
    marks = (f'<span><i class="key" style="background:{tint}"></i>{escape(name)}</span>' for name, tint in names)
    return f"<p>{' &nbsp; '.join(marks)}</p>"


def _pairs(rows: Iterable[tuple[str, str]]) -> str:
    body = "".join(f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in rows)
    return f"<table>{body}</table>" if body else ""


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    def line(cells: Sequence[str], tag: str) -> str:
        looks = ("" if not place else ' class="figure"' for place in range(len(cells)))
        return "".join(f"<{tag}{look}>{escape(cell)}</{tag}>" for look, cell in zip(looks, cells, strict=True))

    body = "".join(f"<tr>{line(row, 'td')}</tr>" for row in rows)
    return f"<table><tr>{line(head, 'th')}</tr>{body}</table>"


def _date(seconds: float) -> str:
    if not np.isfinite(seconds) or not 0 <= seconds < 4e9:
        return "no known day"
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")
