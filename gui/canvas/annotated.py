"""The stage with its frames and notes: which of their areas are painted anew, and when. Knows no document."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from PySide6.QtCore import QRectF, Signal

from engine.graph import Graph
from gui.canvas.annotations import Box
from gui.canvas.grips import Grip
from gui.canvas.stage import Stage

#: More than so many changes at once are not worth an area each.
MANY: Final = 64


#: How far the ground reaches around the origin, and around the drawing where that is further out.
ROOM, BEYOND = 1_000_000.0, 100_000.0
FURTHEST: Final = 500_000_000.0


class Annotated(Stage):
    """Shows frames and notes in other places and looks, on a ground that is large enough for all."""

    redrawn = Signal()

    def make_room(self) -> None:
        """Let the ground reach around the whole drawing."""
        far = QRectF(-FURTHEST, -FURTHEST, 2 * FURTHEST, 2 * FURTHEST)
        drawing = self.bounds().adjusted(-BEYOND, -BEYOND, BEYOND, BEYOND)
        room = QRectF(-ROOM, -ROOM, 2 * ROOM, 2 * ROOM).united(drawing).intersected(far)
        if not self.sceneRect().contains(room):
            self.setSceneRect(room)

    def annotate(self, ids: Collection[str], graph: Graph) -> None:
        """Show frames and notes as a drawing has them, where some are others than before."""
        self.mark_annotations(ids)
        self.annotations.load(graph)
        self.mark_annotations(ids)
        if self.overlay.grip is not None and self.overlay.grip.id not in self.annotations:
            self.overlay.grip = None
        self.redrawn.emit()

    def mark_annotations(self, ids: Collection[str]) -> None:
        """Have those of some ids painted anew where they stand now."""
        if len(ids) > MANY:
            self.update()
            return
        for id in ids:
            if id in self.annotations:
                self.update(self.annotations.reach(id))

    def shift_annotations(self, ids: Collection[str], across: float, down: float) -> None:
        self.mark_annotations(ids)
        self.annotations.shift(ids, across, down)
        self.mark_annotations(ids)

    def stretch(self, id: str, box: QRectF) -> None:
        """Show a frame or note in another box, as it is being resized; the document does not know yet."""
        self.mark_annotations([id])
        self.annotations.stretch(id, box)
        self.mark_annotations([id])

    def hold_boxes(self, boxes: Mapping[str, Box]) -> None:
        """Show frames and notes in other boxes, as they move into their places; x, y, width, height."""
        self.mark_annotations(boxes)
        self.annotations.put(list(boxes), list(boxes.values()))
        self.mark_annotations(boxes)

    def hover_grip(self, grip: Grip | None) -> None:
        """Mark the frame or note under the mouse."""
        before, self.overlay.grip = self.overlay.grip, grip
        if before != grip:
            self.mark_annotations({each.id for each in (before, grip) if each is not None})

    def carry(self, ids: Collection[str]) -> None:
        """Mark what a frame that is being dragged takes along."""
        before, self.overlay.carried = self.overlay.carried, frozenset(ids)
        changed = before ^ self.overlay.carried
        self.mark_annotations(changed)
        for id in changed if len(changed) <= MANY else ():
            if id in self.nodes:
                self.update(self.nodes.reach(id))
