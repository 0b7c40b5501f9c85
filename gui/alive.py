"""The drawing while it trains: each node of the run carries what it puts out. Knows no wire and no page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSize

from engine.changes import Changes
from engine.graph import Graph
from engine.recipe import Recipe
from engine.resolve import resolved
from gui.canvas.canvas import Canvas
from gui.canvas.measure import INSET, THUMB, WIDTH
from gui.document import Document
from gui.monitor.mosaic import thumbnail
from gui.monitor.watching import Watching
from gui.runner import Runner
from gui.theme import category_colour, themes

if TYPE_CHECKING:
    from engine.messages import Maps

OWNER: Final = "canvas"
#: The most nodes that carry a picture; a run is asked for no more than a person can look at.
MOST: Final = 32


class Alive(QObject):
    """Asks the run for the outputs of its nodes and puts them on the canvas as they come."""

    def __init__(self, document: Document, runner: Runner, canvas: Canvas, watching: Watching) -> None:
        super().__init__(canvas)
        self._document, self._canvas, self._watching = document, canvas, watching
        self._newest: dict[str, Maps] = {}
        runner.started.connect(self._on_started)
        runner.mapped.connect(self._on_mapped)
        document.changed.connect(self._on_changed)
        document.reset.connect(self._forget_all)
        themes().changed.connect(self._repaint)

    def _on_started(self, graph: Graph, _recipe: Recipe) -> None:
        self._forget_all()
        self._watching.ask(OWNER, list(resolved(graph, self._document.catalogue).nodes)[:MOST])

    def _on_mapped(self, message: Maps) -> None:
        if message.node in self._document.graph.nodes:
            self._newest[message.node] = message
            self._show(message)

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        """A node that is another now has not put this out."""
        for id in (changes.changed | changes.removed) & self._newest.keys():
            del self._newest[id]
            self._canvas.show_thumbnail(id, None)

    def _show(self, message: Maps) -> None:
        ratio = self._canvas.devicePixelRatioF()
        size = QSize(round((WIDTH - 2 * INSET) * ratio), round((THUMB - INSET) * ratio))
        group = self._document.catalogue.layer(self._document.graph.node(message.node).layer).group
        self._canvas.show_thumbnail(message.node, thumbnail(message.values.numpy()[0], category_colour(group), size))

    def _repaint(self) -> None:
        for message in self._newest.values():
            self._show(message)

    def _forget_all(self) -> None:
        for id in list(self._newest):
            self._canvas.show_thumbnail(id, None)
        self._newest.clear()
