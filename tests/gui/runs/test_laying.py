"""Runs of the store become curves: epochs, steps thinned without losing an extreme, times, marks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.happenings import Happening
from engine.plotting.thin import kept_rows
from engine.runs.store import Store
from engine.runs.values import Spool
from gui.runs.laying import MOST_STEPS, laid
from tests.engine.runs.kept import begun, epochs, filled


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "runs.sqlite")


def long_spool(count: int) -> Spool:
    numbers = np.arange(1.0, count + 1)
    values = np.stack([np.sin(numbers * 7.7), np.cos(numbers)], 1)
    values[12_345], values[40_000, 1] = (99.0, -99.0), np.nan
    return Spool(
        ("loss", "accuracy"), numbers, values, numbers * 0.01, 5000.0 + numbers * 0.01 + (numbers > 50_000) * 60
    )


def test_a_run_has_its_epochs_its_steps_and_its_marks(store: Store) -> None:
    id = filled(store)
    mark = Happening(20, 2, 0.2, "note", "look")
    store.add_marks(id, [mark])
    (series,) = laid(store, [id, "gone"])
    loss = series.metrics["loss"]
    assert (len(loss.steps), len(loss.train), len(loss.validation)) == (30, 3, 3)
    assert (series.step, series.steps_per_epoch, series.happenings) == (30, 10, [mark])
    assert series.axis("elapsed").of(np.array([20.0])).tolist() == [1.0]


def test_a_long_run_is_thinned_to_its_extremes(store: Store) -> None:
    store.begin(begun("a"))
    store.add_steps("a", [long_spool(60_000)])
    (series,) = laid(store, ["a"])
    steps = {name: metric.steps for name, metric in series.metrics.items()}
    assert len(steps["loss"]) <= MOST_STEPS
    assert (steps["loss"].greatest, steps["accuracy"].least) == (99.0, -99.0)
    assert series.step == 60_000
    assert series.began == pytest.approx(5000.0)
    assert series.axis("elapsed").of(np.array([60_000.0]))[0] == pytest.approx(600.0)
    assert series.axis("wall", since=5000.0).of(np.array([60_000.0]))[0] == pytest.approx(660.0)


def test_parts_of_a_run_that_measure_otherwise_stand_behind_each_other(store: Store) -> None:
    store.begin(begun("a"))
    numbers = np.arange(1.0, 5.0)
    store.add_steps("a", [Spool(("loss",), numbers, numbers[:, None]), Spool(("mae",), numbers + 4, numbers[:, None])])
    store.add_epochs("a", epochs(1))
    (series,) = laid(store, ["a"])
    assert series.metrics["loss"].steps.x.tolist() == [1, 2, 3, 4]
    assert series.metrics["mae"].steps.x.tolist() == [5, 6, 7, 8]


@pytest.mark.parametrize("count", [0, 1, 5, 1000])
def test_few_rows_are_all_kept(count: int) -> None:
    assert kept_rows(np.zeros((count, 2)), 1000).tolist() == list(range(count))
    assert len(kept_rows(np.full((5000, 2), np.nan), 1000)) <= 1000
