"""What lies over the drawing for a moment: hover, rubber band, the wire being drawn, a node about to be dropped."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPolygonF

from engine.graph import Edge, End, Point
from gui.canvas.grips import Grip


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
    #: A wire that is picked up by its end and so is not where it was.
    lifted: Edge | None = None
    chosen: frozenset[Edge] = frozenset()
    #: The frame or note under the mouse, and what is carried along by a frame that is being dragged.
    grip: Grip | None = None
    carried: frozenset[str] = frozenset()

    def clear(self) -> None:
        self.node = self.wire = self.port = self.snapped = self.band = self.preview = self.ghost = self.lifted = None
        self.lasso = self.grip = None
        self.carried = frozenset()
        self.chosen = frozenset()
