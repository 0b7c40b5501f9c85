"""Nodes on their way from where they were to where the document has them by now. Edits nothing."""

from __future__ import annotations

from collections.abc import Mapping
from time import perf_counter
from typing import Final

import numpy as np
from PySide6.QtCore import QEasingCurve, QEvent, QObject, QVariantAnimation
from PySide6.QtWidgets import QAbstractScrollArea

from engine.graph import Point
from gui import motion
from gui.canvas.scene import Scene

LASTS_MS: Final = 200
#: More nodes and wires than this are in their new places at once: a step of theirs would take more than a frame.
MOST: Final = 800
#: A step that takes longer, in seconds, is the last one.
SLOWEST: Final = 0.03


class Glide(QObject):
    """Moves nodes on the screen alone; a press, an edit or `finish` puts them in their places at once."""

    def __init__(self, scene: Scene, view: QAbstractScrollArea) -> None:
        super().__init__(view)
        self._scene, self._view = scene, view
        self._ids: list[str] = []
        self._from = self._to = np.empty((0, 2))
        self._run = QVariantAnimation(self)
        self._run.setStartValue(0.0)
        self._run.setEndValue(1.0)
        self._run.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._run.valueChanged.connect(self._step)
        self._run.finished.connect(self.finish)
        scene.document.changed.connect(lambda _changes, _initiator: self.finish())
        scene.document.reset.connect(self._forget)

    @property
    def moving(self) -> bool:
        return bool(self._ids)

    def start(self, before: Mapping[str, Point]) -> None:
        """Let nodes come from where they were; the document has them in their new places already."""
        self.finish()
        graph = self._scene.graph
        ids = [id for id, at in before.items() if id in graph.nodes and graph.nodes[id].at != at]
        lasts = motion.milliseconds(LASTS_MS)
        if not ids or not lasts or len(ids) > MOST or len(ids) + len(self._scene.wires.of(ids)) > MOST:
            return
        self._ids = ids
        self._from = np.array([before[id] for id in ids])
        self._to = np.array([graph.nodes[id].at for id in ids])
        self._view.viewport().installEventFilter(self)
        self._run.setDuration(lasts)
        self._run.start()

    def finish(self) -> None:
        """Put the nodes where the document has them."""
        ids = self._ids
        self._forget()
        self._scene.restore(ids)

    def _forget(self) -> None:
        self._ids = []
        self._run.stop()
        self._view.viewport().removeEventFilter(self)

    def _step(self, share: float) -> None:
        if not self._ids:
            return
        began = perf_counter()
        places = np.round(self._from + (self._to - self._from) * share)
        self._scene.hold(dict(zip(self._ids, map(tuple, places.tolist()), strict=True)))
        if perf_counter() - began > SLOWEST:
            self.finish()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self.finish()
        return super().eventFilter(watched, event)
