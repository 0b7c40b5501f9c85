"""Paints what lies over the drawing for a moment: rubber band, the wire being drawn, the port it snaps to."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from gui.canvas import measure
from gui.canvas.ink import Ink, pen
from gui.canvas.nodepaint import paint_port
from gui.canvas.nodes import Nodes
from gui.canvas.overlay import Overlay, Preview, Socket
from gui.canvas.wires import path_of


def paint_over(painter: QPainter, overlay: Overlay, nodes: Nodes, ink: Ink) -> None:
    """Paint the overlay in scene pixels."""
    scale = painter.worldTransform().m11()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if overlay.ghost is not None:
        _ghost(painter, overlay.ghost, ink)
    if overlay.preview is not None:
        _preview(painter, overlay.preview, ink, scale)
    shown = overlay.snapped or overlay.port
    if shown is not None:
        _port(painter, shown, nodes, ink, ink.accent)
    if overlay.band is not None:
        _band(painter, overlay.band, ink)
    if overlay.lasso is not None:
        _lasso(painter, overlay.lasso, ink)


def _preview(painter: QPainter, preview: Preview, ink: Ink, scale: float) -> None:
    tint = {None: ink.second, True: ink.accent, False: ink.bad}[preview.ok]
    style = Qt.PenStyle.DashLine if preview.ok is False else Qt.PenStyle.SolidLine
    painter.setPen(pen(tint, max(2.0, 1.5 / scale), style))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path_of(measure.route(preview.start, preview.end)))


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


def _ghost(painter: QPainter, ghost: QRectF, ink: Ink) -> None:
    line = pen(ink.second, 1.5, Qt.PenStyle.DashLine)
    line.setCosmetic(True)
    painter.setPen(line)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(ghost, measure.CORNER, measure.CORNER)
