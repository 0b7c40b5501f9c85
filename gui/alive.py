"""The drawing while it trains: each node of the run carries what it puts out. Knows no wire and no page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSize

from engine.changes import Changes
from engine.graph import Graph
from engine.recipe import Recipe
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
        #: By the node that is seen.
        self._newest: dict[str, Maps] = {}
        self._running = False
        runner.started.connect(self._on_started)
        runner.mapped.connect(self._on_mapped)
        document.changed.connect(self._on_changed)
        document.reset.connect(self._forget_all)
        document.turned.connect(self._turn)
        themes().changed.connect(self._repaint)

    def _on_started(self, _graph: Graph, _recipe: Recipe) -> None:
        self._forget_all()
        self._running = True
        self._watching.ask(OWNER, self._wanted())

    def _wanted(self) -> list[str]:
        """The nodes of the network that make what the nodes that are seen give."""
        return list(dict.fromkeys(self._document.gives.values()))[:MOST]

    def _turn(self) -> None:
        """Another drawing of the project is seen: its nodes carry their own pictures."""
        self._newest.clear()
        if self._running:
            self._watching.ask(OWNER, self._wanted())

    def _on_mapped(self, message: Maps) -> None:
        for id, node in self._document.gives.items():
            if node == message.node:
                self._newest[id] = message
                self._show(id, message)

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        """A node that is another now has not put this out."""
        for id in (changes.changed | changes.removed) & self._newest.keys():
            del self._newest[id]
            self._canvas.show_thumbnail(id, None)

    def _show(self, id: str, message: Maps) -> None:
        ratio = self._canvas.devicePixelRatioF()
        size = QSize(round((WIDTH - 2 * INSET) * ratio), round((THUMB - INSET) * ratio))
        group = self._document.catalogue.layer(self._document.network.node(message.node).layer).group
        self._canvas.show_thumbnail(id, thumbnail(message.values.numpy()[0], category_colour(group), size))

    def _repaint(self) -> None:
        for id, message in self._newest.items():
            self._show(id, message)

    def _forget_all(self) -> None:
        for id in list(self._newest):
            self._canvas.show_thumbnail(id, None)
        self._newest.clear()
