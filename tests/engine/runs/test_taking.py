"""Runs from before the store are taken in from their folders, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.messages import Epoch
from engine.recipe import Recipe
from engine.record import RUN, Facts, Record
from engine.runs.store import Store
from engine.runs.taking import learn, take_in, title_of
from tests.engine.runs.kept import CHAIN, begun

NAME = "20260101-100000-123-my-net"


def recorded(folder: Path, *, status: str = "finished") -> Path:
    """Write a run's folder as the worker does."""
    record = Record(folder, Facts(CHAIN, Recipe(seed=5), "CPU:0", 8, {"keras": "3.15.1"}))
    for number in (1, 2):
        record.epoch(Epoch(number, 10 * number, {"loss": 1 / number, "val_loss": float("nan")}, 0.5))
    record.end(status, 12.5)
    record.model.write_bytes(b"weights")
    return folder


def test_a_folder_becomes_a_run(tmp_path: Path) -> None:
    recorded(tmp_path / NAME)
    store = Store(tmp_path / "runs.sqlite")
    assert take_in(store, tmp_path) == [NAME]
    (row,) = store.rows()
    assert (row.title, row.status, row.seconds, row.seed, row.device) == ("my-net", "finished", 12.5, 5, "CPU:0")
    assert (row.epochs, row.last["loss"], row.steps_per_execution) == (2, 0.5, 8)
    assert row.machine["cores"]
    assert row.versions == {"keras": "3.15.1"}
    assert store.drawing(NAME) == CHAIN
    assert [path for path, _ in store.checkpoints(NAME)] == [str(tmp_path / NAME / "model.keras")]


def test_a_folder_is_taken_once(tmp_path: Path) -> None:
    recorded(tmp_path / NAME)
    store = Store(tmp_path / "runs.sqlite")
    take_in(store, tmp_path)
    store.tell(NAME, note="mine", deleted=1.0)
    assert take_in(store, tmp_path) == []
    assert (store.rows()[0].note, store.rows()[0].deleted) == ("mine", 1.0)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", '{"layerloom": 1}', '{"recipe": [], "graph": {}, "began": "2026-01-01"}',
                '{"recipe": {}, "graph": {}, "began": "yesterday"}', "[" * 5000]
)  # fmt: skip
def test_a_folder_that_is_no_run_is_passed_over(tmp_path: Path, content: str) -> None:
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "run.json").write_text(content)
    recorded(tmp_path / NAME)
    store = Store(tmp_path / "runs.sqlite")
    assert take_in(store, tmp_path) == [NAME]
    assert [row.id for row in store.rows()] == [NAME]


def test_metrics_that_are_damaged_are_read_as_far_as_they_are_sound(tmp_path: Path) -> None:
    folder = recorded(tmp_path / NAME)
    with (folder / "metrics.csv").open("a") as file:
        file.write("three,30,x\n4,40,0.5,0.1")
    store = Store(tmp_path / "runs.sqlite")
    take_in(store, tmp_path)
    assert [row.epoch for row in store.epochs(NAME)] == [1, 2, 4]


def test_what_the_worker_wrote_is_learned(tmp_path: Path) -> None:
    folder = recorded(tmp_path / NAME)
    store = Store(tmp_path / "runs.sqlite")
    store.begin(begun(NAME, folder=folder))
    learn(store, NAME, folder)
    (row,) = store.rows()
    assert (row.steps_per_execution, row.versions) == (8, {"keras": "3.15.1"})
    assert store.checkpoints(NAME)
    learn(store, NAME, tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("told", "looks"), [(3, 3), (True, 0), (-1, 0), ("7", 0), (None, 0), (10**30, 0), (2.5, 0)]
)  # fmt: skip
def test_how_often_test_samples_were_used_is_learned_where_it_makes_sense(
    tmp_path: Path, told: object, looks: int
) -> None:  # fmt: skip
    folder = recorded(tmp_path / NAME)
    data = json.loads((folder / RUN).read_text(encoding="utf-8"))
    (folder / RUN).write_text(json.dumps(data | {"test_looks": told}), encoding="utf-8")
    store = Store(tmp_path / "runs.sqlite")
    assert take_in(store, tmp_path) == [NAME]
    assert store.rows()[0].looks == looks


def test_a_number_that_no_store_has_room_for_is_passed_over(tmp_path: Path) -> None:
    folder = recorded(tmp_path / NAME)
    data = json.loads((folder / RUN).read_text(encoding="utf-8"))
    (folder / RUN).write_text(json.dumps(data | {"steps_per_execution": 10**30}), encoding="utf-8")
    store = Store(tmp_path / "runs.sqlite")
    assert take_in(store, tmp_path) == []
    store.begin(begun(NAME, folder=folder))
    learn(store, NAME, folder)
    assert store.rows()[0].steps_per_execution == 0


def test_the_title_stands_behind_the_date() -> None:
    assert [title_of(id) for id in (NAME, "20260101-100000-123-", "other", "a-b-c-d")] == [
        "my-net", "20260101-100000-123-", "other", "a-b-c-d",
    ]  # fmt: skip
