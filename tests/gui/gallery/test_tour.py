"""A tour points at what it speaks of, opens it, and covers none of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.templates import templates
from engine.tours import Step, tours
from gui.actions import BY_ID
from gui.gallery.bubble import beside
from gui.gallery.opening import TAKE
from gui.gallery.tour import PAGES, Tour
from gui.window import Window
from tests.gui.windows import shown_window


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    return shown_window(qtbot)


@pytest.fixture
def tour(window: Window) -> Tour:
    window.commands.opening.take("lenet5", "")
    window.canvas.fit_all(quiet=True)
    window.actions_by_id["tour"].trigger()
    return window.commands.opening.tour


def test_it_is_offered_with_the_template(window: Window) -> None:
    assert not window.actions_by_id["tour"].isEnabled()
    window.commands.opening.take("softmax", "")
    guide = window.inspector.guide
    assert window.inspector.heading.title.text() == "Softmax classifier"
    assert window.inspector.heading.kind.text() == templates()["softmax"].line
    assert guide.button is not None
    assert not window.notice.isVisible()  # it would stand on the drawing
    window.selection.set(list(window.document.graph.nodes)[:1])
    assert not guide.isVisible()
    window.selection.set(())
    assert guide.button.isVisible()
    guide.button.setFocus()
    QTest.keyClick(guide.button, Qt.Key.Key_Return)
    assert window.commands.opening.tour.step == tours()["softmax"][0]
    window.files.new()
    assert not guide.isVisible()
    assert window.inspector.heading.title.text() == "Untitled"


def test_the_notice_offers_it_where_the_inspector_is_shut(window: Window) -> None:
    window.docks["inspector"].hide()
    window.commands.opening.take("softmax", "")
    assert window.notice.more == TAKE
    window.notice.asked.emit()
    assert window.commands.opening.tour.step == tours()["softmax"][0]


def test_steps_go_on_and_back_and_come_to_an_end(window: Window, tour: Tour) -> None:
    steps = tours()["lenet5"]
    assert tour.bubble.place.text() == f"1 of {len(steps)}"
    assert not tour.bubble.back.isEnabled()
    for number, step in enumerate(steps):
        assert tour.step == step
        assert step.say in tour.bubble.words.text()
        assert tour.bubble.isVisible()
        if number == 1:
            QTest.keyClick(tour.bubble, Qt.Key.Key_Left)
            assert tour.step == steps[0]
            QTest.keyClick(tour.bubble, Qt.Key.Key_Right)
        QTest.mouseClick(tour.bubble.on, Qt.MouseButton.LeftButton)
    assert tour.step is None
    assert not tour.bubble.isVisible()
    assert not tour.ring.isVisible()
    assert window.canvas.hasFocus()


def test_what_it_points_at_is_inside_the_ring_and_not_covered(window: Window, tour: Tour) -> None:
    node = next(node for node in window.document.graph.nodes.values() if node.name == tour.step.target)  # type: ignore[union-attr]
    assert window.selection.ids == {node.id}
    canvas, before = window.canvas, tour.ring.geometry()
    for _ in range(2):
        frame = canvas.mapFromScene(canvas.drawing.nodes.frame(node.id)).boundingRect()
        corner = canvas.viewport().mapTo(window, frame.topLeft())
        assert tour.ring.geometry().contains(QRect(corner, frame.size()))
        assert not tour.bubble.geometry().intersects(tour.ring.geometry())
        canvas.pan(60, 20)
        tour._follow()
    assert tour.ring.geometry() != before


def test_each_page_is_opened(window: Window) -> None:
    tour = window.commands.opening.tour
    for page in PAGES:
        tour.begin([Step(f"panel:{page}", "Look."), Step("action:train", "Train.")])
        assert window.pages.opened == page
        QTest.keyClick(tour.bubble, Qt.Key.Key_Right)
        assert tour.bubble.words.text() == "Train. (Run › Train)"
        train = QRect(window.bar.train.mapTo(window, QPoint(0, 0)), window.bar.train.size())
        assert tour.ring.geometry().contains(train)


def test_the_monitor_is_shown_with_its_curves(window: Window) -> None:
    tour = window.commands.opening.tour
    tour.begin([Step("panel:training", "Look."), Step("panel:monitor", "The loss falls.")])
    assert window.pages.opened == "training"
    QTest.keyClick(tour.bubble, Qt.Key.Key_Right)
    assert window.pages.opened == "curves"


def test_a_wire_is_ringed_without_its_nodes(window: Window) -> None:
    window.commands.opening.take("binary", "")
    window.canvas.fit_all(quiet=True)
    tour = window.commands.opening.tour
    tour.begin([Step("node:features", "Here."), Step("wire:hidden>malignant", "And there.")])
    QTest.keyClick(tour.bubble, Qt.Key.Key_Right)
    assert window.selection.ids == frozenset()
    assert tour.ring.isVisible()
    for node in window.document.graph.nodes:
        area = tour._on_canvas(node)
        assert area is not None
        assert not tour.ring.geometry().intersects(area)


def test_all_words_are_seen_whole(window: Window) -> None:
    bubble = window.commands.opening.tour.bubble
    for step in (step for steps in tours().values() for step in steps):
        bubble.say(step.say + " (Run › Train)", 2, 3)
        assert bubble.words.height() >= bubble.words.heightForWidth(bubble.words.width())
        assert bubble.words.geometry().bottom() < bubble.on.geometry().top()
        assert bubble.rect().contains(bubble.on.geometry())


def test_another_drawing_ends_it(window: Window, tour: Tour) -> None:
    window.files.new()
    assert tour.step is None
    assert not window.actions_by_id["tour"].isEnabled()


def test_enter_goes_on_to_the_end(tour: Tour) -> None:
    for step in tours()["lenet5"]:
        assert tour.step == step
        QTest.keyClick(tour.bubble.on, Qt.Key.Key_Return)
    assert tour.step is None


def test_escape_ends_it(tour: Tour) -> None:
    QTest.keyClick(tour.bubble, Qt.Key.Key_Escape)
    assert tour.step is None


def test_what_is_not_there_has_no_ring(window: Window) -> None:
    tour = window.commands.opening.tour
    tour.begin([Step("node:nobody", "Where is it?")])
    assert not tour.ring.isVisible()
    assert window.rect().contains(tour.bubble.geometry())


def test_every_step_speaks_of_what_the_window_has(window: Window) -> None:
    there = {"panel": {*PAGES, *window.docks, "canvas"}, "action": BY_ID.keys()}
    steps = [(name, step) for name in templates() for step in tours()[name] if step.kind in there]
    assert len(steps) > len(templates())
    assert [(name, step.at) for name, step in steps if step.target not in there[step.kind]] == []


@pytest.mark.parametrize(
    "area", [QRect(10, 10, 50, 50), QRect(900, 10, 90, 20), QRect(0, 0, 1000, 300), QRect(0, 100, 300, 600)]
)
def test_words_stand_beside_and_inside(area: QRect) -> None:
    size = QSize(340, 120)
    box = QRect(beside(size, area, QRect(0, 0, 1000, 800)), size)
    assert QRect(0, 0, 1000, 800).contains(box)
    assert not box.intersects(area)
