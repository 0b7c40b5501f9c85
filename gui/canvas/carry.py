"""The gesture that carries nodes onto wires and off them. Knows no view."""

from __future__ import annotations

from PySide6.QtCore import Qt

from engine import surgery, wiring
from engine.errors import EngineError
from engine.graph import Edge, End, Graph, Point
from gui.canvas import edits, measure
from gui.canvas.gestures import Loose, Move, Pointer
from gui.canvas.overlay import Preview
from gui.canvas.room import spread
from gui.canvas.scene import Scene

#: Pressed while nodes are dragged that do not come off their wires: none is put on another.
OFF = Qt.KeyboardModifier.AltModifier


class Carry(Move):
    """Drags the selected nodes; one without wires, or that has come off them, is put on a wire that it is let go on."""

    def __init__(self, scene: Scene, id: str, *, detaches: bool = False) -> None:
        super().__init__(scene, id)
        self._detaches = detaches
        #: Whether one node is dragged that hangs on no wire, and why it cannot stand on one.
        self._lone = False
        self._refused: EngineError | None = None

    def move(self, pointer: Pointer) -> None:
        begun = bool(self._moving)
        super().move(pointer)
        if self._moving and not begun:
            self._take_off()
        if self._lone:
            self._aim(pointer)

    def end(self, pointer: Pointer) -> Loose | None:
        self.move(pointer)
        super().end(pointer)
        self._clear()
        return None

    def cancel(self) -> None:
        self._clear()
        super().cancel()

    @property
    def _layers(self) -> frozenset[str]:
        """Those that move and have wires to come off."""
        return self._moving & self._scene.graph.nodes.keys()

    # -- off the wires

    def _take_off(self) -> None:
        scene, graph = self._scene, self._scene.graph
        if self._detaches:
            graph = surgery.detached(graph, scene.document.catalogue, self._layers)
            before, after = frozenset(scene.graph.edges), frozenset(graph.edges)
            scene.overlay.lifted = before - after
            scene.overlay.bridges = tuple(self._preview(edge) for edge in after - before)
            self._mark()
        self._lone = len(self._moving) == 1 and scene.overlay.lifted.issuperset(scene.wires.of(self._moving))
        if self._lone:
            self._refused = surgery.why_not_on(graph, scene.document.catalogue, self._id)

    def _preview(self, edge: Edge) -> Preview:
        return Preview(self._place(edge.source, output=True), self._place(edge.target, output=False))

    def _place(self, end: End, *, output: bool) -> Point:
        nodes = self._scene.nodes
        return nodes.port(end, output=output) or nodes.edge(end.node, output=output)

    # -- onto a wire

    def _aim(self, pointer: Pointer) -> None:
        """Light up the wire that the node lies on."""
        scene = self._scene
        found: Edge | None = None
        if self._detaches or not pointer.modifiers & OFF:
            (x, y), face = scene.nodes.at(self._id), scene.nodes.face(self._id)
            middle = (x + face.width / 2, y + face.middle)
            found = scene.wires.near(*middle, measure.HEAD / 2, scene.overlay.lifted)
        self.hint = self._refused.sentence if found is not None and self._refused is not None else ""
        scene.land(found if self._refused is None else None)

    def _done(self, graph: Graph) -> tuple[str, Graph]:
        scene, catalogue = self._scene, self._scene.document.catalogue
        names, landing = edits.count(graph, self._moving), scene.overlay.landing
        if self._detaches:
            before, graph = graph, surgery.detached(graph, catalogue, self._layers)
            names = names if graph.edges != before.edges else ""
        if landing is not None:
            scene.restore(self._moving)  # making room may put it back to where it was
            onto = wiring.insert_on(graph, catalogue, landing, graph.node(self._id))
            return edits.inserted_title(onto, self._id), spread(onto, self._id)
        if self._detaches and names:
            return f"Detach {names}", graph
        return super()._done(graph)

    def _clear(self) -> None:
        over = self._scene.overlay
        self._scene.land(None)
        self._mark()
        over.lifted, over.bridges = frozenset(), ()
        self.hint = ""

    def _mark(self) -> None:
        over = self._scene.overlay
        for bridge in over.bridges:
            self._scene.update(bridge.reach)
        for edge in over.lifted:
            if edge in self._scene.wires:
                self._scene.update(self._scene.wires.reach(edge))
