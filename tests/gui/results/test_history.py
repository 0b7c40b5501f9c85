"""Verdicts are kept by epoch, within bounds, and share what does not change."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.verdict import Verdict
from gui.results.history import History
from tests.gui.results.made import digits


def epochs(history: History) -> list[int]:
    return [each.epoch for each in history.of("validation", "digit")]


def test_epochs_stand_in_their_order_and_the_newest_of_each_stays() -> None:
    history = History()
    for epoch in (1, 3, 2):
        history.add(digits(epoch))
    again = replace(digits(2), step=99)
    history.add(again)
    assert epochs(history) == [1, 2, 3]
    assert history.of("validation", "digit")[1].step == 99
    assert history.outputs("validation") == ("digit",)
    assert history.outputs("test") == ()
    assert history.last_step("validation") == 120


def test_what_is_right_is_kept_once() -> None:
    history = History()
    for epoch in (1, 2):
        history.add(digits(epoch))
    first, second = history.of("validation", "digit")
    assert first.targets is second.targets
    assert history.bytes == 2 * first.predictions.nbytes + first.targets.nbytes


def test_history_thins_itself_and_keeps_its_ends() -> None:
    one = digits(1)
    history = History(one.predictions.nbytes * 10 + one.targets.nbytes)
    for epoch in range(1, 101):
        history.add(digits(epoch))
        assert history.bytes <= one.predictions.nbytes * 10 + one.targets.nbytes
    found = epochs(history)
    assert (found[0], found[-1]) == (1, 100)
    assert 5 <= len(found) <= 10


def test_two_verdicts_stay_whatever_they_weigh() -> None:
    history = History(10)
    for epoch in (1, 2, 3):
        history.add(digits(epoch))
    assert epochs(history) == [1, 3]


def test_other_samples_are_not_shared() -> None:
    history = History()
    history.add(digits(1))
    other: Verdict = replace(digits(2), targets=np.zeros(270, "int32"))
    history.add(other)
    assert history.of("validation", "digit")[1].targets is other.targets
