"""Automatic layout from the canvas: worked out beside the event loop, put into the document as one step."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from time import monotonic
from typing import Final

from PySide6.QtCore import QObject, QTimer

from engine.errors import EngineError
from engine.graph import Graph
from engine.layout import Arrangement, Box, Spacing, arranged
from gui.canvas import edits, measure
from gui.canvas.glide import Glide
from gui.canvas.ground import AROUND, Ground
from gui.canvas.scene import Scene

#: So many nodes are placed at once, without a thread.
AT_ONCE: Final = 40
#: How often a thread is asked whether it is done, and after how long it is told of, in seconds.
_ASK_MS: Final = 10
LONG: Final = 1.0
#: Room for a thumbnail is left below every node, so that none covers another when a run begins.
_THUMB: Final = measure.height(0, True) - measure.HEAD


class Tidying(QObject):
    """Tidies the selection, or the drawing; `say` gets what was refused and what takes long."""

    def __init__(self, scene: Scene, view: Ground, say: Callable[[str], object]) -> None:
        super().__init__(view)
        self._scene, self._view, self._say = scene, view, say
        self.glide = Glide(scene, view)
        self._work: _Work | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_ASK_MS)
        self._timer.timeout.connect(self._ask)

    @property
    def busy(self) -> bool:
        """Whether places are being worked out, or nodes are on their way to them."""
        return self._work is not None or self.glide.moving

    def cancel(self) -> None:
        """Drop what is being worked out; put nodes that are on their way in their places."""
        self._timer.stop()
        self._work = None
        self.glide.finish()

    def tidy(self, *, wrap: bool = True) -> None:
        """Arrange the selected nodes, or all; a long drawing in rows that fit the view, unless it is not to be."""
        self.cancel()
        graph = self._scene.graph
        ids = self._scene.selection.ids if len(self._scene.selection.ids) > 1 else frozenset(graph.nodes)
        whole = len(ids) == len(graph.nodes)
        room = self._view.viewport().size()
        view = (max(room.width() - 2.0 * AROUND, 1.0), max(room.height() - 2.0 * AROUND, 1.0))
        spacing = Spacing(grid=measure.GRID if self._scene.on_grid else 0.0)
        boxes = self._boxes()
        self._work = _Work(
            graph, ids, lambda: arranged(graph, boxes, ids, spacing=spacing, view=view if wrap and whole else None)
        )
        if len(ids) <= AT_ONCE:
            self._work.run()
            self._ask()
        else:
            self._work.start()
            self._timer.start()

    def _boxes(self) -> dict[str, Box]:
        nodes, thumbnails = self._scene.nodes, self._scene.painter.thumbnails
        found: dict[str, Box] = {}
        for id, (_, _, width, height) in zip(nodes.ids, nodes.frames.tolist(), strict=True):
            spare = _THUMB if height >= measure.HEAD and id not in thumbnails else 0.0
            found[id] = Box(width, height + spare, _axis(height), spare)
        return found

    def _ask(self) -> None:
        """Take what was worked out, once it is there and while it still fits."""
        work = self._work
        if work is None:
            return
        if work.graph is not self._scene.graph:
            self.cancel()
            self._say("The drawing changed while it was being tidied, and so was left as it is. Tidy it again.")
        elif work.is_alive():
            if not work.told and monotonic() - work.began > LONG:
                work.told = True
                self._say(f"{len(work.ids):,} layers are being arranged. Esc ends that.")
        else:
            self.cancel()
            if work.error is not None:
                self._say(work.error.sentence)
            elif work.found is not None:
                self._put(work, work.found)

    def _put(self, work: _Work, found: Arrangement) -> None:
        self._scene.document.edit(f"Tidy {edits.count(work.graph, work.ids)}", found.put(work.graph), self._scene)
        self._scene.when_settled(lambda: self._look(work))
        self.glide.start(work.graph)

    def _look(self, work: _Work) -> None:
        """Bring what was put in place into sight."""
        if len(work.ids) == len(work.graph.nodes):
            self._view.fit_all()
        else:
            self._view.reveal(self._scene.nodes.bounds(work.ids))


class _Work(Thread):
    """The places of a drawing being worked out; the window's end does not wait for it."""

    def __init__(self, graph: Graph, ids: frozenset[str], arrange: Callable[[], Arrangement]) -> None:
        super().__init__(daemon=True, name="tidy")
        self.graph, self.ids = graph, ids
        self.began, self.told = monotonic(), False
        self.found: Arrangement | None = None
        self.error: EngineError | None = None
        self._arrange = arrange

    def run(self) -> None:
        try:
            self.found = self._arrange()
        except EngineError as error:
            self.error = error


def _axis(height: float) -> float:
    """How far below a node's top its plain ports stand: in the middle of its head."""
    return min(height, measure.HEAD) // 2
