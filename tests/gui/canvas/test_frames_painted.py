"""How frames look: below the nodes at every zoom, tinted, ringed, painted from kept pictures."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF

from engine.graph import Frame, Note
from tests.gui.canvas.conftest import OUTER, Hand


def test_frames_are_painted_below_nodes_at_every_zoom(framed: Hand) -> None:
    """Also as small as a point and as large as a file can say."""
    sizes = [(1.0, 1.0), (9e8, 9e8), (1.0, 9e8), (40.0, 2.0)]
    frames = [Frame(f"f{i}", "Title " * 30, (-200.0, -150.0), size, "red") for i, size in enumerate(sizes, 10)]
    framed.document.edit("Odd", framed.graph.with_frames(frames).with_notes([Note("t9", "x " * 999, size=(9e8, 9e8))]))
    for scale in (0.02, 0.2, 0.4, 0.6, 1.0, 4.0):
        framed.canvas.zoom_to(scale)
        framed.canvas.look_at(QPointF(200, 20))
        framed.canvas.grab()
        framed.canvas.grab()
        assert not framed.canvas.drawing.painter.sprites.behind
    framed.canvas.zoom_to(1.0)
    framed.canvas.look_at(QPointF(200, 20))
    image = framed.canvas.grab().toImage()
    node = framed.canvas.drawing.painter.ink.node
    assert image.pixelColor(framed.view(framed.head("n1") + QPointF(60, -20))) == node


def test_a_frame_tints_the_ground_and_a_selected_one_has_a_ring(framed: Hand) -> None:
    ink, place = framed.canvas.drawing.painter.ink, framed.view(QPointF(-40, 40))
    before = framed.canvas.grab().toImage()
    assert before.pixelColor(framed.view(QPointF(-29, -49))) != ink.ground
    framed.selection.set(["f1"])
    image = framed.canvas.grab().toImage()
    assert ink.accent.name() in {image.pixelColor(place + QPoint(x, 0)).name() for x in range(-2, 3)}


def test_panning_paints_from_kept_pictures(framed: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    framed.canvas.grab()
    drawn: list[object] = []
    monkeypatch.setattr("gui.canvas.backdrop._draw_title", lambda *_: drawn.append("title"))
    monkeypatch.setattr("gui.canvas.notepaint._draw", lambda *_: drawn.append("note"))
    framed.canvas.pan(3, 7)
    framed.canvas.grab()
    assert drawn == []
    framed.document.edit("Title", framed.graph.with_frames([replace(OUTER, title="Other")]))
    framed.canvas.grab()
    assert drawn == ["title"]
