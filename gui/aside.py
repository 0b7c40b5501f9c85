"""Work that takes longer than a frame, done in a thread of its own and delivered in the window's. Knows no view.

What a thread lets go of last is destroyed there, and a widget must not be: so work, what it returned and whom it is for
are held here, and let go in the window's thread alone, once the thread has ended.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from threading import Thread
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from shiboken6 import isValid

T = TypeVar("T")
#: How often is looked whether work is done, in milliseconds.
LOOK_MS: Final = 5


@dataclass(slots=True)
class _Work:
    owner: QObject
    work: Callable[[], Any]
    done: Callable[[Any], object]
    thread: Thread
    outcome: Any = None
    error: BaseException | None = None


@dataclass(slots=True)
class _Bench:
    """All work under way; the timer is made with the first."""

    works: dict[int, _Work] = field(default_factory=dict)
    numbers: count[int] = field(default_factory=count)
    timer: QTimer | None = None


_BENCH: Final = _Bench()


def aside(owner: QObject, work: Callable[[], T], done: Callable[[T], object]) -> None:
    """Do work in a thread, then `done` with what it returned in this one; not if the owner is gone by then.

    What the work raises is raised in this thread.
    """
    number = next(_BENCH.numbers)
    _BENCH.works[number] = _Work(owner, work, done, Thread(target=_do, args=(number,), daemon=True, name="aside"))
    _BENCH.works[number].thread.start()
    _timer().start()


class Newest(Generic[T]):
    """Of work that is asked for again and again, does one at a time, and after it only what was asked for last."""

    def __init__(self, owner: QObject, done: Callable[[T], object]) -> None:
        self._owner, self._done = owner, done
        self._busy = False
        self._waiting: Callable[[], T] | None = None

    def ask(self, work: Callable[[], T]) -> None:
        """Have work done, as soon as that before it is; what waits for its turn gives it up to this."""
        if self._busy:
            self._waiting = work
            return
        self._busy = True
        aside(self._owner, work, self._deliver)

    def _deliver(self, outcome: T) -> None:
        self._busy = False
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.ask(waiting)
        self._done(outcome)


def wait_for(owner: QObject, seconds: float) -> None:
    """Wait until an owner's work is done, so long at most; it is delivered as ever, if at all."""
    for each in [each for each in _BENCH.works.values() if each.owner is owner]:
        each.thread.join(seconds)


def _timer() -> QTimer:
    timer = _BENCH.timer
    if timer is None or not isValid(timer):
        timer = _BENCH.timer = QTimer(QCoreApplication.instance())
        timer.setInterval(LOOK_MS)
        timer.timeout.connect(_deliver)
    return timer


def _do(number: int) -> None:
    each = _BENCH.works[number]
    try:
        each.outcome = each.work()
    except BaseException as error:  # noqa: BLE001 - it is raised again where it can be told
        each.error = error


def _deliver() -> None:
    for number, each in list(_BENCH.works.items()):
        if each.thread.is_alive():
            continue
        del _BENCH.works[number]
        if each.error is not None:
            raise each.error
        if isValid(each.owner):
            each.done(each.outcome)
    if not _BENCH.works:
        _timer().stop()
