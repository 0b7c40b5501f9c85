"""The arrays side by side, and what lies where in them. Knows no document."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF
from PySide6.QtWidgets import QGraphicsScene

from engine.graph import Edge, End, Point
from gui.canvas import measure
from gui.canvas.annotations import Annotations, within
from gui.canvas.grips import Grip, grip_at
from gui.canvas.nodepaint import chevron
from gui.canvas.nodes import Nodes
from gui.canvas.overlay import Overlay, Socket
from gui.canvas.wires import Wires


class Stage(QGraphicsScene):
    """Finds nodes, ports, wires, frames and notes through the arrays: Qt's scene holds no item."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nodes, self._wires, self._annotations = Nodes(), Wires(), Annotations()
        self.overlay = Overlay()

    @property
    def nodes(self) -> Nodes:
        """The nodes, as the document has them."""
        self.settle()
        return self._nodes

    @property
    def wires(self) -> Wires:
        """The wires, as the document has them."""
        self.settle()
        return self._wires

    @property
    def annotations(self) -> Annotations:
        """The frames and notes, as the document has them."""
        self.settle()
        return self._annotations

    @property
    def shown(self) -> tuple[Nodes, Wires, Annotations]:
        """What is on the screen: it may be a few turns of the event loop behind the document. For painters alone."""
        return self._nodes, self._wires, self._annotations

    def settle(self) -> None:
        """Show at once what is still to be shown of the document; called by all that asks what lies where."""

    def place(self, id: str) -> Point:
        """Return where a node, frame or note is shown."""
        return self.nodes.at(id) if id in self.nodes else self.annotations.box(id).topLeft().toTuple()

    def bounds(self, ids: Iterable[str] | None = None) -> QRectF:
        """Return the box around some nodes, frames and notes, or around all; empty where there are none."""
        known = None if ids is None else list(ids)
        return self.nodes.bounds(known).united(self.annotations.bounds(known))

    def met(self, band: QRectF) -> list[str]:
        """Return what a rubber band selects: nodes and notes that it meets, frames that lie wholly within it."""
        return [*self.nodes_in(band), *self.annotations.banded(band)]

    def inside(self, frames: Iterable[str]) -> frozenset[str]:
        """Return the nodes, notes and frames that lie wholly within some frames."""
        found: set[str] = set()
        for box in map(self.annotations.box, frames):
            found.update(self.nodes.ids[row] for row in np.flatnonzero(within(self.nodes.frames, box)).tolist())
            found.update(self.annotations.inside(box))
        return frozenset(found.difference(frames))

    def grip_at(self, at: QPointF, scale: float) -> Grip | None:
        """Return what of a frame or note is taken at a place, at a zoom."""
        return grip_at(self.annotations, at, scale)

    def nodes_in(self, area: QRectF) -> list[str]:
        """Return the nodes that meet an area, the topmost first."""
        return [id for id in self.nodes.met(area) if self.nodes.frame(id).intersects(area)]

    def node_at(self, at: QPointF) -> str | None:
        return next(iter(self.nodes.met(QRectF(at, at))), None)

    def sockets_near(self, at: QPointF, reach: float) -> list[Socket]:
        """Return the ports within reach of a place, the nearest first."""
        area = QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach)
        found: list[tuple[float, int, Socket]] = []
        for id in self.nodes.met(area, measure.REACH):
            for socket in self.sockets(id):
                x, y = self.nodes.grip(socket.end, output=socket.output) or (0.0, 0.0)
                distance = ((x - at.x()) ** 2 + (y - at.y()) ** 2) ** 0.5
                if distance <= reach:
                    found.append((distance, len(found), socket))
        return [socket for _, _, socket in sorted(found, key=lambda entry: entry[:2])]

    def sockets(self, id: str) -> list[Socket]:
        """Return the ports that a node shows."""
        face = self.nodes.face(id)
        return [Socket(End(id, port.name), False) for port in face.inputs] + [
            Socket(End(id, port.name), True) for port in face.outputs
        ]

    def together(self, socket: Socket) -> list[Socket]:
        """Return a port, or all that stand where it does: those at its end of a collapsed node."""
        if not self.nodes.face(socket.end.node).collapsed:
            return [socket]
        return [each for each in self.sockets(socket.end.node) if each.output is socket.output]

    def chevron(self, id: str) -> QRectF:
        """Return where a collapsed node is opened; empty on one that is not."""
        return chevron(self.nodes.face(id)).translated(self.nodes.frame(id).topLeft())

    def wire_at(self, at: QPointF, reach: float) -> Edge | None:
        return self.wires.near(at.x(), at.y(), reach)
