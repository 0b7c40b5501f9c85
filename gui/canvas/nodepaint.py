"""Paints one node, or one wire's label, in its own coordinates. Knows no document, no scene, no cache."""

from __future__ import annotations

from dataclasses import replace
from math import cos, pi, sin
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPolygonF

from engine.report import Severity
from gui.canvas import measure
from gui.canvas.bodypaint import WORDS, icon_opacity, paint_body, paint_pass, text_tints
from gui.canvas.faces import Face, PortFace
from gui.canvas.ink import Ink, category_icon, pen
from gui.theme import font, icon_pixmap

ICON: Final = 14.0
#: The middle lines of the name and of what stands below it; the line of a bypassed node parts them.
NAME_Y, LINE_Y, PARTED = 17.0, 36.0, 2.0
LEFT: Final = 12.0
#: Below this zoom a node shows its name alone, as large as it can be read.
NAME_PX: Final = 11.0
#: And below it what it is, where it is tall enough.
KIND_PX: Final = 10.0
_MARK: Final = 12.0
#: What the mark of a mask takes of a wire's label.
_MASK: Final = 22.0
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MIDDLE_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def paint_node(painter: QPainter, face: Face, ink: Ink) -> None:
    """Paint a node whole, its frame at (0, 0)."""
    paint_body(painter, face, ink)
    _name(painter, face, ink)
    if not face.collapsed:
        _line(painter, face, ink)
    if face.part == "bypass" and not face.collapsed:
        paint_pass(painter, face, ink, measure.HEAD / 2)
    if face.thumbnail:
        _well(painter, face, ink)
    _port_names(painter, face, ink)
    _lines(painter, face, ink)
    paint_edges(painter, face, ink)


def paint_name(painter: QPainter, face: Face, ink: Ink, scale: float) -> None:
    """Paint a node seen from further away: its name at a size that can still be read, and its kind where it is tall."""
    paint_body(painter, face, ink)
    made = font(round(min(max(NAME_PX / scale, 13.0), 20.0 if face.collapsed else 26.0)), bold=True)
    room = QRectF(LEFT, 0, face.width - 2 * LEFT, 2 * face.middle)
    name, kind = named_from_afar(face, made, room.width())
    _text(painter, room, name, made, text_tints(face, ink)[0])
    if kind:
        small = font(round(min(max(KIND_PX / scale, 12.0), face.rows * measure.ROW + measure.FOOT - 3)))
        below = QRectF(LEFT, measure.HEAD - 6, room.width(), small.pixelSize() + 6)
        _text(painter, below, kind, small, text_tints(face, ink)[1])
    if face.part == "bypass" and not face.collapsed:
        paint_pass(painter, face, ink, measure.HEAD - 6)
    if face.thumbnail:
        _well(painter, face, ink)
    paint_edges(painter, face, ink)


def named_from_afar(face: Face, made: QFont, room: float) -> tuple[str, str]:
    """Return the line of a name and the one below it, empty without room; how often it stands goes where it fits."""
    name = f"{face.name} {face.times}".rstrip()
    if not face.rows or face.collapsed or face.part == "bypass":  # whose line is there
        return name, ""
    if face.times and QFontMetricsF(made).horizontalAdvance(name) > room:
        return face.name, f"{face.times} · {face.kind}"
    return name, face.kind


def paint_edges(painter: QPainter, face: Face, ink: Ink) -> None:
    """Paint what stands on a node's edges, over its ring: ports without their names, and its badge."""
    for output in (False, True):
        ports = face.outputs if output else face.inputs
        for port in _merged(ports) if face.collapsed else ports:
            quiet = port.optional or face.part in ("disable", "absent")
            centre = QPointF(measure.WIDTH if output else 0.0, port.y)
            paint_port(painter, centre, ink.node, ink.third if quiet else ink.port, many=port.many)
    _badge(painter, face, ink)


def _merged(ports: tuple[PortFace, ...]) -> tuple[PortFace, ...]:
    """The one port in which all wires of a side of a collapsed node end."""
    return tuple(replace(port, many=port.many or len(ports) > 1) for port in ports[:1])


def thumbnail_well(face: Face) -> QRectF:
    """Return where a node's thumbnail stands."""
    top = measure.HEAD + face.rows * measure.ROW
    return QRectF(measure.INSET, top, measure.WIDTH - 2 * measure.INSET, measure.THUMB)


def name_room(face: Face) -> QRectF:
    """Return where a node's name stands, for the editor that renames it."""
    return QRectF(LEFT + ICON + 2, _name_y(face) - 12, measure.WIDTH - 2 * LEFT - ICON, 24)


def chevron(face: Face) -> QRectF:
    """Return where a collapsed node is opened; empty on one that is not."""
    side = ICON + 6
    return QRectF(measure.WIDTH - LEFT - ICON - 3, (face.height - side) / 2, side, side) if face.collapsed else QRectF()


def label_size(text: str, ink: Ink, masked: bool = False) -> tuple[float, float]:
    return QFontMetricsF(ink.shape_font).horizontalAdvance(text) + 10.0 + masked * _MASK, 18.0


def paint_label(painter: QPainter, text: str, ink: Ink, masked: bool = False) -> None:
    """Paint a wire's shape in its pill, the pill's corner at (0, 0), before it the mark of a mask where it has one."""
    width, height = label_size(text, ink, masked)
    painter.setPen(pen(ink.edge, 1))
    painter.setBrush(ink.ground)
    painter.drawRoundedRect(QRectF(0.5, 0.5, width - 1, height - 1), height / 2, height / 2)
    if masked:
        _paint_steps(painter, height, ink)
    painter.setFont(ink.shape_font)
    painter.setPen(ink.second)
    painter.drawText(QRectF(masked * _MASK, 0, width - masked * _MASK, height), Qt.AlignmentFlag.AlignCenter, text)


def _paint_steps(painter: QPainter, height: float, ink: Ink) -> None:
    """Paint what a mask tells apart: steps that count, and padding."""
    top = height / 2 - 2
    for place in range(2):
        painter.fillRect(QRectF(7 + 6 * place, top, 4, 4), ink.third)
    painter.setPen(pen(ink.third, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(19.5, top + 0.5, 3, 3))


def paint_sign(painter: QPainter, severity: Severity, ink: Ink) -> None:
    """Paint the sign of a problem around (0, 0): an octagon for an error, a triangle for a warning."""
    sides, turn, radius, lift = (8, pi / 8, 8.0, 0.0) if severity == "error" else (3, -pi / 2, 9.5, 1.0)
    corners = [
        QPointF(radius * cos(turn + 2 * pi * i / sides), lift + radius * sin(turn + 2 * pi * i / sides))
        for i in range(sides)
    ]
    shape = QPainterPath()
    shape.addPolygon(QPolygonF(corners))
    shape.closeSubpath()
    painter.setPen(pen(ink.ground, 2.5))
    painter.setBrush(ink.states[severity])
    painter.drawPath(shape)
    painter.fillPath(shape, ink.states[severity])
    painter.setPen(pen(ink.ground, 1.8))
    painter.drawLine(QPointF(0, -3.6), QPointF(0, 0.8))
    painter.drawPoint(QPointF(0, 3.6))


def _name_y(face: Face) -> float:
    return face.middle if face.collapsed else NAME_Y - _parted(face)


def _parted(face: Face) -> float:
    return PARTED if face.part == "bypass" else 0.0


def _name(painter: QPainter, face: Face, ink: Ink) -> None:
    ratio, y, right = painter.worldTransform().m11(), _name_y(face), measure.WIDTH - LEFT
    name_tint, _, third = text_tints(face, ink)
    icon = category_icon(face.group, max(1, round(ICON * ratio)))
    painter.setOpacity(icon_opacity(face.part))
    painter.drawPixmap(QRectF(LEFT, y - ICON / 2, ICON, ICON), icon, QRectF(icon.rect()))
    painter.setOpacity(1.0)
    if face.collapsed:
        _icon(painter, "chevron-down", right - ICON, y, ICON)
        right -= ICON + 6
    told = WORDS[face.part] or ("" if face.collapsed else face.count)
    if told:
        right = _text_right(painter, right, y, told, ink.line_font, third) - 6
    left = LEFT + ICON + 6
    if face.times:
        right = _times(painter, face, ink, left, right, y)
    _text(painter, QRectF(left, y - 10, right - left, 20), face.name, ink.name_font, name_tint)


def _times(painter: QPainter, face: Face, ink: Ink, left: float, right: float, y: float) -> float:
    """Paint how often a block stands in a row, right behind its name; return where the name must end."""
    wide = QFontMetricsF(ink.name_font).horizontalAdvance(face.times) + 1
    named = left + QFontMetricsF(ink.name_font).horizontalAdvance(face.name) + 6
    at = min(named, right - wide)
    _text(painter, QRectF(at, y - 10, wide, 20), face.times, ink.name_font, text_tints(face, ink)[1])
    return at - 6


def _lines(painter: QPainter, face: Face, ink: Ink) -> None:
    """Paint the lines below the ports: a block's values and shapes, or on what a node hangs."""
    _, second, third = text_tints(face, ink)
    for place, line in enumerate(face.under, face.port_rows):
        room = QRectF(LEFT, measure.row_y(place) - 9, measure.WIDTH - 2 * LEFT, 18)
        _text(painter, room, line.words, ink.shape_font if line.mono else ink.line_font, third if line.mono else second)


def _icon(painter: QPainter, name: str, left: float, y: float, side: float) -> None:
    """Paint a quiet icon with its left edge and its middle at a place."""
    mark = icon_pixmap(name, "third", max(1, round(side * painter.worldTransform().m11())))
    painter.drawPixmap(QRectF(left, y - side / 2, side, side), mark, QRectF(mark.rect()))


def _line(painter: QPainter, face: Face, ink: Ink) -> None:
    right, y = measure.WIDTH - LEFT, LINE_Y + _parted(face)
    for shown, icon in ((face.shared, "link"), (face.frozen, "snowflake")):
        if shown:
            _icon(painter, icon, right - _MARK, y, _MARK)
            right -= _MARK + 4
    tint = text_tints(face, ink)[1]
    _text(painter, QRectF(LEFT, y - 9, right - LEFT, 18), face.line, ink.line_font, tint)


def _well(painter: QPainter, face: Face, ink: Ink) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.ground)
    painter.drawRoundedRect(thumbnail_well(face), 4, 4)


def _port_names(painter: QPainter, face: Face, ink: Ink) -> None:
    _, second, third = text_tints(face, ink)
    for port in face.inputs:
        if port.label:
            room = QRectF(LEFT, port.y - 9, measure.WIDTH * 0.56, 18)
            _text(painter, room, port.label, ink.line_font, third if port.optional else second)
    for port in face.outputs:
        if port.label:
            _text_right(painter, measure.WIDTH - LEFT, port.y, port.label, ink.line_font, second)


def paint_port(painter: QPainter, centre: QPointF, fill: QColor, ring: QColor, *, many: bool = False) -> None:
    """Paint a port: a ring, or a tall one where any number of wires may end."""
    wide = measure.PORT - 0.75
    high = 2 * wide if many else wide
    painter.setPen(pen(ring, 1.5))
    painter.setBrush(fill)
    painter.drawRoundedRect(QRectF(centre.x() - wide, centre.y() - high, 2 * wide, 2 * high), wide, wide)


def _badge(painter: QPainter, face: Face, ink: Ink) -> None:
    if face.badge is not None:
        painter.save()
        painter.translate(measure.WIDTH - 8, 0)
        paint_sign(painter, face.badge, ink)
        painter.restore()


def _text(painter: QPainter, room: QRectF, text: str, made: QFont, tint: QColor) -> None:
    painter.setFont(made)
    painter.setPen(tint)
    shown = QFontMetricsF(made).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, _MIDDLE_LEFT, shown)


def _text_right(painter: QPainter, right: float, y: float, text: str, made: QFont, tint: QColor) -> float:
    """Paint text that ends at `right`; return where it starts."""
    width = QFontMetricsF(made).horizontalAdvance(text) + 1
    painter.setFont(made)
    painter.setPen(tint)
    painter.drawText(QRectF(right - width, y - 9, width, 18), _RIGHT, text)
    return right - width
