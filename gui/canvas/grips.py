"""Where the mouse takes a frame or a note: by its title, its text, an edge or a corner. Knows no document, no view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QPointF, QRectF, Qt

from gui.canvas.annotations import BAR, Annotations

#: `title` of a frame and `text` of a note move it; the letters of the compass resize it.
Part = Literal["title", "text", "n", "s", "e", "w", "ne", "nw", "se", "sw"]
#: How near an edge or a corner takes the mouse, on the screen.
EDGE, CORNER = 5.0, 10.0
_SHAPES: Final = Qt.CursorShape
CURSORS: Final[Mapping[str, Qt.CursorShape]] = {
    "n": _SHAPES.SizeVerCursor, "s": _SHAPES.SizeVerCursor, "e": _SHAPES.SizeHorCursor, "w": _SHAPES.SizeHorCursor,
    "ne": _SHAPES.SizeBDiagCursor, "sw": _SHAPES.SizeBDiagCursor,
    "nw": _SHAPES.SizeFDiagCursor, "se": _SHAPES.SizeFDiagCursor,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grip:
    """A frame or note and the part of it that is taken."""

    id: str
    part: Part

    @property
    def over(self) -> Literal["title", "note", "edge"]:
        """What lies below the mouse, in the words of the table of chords."""
        named: Mapping[str, Literal["title", "note"]] = {"title": "title", "text": "note"}
        return named.get(self.part, "edge")


def title_box(annotations: Annotations, id: str, scale: float) -> QRectF:
    """Return where a frame's bar stands."""
    return QRectF(*annotations.bars(scale)[annotations.row[id]].tolist())


def grip_at(annotations: Annotations, at: QPointF, scale: float) -> Grip | None:
    """Return what of the topmost frame or note lies at a place; the empty inside of a frame is ground."""
    reach = CORNER / scale
    near = QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach)
    rows = annotations.visible(near, scale)[::-1].tolist()
    titled = next((row for row in rows if _on_tall_bar(annotations, row, at, scale)), None)
    if titled is not None and not any(_on_note(annotations, row, at) for row in rows):
        return Grip(annotations.items[titled].id, "title")
    for row in rows:
        item, box = annotations.items[row], annotations.box(annotations.items[row].id)
        bar = title_box(annotations, item.id, scale)
        part = _frame_part(box, bar, at, scale) if annotations.framed[row] else _note_part(box, at, scale)
        if part is not None:
            return Grip(item.id, part)
    return None


def _on_tall_bar(annotations: Annotations, row: int, at: QPointF, scale: float) -> bool:
    """Whether a place is on a bar that reaches out of its frame's own, over the edges of others: it can be read."""
    x, y, wide, high = annotations.bars(scale)[row].tolist()
    return bool(annotations.framed[row]) and high > BAR and QRectF(x, y, wide, high).contains(at)


def _on_note(annotations: Annotations, row: int, at: QPointF) -> bool:
    return not annotations.framed[row] and annotations.box(annotations.items[row].id).contains(at)


def _frame_part(box: QRectF, bar: QRectF, at: QPointF, scale: float) -> Part | None:
    return _edge(box, at, scale) or ("title" if bar.contains(at) else None)


def _note_part(box: QRectF, at: QPointF, scale: float) -> Part | None:
    return _edge(box, at, scale) or ("text" if box.contains(at) else None)


def _edge(box: QRectF, at: QPointF, scale: float) -> Part | None:
    """Return the edge or corner at a place; narrower on what is small on the screen, so that its middle stays."""
    edge = min(EDGE / scale, box.width() / 6, box.height() / 6)
    corner = min(CORNER / scale, box.width() / 4, box.height() / 4)
    if not box.adjusted(-edge, -edge, edge, edge).contains(at):
        return None
    sides = box.left() - at.x(), at.x() - box.right(), box.top() - at.y(), at.y() - box.bottom()
    if max(sides) < -edge:
        return None
    west, east, north, south = (side >= -corner for side in sides)
    up: Literal["n", "s", ""] = "n" if north else "s" if south else ""
    across: Literal["w", "e", ""] = "w" if west else "e" if east else ""
    return _NAMED.get(up + across)


_NAMED: Final[Mapping[str, Part]] = {
    "n": "n", "s": "s", "e": "e", "w": "w", "ne": "ne", "nw": "nw", "se": "se", "sw": "sw",
}  # fmt: skip
