"""Paints the drawing as it is seen from afar: blocks of colour and straight lines, straight from the arrays."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from engine.graph import Edge
from gui.canvas.frame import Frame, draw_boxes, draw_lines
from gui.canvas.ink import SHARES, hue_colour, mixed, pen
from gui.canvas.measure import Floats
from gui.canvas.nodes import Nodes, Rows
from gui.canvas.overlay import Overlay
from gui.canvas.wires import Wires

#: The side of a problem's mark, on the screen.
MARK = 7.0
#: More rings than this are painted all at once.
MANY = 300
#: A dot's square takes the mouse; less of it is painted.
_DOT_INSET = (3.0, 3.0, -6.0, -6.0)


def paint_far(frame: Frame, nodes: Nodes, wires: Wires, over: Overlay) -> None:
    _wires(frame, wires, over)
    rows = nodes.visible(frame.area)
    _blocks(frame, nodes, rows)
    if frame.selected:
        _rings(frame, nodes, rows)
    _marks(frame, nodes, rows)


def _wires(frame: Frame, wires: Wires, over: Overlay) -> None:
    rows = wires.visible(frame.area)
    if over.lifted:
        there = np.ones(len(wires), np.bool_)
        there[_rows(wires, over.lifted)] = False
        rows = rows[there[rows]]
    broken = wires.broken[rows]
    for line, group in wires.by_line(rows[~broken]):
        _lines(frame, wires.lines[group], frame.ink.wires[line])
    _lines(frame, wires.lines[rows[broken]], frame.ink.bad)
    _lines(frame, np.array([(*each.start, *each.end) for each in over.bridges]), frame.ink.wires[0])
    _lines(frame, wires.lines[_rows(wires, over.chosen)], frame.ink.accent, 2)
    _lines(frame, wires.lines[_rows(wires, over.met)], frame.ink.bad, 2)


def _lines(frame: Frame, lines: Floats, tint: QColor, width: int = 1) -> None:
    line = pen(tint, width)
    line.setCosmetic(True)
    frame.painter.setPen(line)
    draw_lines(frame.painter, lines)


def _rows(wires: Wires, edges: Iterable[Edge]) -> Rows:
    return np.array([wires.row[edge] for edge in edges if edge in wires], np.intp)


def _blocks(frame: Frame, nodes: Nodes, rows: Rows, inset: float = 0.0) -> None:
    """Paint nodes in their colours: bypassed ones hollow, those that are left out faint."""
    smaller = np.array((inset, inset, -2 * inset, -2 * inset))
    for hue, part, group in nodes.looks(rows):
        tint = hue_colour(hue)
        line = pen(tint, 1) if part == 1 else QPen(Qt.PenStyle.NoPen)
        line.setCosmetic(True)
        frame.painter.setPen(line)
        frame.painter.setBrush(mixed(tint, frame.ink.ground, SHARES[part]))
        boxes = nodes.frames[group] + smaller
        boxes[nodes.dot[group]] += _DOT_INSET
        draw_boxes(frame.painter, boxes)


def _rings(frame: Frame, nodes: Nodes, rows: Rows) -> None:
    chosen = [row for row in rows.tolist() if nodes.ids[row] in frame.selected]
    if len(chosen) > MANY:
        _rims(frame, nodes, np.array(chosen))
        return
    ring = pen(frame.ink.accent, 2)
    ring.setCosmetic(True)
    frame.painter.setPen(ring)
    frame.painter.setBrush(Qt.BrushStyle.NoBrush)
    draw_boxes(frame.painter, nodes.frames[chosen])


def _rims(frame: Frame, nodes: Nodes, rows: Rows) -> None:
    """Paint rings as what a block leaves of a larger one: Qt fills a rectangle ten times as fast as it draws one."""
    pixel = 1 / frame.scale
    frame.painter.setPen(Qt.PenStyle.NoPen)
    frame.painter.setBrush(frame.ink.accent)
    draw_boxes(frame.painter, nodes.frames[rows] + np.array((-pixel, -pixel, 2 * pixel, 2 * pixel)))
    _blocks(frame, nodes, rows, pixel)


def _marks(frame: Frame, nodes: Nodes, rows: Rows) -> None:
    """A square in the colour of the problem, of one size at every zoom."""
    frame.painter.setPen(Qt.PenStyle.NoPen)
    for state, severity in ((1, "warning"), (2, "error")):
        frame.painter.setBrush(frame.ink.states[severity])
        draw_boxes(frame.painter, _corners(nodes.frames[rows[nodes.state[rows] == state]], MARK / frame.scale))


def _corners(frames: Floats, size: float) -> Floats:
    marks = np.empty_like(frames)
    marks[:, 0] = frames[:, 0] + frames[:, 2] - size / 2
    marks[:, 1] = frames[:, 1] - size / 2
    marks[:, 2:] = size
    return marks
