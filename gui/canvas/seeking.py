"""Finding in the drawing: what is typed, what is found and marked, and which of it is gone to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer

from gui.canvas.find import FindBar, count_words
from gui.canvas.ground import Ground
from gui.canvas.hits import Index, annotated
from gui.canvas.scene import Scene

#: After a change of the drawing, what is found is looked up anew when changes have paused so long.
PAUSE_MS: Final = 60


class Seeking(QObject):
    """Holds the one search in the drawing; `show` brings what is found to where it can be read, and selects it."""

    def __init__(self, ground: Ground, scene: Scene, show: Callable[[str], object]) -> None:
        super().__init__(ground)
        self._ground, self._scene, self._show = ground, scene, show
        self._bar: FindBar | None = None
        self._index: Index | None = None
        self.found: list[str] = []
        #: Which of the found is gone to; None before the first step.
        self._at: str | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(PAUSE_MS)
        self._again.timeout.connect(lambda: scene.when_settled(self._find))
        scene.followed.connect(self._changed)
        scene.document.reset.connect(self.leave)
        scene.document.turned.connect(self.leave)
        scene.document.catalogue_changed.connect(self._forget)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"find": self.open, "find_next": partial(self.step, 1), "find_previous": partial(self.step, -1)}

    @property
    def bar(self) -> FindBar:
        """The bar; made when it is first asked for."""
        if self._bar is None:
            self._bar = FindBar(self._ground)
            self._bar.typed.connect(lambda _words: self._type())
            self._bar.stepped.connect(self.step)
            self._bar.all_asked.connect(self.select_all)
            self._bar.left.connect(self._left)
        return self._bar

    def _forget(self) -> None:
        """Begin a new index: it was made with other layers."""
        self._index = None

    @property
    def open_now(self) -> bool:
        return self._bar is not None and not self._bar.isHidden()

    def open(self) -> None:
        """Open the bar; its last words are still in it, and are found again."""
        self.bar.open()
        self._type()

    def leave(self) -> None:
        if self._bar is not None:
            self._bar.leave()

    def step(self, ways: int) -> None:
        """Go to the next of what is found, or to the one before; all around."""
        if not self.open_now:
            self.open()
        if not self.found:
            return
        first = 0 if ways > 0 else -1
        place = self.found.index(self._at) + ways if self._at in self.found else first
        self._at = self.found[place % len(self.found)]
        self._show(self._at)
        self._tell()

    def select_all(self) -> None:
        """Select all that is found."""
        if self.found:
            self._scene.selection.set(self.found, self._scene)
            self.leave()

    def _type(self) -> None:
        self._at = None
        self._find()

    def _find(self) -> None:
        if self._index is None:
            self._index = Index(self._scene.document.catalogue)
        facts = self._scene.facts
        query = self.bar.field.text() if self.open_now else ""
        self.found = [*self._index.find(query, facts.graph, facts.problems), *annotated(query, self._scene.graph)]
        self._mark()
        self._tell()

    def _changed(self) -> None:
        """Keep the marks on their nodes at once, and look again soon."""
        if self.open_now:
            self.found = [id for id in self.found if id in self._scene.nodes or id in self._scene.annotations]
            self._mark()
            self._again.start()

    def _mark(self) -> None:
        nodes, held, over = self._scene.nodes, self._scene.annotations, self._scene.overlay
        over.hits = np.array([nodes.row[id] for id in self.found if id in nodes], np.intp)
        over.read = np.array([held.row[id] for id in self.found if id in held], np.intp)
        self._scene.redrawn.emit()
        self._ground.viewport().update()

    def _tell(self) -> None:
        query = self.bar.field.text()
        place = self.found.index(self._at) if self._at in self.found else None
        self.bar.tell(count_words(place, self.found, query), nothing=bool(query.strip()) and not self.found)

    def _left(self) -> None:
        self._again.stop()
        self.found = []
        self._mark()
        self._ground.setFocus(Qt.FocusReason.PopupFocusReason)
