"""The page of runs with a thousand of them: the longest turn of the event loop while it opens, sorts, lays over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import sleep, thread_time
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt

from engine.catalogue import catalogue
from tests.bench.canvas import STALL
from tests.bench.harness import Measure
from tests.bench.screen import application

if TYPE_CHECKING:
    from gui.monitor.curves import CurvesView
    from gui.runs.keeper import Keeper
    from gui.runs.page import RunsPage

RUNS, LAID, STEPS = 1000, 20, 20_000
TIMES = 5
#: Turns without work until a picture is taken to be whole: longer than the curves' next frame is away.
QUIET = 12


def measure() -> Iterator[Measure]:
    application()
    with TemporaryDirectory() as place:
        ids = _keep(Path(place))
        yield from _page(Path(place), ids)


def _keep(root: Path) -> list[str]:
    """Keep a thousand runs, the newest of them with their steps."""
    from engine.runs.store import NAME, Store
    from engine.runs.values import Spool
    from tests.engine.runs.kept import filled

    store = Store(root / NAME)
    ids = [f"20260101-{100000 + place}-000-net{place % 7}" for place in range(RUNS)]
    numbers = np.arange(1.0, STEPS + 1)
    with store.together():
        for place, id in enumerate(ids):
            filled(store, id, seed=place, lift=0.001 * place)
        for place, id in enumerate(ids[-LAID:]):
            values = np.stack([place + np.sin(numbers * 7.7), 1 - np.exp(-numbers / 9e3)], 1)
            store.add_steps(id, [Spool(("loss", "accuracy"), numbers + 30, values, numbers * 0.01)])
    store.close()
    return ids


def _page(root: Path, ids: list[str]) -> Iterator[Measure]:
    from gui.document import Document
    from gui.monitor.curves import CurvesView
    from gui.runner import Runner
    from gui.runs.keeper import Keeper
    from gui.runs.page import RunsPage

    runner = Runner(Document(catalogue()), root)
    keeper = Keeper(runner)
    page, view = RunsPage(keeper), CurvesView(runner)
    page.resize(1280, 320)
    view.resize(1280, 320)
    yield _told(f"the page of {RUNS:,} runs opened", [_opened(page, keeper)])
    queries = ("net3", "val_loss<0.9", "seed=17", "")
    yield _told("the same filtered", [_turns(partial(page.search.setText, query)) for query in queries])
    falling = Qt.SortOrder.DescendingOrder
    columns = range(len(page.rows.columns))
    yield _told("the same sorted", [_turns(partial(page.table.sortByColumn, column, falling)) for column in columns])
    chosen = ids[-LAID:]
    yield _told(f"{LAID} of them chosen", [_turns(partial(page.table.select, some)) for some in (chosen, [], chosen)])
    page.hide()
    view.show()
    yield _told(f"{LAID} runs laid over the curves", [_laid(view, keeper, chosen) for _ in range(TIMES)])
    view.use(smoothing=0.9)
    yield _told("the same smoothed", [_turns(partial(view.use, smoothing=weight)) for weight in (0.5, 0.8, 0.95)])
    keeper.close()
    page.deleteLater()
    view.deleteLater()


def _opened(page: RunsPage, keeper: Keeper) -> list[float]:
    return _turns(page.show, lambda: len(page.rows.shown) == RUNS)


def _laid(view: CurvesView, keeper: Keeper, ids: list[str]) -> list[float]:
    from gui.runs.laying import laid

    view.lay(())
    _turns(lambda: None)
    return _turns(lambda: keeper.aside(lambda store: laid(store, ids), view.lay), lambda: len(view.laid) == len(ids))


def _turns(act: Callable[[], object], until: Callable[[], bool] = lambda: True) -> list[float]:
    """Act, then let the loop turn until it is done and painted; return each turn's time on the processor, in ms.

    Reading the store in another thread does not count: it is no work of the loop's.
    """
    taken, quiet = [_turn(act)], 0
    while quiet < QUIET:
        taken.append(_turn(lambda: None))
        sleep(0.005)
        quiet = quiet + 1 if until() and taken[-1] < 1.0 else 0
    return taken


def _turn(act: Callable[[], object]) -> float:
    begun = thread_time()
    act()
    application().processEvents()
    return (thread_time() - begun) * 1e3


def _told(name: str, taken: list[list[float]]) -> Measure:
    longest = [max(turns) for turns in taken]
    return Measure(name, median(longest), "ms", STALL, note=f"slowest {max(longest):.1f}")
