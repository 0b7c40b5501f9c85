"""The stage with its wires laid: they run between the ports as these stand now. Knows no document."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np

from engine.graph import Edge, End
from gui.canvas import measure
from gui.canvas.annotated import MANY, Annotated
from gui.canvas.course import Heading, Neighbour, heading
from gui.canvas.faces import Face
from gui.canvas.wires import Headings, Offset

#: Labels of wires show or not by whether a node covers them, so that they are painted anew with it.
_LABELS_BESIDE = tuple(sign * reach for sign in (-1, 1) for reach in measure.LABEL_REACH)


class Laid(Annotated):
    """Lays wires by row, many at once; those at a dot by the way that all of its wires go."""

    def lay(self, rows: Iterable[int]) -> list[int]:
        """Let wires run where they do now, with all wires of their dots, and return those too.

        How wires go through a dot is known when all of them are there.
        """
        there, edges = self.nodes.row.get, self.wires.edges
        laid: list[int] = []
        ends: list[int] = []
        for wire in self._with_dots(list(rows)):
            source, target = there(edges[wire].source.node), there(edges[wire].target.node)
            if source is not None and target is not None:
                laid.append(wire)
                ends += (source, target)
        if laid:
            corners = self.nodes.frames[np.array(ends), :2].reshape(-1, 4)
            self.wires.lay(laid, corners, self._headings(laid))
        return laid

    def bent(self, ids: Collection[str]) -> list[int]:
        """Return the wires of some nodes, and those that change their courses with them, at dots further on."""
        return self._with_dots(self.wires.rows_of(ids))

    def heading(self, id: str) -> Heading:
        """Return the way that wires go through a dot; None where a node is none."""
        if not self.nodes.is_dot(id):
            return None
        edges = self.wires.of([id])
        before = [self._neighbour(edge.source, output=True) for edge in edges if edge.target.node == id]
        after = [self._neighbour(edge.target, output=False) for edge in edges if edge.source.node == id]
        return heading(self.nodes.edge(id, output=True), before, after)

    def dots_of(self, edges: Iterable[Edge]) -> set[str]:
        """Return the dots at the ends of some wires, drawn or not: the wires that they keep go through them anew."""
        if not self.nodes.dot.any():
            return set()
        return {end.node for edge in edges for end in (edge.source, edge.target) if self.nodes.is_dot(end.node)}

    def offset(self, edge: Edge) -> tuple[Offset, bool]:
        """Return how far a wire's ends are from their nodes' corners, and whether one of its ports is not there."""
        return offset_of(edge, self.nodes.face(edge.source.node), self.nodes.face(edge.target.node))

    def mark(self, ids: Collection[str], wires: Collection[int]) -> None:
        """Have nodes and wires painted anew where they stand now; the whole view, where they are many."""
        if len(ids) + len(wires) > MANY:
            self.update()
            return
        for id in ids:
            if id in self.nodes:
                self.update(self.nodes.reach(id).adjusted(*_LABELS_BESIDE))
        for row in wires:
            self.update(self.wires.reach_of(row))

    def mark_wires(self, edges: Iterable[Edge]) -> None:
        self.mark((), [row for edge in edges if (row := self.wires.row.get(edge)) is not None])

    def _with_dots(self, rows: list[int]) -> list[int]:
        dots = self._dots(rows)
        return list(dict.fromkeys((*rows, *self.wires.rows_of(dots)))) if dots else rows

    def _dots(self, rows: Iterable[int]) -> set[str]:
        """The dots at the ends of some wires."""
        return self.dots_of(self.wires.edges[row] for row in rows)

    def _headings(self, rows: Iterable[int]) -> dict[int, Headings]:
        """The ways that wires go at their dots, each dot asked once."""
        ways, edges = {dot: self.heading(dot) for dot in self._dots(rows)}, self.wires.edges
        if not ways:
            return {}
        pairs = {row: (ways.get(edges[row].source.node), ways.get(edges[row].target.node)) for row in rows}
        return {row: pair for row, pair in pairs.items() if pair != (None, None)}

    def _neighbour(self, end: End, *, output: bool) -> Neighbour:
        place = self.nodes.port(end, output=output) or self.nodes.edge(end.node, output=output)
        return place, self.nodes.is_dot(end.node)


def offset_of(edge: Edge, source: Face, target: Face) -> tuple[Offset, bool]:
    """Return how far a wire's ends are from the corners of two faces, and whether one of its ports is not there."""
    out, into = source.port(edge.source.port, output=True), target.port(edge.target.port, output=False)
    across, down = source.side(output=True), source.middle if out is None else out.y
    inward, below = target.side(output=False), target.middle if into is None else into.y
    return (across, down, inward, below), out is None or into is None
