"""A matrix tells what is pointed at, by hand and by keys, and its words never stand on each other."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.monitor.looking.heat import LINE, Heat, Matrix, _some

VALUES = np.arange(12, dtype=np.float32).reshape(3, 4) - 5


@pytest.fixture
def heat(qtbot: QtBot) -> Heat:
    made = Heat("Weights")
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    rows, columns = ["one", "two", "three"], ["a", "b", "c", "a very long word that has no room"]
    made.show_matrix(Matrix(VALUES, lambda row, column: f"{row} {column}: {VALUES[row, column]:g}", rows, columns))
    return made


def middle(heat: Heat, row: int, column: int) -> QPointF:
    area = heat.area
    return QPointF(area.left() + (column + 0.5) * area.width() / 4, area.top() + (row + 0.5) * area.height() / 3)


def test_every_cell_is_found_where_it_is_drawn(heat: Heat) -> None:
    assert [heat.at(middle(heat, row, column)) for row in range(3) for column in range(4)] == [
        (row, column) for row in range(3) for column in range(4)
    ]
    assert heat.at(QPointF(1, 1)) is None


def test_pointing_tells_and_pressing_chooses(heat: Heat) -> None:
    heard: list[str] = []
    pressed: list[tuple[int, int]] = []
    heat.pointed.connect(heard.append)
    heat.pressed.connect(lambda row, column: pressed.append((row, column)))
    heat.go((2, 1))
    QTest.mouseClick(heat, Qt.MouseButton.LeftButton, pos=middle(heat, 1, 3).toPoint())
    QTest.mouseClick(heat, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert heard[0] == "2 1: 4"
    assert pressed == [(1, 3)]


def test_keys_walk_from_cell_to_cell_and_stay_inside(heat: Heat) -> None:
    heat.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Left):
        QTest.keyClick(heat, key)
    assert heat.current == (1, 0)
    pressed: list[tuple[int, int]] = []
    heat.pressed.connect(lambda row, column: pressed.append((row, column)))
    QTest.keyClick(heat, Qt.Key.Key_Return)
    assert pressed == [(1, 0)]


def test_what_is_pointed_at_is_told_again_with_new_numbers(heat: Heat) -> None:
    heat.go((0, 0))
    heard: list[str] = []
    heat.pointed.connect(heard.append)
    heat.show_matrix(Matrix(VALUES * 2, lambda row, column: f"{VALUES[row, column] * 2:g}"))
    assert heard == ["-10"]
    heat.show_matrix(Matrix(np.zeros((0, 0)), lambda row, column: ""))
    assert heat.current is None


def test_signs_and_bounds_change_the_picture(heat: Heat) -> None:
    seen = [heat.grab().toImage()]
    heat.show_matrix(Matrix(VALUES, lambda row, column: "", signed=True))
    seen.append(heat.grab().toImage())
    heat.show_matrix(Matrix(VALUES, lambda row, column: "", signed=True, bounds=(-100, 100)))
    seen.append(heat.grab().toImage())
    assert seen[0] != seen[1] != seen[2]


def test_words_stand_level_where_each_has_room_in_its_column(heat: Heat) -> None:
    heat.resize(160, 200)
    assert not heat._level
    upright = heat.top
    heat.show_matrix(Matrix(VALUES, lambda row, column: "", columns=["a", "b", "c", "d"]))
    assert heat._level
    assert heat.top < upright


@pytest.mark.parametrize("step", [1.0, 3.7, 9.0, 30.0])
def test_words_have_room(step: float) -> None:
    words = [str(number) for number in range(100)]
    for current in (None, 0, 37, 99):
        places = sorted(_some(words, step, current))
        assert current is None or current in places
        assert all((b - a) * step >= min(step, LINE) - step for a, b in pairwise(places))
        assert len(places) <= 100 * max(1, step / LINE) + 2
