"""Every run is kept as it goes: what the trainer said in a real run is in the store, and nothing before a run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.happenings import Happening
from engine.messages import Ended, Epoch, Evaluated, Happened, StateChanged, Steps
from engine.runs.store import NAME, Store
from gui.runs.keeper import Keeper
from tests.gui.monitor.conftest import stage as stage
from tests.gui.monitor.stage import Stage, epoch, recording


@pytest.fixture
def keeper(stage: Stage) -> Iterator[Keeper]:
    made = Keeper(stage.runner)
    yield made
    made.close()


def test_nothing_is_opened_before_it_is_needed(keeper: Keeper, tmp_path: Path) -> None:
    assert not (tmp_path / NAME).exists()


def test_a_run_is_kept_whole(qtbot: QtBot, keeper: Keeper, stage: Stage, tmp_path: Path) -> None:
    stage.begin()
    stage.play()
    keeper.close()
    store = Store(tmp_path / NAME)
    (row,) = store.rows()
    assert stage.runner.folder is not None
    assert (row.id, row.status) == (stage.runner.folder.name, "finished")
    said = [message for message in recording() if isinstance(message, Epoch)]
    assert [(each.epoch, each.metrics) for each in store.epochs(row.id)] == [(m.epoch, m.metrics) for m in said]
    numbers = [number for m in recording() if isinstance(m, Steps) for number in m.numbers.numpy().tolist()]
    assert store.steps(row.id)[0].numbers.tolist() == numbers
    assert store.drawing(row.id) == stage.document.root


def test_a_run_is_read_while_it_goes(qtbot: QtBot, keeper: Keeper, stage: Stage) -> None:
    stage.begin()
    stage.play(epoch(3), ended=False)
    keeper.mark(Happening(120, 3, 1.0, "note", "look here"))
    with qtbot.waitSignal(keeper.kept, check_params_cb=lambda _ids: bool(keeper.store.epochs(keeper.run))):
        keeper.flush()
    assert len(keeper.store.epochs(keeper.run)) == 3
    assert [mark.text for mark in keeper.store.marks(keeper.run)] == ["look here"]
    assert keeper.store.rows()[0].status == "running"


def test_a_note_after_the_end_is_kept_and_taken_away(keeper: Keeper, stage: Stage, tmp_path: Path) -> None:
    stage.begin()
    stage.play()
    first, second = (Happening(step, 1, 1.0, "note", "look") for step in (40, 80))
    keeper.mark(first)
    keeper.mark(second)
    keeper.unmark(first)
    keeper.close()
    store = Store(tmp_path / NAME)
    assert store.marks(store.rows()[0].id) == [second]


def test_what_came_within_a_second_is_written_though_the_window_dies(
    qtbot: QtBot, keeper: Keeper, stage: Stage, tmp_path: Path
) -> None:
    stage.begin()
    stage.play(epoch(2), ended=False)

    def written() -> None:
        assert len(Store(tmp_path / NAME).epochs(keeper.run)) == 2

    qtbot.waitUntil(written, timeout=5000)  # by the keeper's own beat: nobody asks it to write


def test_a_damaged_store_is_said_and_the_run_is_kept(
    qtbot: QtBot, keeper: Keeper, stage: Stage, tmp_path: Path
) -> None:
    (tmp_path / NAME).write_bytes(b"nothing of ours" * 300)
    with qtbot.waitSignal(keeper.refused) as caught:
        stage.begin()
    assert "put aside" in caught.args[0]
    stage.play()
    keeper.close()
    assert len(Store(tmp_path / NAME).rows()) == 1


def test_figures_of_the_test_set_are_kept(keeper: Keeper, stage: Stage, tmp_path: Path) -> None:
    stage.begin()
    stage.play()
    stage.trainer.received.emit(Evaluated({"loss": 0.1}, 270, 4))
    keeper.close()
    (row,) = Store(tmp_path / NAME).rows()
    assert (row.tested, row.looks) == ({"loss": 0.1}, 4)


def test_marks_of_the_run_are_kept(keeper: Keeper, stage: Stage, tmp_path: Path) -> None:
    stage.begin()
    stage.play(epoch(1), ended=False)
    mark = Happening(7, 1, 0.5, "rate", "Learning rate 0.01")
    stage.trainer.received.emit(Happened(mark))
    keeper.close()
    store = Store(tmp_path / NAME)
    assert store.marks(store.rows()[0].id) == [mark]


def test_a_run_that_is_trained_on_runs_again(qtbot: QtBot, keeper: Keeper, stage: Stage) -> None:
    stage.begin()
    stage.play()
    qtbot.waitUntil(lambda: not keeper._beat.isActive())
    stage.trainer.received.emit(StateChanged("training", "CPU:0", 40, 24, 1))

    def running() -> None:
        assert [row.status for row in keeper.store.rows()] == ["running"]

    qtbot.waitUntil(running, timeout=5000)
    stage.trainer.received.emit(Ended("finished", 3.0))
    qtbot.waitUntil(lambda: keeper.store.rows()[0].status == "finished", timeout=5000)
