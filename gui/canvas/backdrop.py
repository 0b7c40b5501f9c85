"""Paints what lies below wires and nodes: frames with their titles, then notes. Knows no document, no scene."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QTransform

from engine.graph import COLOURS
from engine.graph import Frame as FrameItem
from gui.canvas.annotations import TAB, Annotations
from gui.canvas.frame import Frame, draw_boxes
from gui.canvas.ink import pen
from gui.canvas.measure import CORNER, Floats
from gui.canvas.nodes import Rows
from gui.canvas.notepaint import Notes, inner
from gui.canvas.notetext import NoteText, first_line, link_at
from gui.canvas.overlay import Overlay
from gui.canvas.sprites import Sprites
from gui.canvas.tints import Tint
from gui.theme import TEXT, font

#: From here on corners are round, and notes can be read.
ROUND: Final = 0.5
#: A title is written in the node's size, but never smaller than this on the screen; in less room it is left out.
TITLE_PX: Final = 11.0
LEAST_ROOM: Final = 22.0
LEAST_HEIGHT: Final = 14.0
PAD: Final = 12.0
LEAST_PAD: Final = 4.0
#: What is larger than the view is cut this far outside of it, on the screen: Qt paints no box of a million pixels.
_OUTSIDE: Final = 64.0


class Backdrop:
    """Paints from arrays; keeps the titles as pictures."""

    def __init__(self, annotations: Annotations, overlay: Overlay, sprites: Sprites) -> None:
        self._held, self._over, self._sprites = annotations, overlay, sprites
        self.notes = Notes(sprites)
        self._tints = Tint.all()
        #: By id: the words and the room of a title; a sprite is drawn anew when the object is another.
        self._titles: dict[str, tuple[str, float]] = {}

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

    def text(self, id: str) -> NoteText | None:
        """Return the text of a note as it is laid out; None for a frame."""
        item = self._held.item(id)
        return None if isinstance(item, FrameItem) else self.notes.text(item, self._held.box(id))

    def link_at(self, id: str, at: QPointF) -> str:
        """Return the web address that a note links to at a place of the scene, empty where there is none."""
        text = self.text(id)
        return "" if text is None else link_at(text, at - inner(self._held.box(id)).topLeft())

    # -- boxes

    def _boxes(self, frame: Frame, rows: Rows, boxes: Floats, bars: Floats) -> None:
        """Paint one by one, with round corners."""
        painter, held = frame.painter, self._held
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row in rows.tolist():
            tint, box = self._tints[held.items[row].colour], QRectF(*boxes[row].tolist())
            framed = bool(held.framed[row])
            if framed:
                painter.fillPath(_bar_path(QRectF(*bars[row].tolist())), tint.bar)
            painter.setPen(_line(tint.line if framed else tint.card_line))
            painter.setBrush(tint.fill if framed else tint.card)
            painter.drawRoundedRect(box, CORNER, CORNER)

    def _blocks(self, frame: Frame, rows: Rows, boxes: Floats, bars: Floats) -> None:
        """Paint all of a colour at once, as they are seen from afar."""
        painter, held = frame.painter, self._held
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for index in sorted(set(held.colour[rows].tolist())):
            mine = rows[held.colour[rows] == index]
            tint, framed = self._tints[COLOURS[index]], held.framed[mine]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tint.bar)
            draw_boxes(painter, bars[mine[framed]])
            painter.setPen(_line(tint.line))
            painter.setBrush(tint.fill)
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
        for row in rows.tolist():
            item, box = self._held.items[row], QRectF(*self._held.boxes[row].tolist())
            if isinstance(item, FrameItem):
                self._title(frame, item.id, item.title, QRectF(*bars[row].tolist()))
            elif item.text and frame.scale >= ROUND:
                self.notes.paint(frame, item, box)
            else:
                box.setHeight(min(box.height(), max(26.0, TAB / frame.scale)))
                self._title(frame, item.id, first_line(item.text), box)

    def _title(self, frame: Frame, id: str, words: str, bar: QRectF) -> None:
        """Write words into a bar of the scene, elided; nothing where the bar is too narrow."""
        scale, pad = frame.scale, max(PAD, LEAST_PAD / frame.scale)
        px = max(TITLE_PX / scale, TEXT)
        room = bar.width() - 2 * pad
        if not words or room * scale < LEAST_ROOM or bar.height() * scale < LEAST_HEIGHT:
            return
        version = self._titles.get(id)
        if version is None or version != (words, round(room)):
            version = self._titles[id] = (words, round(room))
        # Twice what the letters of most titles need: none is wider than its height.
        room = min(room, (len(words) + 1) * px * 1.2)
        draw = partial(_draw_title, words, round(px), frame.ink.text, room, bar.height())
        sprite = self._sprites.get(("title", id), version, (room, bar.height()), scale, draw)
        if sprite is not None:
            x, y = frame.places(np.array([(bar.left() + pad, bar.top())]))[0].tolist()
            sprite.draw(frame.painter, x, y, scale, frame.ratio)


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
    """A bar whose upper corners are round, as the frame's."""
    path = QPainterPath(bar.bottomLeft())
    path.lineTo(bar.left(), bar.top() + CORNER)
    path.arcTo(bar.left(), bar.top(), 2 * CORNER, 2 * CORNER, 180, -90)
    path.arcTo(bar.right() - 2 * CORNER, bar.top(), 2 * CORNER, 2 * CORNER, 90, -90)
    path.lineTo(bar.bottomRight())
    path.closeSubpath()
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
