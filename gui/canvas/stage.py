"""The arrays and Qt's items side by side, and what lies where in them. Knows no document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtWidgets import QGraphicsScene

from engine.graph import Edge, End, Point
from gui.canvas.annotations import Annotations, within
from gui.canvas.course import Heading, Neighbour, heading
from gui.canvas.grips import Grip, grip_at
from gui.canvas.items import NodeItem
from gui.canvas.nodepaint import chevron
from gui.canvas.nodes import Nodes
from gui.canvas.overlay import Overlay, Socket
from gui.canvas.wires import Wires


class Stage(QGraphicsScene):
    """Finds nodes through their items; ports, wires, frames and notes through the arrays."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.nodes, self.wires, self.overlay = Nodes(), Wires(), Overlay()
        self.annotations = Annotations()

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
        found = self.items(area, Qt.ItemSelectionMode.IntersectsItemBoundingRect, Qt.SortOrder.DescendingOrder)
        ids = (item.id for item in found if isinstance(item, NodeItem))
        return [id for id in ids if self.nodes.frame(id).intersects(area)]

    def node_at(self, at: QPointF) -> str | None:
        found = self.items(at, Qt.ItemSelectionMode.IntersectsItemBoundingRect, Qt.SortOrder.DescendingOrder)
        ids = (item.id for item in found if isinstance(item, NodeItem))
        return next((id for id in ids if self.nodes.frame(id).contains(at)), None)

    def sockets_near(self, at: QPointF, reach: float) -> list[Socket]:
        """Return the ports within reach of a place, the nearest first."""
        area = QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach)
        found: list[tuple[float, int, Socket]] = []
        for item in self.items(area):
            if isinstance(item, NodeItem):
                for socket in self.sockets(item.id):
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

    def chevron(self, id: str) -> QRectF:
        """Return where a collapsed node is opened; empty on one that is not."""
        return chevron(self.nodes.face(id)).translated(self.nodes.frame(id).topLeft())

    # -- dots, and how wires go through them

    def dots(self, edges: Iterable[Edge]) -> set[str]:
        """Return the dots at the ends of some wires."""
        return {end.node for edge in edges for end in (edge.source, edge.target) if self.nodes.is_dot(end.node)}

    def bent(self, ids: Iterable[str]) -> Sequence[Edge]:
        """Return the wires of some nodes, and those that change their courses with them, at dots further on."""
        edges = self.wires.of(ids)
        dots = self.dots(edges)
        return list(dict.fromkeys((*edges, *self.wires.of(dots)))) if dots else edges

    def heading(self, id: str) -> Heading:
        """Return the way that wires go through a dot; None where a node is none."""
        if not self.nodes.is_dot(id):
            return None
        edges = self.wires.of([id])
        before = [self._neighbour(edge.source, output=True) for edge in edges if edge.target.node == id]
        after = [self._neighbour(edge.target, output=False) for edge in edges if edge.source.node == id]
        return heading(self.nodes.edge(id, output=True), before, after)

    def _neighbour(self, end: End, *, output: bool) -> Neighbour:
        place = self.nodes.port(end, output=output) or self.nodes.edge(end.node, output=output)
        return place, self.nodes.is_dot(end.node)

    def wire_at(self, at: QPointF, reach: float) -> Edge | None:
        return self.wires.near(at.x(), at.y(), reach)
