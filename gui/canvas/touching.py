"""Which wires touch a node, looked up by its id. Knows no rows, no faces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from engine.graph import Edge

#: More wires than this at once are not looked after one by one: all are indexed anew when somebody asks.
MANY: Final = 256


class Touching:
    """Wires by the nodes at their ends, in the order in which they came."""

    def __init__(self) -> None:
        self._at: defaultdict[str, dict[Edge, None]] | None = defaultdict(dict)

    def add(self, edges: Sequence[Edge]) -> None:
        if len(edges) > MANY:
            self._at = None
        if self._at is not None:
            _index(self._at, edges)

    def remove(self, edges: Sequence[Edge]) -> None:
        if len(edges) > MANY:
            self._at = None
        if self._at is not None:
            for edge in edges:
                self._at[edge.source.node].pop(edge, None)
                self._at[edge.target.node].pop(edge, None)

    def of(self, ids: Iterable[str], edges: Iterable[Edge]) -> list[Edge]:
        """Return the wires that touch some nodes, each once; `edges` are all that there are."""
        if self._at is None:
            self._at = defaultdict(dict)
            _index(self._at, edges)
        at = self._at
        return list(dict.fromkeys(edge for id in ids for edge in at.get(id, ())))


def _index(at: defaultdict[str, dict[Edge, None]], edges: Iterable[Edge]) -> None:
    for edge in edges:
        at[edge.source.node][edge] = None
        at[edge.target.node][edge] = None
