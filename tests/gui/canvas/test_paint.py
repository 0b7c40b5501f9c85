"""What is painted: levels of detail, pictures kept and drawn anew, whole pixels."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from engine.graph import COLOURS, Edge, End
from engine.marks import coloured, dotted
from engine.report import NodeReport, Report, TensorSpec
from engine.resolve import Part
from engine.values import FrozenMap
from gui.canvas import measure
from gui.canvas.blockface import Line
from gui.canvas.bodypaint import BODY, TINT, WASH, text_tints
from gui.canvas.faces import Face
from gui.canvas.ink import Ink, mixed
from gui.canvas.nodepaint import LEFT, NAME_PX, named_from_afar, paint_name
from gui.canvas.sprites import Sprites
from gui.theme import DARK, LIGHT, Theme, category_colour, font, swatch, themes, wire_colour
from tests.gui.canvas.conftest import Hand
from tests.gui.test_theme import contrast


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


# -- how layers take part, and what wires carry


def report(hand: Hand, shape: tuple[int | None, ...]) -> None:
    found = {id: NodeReport(FrozenMap({"output": TensorSpec(shape)})) for id in hand.graph.nodes}
    hand.document.take_report(hand.document.generation, Report(FrozenMap(found)))


def along(hand: Hand, edge: Edge) -> list[QColor]:
    """The colours along a wire's course, from end to end."""
    image, wires = shot(hand), hand.canvas.drawing.wires
    path = wires.path(wires.row[edge])
    places = (hand.view(path.pointAtPercent(step / 400)) for step in range(40, 361))
    return [image.pixelColor(place) for place in places]


def close(a: QColor, b: QColor) -> bool:
    """Whether two colours are nearly the same: a thin line's own pixels are mixed with the ground a little."""
    return max(abs(a.red() - b.red()), abs(a.green() - b.green()), abs(a.blue() - b.blue())) < 40


FED = Edge(End("n1", "output"), End("n2", "input"))


def test_kinds_of_wires_differ_by_dashes_without_their_colours(hand: Hand) -> None:
    hand.document.edit("Away", hand.graph.moved({"n2": (500.0, 0.0), "n3": (800.0, 0.0)}))
    gaps: dict[str, int] = {}
    ground = QColor(themes().current.window)
    for name, shape in (("image", (None, 8, 8, 1)), ("sequence", (None, 8, 8)), ("vector", (None, 8))):
        report(hand, shape)
        pixels = along(hand, FED)
        assert sum(close(pixel, wire_colour(name)) for pixel in pixels) > 40
        gaps[name] = sum(close(b, ground) and not close(a, ground) for a, b in itertools.pairwise(pixels))
    assert gaps["image"] < 12, "a line without gaps, but for the figures on its label"
    assert gaps["image"] + 5 < gaps["sequence"] < gaps["vector"] - 5


def test_what_is_left_out_has_faint_wires_and_blocks(hand: Hand) -> None:
    report(hand, (None, 8))
    hand.selection.set(["n1"])
    hand.canvas.commands["disable"]()
    hand.selection.set([])
    assert not any(close(pixel, wire_colour("vector")) for pixel in along(hand, FED))
    hand.canvas.zoom_to(0.2)
    image = shot(hand)
    assert image.pixelColor(hand.view(hand.head("n3"))) != category_colour("Core")
    assert image.pixelColor(hand.view(hand.head("n4"))) == category_colour("Convolution")


def test_a_bypassed_layer_shows_a_line_from_end_to_end(hand: Hand) -> None:
    corner = hand.canvas.drawing.nodes.frame("n2").topLeft()
    places = [hand.view(corner + QPointF(x, 26)) for x in range(20, 140)]
    second = QColor(themes().current.second)
    assert not any(close(shot(hand).pixelColor(place), second) for place in places[::10])
    hand.selection.set(["n2"])
    hand.canvas.commands["bypass"]()
    image = shot(hand)
    assert all(close(image.pixelColor(place), second) for place in places)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_a_persons_colour_is_the_bar_and_the_icon_stays_that_of_the_category(hand: Hand, theme: Theme) -> None:
    before = themes().current
    themes().use(theme)
    try:
        hand.document.edit("Colour", coloured(hand.graph, ["n4"], "teal"))
        corner = hand.canvas.drawing.nodes.frame("n4").topLeft()
        image = shot(hand)
        assert image.pixelColor(hand.view(corner + QPointF(2, 40))) == swatch("teal")
        tint = category_colour("Convolution")
        area = QRectF(hand.view(corner + QPointF(12, 8)), hand.view(corner + QPointF(28, 26)))
        shade = tint if theme is DARK else tint.darker(130)
        assert any(close(QColor(name), shade) for name in colours(image, area))
        hand.canvas.zoom_to(0.2)
        assert shot(hand).pixelColor(hand.view(hand.head("n4"))) == swatch("teal")
    finally:
        themes().use(before)


@pytest.mark.parametrize("zoom", [0.15, 0.4, 1.0, 2.0])
def test_a_dot_is_seen_at_every_zoom_in_the_colour_of_its_wire(hand: Hand, zoom: float) -> None:
    graph, dot = dotted(hand.graph, [FED], (200.0, 90.0))
    hand.document.edit("Dot", graph)
    found = {"n1": NodeReport(FrozenMap({"output": TensorSpec((None, 8, 8, 1))}))}
    hand.document.take_report(hand.document.generation, Report(FrozenMap(found)))
    hand.canvas.zoom_to(zoom)
    middle = hand.view(hand.canvas.drawing.nodes.frame(dot).center())
    assert shot(hand).pixelColor(middle) == wire_colour("image")


def test_a_label_that_a_node_would_cover_is_not_shown(hand: Hand) -> None:
    report(hand, (None, 8, 8, 1))
    wires, second = hand.canvas.drawing.wires, QColor(themes().current.second)
    middle = QPointF(*wires.middle(wires.row[FED]))
    left = QRectF(hand.view(middle - QPointF(24, 8)), hand.view(middle + QPointF(0, 8)))
    assert any(close(QColor(name), second) for name in colours(shot(hand), left))
    hand.document.edit("Over it", hand.graph.moved({"n7": (middle.x() + 10, middle.y() + 4)}))
    assert not any(close(QColor(name), second) for name in colours(shot(hand), left))


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("part", ["", "bypass", "disable", "absent"])
def test_text_on_every_body_can_be_read(qapp: object, theme: Theme, part: Part) -> None:
    before = themes().current
    themes().use(theme)
    try:
        ink = Ink.now()
        body = mixed(ink.node, ink.ground, BODY[part])
        for name in COLOURS:
            face = Face("conv", "Conv2D", "Convolution", part=part, colour=name)
            ground = mixed(swatch(name), body, WASH * TINT[part]) if name else body
            assert all(contrast(tint.name(), ground.name()) >= 4.5 for tint in text_tints(face, ink)), name
    finally:
        themes().use(before)


def test_from_further_away_a_tall_node_tells_its_kind_below_its_name(qapp: object) -> None:
    made, room = font(24, bold=True), measure.WIDTH - 2 * LEFT
    lines = (Line("filters 12"), Line("8×8×3 → 4×4×12", mono=True))
    block = Face(name="stage1", kind="bottleneck", group="Blocks", stack=3, under=lines)
    assert named_from_afar(block, made, room) == ("stage1 ×3", "bottleneck")
    assert named_from_afar(replace(block, name="seventh"), made, room) == ("seventh", "×3 · bottleneck")
    assert named_from_afar(replace(block, under=()), made, room) == ("stage1 ×3", "")
    assert named_from_afar(replace(block, part="bypass"), made, room) == ("stage1 ×3", "")
    for face in (block, replace(block, under=lines[:1])):
        ink = Ink.now()
        shown, bare = painted(face, ink), painted(replace(face, kind=""), ink)
        below = QRectF(LEFT, measure.HEAD, room, face.height - measure.HEAD - 2)
        assert colours(shown, below) - colours(bare, below)


def painted(face: Face, ink: Ink) -> QImage:
    """A node at a zoom at which its name alone can be read, a pixel for each of the scene's."""
    image = QImage(round(face.width), round(face.height), QImage.Format.Format_RGB32)
    image.fill(ink.ground)
    painter = QPainter(image)
    paint_name(painter, face, ink, NAME_PX / 24)
    painter.end()
    return image
