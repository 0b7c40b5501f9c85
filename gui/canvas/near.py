"""Paints the drawing as it is seen from near: curves, shapes on them, and nodes from their kept pictures."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QTransform

from gui.canvas import measure
from gui.canvas.faces import Face
from gui.canvas.frame import Frame
from gui.canvas.ink import Ink, pen
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
from gui.canvas.wires import Wires, path_of

#: From here on everything on a node can be read; below, its name alone.
NEAR: Final = 0.7
#: Wires carry their shapes from here on.
LABELS: Final = 0.6
_WIRE: Final = 1.75
#: What a shape's label leaves of its wire at each end.
_BESIDE: Final = 2 * measure.PORT


class Near:
    """Paints from arrays and pictures; holds the pictures."""

    def __init__(self, nodes: Nodes, wires: Wires, overlay: Overlay) -> None:
        self._nodes, self._wires, self._over = nodes, wires, overlay
        self.sprites = Sprites()
        self.thumbnails: dict[str, QPixmap] = {}

    def paint(self, frame: Frame) -> None:
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
        painter.setPen(pen(frame.ink.wire, width))
        for bridge in over.bridges:
            painter.drawPath(path_of(measure.route(bridge.start, bridge.end)))
        special: list[int] = []
        for row in rows.tolist():
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
        edge, over = self._wires.edges[row], self._over
        if edge in over.met:
            return pen(ink.bad, width * 1.5, Qt.PenStyle.DotLine)
        if edge in over.chosen:
            return pen(ink.accent, width * 1.5)
        return pen(ink.bad if self._wires.faces[row].broken else ink.second, width * 1.15)

    def _labels(self, frame: Frame, rows: Rows) -> None:
        wires, ink, scale = self._wires, frame.ink, frame.scale
        middles = frame.places(np.array([wires.middle(row) for row in rows.tolist()]).reshape(-1, 2))
        for row, (x, y) in zip(rows.tolist(), middles.tolist(), strict=True):
            face = wires.faces[row]
            if wires.edges[row] in self._over.lifted:
                continue
            if face.broken:
                self._sign(frame, x, y)
            elif face.label:
                size = label_size(face.label, ink)
                if size[0] + _BESIDE > wires.straight(row):
                    continue
                draw = partial(paint_label, text=face.label, ink=ink)
                sprite = self.sprites.get(("label", face.label), ink, size, scale, draw)
                if sprite is not None:
                    left, top = round(x - size[0] / 2 * scale), round(y - size[1] / 2 * scale)
                    sprite.draw(frame.painter, left, top, scale, frame.ratio)

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
        above: list[tuple[int, float, float, float]] = []
        for row, (x, y), tall in zip(rows.tolist(), places, frames[:, 3].tolist(), strict=True):
            if nodes.ids[row] in frame.selected:
                above.append((row, x, y, tall))
            else:
                self._box(frame, row, x, y, tall)
        for row, x, y, tall in above:
            self._box(frame, row, x, y, tall)

    def _box(self, frame: Frame, row: int, x: float, y: float, tall: float) -> None:
        """Paint a node; x and y are its picture's corner on the device, in the margin around the node."""
        id, face, scale, margin = self._nodes.ids[row], self._nodes.faces[row], frame.scale, measure.MARGIN
        size = (measure.WIDTH + 2 * margin, tall + 2 * margin)
        sprite = self.sprites.get(id, face, size, scale, partial(_draw_node, face, frame.ink, scale))
        left, top = x + margin * scale, y + margin * scale
        if sprite is not None:
            sprite.draw(frame.painter, x, y, scale, frame.ratio)
        else:
            frame.painter.fillRect(QRectF(left, top, measure.WIDTH * scale, tall * scale), frame.ink.node)
        if face.thumbnail:
            self._thumbnail(frame, id, face, left, top)
        if id in frame.selected:
            _ring(frame, face, left, top, frame.ink.accent, 2.0)
        elif id == self._over.node or id in self._over.carried:
            _ring(frame, face, left, top, frame.ink.hovered, 1.0)

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


def _ring(frame: Frame, face: Face, left: float, top: float, tint: QColor, width: float) -> None:
    """Paint a ring around a node, below the ports and the badge that stand on it."""
    painter, scale = frame.painter, frame.scale
    inset = width / 2 - 0.5
    box = QRectF(left, top, measure.WIDTH * scale, face.height * scale).adjusted(inset, inset, -inset, -inset)
    painter.setPen(pen(tint, width))
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
