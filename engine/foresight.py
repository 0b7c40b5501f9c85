"""What those who read a tensor take its axes for: looks along the wires. Knows no Keras, no shape but its rank."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine import wiring
from engine.axes import Names, merged, unnamed
from engine.drawing import Drawing
from engine.errors import EngineError
from engine.graph import Edge
from engine.naming import reads

#: Rules by which axes stay what they are, so that who reads them behind reads them before as well.
THROUGH: Final = frozenset({"same", "weighed", "merged", "joined"})
#: So many layers are looked through.
FARTHEST: Final = 32

#: What the axes of a mask are, by whether it is that of pairs, and by their number.
MASKS: Final = {(False, 1): ("time",), (True, 2): ("query time", "key time")}


class Foresight:
    """Looks ahead in one network; made for it, and read when it is asked."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing, self._graph, self._catalogue = drawing, drawing.graph, drawing.catalogue
        self._known: dict[tuple[str, str, int], Names] = {}

    def wanted(self, id: str, port: str, rank: int) -> Names:
        """Return what those that a port feeds take the axes of a sample for; where they differ, an axis has no name."""
        return self._wanted(id, port, rank - 1, FARTHEST)

    def _wanted(self, id: str, port: str, count: int, left: int) -> Names:
        key = id, port, count
        if key not in self._known:
            self._known[key] = unnamed(count)  # so that a circle ends
            several = [names for edge in self._fed(id, port) if any(names := self._read(edge, count, left))]
            self._known[key] = merged(several) if several else unnamed(count)
        return self._known[key]

    def _read(self, edge: Edge, count: int, left: int) -> Names:
        """What one reader takes the axes for, by itself or by what reads it in turn."""
        try:
            node = wiring.whole(self._graph, self._catalogue, edge.target.node)
            spec = self._catalogue.layer(node.layer)
            names = reads(self._catalogue, spec, node.values)
        except EngineError:
            return ()
        if "state" in edge.target.port:
            return ()
        if "mask" in edge.target.port:
            return MASKS.get((edge.target.port == "attention_mask", count), ())
        if names:
            return names if len(names) == count else ()
        if spec.axes not in THROUGH or not left:
            return ()
        beyond = self._wanted(node.id, spec.outputs[0].name, count, left - 1)
        return (*beyond[:-1], "features") if spec.axes == "weighed" else beyond

    def _fed(self, id: str, port: str) -> Iterator[Edge]:
        return (edge for edge in self._drawing.feeds.get(id, ()) if edge.source.port == port)
