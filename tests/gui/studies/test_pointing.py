"""What is under the pointer is said, of pixels, words and numbers; points are reached without a mouse."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.messages import Array, Attributed, Embedded
from engine.plotting.turning import Turn
from gui.studies.attribution import AttributionView, Manner
from gui.studies.cloud import CloudView
from gui.studies.stepping import ORDER, WAYS, middlemost, neighbour
from gui.studies.written import bar_boxes, word_boxes

#: A cross: the middle, then left, right, above and below it.
CROSS = np.array([[0, 0, 0], [-2, 0, 0], [2, 0, 0], [0, 1, 0], [0, -1, 0]], "float32")


def over(given_: np.ndarray, values: np.ndarray, name: str = "x") -> Attributed:
    return Attributed(1, name, Array.of(given_), Array.of(values.astype("float32")), 0, 1.0, signed=False)


@pytest.fixture
def view(qtbot: QtBot) -> AttributionView:
    made = AttributionView()
    qtbot.addWidget(made)
    made.resize(400, 240)
    return made


def test_the_word_under_the_pointer_is_said(view: AttributionView) -> None:
    view.words = {"x": ("", "a", "film")}
    view.show_answer(over(np.array([1, 2, 0, 1, 0]), np.array([0.5, -2.0, 0.125, 7.0, 9.0])))
    boxes = word_boxes(next(view._rooms())[1], ["a", "film", "", "a", ""])
    assert len(boxes) == 4, "what fills up at the end is left out"
    said = [view.words_at(box.center()) for box in boxes]
    assert said == ["word 0, a: 0.5", "word 1, film: -2", "word 2, ·: 0.125", "word 3, a: 7"]
    assert view.words_at(boxes[-1].topRight() + QPointF(9, 4)) == ""


def test_the_column_under_the_pointer_is_said(view: AttributionView) -> None:
    view.show_answer(over(np.array([0.25, -1, 3], "float32"), np.array([0.5, -2.0, 0.125])))
    room = next(view._rooms())[1]
    rows = [QPointF(60, room.top() + 8 + 28 * (place + 0.4)) for place in range(4)]
    assert [view.words_at(row) for row in rows] == ["column 0, 0.25: 0.5", "column 1, -1: -2", "column 2, 3: 0.125", ""]
    assert view.words_at(QPointF(60, room.top() + 2)) == ""


def test_many_columns_stand_beside_each_other_where_they_would_be_too_low(view: AttributionView) -> None:
    view.show_answer(over(np.zeros(30, "float32"), np.arange(30)))
    boxes = bar_boxes(next(view._rooms())[1], 30)
    assert {box.left() for box in boxes} == {0, 200}
    assert [view.words_at(box.center()) for box in boxes] == [f"column {n}, 0: {n}" for n in range(30)]
    assert all(view.rect().contains(box.toAlignedRect()) for box in boxes)
    assert not view.grab().isNull()


def test_the_step_under_the_pointer_is_said(view: AttributionView) -> None:
    view.show_answer(over(np.ones((50, 2), "float32"), np.stack([np.arange(50), np.zeros(50)], axis=1)))
    assert view.words_at(QPointF(8 * 31 + 4, 100)) == "step 31: 31"


def test_of_several_inputs_the_one_under_the_pointer_is_named(view: AttributionView) -> None:
    for name in ("left", "right"):
        view.show_answer(over(np.zeros((4, 4, 1), "float32"), np.arange(16).reshape(4, 4), name))
    view.show_manner(Manner())
    lower = list(view._rooms())[1][1]
    assert view.words_at(lower.topLeft() + QPointF(2, 24)) == "right · row 0, column 0: 0"


# -- by the keys


def cloud(qtbot: QtBot) -> CloudView:
    made = CloudView()
    qtbot.addWidget(made)
    made.resize(300, 300)
    made.show()
    count = len(CROSS)
    ordinary = Array.of(np.arange(count) + 100), Array.of(np.zeros(count, "int64"))
    made.show_answer(Embedded(1, Array.of(CROSS), *ordinary, Array.of(np.ones(3))))
    return made


@pytest.mark.parametrize(
    ("key", "place"), [(Qt.Key.Key_Left, 1), (Qt.Key.Key_Right, 2), (Qt.Key.Key_Up, 3), (Qt.Key.Key_Down, 4)]
)
def test_arrow_keys_go_to_the_next_point_that_way(qtbot: QtBot, key: Qt.Key, place: int) -> None:
    view, said = cloud(qtbot), list[str]()
    view.pointed.connect(said.append)
    QTest.keyClick(view, key)
    assert view.hovered == 0, "a walk begins in the middle"
    QTest.keyClick(view, key)
    assert view.hovered == place
    assert said[-1] == f"sample {100 + place}, class 0"


def test_a_point_is_pinned_and_let_go(qtbot: QtBot) -> None:
    view, chosen = cloud(qtbot), list[int]()
    view.chosen.connect(chosen.append)
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert view.pinned == 1
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert (view.pinned, view.hovered) == (1, 4), "the last one comes before the first"
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.pinned is view.hovered is None
    assert chosen[-1] == -1


def test_escape_is_the_windows_where_nothing_is_held(qtbot: QtBot) -> None:
    view, times = cloud(qtbot), list[int]()
    QShortcut(Qt.Key.Key_Escape, view.window()).activated.connect(lambda: times.append(1))
    view.pin(1)
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    QTest.keyClick(view.windowHandle(), Qt.Key.Key_Escape)  # by way of the window's shortcuts, as a person's key
    assert (view.pinned, times) == (None, [])
    QTest.keyClick(view.windowHandle(), Qt.Key.Key_Escape)
    assert times == [1]


def test_in_space_shift_and_the_arrow_keys_turn(qtbot: QtBot) -> None:
    view = cloud(qtbot)
    view.show_solid(True)
    QTest.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert view.turn != Turn()
    assert view.hovered is None
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.turn == Turn()
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.turn == Turn()
    assert view.hovered is not None


def test_the_focus_is_seen(qtbot: QtBot) -> None:
    view = cloud(qtbot)
    view.window().activateWindow()
    without = view.grab().toImage()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    assert view.grab().toImage() != without


def test_fewer_points_forget_the_one_that_was_looked_at(qtbot: QtBot) -> None:
    view = cloud(qtbot)
    view.pin(4)
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    few = Array.of(CROSS[:2]), Array.of(np.arange(2)), Array.of(np.zeros(2, "int64"))
    view.show_answer(Embedded(1, *few, Array.of(np.ones(3))))
    assert (view.pinned, view.hovered) == (None, None)
    assert not view.grab().isNull()


points = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=12, unique=True)


@given(points, st.data())
def test_a_step_goes_its_way_or_nowhere(places: list[tuple[int, int]], data: st.DataObject) -> None:
    seen = np.array(places, float)
    assert 0 <= middlemost(seen) < len(seen)
    at = data.draw(st.integers(0, len(places) - 1))
    for way in WAYS.values():
        to = neighbour(seen, at, way)
        along = (seen[to] - seen[at]) @ np.array(way)
        further = (seen - seen[at]) @ np.array(way) > 0
        assert along > 0 if further.any() else to == at
    assert set(ORDER.values()) == {-1, 1}
