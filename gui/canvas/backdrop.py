"""Paints what lies below wires and nodes: frames with their titles, then notes. Knows no document, no scene."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QTransform

from engine.graph import COLOURS, Note, Point
from engine.graph import Frame as FrameItem
from gui.canvas.annotations import BAR, TAB, Annotations
from gui.canvas.frame import Frame, draw_boxes
from gui.canvas.ink import pen
from gui.canvas.measure import CORNER, Floats
from gui.canvas.nodes import Rows
from gui.canvas.notepaint import Notes, inner
from gui.canvas.overlay import Overlay
from gui.canvas.sprites import Sprites
from gui.canvas.tints import Tint
from gui.late import late
from gui.theme import TEXT, font

if TYPE_CHECKING:
    from gui.canvas import notetext
else:
    notetext = late("gui.canvas.notetext")

#: From here on corners are round, and notes can be read.
ROUND: Final = 0.5
#: A title is written in the node's size, but never smaller than this on the screen; in less room it is left out.
TITLE_PX: Final = 11.0
LEAST_ROOM: Final = 30.0
LEAST_HEIGHT: Final = 14.0
PAD: Final = 12.0
LEAST_PAD: Final = 4.0
#: What is larger than the view is cut this far outside of it, on the screen: Qt paints no box of a million pixels.
_OUTSIDE: Final = 64.0


@dataclass(frozen=True, slots=True)
class _Title:
    """What is written of a title or a note into how much room; the picture is drawn anew for another one."""

    written: str
    words: str
    room: int


class Backdrop:
    """Paints from arrays; keeps the titles as pictures."""

    def __init__(self, annotations: Annotations, overlay: Overlay, sprites: Sprites) -> None:
        self._held, self._over, self._sprites = annotations, overlay, sprites
        self.notes = Notes(sprites)
        self._tints = Tint.all()
        self._titles: dict[str, _Title] = {}

    def retint(self) -> None:
        """Take the colours of the theme that is in use now."""
        self._tints = Tint.all()
        self.notes.forget()

    def paint(self, frame: Frame) -> None:
        """Paint frames and notes in scene pixels; leave the painter as it was."""
        self._held.scale = frame.scale
        if not len(self._held):
            return
        rows = self._held.visible(frame.area, frame.scale)
        bars = self._held.bars(frame.scale)
        boxes = _cut(_joined(self._held.boxes, bars), frame)
        frame.painter.save()
        (self._boxes if frame.scale >= ROUND else self._blocks)(frame, rows, boxes, _cut(bars, frame))
        self._rings(frame, rows, boxes)
        frame.painter.setWorldTransform(QTransform())
        self._words(frame, rows, bars)
        frame.painter.restore()

    def text(self, id: str) -> notetext.NoteText | None:
        """Return the text of a note as it is laid out; None for a frame."""
        item = self._held.item(id)
        return None if isinstance(item, FrameItem) else self.notes.text(item, self._held.box(id))

    def link_at(self, id: str, at: QPointF) -> str:
        """Return the web address that a note links to at a place of the scene, empty where there is none."""
        text = self.text(id)
        return "" if text is None else notetext.link_at(text, at - inner(self._held.box(id)).topLeft())

    # -- boxes

    def _boxes(self, frame: Frame, rows: Rows, boxes: Floats, bars: Floats) -> None:
        """Paint one by one, with round corners."""
        painter, held = frame.painter, self._held
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row in rows.tolist():
            tint, box = self._tints[held.items[row].colour], QRectF(*boxes[row].tolist())
            framed = bool(held.framed[row])
            painter.setPen(Qt.PenStyle.NoPen if framed else _line(tint.card_line))
            painter.setBrush(tint.fill if framed else tint.card)
            painter.drawRoundedRect(box, CORNER, CORNER)
            if framed:
                painter.fillPath(_bar_path(QRectF(*bars[row].tolist())), tint.bar)
                painter.setPen(_line(tint.line))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box, CORNER, CORNER)

    def _blocks(self, frame: Frame, rows: Rows, boxes: Floats, bars: Floats) -> None:
        """Paint all of a colour at once, as they are seen from afar."""
        painter, held = frame.painter, self._held
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for index in sorted(set(held.colour[rows].tolist())):
            mine = rows[held.colour[rows] == index]
            tint, framed = self._tints[COLOURS[index]], held.framed[mine]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tint.far_bar)
            draw_boxes(painter, bars[mine[framed]])
            painter.setPen(_line(tint.line))
            painter.setBrush(tint.far_fill)
            draw_boxes(painter, boxes[mine[framed]])
            painter.setPen(_line(tint.card_line))
            painter.setBrush(tint.card)
            draw_boxes(painter, boxes[mine[~framed]])

    def _rings(self, frame: Frame, rows: Rows, boxes: Floats) -> None:
        over, painter = self._over, frame.painter
        marked = {*over.carried, over.grip.id if over.grip is not None else ""}
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        corner = CORNER if frame.scale >= ROUND else 0.0
        for row in rows.tolist():
            id = self._held.items[row].id
            if id in frame.selected or id in marked:
                painter.setPen(_line(frame.ink.accent, 2.0) if id in frame.selected else _line(frame.ink.hovered))
                painter.drawRoundedRect(QRectF(*boxes[row].tolist()), corner, corner)

    # -- words

    def _words(self, frame: Frame, rows: Rows, bars: Floats) -> None:
        """Write titles, of one size on the screen at least, and notes, from afar their first line alone."""
        self.notes.begin()
        scale, far = frame.scale, frame.scale < ROUND
        lines = bars[rows].copy()
        first = np.minimum(self._held.boxes[rows, 3], max(BAR, TAB / scale))
        lines[:, 3] = np.where(self._held.framed[rows], lines[:, 3], first)
        pad = max(PAD, LEAST_PAD / scale)
        rooms = lines[:, 2] - 2 * pad
        fits = (rooms * scale >= LEAST_ROOM) & (lines[:, 3] * scale >= LEAST_HEIGHT)
        places = frame.places(lines[:, :2] + (pad, 0.0)).tolist()
        for row, place, room, high, fit in zip(
            rows.tolist(), places, rooms.tolist(), lines[:, 3].tolist(), fits.tolist(), strict=True
        ):
            item = self._held.items[row]
            if isinstance(item, Note) and not far:
                self.notes.paint(frame, item, QRectF(*self._held.boxes[row].tolist()))
            elif fit:
                self._title(frame, item, (place[0], place[1]), room, high)

    def _title(self, frame: Frame, item: FrameItem | Note, at: Point, room: float, high: float) -> None:
        """Write a title into a room of the scene, elided; `at` is on the device."""
        written = item.text if isinstance(item, Note) else item.title
        title = self._titles.get(item.id)
        if title is None or title.written is not written or title.room != round(room):
            words = notetext.first_line(written) if isinstance(item, Note) else written
            title = self._titles[item.id] = _Title(written, words, round(room))
        if not title.words:
            return
        px = max(TITLE_PX / frame.scale, TEXT)
        wide = min(room, (len(title.words) + 1) * px * 1.2)  # no letter is wider
        draw = partial(_draw_title, title.words, round(px), frame.ink.text, wide, high)
        sprite = self._sprites.get(("title", item.id), title, (wide, high), frame.scale, draw)
        if sprite is not None:
            sprite.draw(frame.painter, *at, frame.scale, frame.ratio)


def _draw_title(words: str, px: int, tint: QColor, room: float, high: float, painter: QPainter) -> None:
    made = font(px, bold=True)
    shown = QFontMetricsF(made).elidedText(words, Qt.TextElideMode.ElideRight, room)
    painter.setFont(made)
    painter.setPen(tint)
    painter.drawText(QRectF(0, 0, room, high), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _line(tint: QColor, width: float = 1.0) -> QPen:
    """Return a line of one width at every zoom."""
    line = pen(tint, width)
    line.setCosmetic(True)
    return line


def _bar_path(bar: QRectF) -> QPainterPath:
    """A bar whose upper corners are round, as its frame's."""
    path = QPainterPath(bar.bottomLeft())
    path.arcTo(bar.left(), bar.top(), 2 * CORNER, 2 * CORNER, 180, -90)
    path.arcTo(bar.right() - 2 * CORNER, bar.top(), 2 * CORNER, 2 * CORNER, 90, -90)
    path.lineTo(bar.bottomRight())
    return path


def _joined(boxes: Floats, bars: Floats) -> Floats:
    """Return the boxes with what stands out of them."""
    joined = boxes.copy()
    joined[:, 1] = np.minimum(boxes[:, 1], bars[:, 1])
    joined[:, 3] += boxes[:, 1] - joined[:, 1]
    return joined


def _cut(boxes: Floats, frame: Frame) -> Floats:
    """Cut boxes to what may be seen, so far outside that no edge comes into view."""
    out = _OUTSIDE / frame.scale
    area = frame.area.adjusted(-out, -out, out, out)
    low = np.clip(boxes[:, :2], (area.left(), area.top()), (area.right(), area.bottom()))
    high = np.clip(boxes[:, :2] + boxes[:, 2:], (area.left(), area.top()), (area.right(), area.bottom()))
    return np.concatenate([low, high - low], axis=1)
