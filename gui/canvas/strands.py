"""Paints wires as they are seen from near, and the shapes on them. Knows no node's picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QPen

from gui.canvas import measure
from gui.canvas.beats import Beats
from gui.canvas.flows import BY_NAME, Flow
from gui.canvas.frame import Frame
from gui.canvas.ink import Ink, mixed, pen, wire_pen
from gui.canvas.measure import Floats
from gui.canvas.nodepaint import label_size, paint_label, paint_sign
from gui.canvas.nodes import Nodes
from gui.canvas.overlay import Overlay
from gui.canvas.sprites import Sprites
from gui.canvas.wires import Wires, line_of, path_of

#: Wires carry their shapes from here on.
LABELS: Final = 0.6
#: Dashes take Qt twice as long as lines: where many wires are seen at once, they are for those who come nearer.
FEW: Final = 300
_WIRE: Final = 1.75
#: What a shape's label leaves of its wire at each end.
_BESIDE: Final = 2 * measure.PORT


class Strands:
    """Paints wires from their arrays, and labels from kept pictures."""

    def __init__(self, nodes: Nodes, wires: Wires, overlay: Overlay, sprites: Sprites, beats: Beats) -> None:
        self._beats = beats
        self._nodes, self._wires, self._over, self._sprites = nodes, wires, overlay, sprites
        #: How large labels are, by their words and marks: the fonts are the same in every theme.
        self._sizes: dict[tuple[str, bool], tuple[float, float]] = {}

    def curves(self, frame: Frame) -> None:
        painter, wires, over = frame.painter, self._wires, self._over
        rows = wires.visible(frame.area)
        width = max(_WIRE, 1.2 / frame.scale)
        marked = {over.wire, *over.lifted, *over.chosen, *over.met} - {None}
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen(frame.ink.wires[0], width))
        for bridge in over.bridges:
            painter.drawPath(path_of(measure.route(bridge.start, bridge.end)))
        special: list[int] = []
        dashed = frame.scale >= LABELS or len(wires) <= FEW
        for line, group in wires.by_line(rows):
            shown = line_of(line)
            shown = shown if dashed else replace(shown, dash=())
            for level, rows_of in self._by_level(group.tolist()):
                painter.setPen(self._pen(frame.ink, line, shown, level, width))
                for row in rows_of:
                    if wires.faces[row].broken or (marked and wires.edges[row] in marked):
                        special.append(row)
                    else:
                        painter.drawPath(wires.path(row))
        for row in special:
            if wires.edges[row] not in over.lifted:
                painter.setPen(self._special(frame.ink, row, width))
                painter.drawPath(wires.path(row))

    def _by_level(self, rows: list[int]) -> Iterable[tuple[int, list[int]]]:
        """Group rows by how wide they are where wires pulse."""
        levels, edges = self._beats.levels, self._wires.edges
        if not levels:
            return ((0, rows),)
        found: dict[int, list[int]] = {}
        for row in rows:
            found.setdefault(levels.get(edges[row].source.node, 0), []).append(row)
        return sorted(found.items())

    def _pen(self, ink: Ink, line: int, shown: Flow, level: int, width: float) -> QPen:
        """The pen of wires of a level: wider with dashes as long as ever, brighter while they beat."""
        wider, share = self._beats.wider(level), self._beats.brighter(level)
        tint = mixed(ink.text, ink.wires[line], share) if share else ink.wires[line]
        dash = tuple(length / wider for length in shown.dash) if level else shown.dash
        return wire_pen(tint, replace(shown, dash=dash), width * wider)

    def _special(self, ink: Ink, row: int, width: float) -> QPen:
        """The pen of a wire that something is about to happen to, that is chosen, broken, or under the mouse."""
        edge, over, face = self._wires.edges[row], self._over, self._wires.faces[row]
        if edge in over.met:
            return pen(ink.bad, width * 1.5, Qt.PenStyle.DotLine)
        if edge in over.chosen:
            return pen(ink.accent, width * 1.5)
        return pen(ink.bad, width * 1.15) if face.broken else wire_pen(ink.second, BY_NAME[face.flow], width * 1.15)

    def labels(self, frame: Frame) -> None:
        """Paint shapes on their wires, and signs on broken ones, from corners of whole device pixels."""
        wires, ink, scale = self._wires, frame.ink, frame.scale
        wide, tall = measure.LABEL_REACH
        rows = wires.visible(frame.area.adjusted(-wide, -tall, wide, tall))
        rows = rows[[wires.edges[row] not in self._over.lifted for row in rows.tolist()]]
        middles = np.array([wires.middle(row) for row in rows.tolist()]).reshape(-1, 2)
        sizes = np.array([self._size(row, ink) for row in rows.tolist()]).reshape(-1, 2)
        clear = self._clear(frame, middles - sizes / 2, middles + sizes / 2).tolist()
        places = frame.places(middles).tolist()
        for row, (x, y), (across, down), free in zip(rows.tolist(), places, sizes.tolist(), clear, strict=True):
            if wires.broken[row]:
                self._sign(frame, x, y)
            elif across and free:
                face = wires.faces[row]
                draw = partial(paint_label, text=face.label, ink=ink, masked=face.masked)
                sprite = self._sprites.get(("label", face.label, face.masked), ink, (across, down), scale, draw)
                if sprite is not None:
                    left, top = round(x - across / 2 * scale), round(y - down / 2 * scale)
                    sprite.draw(frame.painter, left, top, scale, frame.ratio)

    def _size(self, row: int, ink: Ink) -> tuple[float, float]:
        """How large a wire's label is, 0 where it has none or is too short for it."""
        face = self._wires.faces[row]
        if not face.label:
            return 0.0, 0.0
        key = face.label, face.masked
        size = self._sizes.get(key) or self._sizes.setdefault(key, label_size(face.label, ink, face.masked))
        return size if size[0] + _BESIDE <= self._wires.straight(row) else (0.0, 0.0)

    def _clear(self, frame: Frame, low: Floats, high: Floats) -> NDArray[np.bool_]:
        """Which labels meet no node, which would cover them in part, and no label before them."""
        wide, tall = (2 * reach for reach in measure.LABEL_REACH)
        nodes = self._nodes.frames[self._nodes.visible(frame.area.adjusted(-wide, -tall, wide, tall))]
        covered = _meet(low, high, nodes[:, :2], nodes[:, :2] + nodes[:, 2:]).any(1)
        shown = ~covered & (high[:, 0] > low[:, 0])
        return np.asarray(shown & ~(np.tril(_meet(low, high, low, high), -1) & shown).any(1))

    def _sign(self, frame: Frame, x: float, y: float) -> None:
        frame.painter.save()
        frame.painter.translate(x, y)
        frame.painter.scale(frame.scale, frame.scale)
        paint_sign(frame.painter, "error", frame.ink)
        frame.painter.restore()


def _meet(low: Floats, high: Floats, lows: Floats, highs: Floats) -> NDArray[np.bool_]:
    """Which of some boxes meet which of some others, shape (boxes, others)."""
    meet = (low[:, None] < highs) & (high[:, None] > lows)
    return np.asarray(meet.all(2))
