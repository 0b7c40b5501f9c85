"""The decision boundary: what the network says all over the plane, and the samples on it. Knows no run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.messages import Plane
from engine.plotting.contours import contour, levels
from engine.plotting.pyramid import Floats
from engine.plotting.ticks import ticks
from gui.studies.colours import class_colour, height_colours, lines, picture, rgb
from gui.studies.dots import Stamp
from gui.theme import LABEL, colour, font, themes

LEFT, BOTTOM, TOP, RIGHT = 40, 22, 8, 8
#: A sample's radius: so many of them fit across the plane, within bounds in pixels.
ACROSS, LEAST, MOST = 120, 1.6, 3.2
LINES: Final = 8
SHADES: Final = 24
#: How much darker than a dot its rim is, in per cent.
RIM: Final = 180


class PlaneView(QWidget):
    """Emits `pointed` with words about the place under the pointer."""

    pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plane: Plane | None = None
        self.classes: tuple[str, ...] = ()
        self._values: Floats = np.empty((0, 0, 0))
        self._image: QImage | None = None
        self._lines: list[Floats] = []
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self.setAccessibleName("Decision boundary")
        themes().changed.connect(self._redraw)

    def show_answer(self, plane: Plane) -> None:
        self.plane, self._values = plane, plane.values.numpy()
        self._lines = list(self._find_lines())
        self._redraw()

    def clear(self) -> None:
        self.plane, self._image = None, None
        self.update()

    def _redraw(self) -> None:
        self._image = None
        self.update()

    def _find_lines(self) -> Iterator[Floats]:
        """Where two classes are as likely, or, of a height, lines of one height."""
        if self.plane is not None and self.plane.chances:
            for number in range(self._values.shape[2] if self._values.shape[2] > 2 else 1):
                others = np.delete(self._values, number, axis=2).max(axis=2)
                yield contour((self._values[..., number] - others).astype(np.float64), 0.0)
        else:
            height = self._values[..., 0].astype(np.float64)
            yield from (contour(height, level) for level in levels(height, LINES))

    # -- drawing

    @property
    def room(self) -> QRectF:
        """The square that the plane fills."""
        inner = QRectF(self.rect()).adjusted(LEFT, TOP, -RIGHT, -BOTTOM)
        side = max(10.0, min(inner.width(), inner.height()))
        return QRectF(inner.left() + (inner.width() - side) / 2, inner.top() + (inner.height() - side) / 2, side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.plane is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self._image = self._image or self._draw()
        painter.drawImage(self.room, self._image)
        self._draw_lines(painter)
        self._draw_points(painter, self.plane)
        self._draw_axes(painter, self.plane.bounds.numpy())
        painter.end()

    def _draw(self) -> QImage:
        if self.plane is not None and self.plane.chances:
            tints = np.stack([rgb(class_colour(number)) for number in range(self._values.shape[2])])
            mixed = self._values.clip(0, 1) @ tints
            mixed = 0.62 * mixed + 0.38 * rgb(colour("panel"))
        else:
            height = self._values[..., 0].astype(np.float64)
            low, high = np.nanmin(height), np.nanmax(height)
            mixed = height_colours((height - low) / ((high - low) or 1.0))
        return picture(mixed[::-1])

    def _draw_lines(self, painter: QPainter) -> None:
        room, side = self.room, len(self._values) - 1
        pen = QPen(colour("text"), 1.2)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setOpacity(0.75)
        for segments in self._lines:
            painter.drawLines(lines(segments, room, room.width() / side))
        painter.setOpacity(1)

    def _draw_points(self, painter: QPainter, plane: Plane) -> None:
        bounds, targets = plane.bounds.numpy(), plane.targets.numpy()
        places = (plane.points.numpy() - bounds[:, 0]) / (bounds[:, 1] - bounds[:, 0])
        room = self.room
        size = min(MOST, max(LEAST, room.width() / ACROSS))
        across, down = room.left() + places[:, 0] * room.width(), room.bottom() - places[:, 1] * room.height()
        for tint, chosen in self._tints(plane, targets):
            stamp = Stamp(painter, tint, size, tint.darker(RIM))  # one of the ground hides dots that lie close
            for x, y in zip(across[chosen].tolist(), down[chosen].tolist(), strict=True):
                stamp.put(x, y)

    def _tints(self, plane: Plane, targets: Floats) -> Iterator[tuple[QColor, Any]]:
        """Each colour of samples, and which of them have it: by class, or by one of `SHADES` of what is to be told."""
        if plane.chances:
            yield from ((class_colour(number), targets == number) for number in range(self._values.shape[2]))
            return
        low, span = float(targets.min()), float(np.ptp(targets)) or 1.0
        shades = np.round((targets - low) / span * (SHADES - 1))
        for shade in range(SHADES):
            yield QColor(*_heat(shade / (SHADES - 1))), shades == shade

    def _draw_axes(self, painter: QPainter, bounds: Floats) -> None:
        room = self.room
        painter.setFont(font(LABEL))
        painter.setPen(colour("third"))
        for value, word in ticks(float(bounds[0, 0]), float(bounds[0, 1]), 5):
            x = room.left() + (value - bounds[0, 0]) / (bounds[0, 1] - bounds[0, 0]) * room.width()
            painter.drawText(QRectF(x - 30, room.bottom() + 4, 60, 16), Qt.AlignmentFlag.AlignHCenter, word)
        for value, word in ticks(float(bounds[1, 0]), float(bounds[1, 1]), 5):
            y = room.bottom() - (value - bounds[1, 0]) / (bounds[1, 1] - bounds[1, 0]) * room.height()
            place = QRectF(room.left() - 46, y - 8, 40, 16)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, word)

    # -- pointing

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed.emit(self.words_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit("")

    def words_at(self, at: QPointF) -> str:
        """Say what the network says at a point."""
        room = self.room
        if self.plane is None or not room.contains(at):
            return ""
        x, y = (at.x() - room.left()) / room.width(), (room.bottom() - at.y()) / room.height()
        bounds, side = self.plane.bounds.numpy(), len(self._values)
        place = " · ".join(f"{low + part * (high - low):.3g}" for part, (low, high) in zip((x, y), bounds, strict=True))
        here = self._values[min(side - 1, int(y * side)), min(side - 1, int(x * side))]
        if not self.plane.chances:
            return f"at {place}: {float(here[0]):.4g}"
        best = int(here.argmax())
        name = self.classes[best] if best < len(self.classes) else f"class {best}"
        return f"at {place}: {name}, {float(here[best]):.0%}"

    def rows(self) -> Iterator[str]:
        """Spell the plane as a table: two numbers of a place, then what the network says there."""
        if self.plane is None:
            return
        (left, right), (low, high) = self.plane.bounds.numpy()
        side = len(self._values)
        names = self.classes if self.plane.chances else ("value",)
        yield ",".join(["x", "y", *names[: self._values.shape[2]]]) + "\n"
        for y, row in zip(np.linspace(low, high, side), self._values, strict=True):
            for x, here in zip(np.linspace(left, right, side), row, strict=True):
                yield f"{x:.6g},{y:.6g}," + ",".join(f"{value:.6g}" for value in here) + "\n"


def _heat(share: float) -> tuple[int, int, int]:
    red, green, blue = height_colours(np.array([share]))[0]
    return int(red), int(green), int(blue)
