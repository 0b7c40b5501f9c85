"""Small pictures, kept until their subject or the zoom changes; drawn stale while zooming. Knows not what they show."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from math import ceil
from time import perf_counter
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

#: All pictures together, in bytes; the least lately painted go first.
ROOM: Final = 96 * 2**20
#: How long a frame may spend on fresh pictures while the person is zooming.
HURRY: Final = 0.006
#: The same while nothing moves: more than this waits for the next frame, drawn stale.
CALM: Final = 0.025


@dataclass(slots=True)
class Sprite:
    """A picture of a subject; `scale` is device pixels a scene pixel, `size` is in scene pixels."""

    version: object
    scale: float
    size: tuple[float, float]
    pixmap: QPixmap

    @property
    def bytes(self) -> int:
        return self.pixmap.width() * self.pixmap.height() * 4

    def draw(self, painter: QPainter, x: float, y: float, scale: float, ratio: float) -> None:
        """Draw it at a place in logical device pixels, at `scale` logical pixels a scene pixel; stretched if stale."""
        if self.scale == scale * ratio:
            painter.drawPixmap(QPointF(x, y), self.pixmap)
        else:
            box = QRectF(x, y, self.size[0] * scale, self.size[1] * scale)
            painter.drawPixmap(box, self.pixmap, QRectF(self.pixmap.rect()))


class Sprites:
    """Pictures by key. `behind` says that a frame showed stale ones, so that another frame is due."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Sprite] = {}
        self._bytes = 0
        self._deadline = 0.0
        self._ratio = 1.0
        self.hurried = False
        self.behind = False

    def begin(self, ratio: float) -> None:
        """Start a frame on a device with so many pixels a logical one."""
        self._deadline = perf_counter() + (HURRY if self.hurried else CALM)
        self._ratio = ratio
        self.behind = False
        while self._bytes > ROOM:
            oldest = next(iter(self._kept))
            self._bytes -= self._kept.pop(oldest).bytes

    def get(
        self, key: Hashable, version: object, size: tuple[float, float], scale: float, draw: Callable[[QPainter], None]
    ) -> Sprite | None:
        """Return the picture of a key, drawn anew where its subject is another, or its scale and there is time.

        Args:
            version: What the picture shows, compared by identity: another one is never drawn stale.
            size: In scene pixels; `draw` paints in these.
            scale: Logical pixels a scene pixel.

        Returns:
            The picture, perhaps of another scale; None where there is none and no time to paint one.
        """
        scale *= self._ratio
        found = self._kept.pop(key, None)
        if found is None or found.version is not version:
            self._bytes -= found.bytes if found is not None else 0
            if self.hurried and perf_counter() > self._deadline:
                self.behind = True
                return None
            found = self._painted(version, size, scale, draw)
        elif found.scale != scale:
            if perf_counter() < self._deadline:
                self._bytes -= found.bytes
                found = self._painted(version, size, scale, draw)
            else:
                self.behind = True
        self._kept[key] = found
        return found

    def clear(self) -> None:
        """Forget all: the theme has changed."""
        self._kept.clear()
        self._bytes = 0

    def _painted(
        self, version: object, size: tuple[float, float], scale: float, draw: Callable[[QPainter], None]
    ) -> Sprite:
        pixmap = QPixmap(max(1, ceil(size[0] * scale)), max(1, ceil(size[1] * scale)))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.scale(scale, scale)
        draw(painter)
        painter.end()
        pixmap.setDevicePixelRatio(self._ratio)
        made = Sprite(version, scale, size, pixmap)
        self._bytes += made.bytes
        return made
