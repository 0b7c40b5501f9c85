"""Drawing a wire by keys: from a port of the selected node, by arrows to another, done by Enter. Knows no mouse."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent

from engine import wiring
from engine.errors import EngineError
from engine.graph import Edge
from gui.canvas import walk
from gui.canvas.hand import Hand
from gui.canvas.overlay import Preview, Socket
from gui.canvas.scene import Scene
from gui.canvas.spoken import announce

_ARROWS: Final[Mapping[int, walk.Way]] = {
    Qt.Key.Key_Left: "left", Qt.Key.Key_Right: "right", Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down",
}  # fmt: skip
_BELOW: Final = QPoint(0, 12)
#: How much of the view two ends may take to be shown together.
_SHARE: Final = 0.85
_ENDS: Final = frozenset({QEvent.Type.FocusOut, QEvent.Type.MouseButtonPress})


class WireKeys(QObject):
    """A wire in the air while keys choose its ends; it has the canvas's keys until it is wired or left."""

    def __init__(self, ground: Hand, scene: Scene) -> None:
        super().__init__(ground)
        self._ground, self._scene = ground, scene
        self._outputs: list[Socket] = []
        self._inputs: list[Socket] = []
        self._output = self._input = 0
        #: The node where it would end; None while its start is chosen.
        self._target: str | None = None
        keys = {key: partial(self._aim, way) for key, way in _ARROWS.items()}
        self._keys: Mapping[int, Callable[[], None]] = {
            **keys, Qt.Key.Key_Period: partial(self._turn, 1), Qt.Key.Key_Comma: partial(self._turn, -1),
            Qt.Key.Key_Return: self._join, Qt.Key.Key_Enter: self._join, Qt.Key.Key_Escape: self.leave,
        }  # fmt: skip
        scene.document.changed.connect(lambda _changes, _initiator: self.leave())
        scene.document.reset.connect(self.leave)
        scene.document.turned.connect(self.leave)
        scene.selection.changed.connect(lambda _ids, _initiator: self.leave())

    @property
    def active(self) -> bool:
        return bool(self._outputs)

    def begin(self) -> None:
        """Begin a wire at the first output of the one selected node; say why where there is none."""
        self.leave()
        ids = self._scene.selection.ids
        if len(ids) != 1 or self._ground.busy:
            self._ground.said.emit("A wire begins at one layer. Select exactly one.")
            return
        outputs = [socket for socket in self._scene.sockets(next(iter(ids))) if socket.output]
        if not outputs:
            self._ground.said.emit(f"{self._scene.graph.node(next(iter(ids))).name} gives nothing that can be wired.")
            return
        self._outputs, self._output, self._inputs, self._target = outputs, 0, [], None
        for watched in (self._ground, self._ground.viewport()):
            watched.installEventFilter(self)
        self._show()

    def leave(self) -> None:
        """End without a wire."""
        if self.active:
            self._outputs = []
            for watched in (self._ground, self._ground.viewport()):
                watched.removeEventFilter(self)
            over = self._scene.overlay
            over.preview = over.snapped = None
            self._scene.open_node(None)
            self._ground.hint.say("", QPoint())
            self._scene.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that mean something here before any shortcut does; a mouse or another focus ends it."""
        if event.type() in _ENDS:
            self.leave()
        if isinstance(event, QKeyEvent) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            act = self._keys.get(event.key())
            if act is not None and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if act is not None and event.type() == QEvent.Type.KeyPress:
                act()
                return True
        return False

    # -- choosing the ends

    def _aim(self, way: walk.Way) -> None:
        """Go on to the nearest node that way, and to the first of its ports that the wire can end at."""
        graph, start = self._scene.graph, self._outputs[0].end.node
        found = walk.nearest(graph, self._target or start, way, (start,))
        if found is not None:
            self._target = found
            self._scene.open_node(found)
            self._inputs = [socket for socket in self._scene.sockets(found) if not socket.output]
            fit = (place for place in range(len(self._inputs)) if self._why_not(self._inputs[place]) is None)
            self._input = next(fit, 0)
            self._reveal(start, found)
        self._show()

    def _reveal(self, start: str, end: str) -> None:
        """Bring both ends into view where there is room for both, else the end."""
        nodes, seen = self._scene.nodes, self._ground.area()
        both = nodes.bounds((start, end))
        fits = both.width() < seen.width() * _SHARE and both.height() < seen.height() * _SHARE
        self._ground.reveal(both if fits else nodes.frame(end))

    def _turn(self, step: int) -> None:
        """Go on to the next port: of the node where it would end, else of the one where it begins."""
        if self._target is None:
            self._output = (self._output + step) % len(self._outputs)
        elif self._inputs:
            self._input = (self._input + step) % len(self._inputs)
        self._show()

    def _why_not(self, end: Socket) -> EngineError | None:
        document = self._scene.document
        return wiring.why_not(document.graph, document.catalogue, self._outputs[self._output].end, end.end)

    def _join(self) -> None:
        if self._target is None or not self._inputs or self._why_not(self._inputs[self._input]) is not None:
            self._show()
            return
        document, nodes = self._scene.document, self._scene.graph.nodes
        edge = Edge(self._outputs[self._output].end, self._inputs[self._input].end)
        graph = wiring.connect(document.graph, document.catalogue, edge.source, edge.target)
        self.leave()
        title = f"Wire {nodes[edge.source.node].name} to {nodes[edge.target.node].name}"
        document.edit(title, graph, self._scene)
        announce(self._ground, title)

    # -- showing them

    def _show(self) -> None:
        over, refused = self._scene.overlay, self._refusal()
        start = self._outputs[self._output]
        end = self._inputs[self._input] if self._target is not None and self._inputs else None
        over.snapped = end if end is not None and not refused else start
        over.preview = None if self._target is None else Preview(self._place(start), self._end(end), not refused)
        self._scene.update()
        words = refused or self._words(start, end)
        at = self._scene.nodes.frame(self._target or start.end.node).bottomLeft()
        self._ground.hint.say(words, self._ground.viewportTransform().map(at).toPoint() + _BELOW, refused=bool(refused))
        announce(self._ground, words)

    def _refusal(self) -> str:
        if self._target is None:
            return ""
        if not self._inputs:
            return f"{self._scene.graph.node(self._target).name} takes no wire: data enters there."
        error = self._why_not(self._inputs[self._input])
        return error.sentence if error is not None else ""

    def _words(self, start: Socket, end: Socket | None) -> str:
        nodes = self._scene.graph.nodes
        name, port = nodes[start.end.node].name, start.end.port.replace("_", " ")
        if end is None:
            more = " , and . choose another port." if len(self._outputs) > 1 else ""
            return f"From {name}, {port}: arrows choose where the wire ends.{more} Esc leaves."
        more = " , and . choose another port." if len(self._inputs) > 1 else ""
        return f"To {nodes[end.end.node].name}, {end.end.port.replace('_', ' ')}: Enter wires it.{more} Esc leaves."

    def _place(self, socket: Socket) -> tuple[float, float]:
        nodes = self._scene.nodes
        return nodes.port(socket.end, output=socket.output) or nodes.edge(socket.end.node, output=socket.output)

    def _end(self, end: Socket | None) -> tuple[float, float]:
        return self._place(end) if end is not None else self._scene.nodes.edge(self._target or "", output=False)
