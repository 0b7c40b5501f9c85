"""Long work comes back to the window's thread, if anybody is left there to take it."""

from __future__ import annotations

import gc
import weakref
from functools import partial
from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from gui.aside import _BENCH, Newest, aside


class Owner(QObject):
    """Holds what was delivered, and by which thread it was let go."""


def test_work_is_done_aside_and_delivered_here(qtbot: QtBot) -> None:
    owner, told = Owner(), list[tuple[bool, bool]]()
    aside(owner, lambda: current_thread() is main_thread(), lambda there: told.append((there, here())))
    qtbot.waitUntil(lambda: bool(told))
    assert told == [(False, True)]


def _waits(go: Event, held: QObject) -> str:
    go.wait(5)
    return held.objectName()


def here() -> bool:
    return current_thread() is main_thread()


def test_what_only_the_work_held_is_let_go_here(qtbot: QtBot) -> None:
    """A widget that a thread lets go of last is destroyed in that thread, while this one may paint it."""
    owner, held, go, gone = Owner(), Owner(), Event(), list[bool]()
    weakref.finalize(held, lambda: gone.append(here()))
    aside(owner, partial(_waits, go, held), lambda _outcome: None)
    del held
    gc.collect()
    assert not gone
    go.set()
    qtbot.waitUntil(lambda: bool(gone))
    assert gone == [True]


def test_nothing_is_delivered_to_one_that_is_gone(qtbot: QtBot) -> None:
    owner, go, told = Owner(), Event(), list[object]()
    aside(owner, lambda: go.wait(5), told.append)
    delete(owner)
    go.set()
    qtbot.waitUntil(lambda: not _BENCH.works)
    assert not told


def test_what_the_work_raises_is_raised_here(qtbot: QtBot) -> None:
    owner = Owner()
    with qtbot.captureExceptions() as caught:
        aside(owner, lambda: 1 // 0, lambda _outcome: pytest.fail("it has no outcome"))
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


def test_of_what_is_asked_again_and_again_the_newest_is_done(qtbot: QtBot) -> None:
    owner, go, did, told = Owner(), Event(), list[int](), list[int]()
    newest = Newest[int](owner, told.append)

    def work(number: int) -> int:
        go.wait(5)
        did.append(number)
        return number

    for number in range(4):
        newest.ask(partial(work, number))
    go.set()
    qtbot.waitUntil(lambda: len(told) == 2)
    assert did == told == [0, 3]
    newest.ask(partial(work, 4))
    qtbot.waitUntil(lambda: told[-1] == 4)
