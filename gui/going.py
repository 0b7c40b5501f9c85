"""The drawing's layers and titled frames as the command palette finds them by name. Knows not how one goes there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from heapq import nsmallest
from typing import Final

from engine.catalogue import Catalogue
from engine.graph import REROUTE, Graph
from gui.entries import Entry

#: So many are offered at most, the likeliest.
MOST: Final = 40
#: What may be typed before the name.
_SAID: Final = ("go", "to", "node", "layer", "frame")


def places(text: str, graph: Graph, catalogue: Catalogue, go: Callable[[str], object]) -> list[Entry]:
    """Return what in the drawing has every typed word in its name, the likeliest first."""
    typed = re.findall(r"[^\s_]+", text.lower())
    words = [word for word in typed if word not in _SAID] or typed
    if not words:
        return []
    named = ((name.lower(), id) for name, id in _names(graph))
    found = ((*_unlike(name, words), name, id) for name, id in named if all(word in name for word in words))
    return [_entry(graph, catalogue, id, go) for *_, id in nsmallest(MOST, found)]


def _names(graph: Graph) -> Iterator[tuple[str, str]]:
    yield from ((node.name, id) for id, node in graph.nodes.items() if node.layer != REROUTE)
    yield from ((frame.title, id) for id, frame in graph.frames.items() if frame.title)


def _unlike(name: str, words: list[str]) -> tuple[bool, int]:
    return not name.startswith(words[0]), len(name)


def _entry(graph: Graph, catalogue: Catalogue, id: str, go: Callable[[str], object]) -> Entry:
    node = graph.nodes.get(id)
    title = graph.frames[id].title if node is None else node.name
    spec = catalogue.known(node.layer) if node is not None else None
    return Entry(
        f"place:{id}", title, f"Go to {title}", f"{'Frame' if node is None else node.layer} in the drawing",
        partial(go, id), _SAID, "Selects it and brings it into view.", icon="group" if node is None else "",
        category=spec.group if spec is not None else "", canvas=True, passing=True,
    )  # fmt: skip
