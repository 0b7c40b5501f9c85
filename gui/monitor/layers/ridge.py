"""Histograms over time as ridges, one behind the other: the oldest at the back. Knows no run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.monitor.layers.scale import scale_of, spelled
from gui.theme import LABEL, colour, font, themes

if TYPE_CHECKING:
    from engine.messages import Histograms

Values = np.ndarray[Any, Any]
#: More ridges hide each other: of more looks so many are drawn, evenly chosen.
MOST: Final = 36
#: All ridges of a layer together: half a frame's worth of drawing.
MOST_DRAWN: Final = 96
#: Weights of a layer that are drawn side by side.
MOST_SIDE: Final = 4
HEAD, FOOT, GAP = 18, 18, 20
#: How high a ridge is, of the room that it has.
HIGH: Final = 0.42


@dataclass(frozen=True, slots=True)
class Hill:
    """One histogram: the step at which it was taken, its bins' edges and what is in them."""

    step: int
    edges: Values
    counts: Values


@dataclass(frozen=True, slots=True)
class Range:
    """All histograms of one weight, the oldest first, and between which values they are drawn."""

    name: str
    hills: tuple[Hill, ...]
    low: float
    high: float


def ranges_of(looks: Sequence[Histograms], *, gradients: bool) -> tuple[Range, ...]:
    """Return the histograms of a layer's weights, or of their gradients, by weight."""
    if not looks:
        return ()
    names = [name for name in looks[-1].names if name.endswith(" gradient") == gradients][:MOST_SIDE]
    count = min(MOST, MOST_DRAWN // max(1, len(names)), len(looks))
    places = np.unique(np.linspace(0, len(looks) - 1, count).round().astype(int))
    chosen = [looks[place] for place in places]
    return tuple(_range(name, [look for look in chosen if name in look.names]) for name in names)


def _range(name: str, looks: Sequence[Histograms]) -> Range:
    hills = []
    for look in looks:
        place = look.names.index(name)
        hills.append(Hill(look.step, look.edges.numpy()[place], look.counts.numpy()[place]))
    spread = [hill for hill in hills if np.count_nonzero(hill.counts) > 1] or hills
    # The wildest looks of a run, most often its first, would make all others a line; the newest is seen whole.
    low = float(min(np.quantile([hill.edges[0] for hill in spread], 0.1), spread[-1].edges[0]))
    high = float(max(np.quantile([hill.edges[-1] for hill in spread], 0.9), spread[-1].edges[-1]))
    return Range(name.removesuffix(" gradient"), tuple(hills), low, high)


class Ridge(QWidget):
    """Emits `pointed` with words: which step, and how many values lie where the pointer is."""

    pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ranges: tuple[Range, ...] = ()
        self._picture: QPixmap | None = None
        self._at: tuple[int, int] | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(120, 56))
        self.setAccessibleName("Histograms over time")
        themes().changed.connect(self.redraw)

    def show_ranges(self, ranges: tuple[Range, ...]) -> None:
        """Show other histograms."""
        self.ranges, self._at = ranges, None
        self.redraw()

    def redraw(self) -> None:
        self._picture = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.redraw()

    # -- where things are

    def _box(self, place: int) -> QRectF:
        """The room of one weight's ridges."""
        count = max(1, len(self.ranges))
        width = (self.width() - GAP * (count - 1)) / count
        return QRectF(place * (width + GAP), HEAD, width, max(1, self.height() - HEAD - FOOT))

    def _base(self, box: QRectF, place: int, count: int) -> float:
        """The height of a ridge's foot."""
        top = box.top() + box.height() * HIGH
        return float(top + (box.bottom() - top) * (place / (count - 1) if count > 1 else 1.0))

    def _shape(self, box: QRectF, range_: Range, place: int) -> QPolygonF:
        """A ridge's outline, from its left foot to its right, as high as its own peak."""
        hill, base = range_.hills[place], self._base(box, place, len(range_.hills))
        width = range_.high - range_.low or 1.0
        widths = np.diff(hill.edges)
        dense = hill.counts / np.where(widths > 0, widths, 1.0)
        peak = float(dense.max(initial=0.0)) or 1.0
        middles = (hill.edges[:-1] + hill.edges[1:]) / 2
        xs = np.concatenate([hill.edges[:1], middles, hill.edges[-1:]])
        ys = np.concatenate([[0.0], dense / peak, [0.0]])
        xs = box.left() + np.clip((xs - range_.low) / width, 0, 1) * box.width()
        if xs[-1] - xs[0] < 2:  # numbers that are all one are a spike, and still seen
            xs = np.linspace(xs[0] - 1, xs[0] + 1, len(xs))
        lift = box.height() * HIGH * 0.92
        return QPolygonF([QPointF(x, base - y * lift) for x, y in zip(xs, ys, strict=True)])

    # -- hands

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        for place, range_ in enumerate(self.ranges):
            box = self._box(place)
            if range_.hills and box.left() <= at.x() <= box.right():
                bases = [self._base(box, each, len(range_.hills)) for each in range(len(range_.hills))]
                nearest = min(range(len(bases)), key=lambda each: abs(bases[each] - at.y()))
                share = (at.x() - box.left()) / box.width()
                self._point(place, nearest, range_.low + share * (range_.high - range_.low))
                return
        self.leave()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.leave()

    def leave(self) -> None:
        """Point at nothing."""
        self._at = None
        self.pointed.emit("")
        self.update()

    def _point(self, place: int, row: int, value: float) -> None:
        self._at = (place, row)
        self.pointed.emit(told(self.ranges[place], row, value))
        self.update()

    # -- drawing

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._picture is None:
            self._picture = self._paint()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        if self._at is not None and self._at[0] < len(self.ranges):
            place, row = self._at
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour("text"), 1.5))
            painter.drawPolyline(self._shape(self._box(place), self.ranges[place], row))
        painter.end()

    def _paint(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap((self.size() * ratio).expandedTo(QSize(1, 1)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(LABEL))
        for place, range_ in enumerate(self.ranges):
            self._paint_range(painter, self._box(place), range_)
        painter.end()
        return picture

    def _paint_range(self, painter: QPainter, box: QRectF, range_: Range) -> None:
        painter.setPen(colour("second"))
        words = painter.fontMetrics().elidedText(range_.name, Qt.TextElideMode.ElideMiddle, int(box.width()))
        painter.drawText(QRectF(box.left(), 0, box.width(), HEAD), Qt.AlignmentFlag.AlignVCenter, words)
        self._paint_axis(painter, box, range_)
        count = len(range_.hills)
        for place in range(count):
            newness = place / (count - 1) if count > 1 else 1.0
            painter.setBrush(_mixed(colour("panel"), colour("train"), 0.10 + 0.28 * newness))
            painter.setPen(QPen(_mixed(colour("panel"), colour("train"), 0.40 + 0.60 * newness), 1))
            painter.drawPolygon(self._shape(box, range_, place))

    def _paint_axis(self, painter: QPainter, box: QRectF, range_: Range) -> None:
        width, room = range_.high - range_.low or 1.0, box.left() - 6.0
        for tick in scale_of([range_.low, range_.high]).ticks:
            x = box.left() + (tick - range_.low) / width * box.width()
            words = spelled(0.0 if abs(tick) < width * 1e-9 else tick)
            half = painter.fontMetrics().horizontalAdvance(words) / 2
            if not (box.left() <= x <= box.right()) or x - half < room + 6 or x + half > box.right() + GAP / 2:
                continue
            painter.setPen(QPen(colour("line"), 1))
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
            painter.setPen(colour("third"))
            painter.drawText(QPointF(x - half, box.bottom() + FOOT - 4), words)
            room = x + half


def told(range_: Range, row: int, value: float) -> str:
    """Say what a ridge has where a value lies."""
    hill = range_.hills[row]
    bin_ = int(np.searchsorted(hill.edges, value, side="right")) - 1
    words = f"{range_.name} · step {hill.step:,}: "
    if not 0 <= bin_ < len(hill.counts):
        return f"{words}none at {spelled(value)}; all lie from {spelled(hill.edges[0])} to {spelled(hill.edges[-1])}"
    share = hill.counts[bin_] / max(1, int(hill.counts.sum()))
    return f"{words}{share:.1%} of the values from {spelled(hill.edges[bin_])} to {spelled(hill.edges[bin_ + 1])}"


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    """A colour between two, so much of the other: opaque, so that a ridge hides what is behind it."""
    parts = [a + (b - a) * share for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)]  # type: ignore[index]
    return QColor(*(round(part) for part in parts))
