"""The one undo command: a state before and a state after. Knows not what an edit is of."""

from __future__ import annotations

from math import inf
from time import monotonic
from typing import Protocol, TypeAlias

from PySide6.QtGui import QUndoCommand

from engine.entering import Steps
from engine.project import Project

#: Edits of one value that follow each other within this time are one step: a drag, a spin, a word being typed.
MERGED_WITHIN = 1.0
#: What steps of one kind have alike, and the number of the drag that makes them; empty and 0 for a step by itself.
Merge: TypeAlias = tuple[str, int]
#: A project, and the way to the drawing of it that is seen.
State: TypeAlias = tuple[Project, Steps]


class Shows(Protocol):
    """What can be made to show a state."""

    def show(self, project: Project, initiator: object, steps: Steps) -> None: ...


class Edit(QUndoCommand):
    """Shows a state, or the one before; what is told of `merge` and `within` is told at `Document.edit`."""

    def __init__(
        self, shows: Shows, title: str, before: State, after: State, initiator: object, merge: Merge, within: float
    ) -> None:
        super().__init__(title)
        self._shows, self._before, self._after = shows, before, after
        self._initiator, self._merge = initiator, merge
        self._within = inf if merge[1] else within  # all of one drag are one
        self._at = monotonic()

    def redo(self) -> None:
        project, steps = self._after
        self._shows.show(project, self._initiator, steps)
        self._initiator = None  # only the first time is it an echo; a redo is news to everyone

    def undo(self) -> None:
        project, steps = self._before
        self._shows.show(project, None, steps)

    def id(self) -> int:
        return 1 if self._merge[0] else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, Edit) or other._merge != self._merge or other._at - self._at > other._within:
            return False
        self._after, self._at = other._after, other._at
        self.setObsolete(self._after[0] == self._before[0])
        return True
