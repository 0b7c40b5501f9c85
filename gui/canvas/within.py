"""Where something that floats over the canvas stands, so that all of it is seen. Knows not what it is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

#: What it leaves of the canvas around it.
AROUND: Final = 8


def room(ground: QWidget) -> QRect:
    """Return where it may stand on its ground."""
    return ground.rect().adjusted(AROUND, AROUND, -AROUND, -AROUND)


def within(place: QRect, ground: QWidget) -> QRect:
    """Return a place moved into the room of its ground; where that is too small, its beginning is seen."""
    free = room(ground)
    place = QRect(place)
    place.moveRight(min(place.right(), free.right()))
    place.moveBottom(min(place.bottom(), free.bottom()))
    place.moveTo(max(place.left(), free.left()), max(place.top(), free.top()))
    return place
