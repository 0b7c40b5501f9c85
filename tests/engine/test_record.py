"""A run's folder says what was trained and how it went, and a new run loses nothing of an old one."""

from __future__ import annotations

import json
import math
import os
from dataclasses import replace
from pathlib import Path

import pytest

from engine.catalogue import RESOURCES, catalogue
from engine.errors import ProjectError
from engine.messages import Epoch
from engine.project import load
from engine.record import METRICS, MODEL, PREVIOUS, RUN, Facts, Record, count_look, in_place_of, read

DIGITS = load(RESOURCES / "templates" / "digits-cnn.loom", catalogue())
FACTS = Facts(DIGITS.graph, DIGITS.recipe, "CPU", 8, {"keras": "3.15.1"})


def test_a_folder_is_made_and_says_that_the_run_goes_on(tmp_path: Path) -> None:
    Record(tmp_path / "a" / "run", FACTS)
    found = read(tmp_path / "a" / "run", catalogue())
    assert (found.graph, found.recipe, found.status) == (DIGITS.graph, DIGITS.recipe, "running")


def test_the_end_is_written_over_the_beginning(tmp_path: Path) -> None:
    record = Record(tmp_path, FACTS)
    began = json.loads((tmp_path / RUN).read_text())
    record.end("stopped", 1.23456)
    data = json.loads((tmp_path / RUN).read_text())
    assert (data["status"], data["seconds"]) == ("stopped", 1.235)
    assert {**data, "status": "running", "seconds": 0.0} == began
    assert data.keys() >= {"recipe", "graph", "versions", "seed", "machine", "device", "began"}


def test_an_epoch_is_a_row_at_once(tmp_path: Path) -> None:
    record = Record(tmp_path, FACTS)
    record.epoch(Epoch(1, 40, {"loss": 0.1 + 0.2, "val_loss": math.nan}, 0.12345))
    assert (tmp_path / METRICS).read_text() == (
        "epoch,step,seconds,loss,val_loss\n1,40,0.1235,0.30000000000000004,nan\n"
    )
    record.epoch(Epoch(2, 80, {"val_loss": math.inf, "loss": 1.0}, 1))
    assert (tmp_path / METRICS).read_text().splitlines()[2] == "2,80,1,1.0,inf"


def test_a_new_run_puts_the_last_one_aside_and_sweeps_what_was_half_saved(tmp_path: Path) -> None:
    Record(tmp_path, FACTS).epoch(Epoch(1, 40, {"loss": 1.0}, 1))
    (tmp_path / MODEL).write_text("weights")
    (tmp_path / ".0123abcd.part.model.keras").write_text("half")
    (tmp_path / "notes.txt").write_text("the person's own")
    Record(tmp_path, replace(FACTS, recipe=replace(DIGITS.recipe, seed=7)))
    assert read(tmp_path, catalogue()).recipe.seed == 7
    assert read(tmp_path / PREVIOUS, catalogue()).recipe.seed == DIGITS.recipe.seed
    assert (tmp_path / PREVIOUS / MODEL).read_text() == "weights"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["notes.txt", PREVIOUS, RUN]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "is the folder of no run"),
        ("", "is damaged"),
        ("[]", "is damaged"),
        ("{}", "is damaged"),
        ('{"graph": {}, "recipe": {"epochs": "x"}, "status": "finished"}', "epochs of the recipe"),
        ('{"graph": {"nodes": 1}, "recipe": {}, "status": "finished"}', "nodes is a list"),
        ("[" * 100_000, "is damaged"),
    ],
)
def test_what_is_no_run_is_said(tmp_path: Path, text: str | None, said: str) -> None:
    if text is not None:
        (tmp_path / RUN).write_text(text)
    with pytest.raises(ProjectError, match=said):
        read(tmp_path, catalogue())


def test_bytes_that_are_no_text_are_said(tmp_path: Path) -> None:
    (tmp_path / RUN).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ProjectError, match="is damaged"):
        read(tmp_path, catalogue())


def test_a_file_takes_its_place_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.keras"
    path.write_text("old")
    with in_place_of(path) as place:
        assert place.suffix == ".keras"
        assert place.parent == tmp_path
        place.write_text("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_read_only_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.keras"
    path.write_text("old")
    monkeypatch.setattr(os, "access", lambda *_: False)  # a superuser may write to anything
    with pytest.raises(ProjectError, match="read-only"), in_place_of(path) as place:
        place.write_text("new")
    assert path.read_text() == "old"


def break_off(path: Path) -> None:
    with in_place_of(path) as place:
        place.write_text("half")
        raise ValueError("broken")


def test_an_error_of_another_kind_goes_through_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="broken"):
        break_off(tmp_path / "out.keras")
    assert not list(tmp_path.iterdir())


def test_looks_that_are_counted_by_the_folder_are_not_lost_when_the_run_goes_on(tmp_path: Path) -> None:
    record = Record(tmp_path, FACTS)
    assert record.looked() == 1
    assert count_look(tmp_path) == 2
    record.end("finished", 1.0)
    assert json.loads((tmp_path / RUN).read_text())["test_looks"] == 2
    assert record.looked() == 3
    assert Record(tmp_path, FACTS).looks == 0, "a new run has used nothing"


@pytest.mark.parametrize("text", ["", "[]", "{", "null"])
def test_looks_at_a_damaged_record_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / RUN).write_text(text)
    with pytest.raises(ProjectError, match="damaged"):
        count_look(tmp_path)
