"""Where the frames and notes of the framed drawing are, for who points at them."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from engine.graph import Point
from gui.canvas.grips import title_box
from tests.gui.canvas.conftest import Hand


def title(hand: Hand, id: str = "f1") -> QPointF:
    """A place on a frame's bar where no other thing is."""
    bar = title_box(hand.canvas.drawing.annotations, id, hand.canvas.zoom)
    return QPointF(bar.left() + 30, bar.center().y())


def at(hand: Hand, id: str) -> Point:
    return hand.canvas.drawing.place(id)
