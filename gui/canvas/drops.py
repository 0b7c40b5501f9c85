"""The ground that takes layers from the palette: onto itself, or onto a wire. Knows no palette."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from engine import surgery
from engine.errors import EngineError
from engine.graph import Edge, Graph
from gui.canvas import measure
from gui.canvas.desk import Desk
from gui.canvas.drift import EDGE, Drift
from gui.canvas.ground import Ground
from gui.canvas.hint import Hint
from gui.canvas.scene import Scene
from gui.canvas.values import Values

#: A layer's public name, in UTF-8.
MIME: Final = "application/x-layerloom-layer"
#: How near a wire a layer is dropped onto it, on the screen.
WIRE_REACH: Final = 14.0
#: Where a refusal stands, from the cursor's tip.
BESIDE_CURSOR: Final = QPoint(18, 18)


class Drops(Ground):
    """A ground with a desk.

    `said` carries the sentence of what was refused, `told` of what cannot be seen, `layer_added` a layer by its name.
    """

    said = Signal(str)
    told = Signal(str)
    layer_added = Signal(str)

    def __init__(self, scene: Scene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self.desk = Desk(scene, self.said.emit, self.layer_added.emit)
        self.values = Values(scene, self.said.emit, self.told.emit)
        self.hint = Hint(self)
        #: Moves the ground while a layer is held near the edge; where it came in, or was last well inside.
        self._edging = Drift(self, self._go_further)
        self._inside = QPointF()
        self._carried: tuple[str, QPointF] | None = None
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._inside = event.position()
        self._answer(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._answer(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._leave()

    def dropEvent(self, event: QDropEvent) -> None:
        layer = _layer(event.mimeData())
        self._leave()
        if layer is None:
            event.ignore()
            return
        at = self.to_scene(event.position())
        edge = self._drawing.wire_at(at, WIRE_REACH / self.zoom)
        if edge is None or self._why_not(layer):
            self.desk.add(layer, at)
        else:
            self.desk.insert(layer, at, edge)
        event.acceptProposedAction()
        self.setFocus()

    def _answer(self, event: QDragMoveEvent) -> None:
        """Show where a layer would land, or why not on the wire there; anything else goes on to whoever is below."""
        layer = _layer(event.mimeData())
        if layer is None:
            event.ignore()
            return
        self._carried = (layer, event.position())
        self._aim(*self._carried)
        self._drift_by(event.position())
        event.acceptProposedAction()

    def _drift_by(self, place: QPointF) -> None:
        """Move the ground where a layer is held near the edge, though not the one over which it has just come in."""
        room = QRectF(self.viewport().rect()).adjusted(EDGE, EDGE, -EDGE, -EDGE)
        if room.contains(place):
            self._inside = place
        self._edging.hold(place, self._inside)

    def _go_further(self) -> None:
        """The ground has moved under a layer that is held still."""
        if self._carried is not None:
            self._aim(*self._carried)

    def _leave(self) -> None:
        self._edging.stop()
        self._carried = None
        self._show(None)

    def _aim(self, layer: str, place: QPointF) -> None:
        """Show where a layer would land that is let go at a place of the viewport."""
        at = self.to_scene(place)
        wire = self._drawing.wire_at(at, WIRE_REACH / self.zoom)
        refused = self._why_not(layer) if wire is not None else ""
        wire = None if refused else wire
        self._show(self._landing(layer, at, on_wire=wire is not None), wire)
        self.hint.say(refused, place.toPoint() + BESIDE_CURSOR)

    def _why_not(self, layer: str) -> str:
        """Say why a new layer cannot stand on a wire; empty where it can."""
        try:
            node = self._drawing.document.catalogue.new_node(Graph(), layer)
            error = surgery.why_not_on(Graph().with_node(node), self._drawing.document.catalogue, node.id)
        except EngineError as unknown:
            error = unknown
        return "" if error is None else error.sentence

    def _show(self, ghost: QRectF | None, wire: Edge | None = None) -> None:
        over = self._drawing.overlay
        for area in (over.ghost, ghost):
            if area is not None:
                self._drawing.update(area.adjusted(-4, -4, 4, 4))
        over.ghost = ghost
        self._drawing.land(wire)
        if ghost is None:
            self.hint.say("", QPoint())

    def _landing(self, layer: str, at: QPointF, *, on_wire: bool) -> QRectF:
        """Where a layer that is let go would stand: on the wire, or beside what it would cover."""
        try:
            if not on_wire:
                return self.desk.landing(layer, at)
        except EngineError:
            pass  # an unknown layer; that is said when it is let go
        return QRectF(at.x() - measure.WIDTH / 2, at.y() - measure.HEAD / 2, measure.WIDTH, measure.HEAD)


def _layer(data: QMimeData) -> str | None:
    """The layer that is being dragged, or None where it is something else."""
    if not data.hasFormat(MIME):
        return None
    return bytes(data.data(MIME).data()).decode("utf-8", "replace")
