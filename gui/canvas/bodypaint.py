"""Paints what a node stands on: its body, its colours, how it takes part, or the dot that it is. Knows no cache."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from engine.resolve import Part
from gui.canvas import measure
from gui.canvas.faces import Face
from gui.canvas.ink import Ink, hue_colour, mixed, pen

#: How much of a node's fill, and of its colours, is left by how it takes part.
BODY: Final[Mapping[Part, float]] = {"": 1.0, "bypass": 0.5, "disable": 0.25, "absent": 0.25}
TINT: Final[Mapping[Part, float]] = {"": 1.0, "bypass": 0.7, "disable": 0.4, "absent": 0.4}
#: How much of a person's colour lies on a head.
WASH: Final = 0.16
#: How much of a scale's colour lies on the whole of a node.
SOAK: Final = 0.3
#: What stands on a node that does not take part as it is.
WORDS: Final[Mapping[Part, str]] = {"": "", "bypass": "bypassed", "disable": "disabled", "absent": "left out"}
#: The arrow on the line of a bypassed node.
_ARROW: Final = 3.0
#: How far the second edge of a block lies within the first, and each card of a row below the one before.
_DOUBLE: Final = 3.0
_QUIET: Final = 0.35
_CARD: Final = 4.0


def paint_body(painter: QPainter, face: Face, ink: Ink) -> None:
    """Paint a node's body with its bar, its frame at (0, 0)."""
    frame = QRectF(0.5, 0.5, face.width - 1, face.height - 1)
    if face.stack > 1:
        _stack(painter, frame, ink)
    fill = QColor(ink.node)
    fill.setAlphaF(BODY["bypass" if face.aside else face.part])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(frame, measure.CORNER, measure.CORNER)
    if face.heat:
        _soak(painter, face, frame)
    elif face.colour:
        _wash(painter, face, frame)
    _outline(painter, face, ink, frame)
    if face.stack:
        _second_edge(painter, face, ink, frame)
    _bar(painter, face, ink)


def _second_edge(painter: QPainter, face: Face, ink: Ink, frame: QRectF) -> None:
    """Paint the inner of a block's two edges."""
    painter.setPen(pen(mixed(ink.third, ink.node, _QUIET * TINT[face.part]), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = frame.adjusted(_DOUBLE, _DOUBLE, -_DOUBLE, -_DOUBLE)
    painter.drawRoundedRect(inner, measure.CORNER - _DOUBLE / 2, measure.CORNER - _DOUBLE / 2)


def _stack(painter: QPainter, frame: QRectF, ink: Ink) -> None:
    """Paint the cards that lie below the first of a row, their lower edges in sight."""
    painter.setPen(pen(ink.edge, 1))
    painter.setBrush(mixed(ink.node, ink.ground, 0.5))
    for place in (2, 1):
        card = frame.adjusted(place * _CARD, frame.height() / 2, -place * _CARD, place * _CARD)
        painter.drawRoundedRect(card, measure.CORNER, measure.CORNER)


def text_tints(face: Face, ink: Ink) -> tuple[QColor, QColor, QColor]:
    """Return the colours of a node's name, of its line and of its figures: all can be read, on any body."""
    if face.heat and face.part == "":
        return ink.text, ink.text, ink.text
    quiet = ink.second if face.colour else ink.third
    if face.part == "":
        return ink.text, ink.second, quiet
    return ink.second if face.part == "bypass" else quiet, quiet, quiet


def icon_opacity(part: Part) -> float:
    return TINT[part]


def paint_pass(painter: QPainter, face: Face, ink: Ink, y: float) -> None:
    """Paint the line by which what comes into a bypassed node goes out, as an arrow at a height."""
    painter.setPen(pen(ink.second, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    tip = QPointF(face.width - 2 * measure.PORT, y)
    painter.drawLine(QPointF(2 * measure.PORT, y), tip)
    painter.drawPolyline(QPolygonF([tip + QPointF(-_ARROW, -_ARROW), tip, tip + QPointF(-_ARROW, _ARROW)]))


def paint_dot(painter: QPainter, face: Face, ink: Ink, radius: float) -> None:
    """Paint a dot around (0, 0), in the colour of what goes through it; one that is left out is hollow."""
    tint = hue_colour(face.hue)
    taken = face.part in ("", "bypass")
    painter.setPen(pen(ink.ground if taken else mixed(tint, ink.ground, 0.6), 1.5))
    painter.setBrush(tint if taken else ink.ground)
    painter.drawEllipse(QPointF(0, 0), radius, radius)


def _wash(painter: QPainter, face: Face, frame: QRectF) -> None:
    tint = hue_colour(face.hue)
    tint.setAlphaF(WASH * TINT[face.part])
    painter.save()
    painter.setClipRect(QRectF(0, 0, face.width, measure.SLIM if face.collapsed else measure.HEAD))
    painter.setBrush(tint)
    painter.drawRoundedRect(frame, measure.CORNER, measure.CORNER)
    painter.restore()


def _soak(painter: QPainter, face: Face, frame: QRectF) -> None:
    tint = hue_colour(face.hue)
    tint.setAlphaF(SOAK * TINT[face.part])
    painter.setBrush(tint)
    painter.drawRoundedRect(frame, measure.CORNER, measure.CORNER)


def _outline(painter: QPainter, face: Face, ink: Ink, frame: QRectF) -> None:
    dashed = face.part == "disable" or face.aside
    line = pen(ink.third if dashed else ink.edge, 1)
    if dashed:
        line.setDashPattern([4.0, 3.0])
    painter.setPen(line)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(frame, measure.CORNER, measure.CORNER)


def _bar(painter: QPainter, face: Face, ink: Ink) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(mixed(hue_colour(face.hue), ink.ground, TINT[face.part]))
    inset = measure.CORNER if not face.collapsed else measure.CORNER / 2 + 2
    bar = QRectF(0, inset, measure.BAR, face.height - 2 * inset)
    painter.drawRoundedRect(bar, measure.BAR / 2, measure.BAR / 2)
