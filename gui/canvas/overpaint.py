"""Paints what lies over the drawing for a moment: rubber band, the wire being drawn, the port it snaps to."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from engine.graph import Edge, Point
from gui.canvas import measure
from gui.canvas.halo import paint_hits
from gui.canvas.ink import Ink, pen
from gui.canvas.nodepaint import paint_port
from gui.canvas.nodes import Nodes
from gui.canvas.overlay import Overlay, Preview, Socket
from gui.canvas.wires import Wires, path_of


def paint_over(painter: QPainter, area: QRectF, overlay: Overlay, nodes: Nodes, wires: Wires, ink: Ink) -> None:
    """Paint the overlay in scene pixels."""
    scale = painter.worldTransform().m11()
    if len(overlay.hits):
        paint_hits(painter, area, nodes.frames[overlay.hits], ink)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if overlay.ghost is not None:
        _ghost(painter, overlay.ghost, ink)
    for held in overlay.held:
        _preview(painter, held, ink, scale)
    if overlay.landing is not None and overlay.landing in wires:
        _landing(painter, wires, overlay.landing, ink, scale)
    if overlay.preview is not None:
        _preview(painter, overlay.preview, ink, scale)
    shown = overlay.snapped or overlay.port
    if shown is not None:
        _port(painter, shown, nodes, ink, ink.accent)
    if overlay.band is not None:
        _band(painter, overlay.band, ink)
    if overlay.lasso is not None:
        _lasso(painter, overlay.lasso, ink)
    if len(overlay.knife) > 1:
        _knife(painter, overlay.knife, ink)


def _preview(painter: QPainter, preview: Preview, ink: Ink, scale: float) -> None:
    tint = {None: ink.second, True: ink.accent, False: ink.bad}[preview.ok]
    style = Qt.PenStyle.DashLine if preview.ok is False else Qt.PenStyle.SolidLine
    painter.setPen(pen(tint, max(2.0, 1.5 / scale), style))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path_of(measure.route(preview.start, preview.end)))


def _landing(painter: QPainter, wires: Wires, edge: Edge, ink: Ink, scale: float) -> None:
    """A wire that a node is dragged onto, over that node, which mostly covers it."""
    painter.setPen(pen(ink.accent, max(3.0, 2.0 / scale)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(wires.path(wires.row[edge]))
    x0, y0, x1, y1 = wires.lines[wires.row[edge]].tolist()
    painter.setBrush(ink.accent)
    painter.setPen(pen(ink.ground, 1.5))
    for end in (QPointF(x0, y0), QPointF(x1, y1)):
        painter.drawEllipse(end, measure.PORT + 1, measure.PORT + 1)


def _port(painter: QPainter, socket: Socket, nodes: Nodes, ink: Ink, tint: QColor) -> None:
    if socket.end.node not in nodes:
        return
    place = nodes.grip(socket.end, output=socket.output)
    face = nodes.face(socket.end.node).port(socket.end.port, output=socket.output)
    if place is not None and face is not None:
        paint_port(painter, QPointF(*place), tint, tint, many=face.many)


def _band(painter: QPainter, band: QRectF, ink: Ink) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    _wash(painter, ink)
    painter.drawRect(band)


def _lasso(painter: QPainter, lasso: QPolygonF, ink: Ink) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _wash(painter, ink)
    painter.drawPolygon(lasso, Qt.FillRule.OddEvenFill)


def _wash(painter: QPainter, ink: Ink) -> None:
    """Take the thin line and the faint fill of what selects an area."""
    fill = QColor(ink.accent)
    fill.setAlphaF(0.10)
    line = pen(ink.accent, 1)
    line.setCosmetic(True)
    painter.setPen(line)
    painter.setBrush(fill)


def _knife(painter: QPainter, way: Iterable[Point], ink: Ink) -> None:
    line = pen(ink.text, 1.5)
    line.setCosmetic(True)
    painter.setPen(line)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline([QPointF(*place) for place in way])


def _ghost(painter: QPainter, ghost: QRectF, ink: Ink) -> None:
    line = pen(ink.second, 1.5, Qt.PenStyle.DashLine)
    line.setCosmetic(True)
    painter.setPen(line)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(ghost, measure.CORNER, measure.CORNER)
