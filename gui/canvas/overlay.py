"""What lies over the drawing for a moment: hover, rubber band, the wire being drawn, a node about to be dropped."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPolygonF

from engine.graph import Edge, End, Point
from gui.canvas import measure
from gui.canvas.grips import Grip
from gui.canvas.nodes import Rows


@dataclass(frozen=True, slots=True)
class Socket:
    """A port as the mouse meets it."""

    end: End
    output: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """The wire being drawn, from its output to its input; `ok` None: in the air, else whether it may end there."""

    start: Point
    end: Point
    ok: bool | None = None

    @property
    def reach(self) -> QRectF:
        """The box around all that is painted of it."""
        points = measure.route(self.start, self.end).reshape(-1, 2)
        low, high = points.min(0) - measure.MARGIN, points.max(0) + measure.MARGIN
        return QRectF(QPointF(*low.tolist()), QPointF(*high.tolist()))


@dataclass(slots=True)
class Overlay:
    """The one mutable record that gestures write and the painter reads."""

    node: str | None = None
    wire: Edge | None = None
    port: Socket | None = None
    snapped: Socket | None = None
    band: QRectF | None = None
    lasso: QPolygonF | None = None
    preview: Preview | None = None
    ghost: QRectF | None = None
    #: The wire that what is being dragged would stand on.
    landing: Edge | None = None
    #: The way of the knife, and the wires that it has met.
    knife: tuple[Point, ...] = ()
    met: frozenset[Edge] = frozenset()
    #: Wires that are picked up and so are not where they were; those held beside the one that is `preview`.
    lifted: frozenset[Edge] = frozenset()
    held: tuple[Preview, ...] = ()
    #: The wires that would come to be where nodes are taken off theirs.
    bridges: tuple[Preview, ...] = ()
    chosen: frozenset[Edge] = frozenset()
    #: The frame or note under the mouse, and what is carried along by a frame that is being dragged.
    grip: Grip | None = None
    carried: frozenset[str] = frozenset()
    #: The rows of the nodes that a search has found.
    hits: Rows = field(default_factory=lambda: np.empty(0, np.intp))
    #: The rows of the frames and notes that it has found.
    read: Rows = field(default_factory=lambda: np.empty(0, np.intp))

    def clear(self) -> None:
        self.node = self.wire = self.port = self.snapped = self.band = self.preview = self.ghost = self.landing = None
        self.lasso = self.grip = None
        self.knife = self.held = self.bridges = ()
        self.met = self.lifted = self.chosen = frozenset()
        self.carried = frozenset()
        self.hits, self.read = self.hits[:0], self.read[:0]
