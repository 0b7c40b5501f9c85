"""The gesture that moves all wires of an output to another. Knows no view."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from engine import surgery
from engine.errors import EngineError
from engine.graph import End
from gui.canvas.gestures import Loose, Pointer
from gui.canvas.overlay import Preview, Socket
from gui.canvas.scene import Scene
from gui.canvas.wire_gesture import DrawWire


class MoveWires(DrawWire):
    """Holds all wires of an output by that end; let go anywhere but over another output, they stay where they were."""

    def __init__(self, scene: Scene, socket: Socket) -> None:
        super().__init__(scene, socket)
        self._old = socket.end
        self._wires = tuple(edge for edge in scene.wires.of([socket.end.node]) if edge.source == socket.end)
        self._anchor = Socket(self._wires[0].target, False)

    def _why_not(self, end: End) -> EngineError | None:
        if end not in self._answers:
            self._answers[end] = None
            try:
                surgery.rewired(self._scene.graph, self._scene.document.catalogue, self._old, end)
            except EngineError as error:
                self._answers[end] = None if end == self._old else error
        return self._answers[end]

    def _join(self, snapped: Socket) -> None:
        if snapped.end != self._old:
            scene, nodes = self._scene, self._scene.graph.nodes
            graph = surgery.rewired(scene.graph, scene.document.catalogue, self._old, snapped.end)
            title = f"Move the wires of {nodes[self._old.node].name} to {nodes[snapped.end.node].name}"
            scene.document.edit(title, graph, scene)

    def _let_go(self, pointer: Pointer) -> Loose | None:
        return None

    def cancel(self) -> None:
        super().cancel()
        self._scene.overlay.held = ()

    def _show(self, at: QPointF, near: list[Socket]) -> None:
        super()._show(at, near)
        over = self._scene.overlay
        held = over.preview
        if held is not None:
            targets = (self._place(Socket(edge.target, False)) for edge in self._wires[1:])
            over.held = tuple(Preview(held.start, target, held.ok) for target in targets)
        over.lifted = frozenset(self._wires)
        self._update()

    def _update(self) -> None:
        super()._update()
        for other in self._scene.overlay.held:
            self._scene.update(other.reach)
        for edge in self._wires:
            if edge in self._scene.wires:
                self._scene.update(self._scene.wires.reach(edge))
