"""Each view shows a verdict, is walked through by mouse and keys, and writes itself as a table."""

from __future__ import annotations

from time import perf_counter

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.data.columns import Column
from gui.results.classes import ClassesView
from gui.results.confusion import ConfusionView
from gui.results.fixed import FixedView
from gui.results.page import VIEWS
from gui.results.residuals import ResidualsView
from gui.results.shown import Shown
from gui.results.thresholds import PrecisionView, RocView
from gui.results.view import View
from gui.results.wall import mask
from gui.results.worst import WorstView
from tests.gui.results.made import DIGIT, made, shown_digits

LEFT = Qt.MouseButton.LeftButton
IMAGE = Column("image", (4, 4, 1), "numbers")
WORDS = Column("words", (3,), "classes", ("", "a", "b"))
NUMBERS = made("numbers", [[0.5, 1], [1, 3]], [[0, 1], [1, 1]])
EXAMPLES = {
    "digits": shown_digits(3),
    "binary": made("binary", [0.9, 0.2, 0.6], [1, 0, 0], Column("sick", (), "binary", ("well", "sick"))),
    "words": made(
        "classes", [[[0.1, 0.9, 0], [0, 0.2, 0.8], [1, 0, 0]]] * 2, [[1, 1, -1], [1, 2, -1]], WORDS
    ),
    "numbers": NUMBERS,
    "one number": made("numbers", [[0.5], [float("nan")]], [[0], [1]]),
    "pictures": made("picture", np.full((3, 4, 4, 1), 0.5), np.zeros((3, 4, 4, 1)), IMAGE),
    "no sample": made("classes", np.zeros((0, 10)), np.zeros(0), DIGIT),
}  # fmt: skip


def shown(qtbot: QtBot, kind: type[View], example: Shown) -> View:
    view = kind()
    qtbot.addWidget(view)
    view.resize(620, 180)
    view.show_verdict(example)
    view.show()
    qtbot.waitExposed(view)
    return view


def colours(view: View) -> int:
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return len({image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)})


PAIRS = [(of, name) for of, view in VIEWS.items() for name, each in EXAMPLES.items() if each.verdict.kind in view.KINDS]


@pytest.mark.parametrize(("of", "name"), PAIRS)
def test_each_view_shows_what_it_can(qtbot: QtBot, of: str, name: str) -> None:
    view = shown(qtbot, VIEWS[of], EXAMPLES[name])
    assert name == "no sample" or colours(view) > 3
    rows = list(view.rows())
    assert all(row.endswith("\n") for row in rows)
    assert len({row.count(",") for row in rows if '"' not in row}) <= 1


def test_a_click_shows_the_samples_of_a_cell(qtbot: QtBot) -> None:
    view = shown(qtbot, ConfusionView, EXAMPLES["digits"])
    assert isinstance(view, ConfusionView)
    assert "3 taken for 4: 9" in view._pairs.text()
    QTest.mouseClick(view.picture, LEFT, pos=view.picture.box(3, 4).center().toPoint())
    assert view._head.text() == "3 taken for 4: 9 · 33 % of 27"
    assert view.wall.places == tuple(range(3, 270, 30))
    assert not view._pairs.isVisible()


def test_keys_walk_the_matrix_and_the_samples(qtbot: QtBot) -> None:
    view = shown(qtbot, ConfusionView, EXAMPLES["digits"])
    assert isinstance(view, ConfusionView)
    followed: list[int] = []
    view.followed.connect(followed.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, *[Qt.Key.Key_Right] * 4):
        QTest.keyClick(view.picture, key)
    assert view.picture.cell == (3, 4)
    QTest.keyClick(view.picture, Qt.Key.Key_Return)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(view.wall, key)
    assert followed == [33]
    QTest.mouseDClick(view.wall.viewport(), LEFT, pos=view.wall.box(0).center())
    assert followed == [33, 3]


def test_the_matrix_says_what_it_is_pointed_at(qtbot: QtBot) -> None:
    view = shown(qtbot, ConfusionView, EXAMPLES["binary"])
    assert isinstance(view, ConfusionView)
    words: list[str] = []
    view.said.connect(words.append)
    view.picture.pointed.emit((0, 1))
    view.picture.pointed.emit(None)
    assert words == ["well taken for sick: 1 · 50 % of 2", ""]
    view.unit.choose("share")
    assert list(view.rows()) == ["is / said,well,sick\n", "well,1,1\n", "sick,0,1\n"]


def test_a_hundred_classes_are_colours_alone(qtbot: QtBot) -> None:
    true = np.arange(400) % 100
    view = shown(qtbot, ConfusionView, made("classes", np.eye(100)[true], true))
    assert isinstance(view, ConfusionView)
    room = view.picture.room()
    assert room.bottom() <= view.picture.height()
    box = view.picture.box(99, 99)
    image = view.grab().toImage()
    at = view.picture.mapTo(view, QPoint(round(box.center().x()), round(box.center().y())))
    assert image.pixelColor(at).blue() > 150


def test_classes_sort_by_any_column(qtbot: QtBot) -> None:
    view = shown(qtbot, ClassesView, EXAMPLES["digits"])
    assert isinstance(view, ClassesView)
    view.table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert view.model.rows[0].name == "3"
    view.show_verdict(EXAMPLES["digits"])
    assert view.model.rows[0].name == "3", "other figures keep the order"
    assert "Accuracy 0.967" in view._means.text()


@pytest.mark.parametrize("kind", [RocView, PrecisionView])
def test_curves_have_their_areas_in_the_legend(qtbot: QtBot, kind: type[View]) -> None:
    view = shown(qtbot, kind, EXAMPLES["binary"])
    assert isinstance(view, RocView | PrecisionView)
    assert "sick" in view.legend.text()
    assert "1.000" in view.legend.text()
    words: list[str] = []
    view.said.connect(words.append)
    view._on_pointed((1.0, 1.0))
    assert words[-1].startswith("sick: from a chance of")
    view._on_pointed((0.5, 0.4))
    assert words[-1] == ""


def test_curves_of_very_many_chances_are_worked_out_aside(qtbot: QtBot) -> None:
    random = np.random.default_rng(1)
    chances = random.dirichlet(np.ones(20), 3000)
    view = RocView()
    qtbot.addWidget(view)
    with qtbot.waitSignal(view._work.done, timeout=20_000):
        view.show_verdict(made("classes", chances, random.integers(0, 20, 3000)))
        assert not view.lines
        assert "Working it out" in view.legend.text()
    assert len(view.lines) == 10
    assert "9 of 20 classes" in view.legend.text()


def test_curves_of_another_output_go_at_once(qtbot: QtBot) -> None:
    view = shown(qtbot, RocView, EXAMPLES["binary"])
    assert isinstance(view, RocView)
    random = np.random.default_rng(1)
    with qtbot.waitSignal(view._work.done, timeout=20_000):
        view.show_verdict(made("classes", random.dirichlet(np.ones(20), 500), random.integers(0, 20, 500)))
        assert not view.lines
    assert view.lines


def test_residuals_tell_how_far_numbers_are(qtbot: QtBot) -> None:
    view = shown(qtbot, ResidualsView, NUMBERS)
    assert isinstance(view, ResidualsView)
    assert "MAE 0.625" in view.words.text()
    view.which.setCurrentIndex(1)
    assert "MAE 0.25" in view.words.text()
    assert list(view.rows())[1:] == ["0,0.5,0.5\n", "1,1,0\n"]


def test_the_worst_come_first(qtbot: QtBot) -> None:
    view = shown(qtbot, WorstView, EXAMPLES["digits"])
    assert isinstance(view, WorstView)
    assert set(view.wall.places[:9]) == set(range(3, 270, 30))
    words: list[str] = []
    view.said.connect(words.append)
    QTest.keyClick(view.wall, Qt.Key.Key_Right)
    assert words[-1].endswith("loss 3.912")


def test_samples_are_followed_and_dropped(qtbot: QtBot) -> None:
    view = shown(qtbot, FixedView, EXAMPLES["digits"])
    assert isinstance(view, FixedView)
    assert view.strips.indices == tuple(range(8))
    view.follow(33)
    assert view.strips.indices == (33, *range(8))
    QTest.keyClick(view.strips, Qt.Key.Key_Down)
    QTest.keyClick(view.strips, Qt.Key.Key_Delete)
    assert view.strips.indices == tuple(range(8))
    assert list(view.rows())[1].startswith("0,1,")


def test_a_strip_says_what_was_said_in_an_epoch(qtbot: QtBot) -> None:
    view = shown(qtbot, FixedView, EXAMPLES["digits"])
    assert isinstance(view, FixedView)
    words: list[str] = []
    view.said.connect(words.append)
    strip = view.strips._strip(0)
    QTest.mouseMove(view.strips.viewport(), QPoint(round(strip.left()) + 4, 10))
    QTest.mouseMove(view.strips.viewport(), QPoint(round(strip.left()) + 5, 12))
    assert words[-1].startswith("Sample 0, epoch 1: 0")


def test_sequences_say_how_many_of_their_words_are_wrong() -> None:
    example = EXAMPLES["words"]
    assert [example.title(place) for place in (0, 1)] == ["1 of 2 wrong", "0 of 2 wrong"]
    assert example.detail(0) == "said a b"
    assert example.wanted(0).startswith("is ")
    assert example.wanted(0) != example.detail(0).replace("said", "is")
    assert example.is_wrong(0)
    assert not example.is_wrong(1)


@pytest.mark.parametrize("kind", [ConfusionView, ClassesView, RocView, WorstView])
def test_a_step_of_the_scrubber_takes_no_longer_than_a_frame(qtbot: QtBot, kind: type[View]) -> None:
    """2,000 samples of 10 classes: counted against what sorting as many numbers some times costs."""
    random = np.random.default_rng(1)
    each = random.dirichlet(np.ones(10), (10, 2000)).astype("float32")
    true = random.integers(0, 10, 2000)
    view = shown(qtbot, kind, made("classes", each[0], true, DIGIT))
    steps = [made("classes", chances, true, DIGIT) for chances in each]
    took = []
    for step in steps:
        began = perf_counter()
        view.show_verdict(step)
        view.repaint()
        took.append(perf_counter() - began)
    began = perf_counter()
    for _ in range(10):
        np.sort(random.random(20_000))
    assert min(took) < 4 * (perf_counter() - began)


def test_a_mask_is_seen_as_it_is_and_as_it_was_said() -> None:
    true = np.zeros((2, 3, 4))
    true[0, 1, 2] = 1
    chances = np.zeros((2, 3, 4, 2))
    chances[..., 1] = 1
    shown = made("classes", chances, true)
    assert shown.is_mask
    assert [mask(shown, 0, said=False).pixelColor(x, 1).red() for x in range(4)] == [0, 0, 255, 0]
    assert mask(shown, 1, said=True).pixelColor(3, 2).red() == 255
    assert not shown_digits().is_mask
