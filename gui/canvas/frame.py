"""One frame being painted, and arrays handed to Qt as they lie in memory. Knows no drawing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, cast

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainter, QTransform
from shiboken6 import Shiboken

from gui.canvas.ink import Ink
from gui.canvas.measure import Floats

T = TypeVar("T")


@dataclass(slots=True)
class Frame:
    """What every part of a frame needs: `area` in scene pixels, `ratio` device pixels a logical one."""

    painter: QPainter
    area: QRectF
    ink: Ink
    selected: frozenset[str]
    to_device: QTransform = field(init=False)
    scale: float = field(init=False)
    ratio: float = field(init=False)

    def __post_init__(self) -> None:
        self.to_device = self.painter.worldTransform()
        self.scale = self.to_device.m11()
        self.ratio = self.painter.device().devicePixelRatioF()

    def places(self, points: Floats) -> Floats:
        """Map points of the scene to the device, onto whole device pixels."""
        origin = (self.to_device.dx(), self.to_device.dy())
        return np.asarray(np.round((points * self.scale + origin) * self.ratio) / self.ratio)


def draw_lines(painter: QPainter, lines: Floats) -> None:
    """Draw lines of x, y, x, y."""
    if len(lines):
        lines = np.ascontiguousarray(lines)
        painter.drawLines(_pointer(lines, QLineF), len(lines))


def draw_boxes(painter: QPainter, boxes: Floats) -> None:
    """Draw rectangles of x, y, width, height."""
    if len(boxes):
        boxes = np.ascontiguousarray(boxes)
        painter.drawRects(_pointer(boxes, QRectF), len(boxes))


def draw_points(painter: QPainter, points: Floats) -> None:
    """Draw points of x, y; with a pen of one device pixel many times as fast as rectangles of that size."""
    if len(points):
        points = np.ascontiguousarray(points)
        painter.drawPoints(_pointer(points, QPointF), len(points))


def _pointer(array: Floats, kind: type[T]) -> T:
    """Return a Qt value that lies in an array's memory, as the first of a C array; the array must outlive it."""
    return cast(T, Shiboken.wrapInstance(array.ctypes.data, kind))
