"""The drawing's layers and titled frames as the command palette finds them by name. Knows not how one goes there."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property, partial
from heapq import nsmallest
from typing import Final

from engine.catalogue import Catalogue
from engine.graph import REROUTE, Graph
from gui.entries import Entry

#: So many are offered at most, the likeliest.
MOST: Final = 40
#: What may be typed before the name.
_SAID: Final = ("go", "to", "node", "layer", "frame")


class Places:
    """The named places of a drawing; looked through when they are first asked for, and kept."""

    def __init__(self, graph: Graph, catalogue: Catalogue, go: Callable[[str], object]) -> None:
        self._graph, self._catalogue, self._go = graph, catalogue, go

    @cached_property
    def _names(self) -> list[tuple[str, str]]:
        nodes = [(node.name.lower(), id) for id, node in self._graph.nodes.items() if node.layer != REROUTE]
        return nodes + [(frame.title.lower(), id) for id, frame in self._graph.frames.items() if frame.title]

    def find(self, text: str) -> list[Entry]:
        """Return what has every typed word in its name, the likeliest first."""
        typed = re.findall(r"[^\s_]+", text.lower())
        words = [word for word in typed if word not in _SAID] or typed
        found = self._names if words else []
        for word in words:
            found = [each for each in found if word in each[0]]
        return [self._entry(id) for _, id in nsmallest(MOST, found, key=lambda each: _unlike(each[0], words))]

    def _entry(self, id: str) -> Entry:
        node = self._graph.nodes.get(id)
        title = self._graph.frames[id].title if node is None else node.name
        spec = self._catalogue.known(node.layer) if node is not None else None
        return Entry(
            f"place:{id}", title, f"Go to {title}", f"{'Frame' if node is None else node.layer} in the drawing",
            partial(self._go, id), _SAID, "Selects it and brings it into view.", icon="group" if node is None else "",
            category=spec.group if spec is not None else "", canvas=True, passing=True,
        )  # fmt: skip


def _unlike(name: str, words: list[str]) -> tuple[bool, int]:
    return not name.startswith(words[0]), len(name)
