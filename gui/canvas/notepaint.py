"""Paints the text of notes from kept pictures; lays it out when it is first seen. Knows no scene, no document."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from engine.graph import Note
from gui.canvas.frame import Frame
from gui.canvas.sprites import Sprites
from gui.late import late
from gui.theme import TEXT, font

if TYPE_CHECKING:
    from gui.canvas import notetext
    from gui.canvas.notetext import NoteText
else:
    notetext = late("gui.canvas.notetext")

#: Between a note's edge and its text.
PAD: Final = 12.0
#: Texts that are kept laid out; those that were seen last.
KEPT: Final = 400
#: How long a frame may spend on laying out texts; the next one goes on.
BUDGET: Final = 0.012
#: A text that is larger on the screen is painted without a picture of it, in device pixels.
LARGEST: Final = 3_000_000


@dataclass(frozen=True, slots=True)
class _Laid:
    """A text and the room for which it was laid out."""

    words: str
    room: tuple[float, float]
    text: NoteText

    @property
    def shown(self) -> tuple[float, float]:
        """How much room its picture takes: whole lines."""
        return self.text.textWidth(), notetext.whole_lines(self.text, self.room[1])


class Notes:
    """Holds texts by their note's id."""

    def __init__(self, sprites: Sprites) -> None:
        self._sprites = sprites
        self._laid: dict[str, _Laid] = {}
        self._until = 0.0

    def begin(self) -> None:
        """Start a frame."""
        self._until = perf_counter() + BUDGET

    def forget(self) -> None:
        """Lay everything out anew: the colours are others."""
        self._laid.clear()

    def text(self, note: Note, box: QRectF) -> NoteText:
        """Return a note's text, laid out for the box in which it stands."""
        room = inner(box)
        size = (float(round(room.width())), float(round(room.height())))
        found = self._laid.pop(note.id, None)
        if found is None or found.words != note.text or found.room != size:
            found = _Laid(note.text, size, notetext.laid_out(note.text, *size))
        self._laid[note.id] = found
        while len(self._laid) > KEPT:
            del self._laid[next(iter(self._laid))]
        return found.text

    def paint(self, frame: Frame, note: Note, box: QRectF) -> None:
        """Paint a note's text into its box of the scene; the painter stands on the device."""
        room = inner(box)
        if room.width() < 8 or room.height() < 8:
            return
        if note.id not in self._laid and perf_counter() > self._until:
            self._sprites.behind = True  # the next frame goes on
            return
        self.text(note, box)
        laid = self._laid[note.id]
        x, y = frame.places(np.array([(room.left(), room.top())]))[0].tolist()
        size = laid.shown
        if size[0] * size[1] * (frame.scale * frame.ratio) ** 2 > LARGEST:
            seen = frame.area.translated(-room.topLeft()).intersected(QRectF(0, 0, *size))
            _paint_directly(frame, laid.text, x, y, seen)
        else:
            draw = partial(_draw, laid.text, QRectF(0, 0, *size))
            sprite = self._sprites.get(("note", note.id), laid, size, frame.scale, draw)
            if sprite is not None:
                sprite.draw(frame.painter, x, y, frame.scale, frame.ratio)
        if size[1] < laid.text.size().height():
            self._more(frame, box)

    def _more(self, frame: Frame, box: QRectF) -> None:
        """Say that there is more than can be seen."""
        right, bottom = frame.places(np.array([(box.right(), box.bottom())]))[0].tolist()
        high = (PAD - 2) * frame.scale
        frame.painter.setFont(font(max(1, round(TEXT * frame.scale)), bold=True))
        frame.painter.setPen(frame.ink.third)
        room = QRectF(right - 4 * high, bottom - 1.6 * high, 3.4 * high, 1.6 * high)
        frame.painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "…")


def inner(box: QRectF) -> QRectF:
    """Return where a note's text stands in its box."""
    return box.adjusted(PAD, PAD - 2, -PAD, 2 - PAD)


def _draw(text: NoteText, area: QRectF, painter: QPainter) -> None:
    painter.setClipRect(area)
    notetext.paint_text(painter, text, area)


def _paint_directly(frame: Frame, text: NoteText, x: float, y: float, seen: QRectF) -> None:
    frame.painter.save()
    frame.painter.translate(x, y)
    frame.painter.scale(frame.scale, frame.scale)
    _draw(text, seen, frame.painter)
    frame.painter.restore()
