"""Paints the drawing as it is seen from near: wires, and over them nodes from their kept pictures."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap, QTransform

from gui.canvas import measure
from gui.canvas.beats import Beats
from gui.canvas.bodypaint import paint_dot
from gui.canvas.faces import Face
from gui.canvas.frame import Frame
from gui.canvas.ink import Ink, pen
from gui.canvas.nodepaint import paint_edges, paint_name, paint_node, thumbnail_well
from gui.canvas.nodes import Nodes
from gui.canvas.overlay import Overlay
from gui.canvas.sprites import Sprites
from gui.canvas.strands import LABELS, Strands
from gui.canvas.wires import Wires

#: From here on everything on a node can be read; below, its name alone.
NEAR: Final = 0.7
#: The least radius of a dot, on the screen.
_LEAST_DISC: Final = 3.0


class Near:
    """Paints from arrays and pictures; holds the pictures."""

    def __init__(self, nodes: Nodes, wires: Wires, overlay: Overlay) -> None:
        self._nodes, self._over = nodes, overlay
        self.sprites = Sprites()
        self.beats = Beats()
        self._strands = Strands(nodes, wires, overlay, self.sprites, self.beats)
        self.thumbnails: dict[str, QPixmap] = {}

    def paint(self, frame: Frame) -> None:
        painter = frame.painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._strands.curves(frame)
        painter.setWorldTransform(QTransform())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.sprites.hurried)
        if frame.scale >= LABELS:
            self._strands.labels(frame)
        self._boxes(frame)
        painter.setWorldTransform(frame.to_device)

    def _boxes(self, frame: Frame) -> None:
        nodes = self._nodes
        rows = nodes.visible(frame.area)
        frames = nodes.frames[rows]
        places = frame.places(frames[:, :2] - measure.MARGIN).tolist()
        sizes = frames[:, 2:].tolist()
        above: list[tuple[int, float, float, list[float]]] = []
        for row, (x, y), size in zip(rows.tolist(), places, sizes, strict=True):
            if nodes.ids[row] in frame.selected:
                above.append((row, x, y, size))
            else:
                self._box(frame, row, x, y, size)
        for row, x, y, size in above:
            self._box(frame, row, x, y, size)

    def _box(self, frame: Frame, row: int, x: float, y: float, of: list[float]) -> None:
        """Paint a node; x and y are its picture's corner on the device, in the margin around the node."""
        id, face, scale, margin = self._nodes.ids[row], self._nodes.faces[row], frame.scale, measure.MARGIN
        left, top = x + margin * scale, y + margin * scale
        mark = 2 if id in frame.selected else 1 if id == self._over.node or id in self._over.carried else 0
        if face.dot:
            _dot(frame, face, left, top, mark)
            return
        wide, high = of
        size = (wide + 2 * margin, high + 2 * margin)
        sprite = self.sprites.get(id, face, size, scale, partial(_draw_node, face, frame.ink, scale))
        if sprite is not None:
            sprite.draw(frame.painter, x, y, scale, frame.ratio)
        else:
            frame.painter.fillRect(QRectF(left, top, wide * scale, high * scale), frame.ink.node)
        if face.thumbnail:
            self._thumbnail(frame, id, face, left, top)
        if mark:
            _ring(frame, face, left, top, mark)

    def _thumbnail(self, frame: Frame, id: str, face: Face, left: float, top: float) -> None:
        picture = self.thumbnails.get(id)
        if picture is None:
            return
        room = thumbnail_well(face).adjusted(3, 3, -3, -3)
        size = room.width() * frame.scale, room.height() * frame.scale
        middle = room.center() * frame.scale
        wide, high = picture.width() / frame.ratio, picture.height() / frame.ratio
        if abs(size[0] - wide) < 1 and abs(size[1] - high) < 1:  # made for this zoom: each of its pixels is one
            at = QPointF(round(left + middle.x() - wide / 2), round(top + middle.y() - high / 2))
            frame.painter.drawPixmap(QRectF(at, QSizeF(wide, high)), picture, QRectF(picture.rect()))
            return
        share = min(size[0] / picture.width(), size[1] / picture.height())
        wide, high = picture.width() * share, picture.height() * share
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
