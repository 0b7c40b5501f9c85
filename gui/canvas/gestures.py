"""The gestures of the mouse, one class each: what starts, moves, ends or is cancelled. Knows no view's widgets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtWidgets import QApplication, QGraphicsView

from engine.graph import End, Graph, Point
from gui.canvas import edits, measure
from gui.canvas.aligning import on_grid
from gui.canvas.magnet import in_line, pulled
from gui.canvas.scene import Scene

ADDS = Qt.KeyboardModifier.ShiftModifier
TOGGLES = Qt.KeyboardModifier.ControlModifier
#: Held while a frame is taken: it goes without what lies in it.
ALONE = Qt.KeyboardModifier.AltModifier


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the mouse is: in the scene, on the screen's own pixels, and the keys held."""

    at: QPointF
    view: QPoint
    modifiers: Qt.KeyboardModifier
    scale: float


@dataclass(frozen=True, slots=True)
class Loose:
    """A wire let go over empty ground: what it hangs on and where it was let go; `others` could hold it as well."""

    end: End
    output: bool
    at: QPointF
    others: tuple[End, ...] = ()

    @property
    def ends(self) -> tuple[End, ...]:
        return self.end, *self.others


class Gesture:
    """One press of a button until its release; `hint` is what stands by the cursor meanwhile."""

    cursor: Qt.CursorShape | None = None
    hint: str = ""
    #: The ground moves while the mouse is held near the viewport's edge.
    drifts = True

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def start(self, pointer: Pointer) -> None:
        """Begin where the button went down."""

    def move(self, pointer: Pointer) -> None:
        """Show what would come of it; the document does not change yet."""

    def end(self, pointer: Pointer) -> Loose | None:
        """Do it, as one undo step at most."""

    def cancel(self) -> None:
        """Leave everything as it was."""


class Pan(Gesture):
    """Moves the ground under the mouse."""

    cursor = Qt.CursorShape.ClosedHandCursor
    drifts = False

    def __init__(self, scene: Scene, view: QGraphicsView) -> None:
        super().__init__(scene)
        self._view = view
        self._last = QPoint()

    def start(self, pointer: Pointer) -> None:
        self._last = pointer.view

    def move(self, pointer: Pointer) -> None:
        step, self._last = pointer.view - self._last, pointer.view
        across, down = self._view.horizontalScrollBar(), self._view.verticalScrollBar()
        across.setValue(across.value() - step.x())
        down.setValue(down.value() - step.y())


class Band(Gesture):
    """Selects what a rubber band meets: alone, beside what is selected (Shift), or the other way round (Ctrl)."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self._from = QPointF()
        self._before: frozenset[str] = frozenset()
        self._keys = Qt.KeyboardModifier.NoModifier

    def start(self, pointer: Pointer) -> None:
        self._from, self._before, self._keys = pointer.at, self._scene.selection.all, pointer.modifiers
        self._scene.choose_wires(())
        self._select([])

    def move(self, pointer: Pointer) -> None:
        band = QRectF(self._from, pointer.at).normalized()
        self._show(band)
        self._select(self._scene.met(band))

    def end(self, pointer: Pointer) -> None:
        self._show(None)

    def cancel(self) -> None:
        self._show(None)
        self._scene.selection.set(self._before, self._scene)

    def _select(self, met: list[str]) -> None:
        chosen = frozenset(met)
        if self._keys & TOGGLES:
            chosen ^= self._before
        elif self._keys & ADDS:
            chosen |= self._before
        self._scene.selection.set(chosen, self._scene)

    def _show(self, band: QRectF | None) -> None:
        over = self._scene.overlay
        for area in (over.band, band):
            if area is not None:
                self._scene.update(area.adjusted(-measure.MARGIN, -measure.MARGIN, measure.MARGIN, measure.MARGIN))
        over.band = band


class Move(Gesture):
    """Drags what is selected and what lies in selected frames, as one step; a press alone selects.

    With Alt a frame goes alone.
    """

    def __init__(self, scene: Scene, id: str) -> None:
        super().__init__(scene)
        self._id = id
        self._from = QPointF()
        self._press = QPoint()
        self._moving: frozenset[str] = frozenset()
        #: Where the held node was, and how far it has come.
        self._start: Point = (0.0, 0.0)
        self._way: Point = (0.0, 0.0)
        self._last: Pointer | None = None
        self._kept = False
        self._alone = False

    def start(self, pointer: Pointer) -> None:
        self._from, self._press = pointer.at, pointer.view
        self._alone = bool(pointer.modifiers & ALONE)
        selection = self._scene.selection
        self._kept = self._id in selection.all
        if pointer.modifiers & (ADDS | TOGGLES):
            selection.set(selection.all ^ {self._id}, self._scene)
            self._kept = False
        elif not self._kept:
            selection.set([self._id], self._scene)

    def move(self, pointer: Pointer) -> None:
        far = (pointer.view - self._press).manhattanLength() >= QApplication.startDragDistance()
        if not self._moving and far and self._id in self._scene.selection.all:
            self._moving = self._scene.selection.all | self._inside()
            self._start = self._scene.place(self._id)
        if self._moving:
            self._go(pointer)

    def end(self, pointer: Pointer) -> Loose | None:
        scene, graph = self._scene, self._scene.graph
        if self._moving:
            self._go(pointer)
            scene.carry(())
            scene.restore(self._moving if self._way == (0.0, 0.0) else ())
            title, after = self._done(edits.shifted(graph, self._moving, self._way))
            scene.document.edit(title, after, scene)
        elif self._kept:
            scene.selection.set([self._id], scene)
        return None

    def cancel(self) -> None:
        self._scene.carry(())
        self._scene.restore(self._moving)

    def _inside(self) -> frozenset[str]:
        """What goes along, and is shown to: all that lies wholly in a frame that moves."""
        frames = () if self._alone else self._scene.annotations.frames_of(self._scene.selection.annotations)
        inside = self._scene.inside(frames)
        self._scene.carry(inside - self._scene.selection.all)
        return inside

    def _snapped(self, at: Point, reach: float) -> Point:
        """Return a place on the grid, where nodes snap to it; else in line with a neighbour that is near."""
        if self._scene.on_grid:
            x, y = on_grid(np.array(at)).tolist()
            return x, y
        if self._id not in self._scene.nodes:
            return in_line(self._scene.annotations.boxes[self._still(), :2], at, reach)
        return pulled(self._scene.nodes, self._moving, self._id, at, reach)

    def _still(self) -> list[int]:
        """The rows of the frames and notes that stay."""
        held = self._scene.annotations
        return [row for row, item in enumerate(held.items) if item.id not in self._moving]

    def _done(self, graph: Graph) -> tuple[str, Graph]:
        """Name the step, and return the drawing after it; the nodes have moved in `graph`."""
        return f"Move {edits.count(graph, self._scene.selection.all)}", graph

    def _go(self, pointer: Pointer) -> None:
        """Show them where the mouse has them: on whole pixels, in line with a neighbour that is near."""
        if pointer == self._last:
            return
        self._last = pointer
        (x, y), step = self._start, pointer.at - self._from
        held = (x + step.x(), y + step.y())
        if not pointer.modifiers & TOGGLES:
            held = self._snapped(held, 5 / pointer.scale)
        way = (round(held[0]) - x, round(held[1]) - y)
        if way != self._way:
            self._scene.shift(self._moving, way[0] - self._way[0], way[1] - self._way[1])
            self._way = way
