"""The minimap: when it shows, what it shows, and what a hand on it does."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.report import Problem, Report
from gui.canvas.mapprint import print_map
from gui.canvas.minimap import Minimap
from gui.canvas.scene import Scene
from gui.theme import DARK, LIGHT, THEMES, category_colour, themes
from tests.gui.canvas.conftest import LEFT, Hand
from tests.gui.drawings import node


def settled(hand: Hand) -> bool:
    """Let the corner decide now; say whether the map is shown."""
    hand.canvas.guide.corner.settle()
    QApplication.processEvents()
    return hand.canvas.guide.corner.visible


@pytest.fixture
def shown(hand: Hand) -> Minimap:
    """The map over a view of a small part of the drawing, which has a far node."""
    hand.document.edit("Add", hand.graph.with_node(node("n8", "ReLU", 3000.0)))
    assert settled(hand)
    return hand.canvas.guide.corner.map


def click(hand: Hand, on: Minimap, at: QPointF) -> None:
    QTest.mouseClick(on, LEFT, Qt.KeyboardModifier.NoModifier, at.toPoint())


def test_it_shows_itself_where_not_all_is_seen(hand: Hand) -> None:
    hand.canvas.fit_all()
    assert not settled(hand)
    hand.canvas.look_at(QPointF(4000, 0))
    assert settled(hand)
    hand.canvas.fit_all()
    assert not settled(hand)


def test_the_action_hides_and_shows_it_and_is_told(hand: Hand, shown: Minimap) -> None:
    told: list[str] = []
    hand.canvas.guide.corner.chosen.connect(told.append)
    hand.canvas.commands["minimap"]()
    assert not settled(hand)
    hand.canvas.commands["minimap"]()
    assert settled(hand)
    hand.canvas.commands["minimap"]()
    hand.canvas.fit_all()
    hand.canvas.commands["minimap"]()
    assert settled(hand), "it is asked for, though all is seen"
    assert told == ["never", "needed", "never", "always"]


def test_a_small_canvas_and_an_empty_drawing_have_none(hand: Hand, shown: Minimap) -> None:
    hand.canvas.resize(300, 200)
    assert not settled(hand)
    hand.canvas.resize(1200, 700)
    assert settled(hand)
    hand.document.edit("Delete", hand.graph.without(hand.graph.nodes))
    assert not settled(hand)


def test_a_press_goes_there_and_a_way_leads_back(hand: Hand, shown: Minimap) -> None:
    before = hand.canvas.centre()
    at = shown.to_map(QPointF(2800, 100))
    click(hand, shown, at)
    assert (hand.canvas.centre() - shown.to_scene(QPointF(at.toPoint()))).manhattanLength() < 4
    assert hand.selection.ids == frozenset()
    hand.canvas.commands["back"]()
    assert (hand.canvas.centre() - before).manhattanLength() < 4


def test_the_seen_area_is_dragged_along(hand: Hand, shown: Minimap) -> None:
    start = shown.seen().center().toPoint()
    before = hand.canvas.centre()
    QTest.mousePress(shown, LEFT, Qt.KeyboardModifier.NoModifier, start)
    assert (hand.canvas.centre() - before).manhattanLength() < 4, "a press inside of it does not jump"
    QTest.mouseMove(shown, start + QPoint(30, 0))
    QApplication.processEvents()
    moved = hand.canvas.centre() - before
    assert moved.x() == pytest.approx(30 / shown._scale, rel=0.2)
    QTest.mouseRelease(shown, LEFT, Qt.KeyboardModifier.NoModifier, start + QPoint(30, 0))
    QTest.mouseMove(shown, start)
    assert hand.canvas.centre() - before == moved


def test_it_paints_every_node_in_its_colour_and_its_problems(hand: Hand, shown: Minimap) -> None:
    for name in ("dark", "light"):
        themes().use(THEMES[name])
        problem = Problem("error", "n8 is wrong", ("n8",))
        hand.document.take_report(hand.document.generation, Report(problems=(problem,)))
        hand.canvas.guide.corner.map.expire()
        image = shown.grab().toImage()
        frame = hand.canvas.drawing.nodes.frame
        for id, group in (("n2", "Reshaping"), ("n3", "Core")):
            at = shown.to_map(frame(id).center()).toPoint()
            assert image.pixelColor(at).name() == category_colour(group).name() or _washed(image.pixelColor(at), group)
        at = shown.to_map(frame("n8").center()).toPoint()
        assert image.pixelColor(at) == QColor((DARK if name == "dark" else LIGHT).bad)
    themes().use(DARK)


def _washed(found: QColor, group: str) -> bool:
    """Whether a colour is a category's, seen through the wash of the seen area."""
    wanted = category_colour(group)
    parts = ((found.red(), wanted.red()), (found.green(), wanted.green()), (found.blue(), wanted.blue()))
    return all(abs(a - b) < 40 for a, b in parts)


def test_panning_prints_nothing_anew_and_an_edit_does(
    hand: Hand, shown: Minimap, monkeypatch: pytest.MonkeyPatch
) -> None:
    prints: list[int] = []

    def counted(scene: Scene, size: QSize, ratio: float, scale: float, middle: QPointF) -> QPixmap:
        prints.append(1)
        return print_map(scene, size, ratio, scale, middle)

    shown.grab()
    monkeypatch.setattr("gui.canvas.minimap.print_map", counted)
    for _ in range(20):
        hand.canvas.pan(7, 3)
        shown.grab()
    assert prints == []
    hand.canvas.drawing.shift(["n1"], 30, 0)
    shown.grab()
    assert prints == [1]
    hand.canvas.drawing.restore(["n1"])


def test_it_makes_way_for_the_selected_node(hand: Hand, shown: Minimap) -> None:
    left = shown.geometry().center()
    assert left.x() < hand.canvas.width() / 2
    under = hand.canvas.to_scene(QPointF(left))
    hand.document.edit("Move", hand.graph.moved({"n1": (under.x() - 80, under.y() - 20)}))
    assert settled(hand)
    assert shown.geometry().center().x() < hand.canvas.width() / 2
    hand.selection.set(["n1"])
    assert settled(hand)
    assert shown.geometry().center().x() > hand.canvas.width() / 2
    hand.selection.set([])
    assert settled(hand)
    assert shown.geometry().center().x() < hand.canvas.width() / 2


def test_it_makes_way_for_what_is_dragged_onto_it(hand: Hand, shown: Minimap) -> None:
    at = hand.head("n1")
    hand.press(at)
    hand.move(at + QPointF(30, 30))
    assert hand.canvas.guide.corner.visible
    hand.move(hand.canvas.to_scene(QPointF(shown.geometry().center())))
    assert not hand.canvas.guide.corner.visible
    hand.release(at)
    assert settled(hand)


def test_the_seen_area_stays_on_the_map(hand: Hand, shown: Minimap) -> None:
    for at in (QPointF(-90_000, 0), QPointF(90_000, 50_000), QPointF(0, 0)):
        for zoom in (0.02, 1.0, 4.0):
            hand.canvas.zoom_to(zoom)
            hand.canvas.look_at(at)
            seen = shown.seen()
            assert shown.rect().toRectF().contains(seen)
            assert min(seen.width(), seen.height()) >= 6
