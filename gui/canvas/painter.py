"""Paints the drawing in one pass over its arrays, by how near it is seen. Knows no document, no scene, no view."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar, cast

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QTransform
from shiboken6 import Shiboken

from gui.canvas import measure
from gui.canvas.faces import Face
from gui.canvas.ink import Ink, pen
from gui.canvas.measure import Floats
from gui.canvas.nodepaint import (
    label_size,
    paint_edges,
    paint_label,
    paint_name,
    paint_node,
    paint_sign,
    thumbnail_well,
)
from gui.canvas.nodes import Nodes, Rows
from gui.canvas.overlay import Overlay
from gui.canvas.sprites import Sprites, put
from gui.canvas.wires import Wires
from gui.theme import category_colour

T = TypeVar("T")
#: Below the first, nodes are blocks of colour and wires straight lines; from the second on, everything can be read.
FAR: Final = 0.35
NEAR: Final = 0.7
#: Wires carry their shapes from here on.
LABELS: Final = 0.6
#: The least distance of the grid's dots on the screen.
_DOTS: Final = 14.0
_WIRE: Final = 1.75


@dataclass(slots=True)
class Frame:
    """One frame being painted: `area` in scene pixels, `ratio` device pixels a logical one."""

    painter: QPainter
    area: QRectF
    to_device: QTransform
    ratio: float
    selected: frozenset[str]

    @property
    def scale(self) -> float:
        return self.to_device.m11()


class Painter:
    """Paints nodes and wires; what lies over them for a moment is another's."""

    def __init__(self, nodes: Nodes, wires: Wires, overlay: Overlay) -> None:
        self._nodes, self._wires, self._overlay = nodes, wires, overlay
        self.sprites = Sprites()
        self.thumbnails: dict[str, QPixmap] = {}
        self.ink = Ink.now()

    def retint(self) -> None:
        """Take the colours of the theme that is in use now."""
        self.ink = Ink.now()
        self.sprites.clear()

    def paint(self, painter: QPainter, area: QRectF, selected: frozenset[str]) -> None:
        """Paint all that meets an area; the painter's world transform leads from the scene to the device."""
        frame = Frame(painter, area, painter.worldTransform(), painter.device().devicePixelRatioF(), selected)
        self.sprites.begin()
        painter.fillRect(area, self.ink.ground)
        self._dots(frame)
        if frame.scale < FAR:
            self._far_wires(frame)
            self._far_nodes(frame)
            return
        self._near_wires(frame)
        painter.setWorldTransform(QTransform())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.sprites.hurried)
        if frame.scale >= LABELS:
            self._labels(frame)
        self._near_nodes(frame)
        painter.setWorldTransform(frame.to_device)

    # -- the ground

    def _dots(self, frame: Frame) -> None:
        step = measure.GRID
        while step * frame.scale < _DOTS:
            step *= 2
        area = frame.area
        x = np.arange(np.floor(area.left() / step), np.ceil(area.right() / step) + 1) * step
        y = np.arange(np.floor(area.top() / step), np.ceil(area.bottom() / step) + 1) * step
        points = np.stack(np.meshgrid(x, y), -1).reshape(-1, 2).astype(np.float64)
        dot = pen(self.ink.dot, 1.5 if frame.scale >= NEAR else 1)
        dot.setCosmetic(True)
        frame.painter.setPen(dot)
        if len(points):
            frame.painter.drawPoints(_pointer(points, QPointF), len(points))

    # -- from afar

    def _far_wires(self, frame: Frame) -> None:
        rows = self._wires.visible(frame.area)
        broken = self._wires.broken[rows]
        for chosen, tint in ((~broken, self.ink.wire), (broken, self.ink.bad)):
            line = pen(tint, 1)
            line.setCosmetic(True)
            frame.painter.setPen(line)
            _draw_lines(frame.painter, self._wires.lines[rows[chosen]])

    def _far_nodes(self, frame: Frame) -> None:
        painter, nodes = frame.painter, self._nodes
        rows = nodes.visible(frame.area)
        painter.setPen(Qt.PenStyle.NoPen)
        groups = nodes.group[rows]
        for index in sorted(set(groups.tolist())):
            painter.setBrush(category_colour(nodes.groups[index]))
            _draw_rects(painter, nodes.frames[rows[groups == index]])
        self._far_rings(frame, rows)
        for state, severity in ((1, "warning"), (2, "error")):
            painter.setBrush(self.ink.states[severity])
            _draw_rects(painter, _marks(nodes.frames[rows[nodes.state[rows] == state]], 7 / frame.scale))

    def _far_rings(self, frame: Frame, rows: Rows) -> None:
        chosen = [row for row in rows.tolist() if self._nodes.ids[row] in frame.selected] if frame.selected else []
        ring = pen(self.ink.accent, 2)
        ring.setCosmetic(True)
        frame.painter.setPen(ring)
        frame.painter.setBrush(Qt.BrushStyle.NoBrush)
        _draw_rects(frame.painter, self._nodes.frames[chosen])
        frame.painter.setPen(Qt.PenStyle.NoPen)

    # -- wires and their shapes

    def _near_wires(self, frame: Frame) -> None:
        painter, wires, over = frame.painter, self._wires, self._overlay
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        width = max(_WIRE, 1.2 / frame.scale)
        plain = pen(self.ink.wire, width)
        painter.setPen(plain)
        special: list[int] = []
        for row in wires.visible(frame.area).tolist():
            edge = wires.edges[row]
            if wires.faces[row].broken or edge == over.wire or edge in over.chosen or edge == over.lifted:
                special.append(row)
            else:
                painter.drawPath(wires.path(row))
        for row in special:
            edge = wires.edges[row]
            if edge == over.lifted:
                continue
            tint = self.ink.bad if wires.faces[row].broken else self.ink.second
            chosen = edge in over.chosen
            painter.setPen(pen(self.ink.accent if chosen else tint, width * (1.5 if chosen else 1.15)))
            painter.drawPath(wires.path(row))

    def _labels(self, frame: Frame) -> None:
        wires = self._wires
        for row in wires.visible(frame.area).tolist():
            face = wires.faces[row]
            if wires.edges[row] == self._overlay.lifted:
                continue
            if face.broken:
                self._cross(frame, QPointF(*wires.middle(row)))
            elif face.label:
                size = label_size(face.label, self.ink)
                if size[0] + 2 * measure.PORT <= wires.straight(row):
                    self._label(frame, face.label, size, QPointF(*wires.middle(row)))

    def _label(self, frame: Frame, text: str, size: tuple[float, float], at: QPointF) -> None:
        draw = partial(paint_label, text=text, ink=self.ink)
        pixmap = self.sprites.get(("label", text), self.ink, size, frame.scale * frame.ratio, draw)
        if pixmap is not None:
            place = frame.to_device.map(at - QPointF(size[0] / 2, size[1] / 2))
            put(frame.painter, pixmap, place, (size[0] * frame.scale, size[1] * frame.scale), frame.ratio)

    def _cross(self, frame: Frame, at: QPointF) -> None:
        frame.painter.save()
        frame.painter.setWorldTransform(frame.to_device)
        frame.painter.translate(at)
        paint_sign(frame.painter, "error", self.ink)
        frame.painter.restore()

    # -- nodes

    def _near_nodes(self, frame: Frame) -> None:
        rows = self._nodes.visible(frame.area).tolist()
        ids = self._nodes.ids
        for row in rows:
            if ids[row] not in frame.selected:
                self._node(frame, row)
        for row in rows:
            if ids[row] in frame.selected:
                self._node(frame, row)

    def _node(self, frame: Frame, row: int) -> None:
        id, face = self._nodes.ids[row], self._nodes.faces[row]
        left, top = self._nodes.frames[row, :2].tolist()
        margin, scale = measure.MARGIN, frame.scale
        size = (measure.WIDTH + 2 * margin, face.height + 2 * margin)
        place = frame.to_device.map(QPointF(left - margin, top - margin))
        pixmap = self.sprites.get(id, face, size, scale * frame.ratio, partial(_draw_node, face, self.ink, scale))
        if pixmap is not None:
            put(frame.painter, pixmap, place, (size[0] * scale, size[1] * scale), frame.ratio)
        else:
            block = QRectF(place, QPointF(place.x() + size[0] * scale, place.y() + size[1] * scale))
            inner = margin * scale
            frame.painter.fillRect(block.adjusted(inner, inner, -inner, -inner), self.ink.node)
        origin = QPointF(round(place.x() * frame.ratio), round(place.y() * frame.ratio)) / frame.ratio
        origin += QPointF(margin, margin) * scale
        self._thumbnail(frame, id, face, origin)
        if id in frame.selected:
            self._ring(frame, face, origin, self.ink.accent, 2.0)
        elif id == self._overlay.node:
            self._ring(frame, face, origin, self.ink.hovered, 1.0)

    def _thumbnail(self, frame: Frame, id: str, face: Face, origin: QPointF) -> None:
        picture = self.thumbnails.get(id)
        if picture is None or not face.thumbnail:
            return
        well = thumbnail_well(face)
        room = well.adjusted(3, 3, -3, -3)
        share = min(room.width() / picture.width(), room.height() / picture.height()) * frame.scale
        wide, high = picture.width() * share, picture.height() * share
        centre = origin + room.center() * frame.scale
        target = QRectF(centre.x() - wide / 2, centre.y() - high / 2, wide, high)
        frame.painter.drawPixmap(target, picture, QRectF(picture.rect()))

    def _ring(self, frame: Frame, face: Face, origin: QPointF, tint: QColor, width: float) -> None:
        painter, scale = frame.painter, frame.scale
        box = QRectF(origin.x(), origin.y(), measure.WIDTH * scale, face.height * scale)
        painter.setPen(pen(tint, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = width / 2 - 0.5
        corner = measure.CORNER * scale
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), corner, corner)
        painter.save()
        painter.translate(origin)
        painter.scale(scale, scale)
        paint_edges(painter, face, self.ink)
        painter.restore()


def _draw_node(face: Face, ink: Ink, scale: float, painter: QPainter) -> None:
    painter.translate(measure.MARGIN, measure.MARGIN)
    if scale >= NEAR:
        paint_node(painter, face, ink)
    else:
        paint_name(painter, face, ink, scale)


def _marks(frames: Floats, size: float) -> Floats:
    """Return squares at the right top corners of frames."""
    marks = np.empty_like(frames)
    marks[:, 0] = frames[:, 0] + frames[:, 2] - size / 2
    marks[:, 1] = frames[:, 1] - size / 2
    marks[:, 2:] = size
    return marks


def _draw_lines(painter: QPainter, lines: Floats) -> None:
    if len(lines):
        lines = np.ascontiguousarray(lines)
        painter.drawLines(_pointer(lines, QLineF), len(lines))


def _draw_rects(painter: QPainter, frames: Floats) -> None:
    if len(frames):
        frames = np.ascontiguousarray(frames)
        painter.drawRects(_pointer(frames, QRectF), len(frames))


def _pointer(array: Floats, kind: type[T]) -> T:
    """Return a Qt value that lies in an array's memory, as the first of a C array; the array must outlive it."""
    return cast(T, Shiboken.wrapInstance(array.ctypes.data, kind))
