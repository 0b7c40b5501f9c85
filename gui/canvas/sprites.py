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
class _Sprite:
    version: object
    scale: float
    pixmap: QPixmap

    @property
    def bytes(self) -> int:
        return self.pixmap.width() * self.pixmap.height() * 4


class Sprites:
    """Pictures by key. `behind` says that a frame showed stale ones, so that another frame is due."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, _Sprite] = {}
        self._bytes = 0
        self._deadline = 0.0
        self.hurried = False
        self.behind = False

    def begin(self) -> None:
        """Start a frame."""
        self._deadline = perf_counter() + (HURRY if self.hurried else CALM)
        self.behind = False
        self._prune()

    def get(
        self, key: Hashable, version: object, size: tuple[float, float], scale: float, draw: Callable[[QPainter], None]
    ) -> QPixmap | None:
        """Return the picture of a key, drawn anew where subject or scale are others.

        Args:
            version: What the picture shows, compared by identity: another one is never drawn stale.
            size: In scene pixels; `draw` paints in these.
            scale: Device pixels a scene pixel.

        Returns:
            The picture, perhaps of another scale; None where there is none and no time to paint one.
        """
        found = self._kept.pop(key, None)
        fresh = found is not None and found.version is version
        if found is not None and (not fresh or (found.scale != scale and perf_counter() < self._deadline)):
            self._bytes -= found.bytes
            found = None
        if found is None:
            if self.hurried and not fresh and perf_counter() > self._deadline:
                self.behind = True
                return None
            found = _Sprite(version, scale, _painted(size, scale, draw))
            self._bytes += found.bytes
        self._kept[key] = found
        self.behind |= found.scale != scale
        return found.pixmap

    def clear(self) -> None:
        """Forget all: the theme has changed."""
        self._kept.clear()
        self._bytes = 0

    def _prune(self) -> None:
        while self._bytes > ROOM:
            oldest = next(iter(self._kept))
            self._bytes -= self._kept.pop(oldest).bytes


def put(painter: QPainter, pixmap: QPixmap, place: QPointF, size: tuple[float, float], ratio: float) -> None:
    """Draw a picture at a place in logical device pixels, on whole device pixels where it is of the right scale.

    Args:
        size: What it should cover, in logical device pixels.
    """
    wide, high = ceil(size[0] * ratio), ceil(size[1] * ratio)
    if abs(pixmap.width() - wide) <= 1 and abs(pixmap.height() - high) <= 1:
        pixmap.setDevicePixelRatio(ratio)
        painter.drawPixmap(QPointF(round(place.x() * ratio) / ratio, round(place.y() * ratio) / ratio), pixmap)
        return
    pixmap.setDevicePixelRatio(1.0)
    painter.drawPixmap(QRectF(place.x(), place.y(), *size), pixmap, QRectF(pixmap.rect()))


def _painted(size: tuple[float, float], scale: float, draw: Callable[[QPainter], None]) -> QPixmap:
    pixmap = QPixmap(max(1, ceil(size[0] * scale)), max(1, ceil(size[1] * scale)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(scale, scale)
    draw(painter)
    painter.end()
    return pixmap
