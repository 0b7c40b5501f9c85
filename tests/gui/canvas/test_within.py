"""What floats over the canvas stands where all of it is seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.canvas.within import AROUND, room, within


@pytest.mark.parametrize("at", [(-50, -50), (380, 280), (100, 100), (-50, 280), (AROUND, AROUND)])
def test_a_place_is_moved_no_further_than_into_the_room(qtbot: QtBot, at: tuple[int, int]) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.resize(400, 300)
    asked = QRect(QPoint(*at), QSize(120, 80))
    place = within(asked, ground)
    assert room(ground).contains(place)
    assert place.size() == asked.size()
    assert place == asked or not room(ground).contains(asked)


def test_of_what_is_too_large_the_beginning_is_seen(qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.resize(100, 60)
    assert within(QRect(0, 0, 500, 500), ground).topLeft() == QPoint(AROUND, AROUND)
