"""A column that grows moves into larger rooms ahead of its time, and loses nothing on the way."""

from __future__ import annotations

import numpy as np
import pytest

from engine.plotting.pyramid import AHEAD, Column


@pytest.mark.parametrize("piece", [1_000, 7_777, AHEAD, 3 * AHEAD + 1])
def test_what_came_is_there_however_it_came(piece: int) -> None:
    values, column = np.arange(10.0 * AHEAD), Column()
    for first in range(0, len(values), piece):
        column.add(values[first : first + piece])
    assert np.array_equal(column.values, values)


def test_a_full_room_is_left_without_a_long_way() -> None:
    column = Column()
    column.add(np.zeros(AHEAD))
    while 2 * len(column) < 2 * AHEAD + 2 or len(column) < len(column._room) - 100:
        column.add(np.zeros(100))
    assert column._moved > len(column) - 500, "what is left to copy does not grow with the column"


def test_room_that_is_asked_for_holds_what_was_there() -> None:
    column = Column()
    column.add(np.arange(10.0))
    column.reserve(1_000_000)
    room = column._room
    column.add(np.arange(10.0, 900_000.0))
    assert column._room is room
    assert np.array_equal(column.values, np.arange(900_000.0))
