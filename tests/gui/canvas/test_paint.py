"""What is painted: levels of detail, pictures kept and drawn anew, whole pixels."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from gui.canvas.sprites import Sprites
from gui.theme import category_colour, themes
from tests.gui.canvas.conftest import Hand


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a frame take as long as it needs, however busy this machine is."""
    monkeypatch.setattr("gui.canvas.sprites.CALM", float("inf"))


def shot(hand: Hand) -> QImage:
    return hand.canvas.grab().toImage()


def colours(image: QImage, area: QRectF) -> set[str]:
    box = area.toAlignedRect().intersected(image.rect())
    return {
        image.pixelColor(x, y).name() for x in range(box.left(), box.right()) for y in range(box.top(), box.bottom())
    }


def test_from_afar_a_node_is_a_block_of_its_colour(hand: Hand) -> None:
    hand.canvas.zoom_to(0.2)
    image = shot(hand)
    assert image.pixelColor(hand.view(hand.head("n4"))) == category_colour("Convolution")
    assert image.pixelColor(hand.view(hand.head("n7"))) == category_colour("Merging")


def test_from_near_it_is_a_card_with_a_bar(hand: Hand) -> None:
    image = shot(hand)
    corner = hand.canvas.drawing.nodes.frame("n4").topLeft()
    assert image.pixelColor(hand.view(corner + QPointF(2, 40))) == category_colour("Convolution")
    assert image.pixelColor(hand.view(corner + QPointF(120, 46))) == QColor(themes().current.field)


@pytest.mark.parametrize("zoom", [0.1, 0.2, 0.4, 0.65, 0.8, 1.0, 1.7, 4.0])
def test_a_selected_node_wears_the_accent_at_every_zoom(hand: Hand, zoom: float) -> None:
    hand.canvas.zoom_to(zoom)
    hand.canvas.look_at(hand.canvas.drawing.nodes.frame("n2").topRight())
    area = hand.canvas.viewportTransform().mapRect(hand.canvas.drawing.nodes.reach("n2"))
    accent = themes().current.accent.lower()
    assert accent not in colours(shot(hand), area)
    hand.selection.set(["n2"])
    assert accent in colours(shot(hand), area)


def test_a_broken_wire_is_red(hand: Hand) -> None:
    assert themes().current.bad.lower() not in colours(shot(hand), QRectF(0, 0, 100, 100))
    graph = hand.document.catalogue.with_value(hand.graph, "n5", "return_state", True)
    hand.document.edit("On", graph)
    hand.drag(hand.port("n5", "state_h", output=True), hand.port("n6", "inputs", output=False))
    hand.document.set_value("n5", "return_state", False)
    hand.canvas.pointer = None
    area = QRectF(hand.view(QPointF(422, 240)), hand.view(QPointF(502, 300)))
    assert themes().current.bad.lower() in colours(shot(hand), area)


@pytest.mark.usefixtures("unhurried")
def test_a_part_painted_alone_is_the_same_as_in_the_whole(hand: Hand) -> None:
    """Pixels of a small repaint agree with those of a whole one, so that nothing smears while dragging."""
    hand.canvas.zoom_to(0.83)
    whole = shot(hand)
    part = hand.canvas.viewport().rect().adjusted(211, 133, -307, -201)
    piece = hand.canvas.viewport().grab(part).toImage()
    there = whole.copy(part.translated(hand.canvas.viewport().pos()))
    # a style sheet on the application gives the grab an alpha channel; the pixels are what counts
    rgb = QImage.Format.Format_RGB32
    assert piece.convertToFormat(rgb) == there.convertToFormat(rgb)


def test_a_picture_is_kept_while_nothing_changes(qtbot: object) -> None:
    drawn: list[float] = []
    sprites, subject = Sprites(), object()

    def draw(painter: QPainter) -> None:
        drawn.append(painter.worldTransform().m11())

    for scale in (1.0, 1.0, 2.0, 2.0):
        sprites.begin(1.0)
        sprites.get("a", subject, (10, 10), scale, draw)
    assert drawn == [1.0, 2.0]
    sprites.begin(2.0)
    sprite = sprites.get("a", subject, (10, 10), 1.0, draw)
    assert sprite is not None
    assert drawn == [1.0, 2.0], "as many device pixels as before"
    sprites.get("a", object(), (10, 10), 1.0, draw)
    assert len(drawn) == 3, "another subject is never shown as the old one"


def test_while_hurried_old_pictures_are_stretched(qtbot: object, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("gui.canvas.sprites.perf_counter", lambda: now[0])
    sprites, subject = Sprites(), object()
    sprites.begin(1.0)
    first = sprites.get("a", subject, (10, 10), 1.0, lambda _painter: None)
    sprites.hurried = True
    sprites.begin(1.0)
    now[0] = 1.0
    assert sprites.get("a", subject, (10, 10), 2.0, lambda _painter: None) is first
    assert sprites.behind
    assert sprites.get("b", subject, (10, 10), 2.0, lambda _painter: None) is None
    sprites.hurried = False
    sprites.begin(1.0)
    again = sprites.get("a", subject, (10, 10), 2.0, lambda _painter: None)
    assert again is not None
    assert again.scale == 2.0
    assert not sprites.behind


def test_old_pictures_make_room(qtbot: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.canvas.sprites.ROOM", 3 * 4 * 100)
    sprites, drawn, subject = Sprites(), [], object()
    for name in "abcdea":
        sprites.begin(1.0)
        sprites.get(name, subject, (10, 10), 1.0, lambda _painter, name=name: drawn.append(name))  # type: ignore[misc]
    assert drawn == ["a", "b", "c", "d", "e", "a"]


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.usefixtures("unhurried")
def test_it_is_crisp_at_any_pixel_ratio(hand: Hand, ratio: float) -> None:
    """A node's picture has one pixel for each of the device's, and lies on whole ones."""
    canvas = hand.canvas
    pixmap = QPixmap(round(canvas.width() * ratio), round(canvas.height() * ratio))
    pixmap.setDevicePixelRatio(ratio)
    painter = QPainter(pixmap)
    canvas.render(painter, QRectF(0, 0, canvas.width(), canvas.height()), canvas.viewport().rect())
    painter.end()
    image = pixmap.toImage()
    frame = canvas.viewportTransform().mapRect(canvas.drawing.nodes.frame("n4"))
    inside = QPointF(frame.left() + 120, frame.top() + 46) * ratio
    assert image.pixelColor(inside.toPoint()) == QColor(themes().current.field)
    assert not canvas.drawing.painter.sprites.behind
