"""How long things move."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gui import motion


def test_nothing_moves_where_nobody_sees_it(qtbot: QtBot) -> None:
    assert motion.milliseconds(150) == 0


def test_a_motion_lasts_as_long_as_it_is_asked_to(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(motion, "UNSEEN", frozenset())
    assert motion.milliseconds(150) == 150
    motion.use_less(True)
    try:
        assert motion.milliseconds(150) == 0
    finally:
        motion.use_less(False)
