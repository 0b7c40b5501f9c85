"""Which nodes are selected: one value that canvas, inspector, problem list and monitor share."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from gui.document import Document


class Selection(QObject):
    """Holds the ids of the selected nodes; ids that leave the drawing leave the selection."""

    changed = Signal(object, object)

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self.ids: frozenset[str] = frozenset()
        document.changed.connect(lambda _changes, initiator: self._drop_gone(initiator))
        document.reset.connect(lambda: self.set(()))

    def set(self, ids: Iterable[str], initiator: object = None) -> None:
        """Select exactly these nodes and say so once; nothing happens where they are selected already."""
        chosen = frozenset(ids) & frozenset(self._document.graph.nodes)
        if chosen != self.ids:
            self.ids = chosen
            self.changed.emit(chosen, initiator)

    def _drop_gone(self, initiator: object) -> None:
        self.set(self.ids, initiator)
