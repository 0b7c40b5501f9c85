"""Nodes and frames on their way from where they were to where the document has them by now. Edits nothing."""

from __future__ import annotations

from time import perf_counter
from typing import Final

import numpy as np
from PySide6.QtCore import QEasingCurve, QEvent, QObject, QVariantAnimation
from PySide6.QtWidgets import QAbstractScrollArea

from engine.graph import Frame, Graph, Note
from gui import motion
from gui.canvas.annotations import Box
from gui.canvas.scene import Scene

LASTS_MS: Final = 200
#: More nodes and wires than this are in their new places at once: a step of theirs would take more than a frame.
MOST: Final = 800
#: A step that takes longer, in seconds, is the last one.
SLOWEST: Final = 0.03


class Glide(QObject):
    """Moves nodes, frames and notes on the screen alone; a press, an edit or `finish` puts them in their places."""

    def __init__(self, scene: Scene, view: QAbstractScrollArea) -> None:
        super().__init__(view)
        self._scene, self._view = scene, view
        self._ids: list[str] = []
        self._from = self._to = np.empty((0, 2))
        self._held: list[str] = []
        self._boxes_from = self._boxes_to = np.empty((0, 4))
        self._run = QVariantAnimation(self)
        self._run.setStartValue(0.0)
        self._run.setEndValue(1.0)
        self._run.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._run.valueChanged.connect(self._step)
        self._run.finished.connect(self.finish)
        scene.document.changed.connect(lambda _changes, _initiator: self.finish())
        scene.document.reset.connect(self._forget)
        scene.document.turned.connect(self._forget)

    @property
    def moving(self) -> bool:
        return bool(self._ids or self._held)

    def start(self, before: Graph) -> None:
        """Let things come from where they were; the document has them in their new places already."""
        self.finish()
        graph, lasts = self._scene.graph, motion.milliseconds(LASTS_MS)
        ids = [id for id, node in graph.nodes.items() if id in before.nodes and before.nodes[id].at != node.at]
        old, new = _boxes(before), _boxes(graph)
        held = [id for id in new if id in old and old[id] != new[id]]
        if not (ids or held) or not lasts or len(ids) + len(held) > MOST:
            return
        if len(ids) + len(held) + len(self._scene.wires.rows_of(frozenset(ids))) > MOST:
            return
        self._ids, self._held = ids, held
        self._from = np.array([before.nodes[id].at for id in ids]).reshape(-1, 2)
        self._to = np.array([graph.nodes[id].at for id in ids]).reshape(-1, 2)
        self._boxes_from = np.array([old[id] for id in held]).reshape(-1, 4)
        self._boxes_to = np.array([new[id] for id in held]).reshape(-1, 4)
        self._view.viewport().installEventFilter(self)
        self._run.setDuration(lasts)
        self._run.start()

    def finish(self) -> None:
        """Put all of them where the document has them."""
        ids = [*self._ids, *self._held]
        self._forget()
        self._scene.restore(ids)

    def _forget(self) -> None:
        self._ids, self._held = [], []
        self._run.stop()
        self._view.viewport().removeEventFilter(self)

    def _step(self, share: float) -> None:
        if not self.moving:
            return
        began = perf_counter()
        places = np.round(self._from + (self._to - self._from) * share)
        boxes = np.round(self._boxes_from + (self._boxes_to - self._boxes_from) * share)
        self._scene.hold(dict(zip(self._ids, map(tuple, places.tolist()), strict=True)))
        self._scene.hold_boxes(dict(zip(self._held, map(tuple, boxes.tolist()), strict=True)))
        if perf_counter() - began > SLOWEST:
            self.finish()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self.finish()
        return super().eventFilter(watched, event)


def _boxes(graph: Graph) -> dict[str, Box]:
    """The boxes of the frames and notes."""
    items: list[Frame | Note] = [*graph.frames.values(), *graph.notes.values()]
    return {item.id: (*item.at, *item.size) for item in items}
