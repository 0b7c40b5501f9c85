"""What is drawn is what was found: strengths, maps laid over samples, a landscape that grows, space that turns."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.messages import Array, Attributed, Heights
from engine.plotting.turning import Turn
from gui.studies.attribution import AttributionView, shown
from gui.studies.colours import CLASSES, class_colour, enlarged, overlay, strengths
from gui.studies.surface import SurfaceView, _filled


def test_classes_have_colours_of_their_own() -> None:
    assert len({class_colour(number).name() for number in range(2 * len(CLASSES))}) == 2 * len(CLASSES)


def test_strengths_are_shares_of_the_strongest() -> None:
    assert strengths(np.array([1.0, -4.0, np.nan])).tolist() == [0.25, -1, 0]
    assert strengths(np.zeros(2)).tolist() == [0, 0]


def test_what_lies_over_a_sample_is_there_where_it_is_strong(qapp: object) -> None:
    image = overlay(np.array([[1.0, 0.0], [-1.0, 0.5]]), 1.0)
    alphas = [image.pixelColor(x, y).alpha() for y in range(2) for x in range(2)]
    assert alphas[0] == alphas[2] == 255
    assert alphas[1] == 0
    assert image.pixelColor(0, 0).red() > image.pixelColor(0, 1).red()


def test_a_map_laid_over_is_straight_between_its_places() -> None:
    wide = enlarged(np.array([[0.0, 1.0], [2.0, 3.0]]), (4, 4))
    assert wide[0, 0] == 0
    assert wide[3, 3] == 3
    assert wide[0].tolist() == [0, 0.25, 0.75, 1]


@pytest.mark.parametrize(("look", "signed"), [("strength", False), ("times", True)])
def test_of_colours_one_value_is_shown_for_each_place(look: str, signed: bool) -> None:
    given, values = np.full((2, 2, 3), 2.0, "float32"), np.full((2, 2, 3), -1.0, "float32")
    answer = Attributed(1, "image", Array.of(given), Array.of(values), 0, 1.0)
    found, has_sign = shown(answer, look)
    assert has_sign is signed
    assert np.all(found == (-6 if signed else 1))


@pytest.mark.parametrize(
    ("given", "values"),
    [
        (np.arange(5), np.ones(5)),
        (np.arange(5), np.ones(3)),
        (np.ones((30, 2)), np.ones((30, 2))),
        (np.ones(4), np.array([1.0, np.nan, -1, 0])),
        (np.ones((6, 6, 8)), np.ones((6, 6, 8))),
    ],
    ids=["words", "a map over words", "series", "vector", "channels"],
)
def test_samples_of_every_kind_are_drawn(given: np.ndarray, values: np.ndarray, qtbot: QtBot) -> None:
    view = AttributionView()
    qtbot.addWidget(view)
    view.resize(400, 200)
    kind = "int64" if given.dtype.kind == "i" else "float32"
    blank = view.grab().toImage()
    view.show_answer(Attributed(1, "x", Array.of(given.astype(kind)), Array.of(values.astype("float32")), 0, 1.0))
    assert view.grab().toImage() != blank
    assert len(list(view.rows())) == 1 + values.size


def test_a_landscape_that_grows_is_straight_between_what_is_known() -> None:
    values = np.full((5, 5), np.nan)
    values[::4, ::4] = [[0, 4], [4, 8]]
    assert np.allclose(_filled(values), np.add.outer(np.arange(5), np.arange(5)))
    assert np.isfinite(_filled(np.full((3, 3), np.nan))).all()


def test_a_surface_turns_by_mouse_and_keys(qtbot: QtBot) -> None:
    view = SurfaceView()
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.show()
    view.show_answer(Heights(1, 1.0, Array.of(np.hypot(*np.mgrid[-3:4, -3:4]) + 0.1), 10, done=True))
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.turn == Turn(), "a map does not turn"
    view.show_solid(True)
    QTest.keyClick(view, Qt.Key.Key_Left)
    turned = view.turn
    assert turned != Turn()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=view.rect().center())
    QTest.mouseMove(view, view.rect().center() + QPointF(30, 10).toPoint())
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton)
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.turn.zoom > 1
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.turn == Turn()


def test_a_steep_landscape_is_told_by_its_powers(qtbot: QtBot) -> None:
    view = SurfaceView()
    qtbot.addWidget(view)
    view.show_answer(Heights(1, 1.0, Array.of(10.0 ** np.arange(9).reshape(3, 3)), 10, done=True))
    assert view.steep
    assert np.allclose(view._whole.reshape(-1), np.arange(9) / 8)
    view.resize(400, 300)
    assert "loss 1.00e+08" in view.words_at(view.room.topRight() + QPointF(-2, 2))
