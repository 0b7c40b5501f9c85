"""Long work goes on in slices, a few steps a turn, and is done at once where somebody waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot

from gui.canvas.slices import Slices


@pytest.fixture
def slices(qapp: QCoreApplication) -> Iterator[Slices]:
    owner = QObject()
    yield Slices(owner)
    owner.deleteLater()


def turn() -> None:
    QCoreApplication.processEvents()


def steps(done: list[str], *words: str, ends: bool = True) -> Iterator[bool]:
    for word in words:
        done.append(word)
        yield ends


def test_what_comes_before_the_first_end_of_a_turn_is_done_at_once(slices: Slices) -> None:
    done: list[str] = []
    slices.begin(steps(done, "a", "b", "c"))
    assert done == ["a"]
    assert slices.behind
    turn()
    assert done == ["a", "b"]
    turn()
    turn()
    assert done == ["a", "b", "c"]
    assert not slices.behind


def test_short_steps_share_a_turn_until_it_is_long(slices: Slices, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.canvas.slices.LONG", float("inf"))
    done: list[str] = []
    slices.begin(steps(done, "a", "b", "c", ends=False))
    assert done == ["a", "b", "c"]
    assert not slices.behind
    monkeypatch.setattr("gui.canvas.slices.LONG", -1.0)
    slices.begin(steps(done, "d", "e", ends=False))
    assert done[-1] == "d"


@pytest.mark.parametrize("leave", [Slices.finish, Slices.drop])
def test_it_is_finished_or_dropped_and_nothing_follows(slices: Slices, leave: Callable[[Slices], None]) -> None:
    done: list[str] = []
    slices.begin(steps(done, "a", "b", "c"))
    leave(slices)
    assert done == (["a", "b", "c"] if leave is Slices.finish else ["a"])
    assert not slices.behind
    before = list(done)
    turn()
    leave(slices)
    assert done == before


def test_other_work_takes_the_place_of_what_is_under_way(slices: Slices) -> None:
    done: list[str] = []
    slices.begin(steps(done, "a", "b"))
    slices.begin(steps(done, "c", "d"))
    while slices.behind:
        turn()
    assert done == ["a", "c", "d"]


def test_a_step_may_ask_for_what_it_is_part_of(slices: Slices) -> None:
    seen: list[bool] = []

    def work() -> Iterator[bool]:
        yield True
        slices.finish()
        seen.append(slices.behind)

    slices.begin(work())
    slices.finish()
    assert seen == [False]


def test_work_that_waits_does_nothing_before_and_gives_way_to_other_work(slices: Slices, qtbot: QtBot) -> None:
    done: list[str] = []
    slices.begin(steps(done, "a", ends=False), wait=60_000)
    turn()
    assert (done, slices.behind) == ([], True)
    slices.begin(steps(done, "b", ends=False))
    assert (done, slices.behind) == (["b"], False)
    slices.begin(steps(done, "c", ends=False), wait=1)
    qtbot.waitUntil(lambda: done == ["b", "c"])
