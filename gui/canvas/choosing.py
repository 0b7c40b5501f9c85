"""The commands that select by relation: what feeds it, what is like it, all but it. Knows no view."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Final

from engine.graph import Graph
from gui.canvas import relations
from gui.canvas.scene import Scene

#: Relations by command, for what is selected.
_RELATIONS: Final[Mapping[str, Callable[[Graph, Collection[str]], frozenset[str]]]] = {
    "select_upstream": relations.upstream,
    "select_downstream": relations.downstream,
    "select_connected": relations.connected,
    "select_grow": relations.grown,
    "select_shrink": relations.shrunk,
}


class Choosing:
    """Selects, starting from what is selected."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        #: What was selected as alike last, and from what.
        self._alike: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())

    def commands(self) -> Mapping[str, Callable[[], object]]:
        related = {name: partial(self._relate, relation) for name, relation in _RELATIONS.items()}
        return {**related, "select_alike": self.alike, "select_invert": self.invert}

    def alike(self) -> None:
        """Select all of the same kinds; asked again, those with the same values alone."""
        ids = self._scene.selection.ids
        again = bool(ids) and ids == self._alike[1]
        start = (self._alike[0] & frozenset(self._scene.graph.nodes)) if again else ids
        found = relations.alike(self._scene.graph, start, exactly=again)
        self._alike = (start, frozenset() if again else found)
        self._scene.selection.set(found, self._scene)

    def invert(self) -> None:
        self._scene.selection.set(relations.inverted(self._scene.graph, self._scene.selection.ids), self._scene)

    def _relate(self, relation: Callable[[Graph, Collection[str]], frozenset[str]]) -> None:
        self._scene.selection.set(relation(self._scene.graph, self._scene.selection.ids), self._scene)
