"""The gesture that draws a wire from port to port, or picks one up by its end. Knows no view."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QApplication

from engine import wiring
from engine.errors import EngineError
from engine.graph import Edge, End, Graph, Point
from gui.canvas import measure
from gui.canvas.gestures import Gesture, Loose, Pointer
from gui.canvas.overlay import Preview, Socket
from gui.canvas.scene import Scene

#: How much nearer than its hand the wire looks for a port.
SNAP: Final = 2.2


class DrawWire(Gesture):
    """Draws a wire from a port; from a wired input it takes up the wire that ends there.

    From a collapsed node it is drawn from the first of its free ports that fits where it ends.
    """

    def __init__(self, scene: Scene, socket: Socket) -> None:
        super().__init__(scene)
        free = [each for each in scene.together(socket) if _wire_into(scene, each) is None]
        self._lifted = None if free else _wire_into(scene, socket)
        self._anchor = Socket(self._lifted.source, True) if self._lifted is not None else free[0]
        self._others = tuple(each.end for each in free[1:])
        #: By the port where it may end, the one from which it is drawn then.
        self._meant: dict[End, End] = {}
        self._answers: dict[End, EngineError | None] = {}
        self._press = QPoint()
        self._away = False
        self._snapped: Socket | None = None
        self._graph = scene.graph if self._lifted is None else scene.graph.without_edges([self._lifted])

    def start(self, pointer: Pointer) -> None:
        self._press = pointer.view

    def move(self, pointer: Pointer) -> None:
        self._away |= (pointer.view - self._press).manhattanLength() >= QApplication.startDragDistance()
        if not self._away:
            return
        over = self._scene.node_at(pointer.at)
        self._scene.open_node(over if self._anchor.output and over != self._anchor.end.node else None)
        near = self._near(pointer, over)
        self._snapped = next((socket for socket in near if self._why_not(socket.end) is None), None)
        refused = self._why_not(near[0].end) if near and self._snapped is None else None
        self.hint = refused.sentence if refused is not None else ""
        self._show(pointer.at, near)

    def end(self, pointer: Pointer) -> Loose | None:
        refused, snapped = bool(self.hint), self._snapped
        self.cancel()
        if not self._away or refused:
            return None
        if snapped is not None:
            self._join(snapped)
            return None
        return self._let_go(pointer)

    def cancel(self) -> None:
        over = self._scene.overlay
        self._update()
        over.preview = over.snapped = None
        over.lifted = frozenset()
        self._scene.open_node(None)
        self.hint = ""

    # -- what it may end at

    def _near(self, pointer: Pointer, over: str | None) -> list[Socket]:
        """The ports that may be meant, the likeliest first: near ones, then those of the node under the mouse."""
        reach = measure.REACH * SNAP * max(1.0, 0.6 / pointer.scale)
        near = self._scene.sockets_near(pointer.at, reach)
        if over is not None and over != self._anchor.end.node:
            inside = sorted(self._scene.sockets(over), key=lambda socket: self._unlikely(socket, pointer.at))
            near += [socket for socket in inside if socket not in near]
        return [socket for socket in near if socket.output is not self._anchor.output]

    def _unlikely(self, socket: Socket, at: QPointF) -> tuple[bool, bool, float]:
        face = self._scene.nodes.face(socket.end.node).port(socket.end.port, output=socket.output)
        taken = any(edge.target == socket.end for edge in self._graph.edges)
        x, y = self._place(socket)
        optional, many = (face.optional, face.many) if face is not None else (True, False)
        return optional, taken and not many, abs(at.x() - x) + abs(at.y() - y)

    def _why_not(self, end: End) -> EngineError | None:
        if end not in self._answers:
            ends = (self._anchor.end, *self._others)
            answers = {each: self._why_not_from(each, end) for each in ends}
            self._meant[end] = next((each for each in ends if answers[each] is None), self._anchor.end)
            self._answers[end] = answers[self._meant[end]]
        return self._answers[end]

    def _why_not_from(self, start: End, end: End) -> EngineError | None:
        source, target = (start, end) if self._anchor.output else (end, start)
        return wiring.why_not(self._graph, self._scene.document.catalogue, source, target)

    # -- doing it

    def _join(self, snapped: Socket) -> None:
        source, target = self._meant.get(snapped.end, self._anchor.end), snapped.end
        if not self._anchor.output:
            source, target = target, source
        if self._lifted == Edge(source, target):
            return
        graph = wiring.connect(self._graph, self._scene.document.catalogue, source, target)
        self._edit("Wire", Edge(source, target), graph)

    def _let_go(self, pointer: Pointer) -> Loose | None:
        """Take a lifted wire off; ask for what a new one leads to."""
        if self._lifted is None:
            return Loose(self._anchor.end, self._anchor.output, pointer.at, self._others)
        self._edit("Unwire", self._lifted, self._graph)
        return None

    def _edit(self, verb: str, edge: Edge, graph: Graph) -> None:
        nodes = self._scene.graph.nodes
        word = "to" if verb == "Wire" else "from"
        ends = (edge.source.node, edge.target.node) if verb == "Wire" else (edge.target.node, edge.source.node)
        title = f"{verb} {nodes[ends[0]].name} {word} {nodes[ends[1]].name}"
        self._scene.document.edit(title, graph, self._scene)

    # -- showing it

    def _show(self, at: QPointF, near: list[Socket]) -> None:
        over = self._scene.overlay
        self._update()
        held: Point = (at.x(), at.y()) if self._snapped is None else self._place(self._snapped)
        fixed = self._place(self._anchor)
        ok = True if self._snapped is not None else False if near else None
        over.preview = Preview(fixed, held, ok) if self._anchor.output else Preview(held, fixed, ok)
        over.snapped = self._snapped
        over.lifted = frozenset() if self._lifted is None else frozenset([self._lifted])
        self._update()

    def _update(self) -> None:
        preview, lifted = self._scene.overlay.preview, self._lifted
        if preview is not None:
            self._scene.update(preview.reach)
        if lifted is not None and lifted in self._scene.wires:
            self._scene.update(self._scene.wires.reach(lifted))

    def _place(self, socket: Socket) -> Point:
        nodes = self._scene.nodes
        return nodes.port(socket.end, output=socket.output) or nodes.edge(socket.end.node, output=socket.output)


def _wire_into(scene: Scene, socket: Socket) -> Edge | None:
    """The wire that ends in an input for one wire, where there is one."""
    face = scene.nodes.face(socket.end.node).port(socket.end.port, output=socket.output)
    if socket.output or face is None or face.many:
        return None
    return next((edge for edge in scene.graph.into(socket.end.node) if edge.target == socket.end), None)
