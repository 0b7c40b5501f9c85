"""What is written as a run goes, and what becomes of runs that were deleted long ago."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.messages import Array, Steps
from engine.recipe import Recipe
from engine.record import count_look
from engine.runs import jobs
from engine.runs.jobs import KEPT
from engine.runs.store import Store
from tests.engine.runs.kept import CHAIN, begun, epochs, spool
from tests.engine.runs.test_taking import NAME, recorded

NOW = 1_800_000_000.0


def test_a_run_goes_from_its_start_to_its_end(tmp_path: Path) -> None:
    store, folder = Store(tmp_path / "runs.sqlite"), tmp_path / NAME
    jobs.start(folder, CHAIN, Recipe(seed=3), NOW)(store)
    jobs.add(NAME, [spool(1, 10)], epochs(1), [], NOW + 2)(store)
    assert (store.rows()[0].status, store.rows()[0].seconds, store.rows()[0].seed) == ("running", 2.0, 3)
    jobs.add(NAME, [spool(11, 20)], epochs(2)[1:], [], NOW + 4)(store)
    jobs.add(NAME, [spool(21, 30, timed=True)], [], [], NOW + 500)(store)
    assert store.rows()[0].seconds == pytest.approx(0.3), "the time of training, not that of a pause"
    recorded(folder)
    jobs.end(NAME, folder, "finished", NOW + 600)(store)
    (row,) = store.rows()
    assert (row.status, row.seconds, row.epochs, row.steps_per_execution) == ("finished", 12.5, 2, 8)
    assert len(store.steps(NAME)[0].numbers) == 20


def test_a_run_that_goes_on_is_running_again(tmp_path: Path) -> None:
    store, folder = Store(tmp_path / "runs.sqlite"), tmp_path / NAME
    jobs.start(folder, CHAIN, Recipe(), NOW)(store)
    jobs.end(NAME, folder, "stopped", NOW + 5)(store)
    jobs.start(folder, CHAIN, Recipe(), NOW + 9)(store)
    (row,) = store.rows()
    assert (row.status, row.began) == ("running", NOW)


def test_deleted_runs_go_after_a_month_and_no_sooner(tmp_path: Path) -> None:
    store = Store(tmp_path / "runs.sqlite")
    old, new = (recorded(tmp_path / f"20260101-100000-00{place}-net") for place in (1, 2))
    jobs.begin(tmp_path, NOW)(store)
    store.tell(old.name, deleted=NOW - KEPT - 1)
    store.tell(new.name, deleted=NOW - KEPT + 1)
    jobs.begin(tmp_path, NOW)(store)
    assert (old.exists(), new.exists()) == (False, True)
    assert store.ids() == {new.name}


def test_a_folder_elsewhere_is_never_removed(tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "runs", recorded(tmp_path / "mine" / NAME)
    store = Store(root / "runs.sqlite")
    jobs.start(elsewhere, CHAIN, Recipe(), NOW)(store)
    store.tell(NAME, deleted=1.0)
    jobs.begin(root, NOW)(store)
    assert store.ids() == frozenset()
    assert (elsewhere / "run.json").exists()


def test_steps_keep_when_they_were_beside_the_time_of_training(tmp_path: Path) -> None:
    numbers, values = Array.of(np.array([3, 4])), Array.of(np.array([[0.5], [0.25]]))
    kept = jobs.spool(Steps(("loss",), numbers, values, Array.of(np.array([1.0, 2.0])), since=NOW))
    assert kept.walls is not None
    assert kept.walls.tolist() == [NOW + 1, NOW + 2]
    store = Store(tmp_path / "runs.sqlite")
    store.begin(begun("a"))
    store.add_steps("a", [spool(1, 2, timed=True), kept])
    store.join_steps("a")
    first, second = store.steps("a")
    assert (first.walls, second.values.tolist()) == (None, [[0.5], [0.25]])
    assert second.seconds is not None
    assert second.walls is not None
    assert (second.seconds.tolist(), second.walls.tolist()) == ([1.0, 2.0], [NOW + 1, NOW + 2])


def test_steps_are_kept_as_numbers_of_one_kind() -> None:
    message = Steps(("loss",), Array.of(np.array([3, 4])), Array.of(np.array([[0.5], [0.25]])))
    kept = jobs.spool(message)
    assert kept.numbers.dtype == np.float64
    assert (kept.numbers.tolist(), kept.values.tolist()) == ([3, 4], [[0.5], [0.25]])


def test_runs_that_were_measured_before_the_store_knew_tell_how_often(tmp_path: Path) -> None:
    store, folder = Store(tmp_path / "runs.sqlite"), recorded(tmp_path / NAME)
    count_look(folder)
    count_look(folder)
    store.begin(begun(NAME, folder=folder))
    store.tell(NAME, tested={"loss": 0.5}, seconds=3.0)
    assert jobs.begin(tmp_path, NOW)(store) == [NAME]
    (row,) = store.rows()
    assert (row.looks, row.seconds) == (2, 3.0), "what else the store knows stays"
    assert jobs.begin(tmp_path, NOW)(store) == []
