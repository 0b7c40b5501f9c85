"""Frames and notes on their way: they glide with the layers of a tidied drawing, and arrive where it has them."""

from __future__ import annotations

from math import inf

import pytest
from PySide6.QtCore import QRectF, Qt

from engine.graph import Frame, Note
from gui import motion
from tests.gui.canvas.conftest import Hand

FRAME = Frame("f1", "Rows", (-60.0, 150.0), (1200.0, 400.0))
NOTE = Note("t1", "a note", (0.0, 320.0), (160.0, 60.0))


@pytest.fixture
def tidied(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> Hand:
    """A drawing with a frame and a note that is being tidied."""
    monkeypatch.setattr(motion, "UNSEEN", frozenset())
    monkeypatch.setattr("gui.canvas.glide.SLOWEST", inf)
    hand.document.edit("Frame", hand.graph.with_frames([FRAME]).with_notes([NOTE]))
    hand.key(Qt.Key.Key_T)
    assert hand.canvas.arranging.tidying.glide.moving
    return hand


def box(hand: Hand, id: str) -> QRectF:
    return hand.canvas.drawing.annotations.box(id)


def held(item: Frame | Note) -> QRectF:
    return QRectF(*item.at, *item.size)


def test_a_frame_glides_with_its_layers_and_arrives(tidied: Hand) -> None:
    glide, end = tidied.canvas.arranging.tidying.glide, held(tidied.graph.frames["f1"])
    assert end != held(FRAME), "the tidied drawing has its frame elsewhere"
    glide._step(0.0)
    assert box(tidied, "f1") == held(FRAME)
    assert box(tidied, "t1") == held(NOTE)
    glide._step(0.5)
    assert box(tidied, "f1") not in (held(FRAME), end)
    frame = box(tidied, "f1")
    inside = [id for id in ("n4", "n5", "n6", "n7") if frame.contains(tidied.canvas.drawing.nodes.frame(id))]
    assert inside == ["n4", "n5", "n6", "n7"], "it holds them on the way"
    glide.finish()
    assert box(tidied, "f1") == end
    tidied.agree()


def test_an_edit_puts_frames_in_their_places(tidied: Hand) -> None:
    tidied.canvas.arranging.tidying.glide._step(0.3)
    tidied.document.undo.undo()
    assert box(tidied, "f1") == held(FRAME)
    tidied.agree()


def test_a_frame_deleted_on_the_way_is_gone(tidied: Hand) -> None:
    tidied.canvas.arranging.tidying.glide._step(0.3)
    tidied.document.edit("Delete", tidied.graph.without(["f1"]))
    assert "f1" not in tidied.canvas.drawing.annotations
    tidied.agree()
