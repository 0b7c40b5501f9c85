"""A view asks one question at a time, and hears of no other."""

from __future__ import annotations

import pytest

from engine.messages import Drop, Refused, Working
from gui.asking import Asking
from tests.gui.fakes import Told


@pytest.fixture
def told(qtbot: object) -> Told:
    return Told()


def test_only_the_newest_question_is_heard_of(told: Told) -> None:
    asking = Asking(told)  # type: ignore[arg-type]
    done: list[float] = []
    asking.worked.connect(lambda share, _doing: done.append(share))
    for _ in range(2):
        asking.ask(lambda asked: Working(asked, 0.0))
    first, dropped, second = told.heard
    assert dropped == Drop(first.asked)
    told.answered.emit(Working(first.asked, 0.1))
    told.answered.emit(Working(second.asked, 0.2))
    assert done == [0.2]


def test_a_refused_question_waits_no_more(told: Told) -> None:
    asking = Asking(told)  # type: ignore[arg-type]
    words: list[str] = []
    asking.refused.connect(words.append)
    asking.ask(lambda asked: Working(asked, 0.0))
    assert asking.waits
    told.answered.emit(Refused(told.heard[0].asked, "No."))
    assert words == ["No."]
    assert not asking.waits
    asking.drop()
    assert len(told.heard) == 1


def test_a_new_run_knows_nothing_of_what_was_asked_before(told: Told) -> None:
    asking = Asking(told)  # type: ignore[arg-type]
    asking.ask(lambda asked: Working(asked, 0.0))
    told.started.emit(None, None)
    assert not asking.waits
