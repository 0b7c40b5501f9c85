"""How fast a run goes is shown as the worker tells it, and what a switch did to speed once the run has ended."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.messages import Ended, Pace, StateChanged
from engine.project import Project
from engine.recipe import Recipe
from gui.document import Document
from gui.pace_section import TILES, PaceSection
from gui.pace_words import brief, share, size, speed, time
from gui.runner import Runner
from gui.runs import speeds
from gui.runs.keeper import Keeper
from gui.status import Status
from tests.gui.drawings import classifier
from tests.gui.fakes import Links

FIGURES = {"samples_per_second": 3180.4, "step_time": 0.0101, "waiting": 0.004, "processor": 1.84, "memory": 8.12e8}


@pytest.fixture
def section(qtbot: QtBot) -> PaceSection:
    made = PaceSection()
    qtbot.addWidget(made)
    made.resize(900, 140)
    return made


def test_nothing_is_shown_before_the_first_reading(section: PaceSection) -> None:
    assert section.isHidden()


def test_a_tile_for_each_figure_that_is_told(section: PaceSection) -> None:
    section.show_pace(Pace(8, 1.0, FIGURES | {"gpu": math.nan, "news": 3.0}))
    assert not section.isHidden()
    shown = {name: tile.words for name, tile in section.tiles.items() if not tile.isHidden()}
    assert shown == {
        "samples_per_second": "3,180", "step_time": "10.1 ms", "waiting": "< 1%", "processor": "1.8 cores",
        "memory": "812 MB",
    }  # fmt: skip
    assert all(tile.toolTip() for tile in section.tiles.values())


def test_the_course_is_drawn_and_forgotten(section: PaceSection) -> None:
    tile = section.tiles["waiting"]
    tile.resize(120, 60)
    blank = tile.grab().toImage()
    for figure in (0.1, 0.9, 0.2):
        section.show_pace(Pace(8, 1.0, {"waiting": figure}))
    drawn = tile.grab().toImage()
    assert drawn != blank
    section.clear()
    assert section.isHidden()
    assert tile.words == ""
    assert tile.grab().toImage() == blank


@pytest.mark.parametrize(
    ("spelled", "words"),
    [
        (speed(3.14159), "3.1"), (speed(12345.6), "12,346"), (time(2.5), "2.5 s"), (share(0.0), "0%"),
        (share(0.25), "25%"), (size(2.5e9), "2.50 GB"), (TILES["processor"][2](1.0), "1.0 core"),
    ],
)  # fmt: skip
def test_figures_are_written_for_people(spelled: str, words: str) -> None:
    assert spelled == words


def test_the_status_bar_says_it_in_short(qtbot: QtBot, tmp_path: Path) -> None:
    document, links = Document(catalogue()), Links()
    document.start(Project(classifier(), Recipe()))
    runner = Runner(document, tmp_path, make_link=links)  # type: ignore[arg-type]
    status = Status(document, runner)
    qtbot.addWidget(status)
    runner.show(replace(runner.state, phase="training"))
    runner.paced.emit(Pace(8, 1.0, FIGURES))
    assert "batch 32 · 3,180 samples/s · data < 1% · training" in status.run_text.text()
    runner.show(replace(runner.state, phase="finished"))
    assert "samples/s" not in status.run_text.text()
    assert brief({}) == []


def test_the_worker_s_word_reaches_the_page(qtbot: QtBot, tmp_path: Path) -> None:
    document, links = Document(catalogue()), Links()
    document.start(Project(classifier(), Recipe()))
    runner = Runner(document, tmp_path, make_link=links)  # type: ignore[arg-type]
    runner.wake()
    links.last.ready()
    document.take_report(document.generation, document.report)
    runner.train()
    heard: list[Pace] = []
    runner.paced.connect(heard.append)
    for link in links.made:
        link.received.emit(StateChanged("training"))
        link.received.emit(Pace(8, 1.0, FIGURES))
    assert heard == [Pace(8, 1.0, FIGURES)]


def test_speed_is_compared_when_the_run_has_ended_and_is_kept(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, links = Document(catalogue()), Links()
    document.start(Project(classifier(), Recipe()))
    runner = Runner(document, tmp_path, make_link=links)  # type: ignore[arg-type]
    keeper = Keeper(runner)
    said: list[str] = []
    asked: list[str] = []

    def compared(_rows: object, run: str) -> str:
        asked.append(run)
        return "XLA on after off: 1.31×"

    monkeypatch.setattr("engine.runs.speed.compared", compared)
    speeds.Speeds(keeper, runner, said.append)
    runner.wake()
    links.last.ready()
    document.take_report(document.generation, document.report)
    runner.train()
    assert keeper.run
    keeper.kept.emit(frozenset({keeper.run}))
    for link in links.made:
        link.received.emit(StateChanged("training"))
        link.received.emit(Ended("finished", 1.0))
    qtbot.waitUntil(lambda: bool(said))
    keeper.close()
    assert set(asked) == {keeper.run}
    assert set(said) == {"XLA on after off: 1.31×"}
