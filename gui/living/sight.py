"""Which nodes are in sight, large enough for a picture: they alone are asked of a run. Knows no run and no picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from gui.canvas.canvas import Canvas
from gui.canvas.measure import Floats
from gui.canvas.nodes import Rows
from gui.canvas.painter import FAR

#: The most nodes at once: a person looks at no more, and a run is asked for no more.
MOST: Final = 96
#: How much of the view, on each side of it, counts as in sight soon.
AROUND: Final = 0.4
#: Panning and zooming have paused when so long nothing moved.
PAUSE_MS: Final = 160
#: More nodes than this many times those in sight are not kept asked for.
LOOSE: Final = 3


class Sight(QObject):
    """Follows what the view shows; `turned` says that other nodes are to be asked for, or the view has come to rest."""

    turned = Signal()

    def __init__(self, canvas: Canvas, carries: Callable[[str], bool]) -> None:
        super().__init__(canvas)
        self._canvas, self._carries = canvas, carries
        #: The nodes to ask for.
        self.asked: tuple[str, ...] = ()
        #: The windows that it hears.
        self._heard: list[QObject] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.look)
        canvas.looked.connect(self._pause.start)
        canvas.drawing.redrawn.connect(self.look_soon)
        canvas.installEventFilter(self)
        self._watch_window()

    @property
    def open(self) -> bool:
        """Whether anything of the canvas can be seen: it is not hidden, minimised or covered."""
        canvas = self._canvas
        if not canvas.isVisible() or canvas.window().isMinimized():
            return False
        handle = canvas.window().windowHandle()
        return (handle is None or handle.isExposed()) and not canvas.viewport().visibleRegion().isEmpty()

    def look_soon(self) -> None:
        """Look once what moves has come to rest; what moves on does not put it off."""
        if not self._pause.isActive():
            self._pause.start()

    def look(self) -> None:
        """Find what is in sight now; what was asked for stays so while it holds that and not much more."""
        self._watch_window()
        shown = self.shown()
        near = self._found(AROUND) if shown else ()
        if not set(shown) <= set(self.asked) or len(self.asked) > LOOSE * len(near):
            self.asked = near
        elif any(not self._carries(id) for id in self.asked):
            self.asked = tuple(id for id in self.asked if self._carries(id))
        self.turned.emit()

    def shown(self) -> tuple[str, ...]:
        """Return the nodes in sight that carry a picture, those in the middle first."""
        return self._found(0.0) if self.open and self._canvas.zoom >= FAR else ()

    def _found(self, around: float) -> tuple[str, ...]:
        area = self._canvas.area()
        wide, high = around * area.width(), around * area.height()
        nodes = self._canvas.drawing.nodes
        rows = nodes.visible(area.adjusted(-wide, -high, wide, high))
        ids = [nodes.ids[row] for row in self._from_middle(rows, nodes.frames[rows]).tolist() if self._has_room(row)]
        return tuple([id for id in ids if self._carries(id)][:MOST])

    def _has_room(self, row: int) -> bool:
        face = self._canvas.drawing.nodes.faces[row]
        return not (face.dot or face.collapsed)

    def _from_middle(self, rows: Rows, frames: Floats) -> Rows:
        centre = self._canvas.centre()
        apart = np.abs(frames[:, :2] + frames[:, 2:] / 2 - (centre.x(), centre.y())).max(1, initial=0.0)
        return rows[np.argsort(apart, kind="stable")]

    def _watch_window(self) -> None:
        """Hear of the window that it stands in, and of what the system shows of that."""
        window = self._canvas.window()
        for part in (window, window.windowHandle()):
            if part is not None and part not in self._heard:
                self._heard.append(part)
                part.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Hide, QEvent.Type.WindowStateChange):
            QTimer.singleShot(0, self, self.look)
        elif event.type() in (QEvent.Type.Show, QEvent.Type.Resize, QEvent.Type.Expose):
            self.look_soon()
        return False
