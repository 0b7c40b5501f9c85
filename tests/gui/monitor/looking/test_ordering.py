"""In what order vectors stand: few are compared at once, many beside the window's loop, each subject once."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from gui.monitor.looking.likeness import chain, correlation
from gui.monitor.looking.ordering import FEW, Ordering
from gui.monitor.tiles import Floats


def rows(count: int, seed: int = 1) -> Floats:
    return np.random.default_rng(seed).normal(size=(count, 12)).astype(np.float32)


def of_owner(owner: QObject) -> tuple[Ordering, list[bool]]:
    told: list[bool] = []
    return Ordering(owner, lambda: told.append(True)), told


def test_few_are_put_in_order_at_once(qtbot: QtBot) -> None:
    owner = QObject()
    ordering, _told = of_owner(owner)
    values = rows(6)
    values[2] *= 9
    values[5] = values[0] * 2
    found = [
        order.tolist() for by in ("index", "norm", "likeness") if (order := ordering.of(values, values, by)) is not None
    ]
    assert found[0] == [0, 1, 2, 3, 4, 5]
    assert found[1][0] == 2
    assert abs(found[2].index(0) - found[2].index(5)) == 1


def test_many_are_compared_aside_and_once(qtbot: QtBot) -> None:
    owner = QObject()
    ordering, told = of_owner(owner)
    values = rows(FEW + 1)
    assert ordering.of(values, values, "likeness") is None
    assert ordering.of(values, values, "likeness") is None
    assert ordering.of(values, values, "index") is not None, "what takes no time is not waited for"
    qtbot.waitUntil(lambda: bool(told))
    found = ordering.of(values, values, "likeness")
    assert found is not None
    assert found.tolist() == chain(correlation(values)).tolist()
    qtbot.wait(20)
    assert told == [True], "it was asked for twice and found once"


def test_what_came_last_is_what_is_found(qtbot: QtBot) -> None:
    """While one is compared others come: those between are never compared."""
    owner = QObject()
    ordering, told = of_owner(owner)
    first, between, last = (rows(FEW + 1, seed) for seed in (1, 2, 3))
    assert [ordering.of(values, values, "likeness") for values in (first, between, last)] == [None] * 3
    qtbot.waitUntil(lambda: len(told) == 2)
    found = ordering.of(last, last, "likeness")
    assert found is not None
    assert found.tolist() == chain(correlation(last)).tolist()
