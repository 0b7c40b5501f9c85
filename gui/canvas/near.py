"""Paints the drawing as it is seen from near: curves, shapes on them, and nodes from their kept pictures."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QTransform

from gui.canvas import measure
from gui.canvas.bodypaint import paint_dot
from gui.canvas.faces import Face
from gui.canvas.flows import BY_NAME
from gui.canvas.frame import Frame
from gui.canvas.ink import Ink, pen, wire_pen
from gui.canvas.measure import Floats
from gui.canvas.nodepaint import (
    label_size,
    paint_edges,
    paint_label,
    paint_name,
    paint_node,
    paint_sign,
    thumbnail_well,
)  # fmt: skip
from gui.canvas.nodes import Nodes, Rows
from gui.canvas.overlay import Overlay
from gui.canvas.sprites import Sprites
from gui.canvas.wires import Wires, line_of, path_of

#: From here on everything on a node can be read; below, its name alone.
NEAR: Final = 0.7
#: Wires carry their shapes from here on.
LABELS: Final = 0.6
_WIRE: Final = 1.75
#: What a shape's label leaves of its wire at each end.
_BESIDE: Final = 2 * measure.PORT
#: The least radius of a dot, on the screen.
_LEAST_DISC: Final = 3.0


class Near:
    """Paints from arrays and pictures; holds the pictures."""

    def __init__(self, nodes: Nodes, wires: Wires, overlay: Overlay) -> None:
        self._nodes, self._wires, self._over = nodes, wires, overlay
        self.sprites = Sprites()
        self.thumbnails: dict[str, QPixmap] = {}

    def paint(self, frame: Frame) -> None:
        self.sprites.begin(frame.ratio)
        painter = frame.painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rows = self._wires.visible(frame.area)
        self._curves(frame, rows)
        painter.setWorldTransform(QTransform())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.sprites.hurried)
        if frame.scale >= LABELS:
            self._labels(frame, rows)
        self._boxes(frame)
        painter.setWorldTransform(frame.to_device)

    # -- wires and their shapes

    def _curves(self, frame: Frame, rows: Rows) -> None:
        painter, wires, over = frame.painter, self._wires, self._over
        width = max(_WIRE, 1.2 / frame.scale)
        marked = {over.wire, *over.lifted, *over.chosen, *over.met}
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen(frame.ink.wires[0], width))
        for bridge in over.bridges:
            painter.drawPath(path_of(measure.route(bridge.start, bridge.end)))
        special: list[int] = []
        for line, group in wires.by_line(rows):
            painter.setPen(wire_pen(frame.ink.wires[line], line_of(line), width))
            for row in group.tolist():
                if wires.faces[row].broken or wires.edges[row] in marked:
                    special.append(row)
                else:
                    painter.drawPath(wires.path(row))
        for row in special:
            if wires.edges[row] not in over.lifted:
                painter.setPen(self._special(frame.ink, row, width))
                painter.drawPath(wires.path(row))

    def _special(self, ink: Ink, row: int, width: float) -> QPen:
        """The pen of a wire that something is about to happen to, that is chosen, broken, or under the mouse."""
        edge, over, face = self._wires.edges[row], self._over, self._wires.faces[row]
        if edge in over.met:
            return pen(ink.bad, width * 1.5, Qt.PenStyle.DotLine)
        if edge in over.chosen:
            return pen(ink.accent, width * 1.5)
        return pen(ink.bad, width * 1.15) if face.broken else wire_pen(ink.second, BY_NAME[face.flow], width * 1.15)

    def _labels(self, frame: Frame, rows: Rows) -> None:
        wires, ink, scale = self._wires, frame.ink, frame.scale
        middles = np.array([wires.middle(row) for row in rows.tolist()]).reshape(-1, 2)
        sizes = np.array([self._label_size(row, ink) for row in rows.tolist()]).reshape(-1, 2)
        clear = self._clear(frame, middles - sizes / 2, middles + sizes / 2).tolist()
        places = frame.places(middles).tolist()
        for row, (x, y), (wide, high), free in zip(rows.tolist(), places, sizes.tolist(), clear, strict=True):
            face = wires.faces[row]
            if wires.edges[row] in self._over.lifted:
                continue
            if face.broken:
                self._sign(frame, x, y)
            elif wide and free:
                draw = partial(paint_label, text=face.label, ink=ink)
                sprite = self.sprites.get(("label", face.label), ink, (wide, high), scale, draw)
                if sprite is not None:
                    left, top = round(x - wide / 2 * scale), round(y - high / 2 * scale)
                    sprite.draw(frame.painter, left, top, scale, frame.ratio)

    def _label_size(self, row: int, ink: Ink) -> tuple[float, float]:
        """How large a wire's label is, 0 where it has none or is too short for it."""
        label = self._wires.faces[row].label
        size = label_size(label, ink) if label else (0.0, 0.0)
        return size if size[0] + _BESIDE <= self._wires.straight(row) else (0.0, 0.0)

    def _clear(self, frame: Frame, low: Floats, high: Floats) -> NDArray[np.bool_]:
        """Which boxes meet no node: a label that a node would cover in part is not shown."""
        wide, tall = measure.LABEL_REACH
        left, top, across, down = self._nodes.frames[
            self._nodes.visible(frame.area.adjusted(-wide, -tall, wide, tall))
        ].T
        met = (low[:, :1] < left + across) & (high[:, :1] > left) & (low[:, 1:] < top + down) & (high[:, 1:] > top)
        return np.asarray(~met.any(1))

    def _sign(self, frame: Frame, x: float, y: float) -> None:
        frame.painter.save()
        frame.painter.translate(x, y)
        frame.painter.scale(frame.scale, frame.scale)
        paint_sign(frame.painter, "error", frame.ink)
        frame.painter.restore()

    # -- nodes

    def _boxes(self, frame: Frame) -> None:
        nodes = self._nodes
        rows = nodes.visible(frame.area)
        frames = nodes.frames[rows]
        places = frame.places(frames[:, :2] - measure.MARGIN).tolist()
        above: list[tuple[int, float, float]] = []
        for row, (x, y) in zip(rows.tolist(), places, strict=True):
            if nodes.ids[row] in frame.selected:
                above.append((row, x, y))
            else:
                self._box(frame, row, x, y)
        for row, x, y in above:
            self._box(frame, row, x, y)

    def _box(self, frame: Frame, row: int, x: float, y: float) -> None:
        """Paint a node; x and y are its picture's corner on the device, in the margin around the node."""
        id, face, scale, margin = self._nodes.ids[row], self._nodes.faces[row], frame.scale, measure.MARGIN
        left, top = x + margin * scale, y + margin * scale
        mark = 2 if id in frame.selected else 1 if id == self._over.node else 0
        if face.dot:
            _dot(frame, face, left, top, mark)
            return
        size = (face.width + 2 * margin, face.height + 2 * margin)
        sprite = self.sprites.get(id, face, size, scale, partial(_draw_node, face, frame.ink, scale))
        if sprite is not None:
            sprite.draw(frame.painter, x, y, scale, frame.ratio)
        else:
            frame.painter.fillRect(QRectF(left, top, face.width * scale, face.height * scale), frame.ink.node)
        if face.thumbnail:
            self._thumbnail(frame, id, face, left, top)
        if mark:
            _ring(frame, face, left, top, mark)

    def _thumbnail(self, frame: Frame, id: str, face: Face, left: float, top: float) -> None:
        picture = self.thumbnails.get(id)
        if picture is None:
            return
        room = thumbnail_well(face).adjusted(3, 3, -3, -3)
        share = min(room.width() / picture.width(), room.height() / picture.height()) * frame.scale
        wide, high = picture.width() * share, picture.height() * share
        middle = room.center() * frame.scale
        target = QRectF(left + middle.x() - wide / 2, top + middle.y() - high / 2, wide, high)
        frame.painter.drawPixmap(target, picture, QRectF(picture.rect()))


def _dot(frame: Frame, face: Face, left: float, top: float, mark: int) -> None:
    """Paint a dot, no smaller than can be seen, and a ring around it."""
    painter, radius = frame.painter, max(measure.DISC, _LEAST_DISC / frame.scale)
    painter.save()
    painter.translate(left + measure.DOT / 2 * frame.scale, top + measure.DOT / 2 * frame.scale)
    if mark:
        around = radius * frame.scale + 2 + mark / 2
        painter.setPen(pen(frame.ink.marks[mark], mark))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(0, 0), around, around)
    painter.scale(frame.scale, frame.scale)
    paint_dot(painter, face, frame.ink, radius)
    painter.restore()


def _ring(frame: Frame, face: Face, left: float, top: float, width: int) -> None:
    """Paint a ring around a node, below the ports and the badge that stand on it."""
    painter, scale = frame.painter, frame.scale
    inset = width / 2 - 0.5
    box = QRectF(left, top, face.width * scale, face.height * scale).adjusted(inset, inset, -inset, -inset)
    painter.setPen(pen(frame.ink.marks[width], width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, measure.CORNER * scale, measure.CORNER * scale)
    painter.save()
    painter.translate(left, top)
    painter.scale(scale, scale)
    paint_edges(painter, face, frame.ink)
    painter.restore()


def _draw_node(face: Face, ink: Ink, scale: float, painter: QPainter) -> None:
    painter.translate(measure.MARGIN, measure.MARGIN)
    if scale >= NEAR:
        paint_node(painter, face, ink)
    else:
        paint_name(painter, face, ink, scale)
