"""Folding what repeats, from the canvas: found beside the event loop, told first, then one step of the document."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject

from engine.errors import EngineError
from engine.graph import Graph
from engine.layout import Box, arranged
from engine.repeating import Folding, folded
from gui.aside import aside
from gui.canvas import measure
from gui.canvas.ground import AROUND, Ground
from gui.canvas.scene import Scene

NOTHING: Final = "Nothing repeats here: no two parts of this drawing have the same layers and wires."
#: A folded drawing of more nodes than this keeps its places: to tidy it takes long.
_TIDIED: Final = 150
#: The height of a block that tells its values and shapes.
_HIGH: Final = measure.height(2, thumbnail=False)


class Repeats(QObject):
    """Finds what repeats and folds it; `say` gets what there is to tell, `offer` a sentence to agree to."""

    def __init__(
        self, scene: Scene, view: Ground, say: Callable[[str], object], offer: Callable[[str], object]
    ) -> None:
        super().__init__(view)
        self._scene, self._view, self._say, self._offer = scene, view, say, offer
        self._found: Folding | None = None
        self._graph = Graph()
        self.looks = False

    def look(self) -> None:
        """Find what repeats, and tell what folding it would do."""
        if not self.looks:
            self._graph, self._found = self._scene.graph, None
            self.looks = True
            aside(self, partial(folded, self._graph, self._scene.document.catalogue), self._tell)

    def fold(self) -> None:
        """Fold what was told, where the drawing is still the one that it was told of."""
        found, scene = self._found, self._scene
        if found is None or scene.graph is not self._graph:
            self._say("The drawing has changed since. Look for what repeats again.")
            return
        scene.document.edit("Fold what repeats", self._placed(found), scene)
        scene.selection.set(found.ids, scene)
        scene.when_settled(self._view.fit_all)

    def _tell(self, found: Folding) -> None:
        self.looks, self._found = False, found
        if not found.parts:
            self._say(NOTHING)
        else:
            self._offer(found.sentence)

    def _placed(self, found: Folding) -> Graph:
        """The folded drawing, tidied: the places of what was folded are far apart."""
        if len(found.graph.nodes) > _TIDIED:
            return found.graph
        room, nodes = self._view.viewport().size(), self._scene.nodes
        boxes = {id: Box(measure.WIDTH, _HIGH, measure.HEAD / 2) for id in found.ids}
        for id in found.graph.nodes.keys() - found.ids:
            frame = nodes.frame(id)
            boxes[id] = Box(frame.width(), frame.height(), nodes.face(id).middle)
        view = (max(room.width() - 2.0 * AROUND, 1.0), max(room.height() - 2.0 * AROUND, 1.0))
        try:
            return arranged(found.graph, boxes, view=view).put(found.graph)
        except EngineError:
            return found.graph
