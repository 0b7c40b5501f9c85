"""The ground that takes layers from the palette: onto itself, or onto a wire. Knows no palette."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QMimeData, QPointF, QRectF, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from engine.graph import Edge
from gui.canvas import measure
from gui.canvas.desk import Desk
from gui.canvas.ground import Ground
from gui.canvas.scene import Scene

#: A layer's public name, in UTF-8.
MIME: Final = "application/x-layerloom-layer"
#: How near a wire a layer is dropped onto it, on the screen.
WIRE_REACH: Final = 14.0


class Drops(Ground):
    """A ground with a desk; `said` carries the sentence of what was refused."""

    said = Signal(str)

    def __init__(self, scene: Scene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self.desk = Desk(scene, self.said.emit)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._answer(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._answer(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show(None, None)

    def dropEvent(self, event: QDropEvent) -> None:
        layer = _layer(event.mimeData())
        self._show(None, None)
        if layer is None:
            event.ignore()
            return
        at = self.to_scene(event.position())
        edge = self._drawing.wire_at(at, WIRE_REACH / self.zoom)
        if edge is None:
            self.desk.add(layer, at)
        else:
            self.desk.insert(layer, at, edge)
        event.acceptProposedAction()
        self.setFocus()

    def _answer(self, event: QDragMoveEvent) -> None:
        """Show where a layer would land; anything else goes on to whoever is below."""
        if _layer(event.mimeData()) is None:
            event.ignore()
            return
        at = self.to_scene(event.position())
        self._show(at, self._drawing.wire_at(at, WIRE_REACH / self.zoom))
        event.acceptProposedAction()

    def _show(self, at: QPointF | None, wire: Edge | None) -> None:
        over = self._drawing.overlay
        size = (measure.WIDTH, measure.HEAD)
        ghost = None if at is None else QRectF(at.x() - size[0] / 2, at.y() - size[1] / 2, *size)
        for area in (over.ghost, ghost):
            if area is not None:
                self._drawing.update(area.adjusted(-4, -4, 4, 4))
        over.ghost = ghost
        self._drawing.hover(None, wire, None)


def _layer(data: QMimeData) -> str | None:
    """The layer that is being dragged, or None where it is something else."""
    if not data.hasFormat(MIME):
        return None
    return bytes(data.data(MIME).data()).decode("utf-8", "replace")
