"""The loss landscape: as lines of one height on a map, or as a surface in space. Knows no run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.messages import Heights
from engine.plotting.contours import contour, levels
from engine.plotting.figures import figure
from engine.plotting.pyramid import Floats
from engine.plotting.ticks import ticks
from gui.studies.colours import height_colours, lines, picture
from gui.studies.turnable import Turnable
from gui.theme import LABEL, colour, font, themes

MARGIN, BAR, LEFT, BOTTOM = 12, 64, 36, 22
LINES: Final = 14
#: A surface has at most so many places a side: each is a polygon.
MOST: Final = 31
#: From so many times the least on, heights are told by their powers of ten: walls would hide the valley.
STEEP: Final = 20.0
#: How high the surface stands, its floor being 2 wide.
HIGH: Final = 1.1


class SurfaceView(Turnable):
    """Emits `pointed` with words about the place under the pointer; `solid` for space, else the map."""

    pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer: Heights | None = None
        self._values: Floats = np.empty((0, 0))
        self._scaled: Floats = np.empty((0, 0))
        self._whole: Floats = np.empty((0, 0))
        self._segments: Floats = np.empty((0, 4))
        self._image: QImage | None = None
        self.steep = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self.setAccessibleName("Loss landscape")
        themes().changed.connect(self._redraw)
        self.turns = False

    def show_answer(self, answer: Heights) -> None:
        self.answer, self._values = answer, answer.values.numpy()
        finite = self._values[np.isfinite(self._values)]
        self.steep = bool(finite.size and finite.min() > 0 and finite.max() > STEEP * finite.min())
        with np.errstate(invalid="ignore", divide="ignore"):
            self._scaled = np.log10(self._values) if self.steep else self._values
        self._whole = _filled(self._shares)
        self._segments = np.concatenate(
            [np.empty((0, 4)), *(contour(self._whole, at) for at in levels(self._whole, LINES))]
        )
        self._redraw()

    def show_solid(self, solid: bool) -> None:
        """Show the surface in space, or the map."""
        self.turns = solid
        self.setCursor(Qt.CursorShape.OpenHandCursor if solid else Qt.CursorShape.CrossCursor)
        self.update()

    def clear(self) -> None:
        self.answer, self._image = None, None
        self.update()

    def _redraw(self) -> None:
        self._image = None
        self.update()

    @property
    def _shares(self) -> Floats:
        """Heights from 0 to 1."""
        known = np.isfinite(self._scaled)
        if not known.any():
            return self._scaled
        low, high = self._scaled[known].min(), self._scaled[known].max()
        return np.asarray((self._scaled - low) / ((high - low) or 1.0))

    # -- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.answer is None or not self._values.size:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.turns:
            self._draw_surface(painter)
        else:
            self._draw_map(painter)
        self._draw_bar(painter)
        painter.end()

    @property
    def share(self) -> float:
        """The share of the places that are known."""
        return float(np.isfinite(self._values).mean()) if self._values.size else 0.0

    @property
    def room(self) -> QRectF:
        """The square that the map fills."""
        inner = QRectF(self.rect()).adjusted(LEFT, MARGIN, -MARGIN - BAR, -BOTTOM)
        side = max(10.0, min(inner.width(), inner.height()))
        return QRectF(inner.left() + (inner.width() - side) / 2, inner.top(), side, side)

    def _draw_map(self, painter: QPainter) -> None:
        room, side = self.room, len(self._values)
        self._image = self._image or picture(height_colours(self._whole)[::-1])
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        step = room.width() / (side - 1)
        painter.save()
        painter.setClipRect(room)
        painter.drawImage(room.adjusted(-step / 2, -step / 2, step / 2, step / 2), self._image)
        painter.restore()
        painter.setPen(QPen(QColor(255, 255, 255, 120), 1))
        painter.drawLines(lines(self._segments, room, step))
        painter.setPen(QPen(QColor("white"), 2))
        painter.setBrush(QColor(0, 0, 0, 110))
        painter.drawEllipse(room.center(), 4.5, 4.5)
        self._draw_axes(painter, room)

    def _draw_axes(self, painter: QPainter, room: QRectF) -> None:
        assert self.answer is not None  # noqa: S101 - only drawn with one
        reach = self.answer.reach
        painter.setFont(font(LABEL))
        painter.setPen(colour("third"))
        for value, word in ticks(-reach, reach, 4):
            along = (value + reach) / (2 * reach)
            x, y = room.left() + along * room.width(), room.bottom() - along * room.height()
            painter.drawText(QRectF(x - 30, room.bottom() + 4, 60, 16), Qt.AlignmentFlag.AlignHCenter, word)
            place = QRectF(room.left() - 44, y - 8, 38, 16)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, word)

    def _draw_surface(self, painter: QPainter) -> None:
        values = self._whole
        places = np.unique(np.linspace(0, len(values) - 1, min(len(values), MOST)).round().astype(int))
        values = values[places][:, places]
        side = len(values)
        along = np.linspace(-1, 1, side)
        points = np.stack(
            [np.tile(along, side), np.repeat(along, side), ((values - 0.5) * HIGH).reshape(-1)], axis=-1
        )  # fmt: skip
        seen = self._laid(self.turn.seen(points)).reshape(side, side, 3)
        shade = _shade(values)
        tints = height_colours((values[:-1, :-1] + values[1:, 1:]) / 2)
        brushes = [
            QColor(*tint) for tint in (tints * shade[..., np.newaxis]).clip(0, 255).astype(int).reshape(-1, 3).tolist()
        ]
        corner = [QPointF(x, y) for x, y in seen[..., :2].reshape(-1, 2).tolist()]
        depth = (seen[:-1, :-1, 2] + seen[1:, 1:, 2]).reshape(-1)
        pen = QPen(QColor(0, 0, 0, 40), 0.6)
        painter.setPen(pen)
        for place in np.argsort(depth).tolist():
            at = place + place // (side - 1)  # a row has one corner more than cells
            painter.setBrush(brushes[place])
            painter.drawPolygon(QPolygonF([corner[at], corner[at + 1], corner[at + side + 1], corner[at + side]]))

    def _laid(self, seen: Floats) -> Floats:
        """Return what is seen in pixels: across, down, toward."""
        width, height = self.width() - BAR - MARGIN, self.height()
        scale = min(width, height * 1.25) / 3.1
        return np.stack([width / 2 + seen[:, 0] * scale, height / 2 - seen[:, 1] * scale, seen[:, 2]], axis=-1)

    def _draw_bar(self, painter: QPainter) -> None:
        """The scale of heights, at the right."""
        known = self._values[np.isfinite(self._values)]
        if not known.size:
            return
        bar = QRectF(self.width() - BAR, MARGIN + 18, 10, max(20, min(180, self.height() - 60)))
        steps = picture(height_colours(np.linspace(1, 0, 64))[:, np.newaxis])
        painter.drawImage(bar, steps)
        painter.setFont(font(LABEL))
        painter.setPen(colour("third"))
        painter.drawText(QRectF(bar.left(), bar.top() - 20, BAR, 16), Qt.AlignmentFlag.AlignLeft, "loss")
        for value, y in ((known.max(), bar.top()), (known.min(), bar.bottom())):
            painter.drawText(
                QRectF(bar.right() + 6, y - 8, 50, 16), Qt.AlignmentFlag.AlignVCenter, figure(float(value))
            )
        if self.steep:
            painter.drawText(
                QRectF(bar.right() + 6, bar.center().y() - 8, 50, 16), Qt.AlignmentFlag.AlignVCenter, "log"
            )

    # -- pointing

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.pointed.emit(self.words_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit("")

    def words_at(self, at: QPointF) -> str:
        """Say the loss at a point of the map."""
        room = self.room
        if self.answer is None or self.turns or not room.contains(at):
            return ""
        x, y = (at.x() - room.left()) / room.width(), (room.bottom() - at.y()) / room.height()
        last, reach = len(self._values) - 1, self.answer.reach
        loss = self._values[round(y * last), round(x * last)]
        words = figure(float(loss)) if np.isfinite(loss) else "not measured yet"
        return f"{(2 * x - 1) * reach:+.2f} along the first, {(2 * y - 1) * reach:+.2f} along the second: loss {words}"

    def rows(self) -> Iterator[str]:
        """Spell the landscape as a table: how far along both directions, then the loss."""
        if self.answer is None:
            return
        along = np.linspace(-self.answer.reach, self.answer.reach, len(self._values))
        yield "first,second,loss\n"
        for second, row in zip(along, self._values, strict=True):
            for first, loss in zip(along, row, strict=True):
                yield f"{first:.6g},{second:.6g},{loss:.8g}\n"


def _filled(values: Floats) -> Floats:
    """Return a picture that grows as it will look: between the places that are known it is straight."""
    filled, places = values.copy(), np.arange(len(values))
    rows = [row for row in places if np.isfinite(values[row]).any()]
    for row in rows:
        known = np.isfinite(values[row])
        filled[row] = np.interp(places, places[known], values[row, known])
    if not rows:
        return np.full_like(values, 0.5)
    return np.stack([np.interp(places, rows, filled[rows, column]) for column in places], axis=1)


def _shade(values: Floats) -> Floats:
    """How light each cell is: turned to the light at the upper left, more."""
    slope = (values[1:, :-1] - values[:-1, :-1]) - (values[:-1, 1:] - values[:-1, :-1])
    return np.asarray((1 + 2.2 * slope).clip(0.65, 1.2))
