"""What is selected: nodes, frames and notes, one value that canvas, inspector, problem list and monitor share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QObject, Signal

from engine.changes import Changes
from gui.document import Document

#: What is told of more selected nodes than so many takes a turn of the event loop by itself.
MANY: Final = 300
#: How long sums of so many wait after an edit, in milliseconds: what was edited is shown first.
LATER_MS: Final = 40


class Selection(QObject):
    """Holds the ids of what is selected; ids that leave the drawing leave the selection.

    Attributes:
        ids: Those of nodes.
        annotations: Those of frames and notes.
    """

    changed = Signal(object, object)

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self.ids: frozenset[str] = frozenset()
        self.annotations: frozenset[str] = frozenset()
        document.changed.connect(self._drop_gone)
        document.reset.connect(lambda: self.set(()))
        document.turned.connect(lambda: self.set(()))

    @property
    def all(self) -> frozenset[str]:
        """The ids of nodes, frames and notes alike, as an edit of the drawing takes them."""
        return self.ids | self.annotations

    @property
    def one(self) -> str:
        """The id of the node that is selected; empty where none is, or several."""
        return next(iter(self.ids)) if len(self.ids) == 1 else ""

    def set(self, ids: Iterable[str], initiator: object = None) -> None:
        """Select exactly these, whatever they are the ids of, and say so once; nothing happens where they are."""
        graph, wanted = self._document.graph, frozenset(ids)
        nodes = wanted & graph.nodes.keys()
        annotations = wanted & (graph.frames.keys() | graph.notes.keys())
        if (nodes, annotations) != (self.ids, self.annotations):
            self.ids, self.annotations = nodes, annotations
            self.changed.emit(nodes, initiator)

    def _drop_gone(self, changes: Changes, initiator: object) -> None:
        if changes.removed or changes.annotated:
            self.set(self.all, initiator)
