"""What is wrong with a drawing that is being edited: looks again only at what an edit touched. No Keras, no Qt."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from itertools import chain

from engine import structure
from engine.catalogue import Catalogue
from engine.drawing import Drawing
from engine.graph import Graph
from engine.report import Problem
from engine.traits import traits


@dataclass(slots=True)
class Reader:
    """Reads one drawing after another; says of each exactly what `structure.problems` does."""

    catalogue: Catalogue
    _last: Drawing | None = None
    #: By id, of the nodes alone on which something was found.
    _found: dict[str, tuple[Problem, ...]] = field(default_factory=dict)

    def problems(self, graph: Graph) -> tuple[Problem, ...]:
        drawing, found = self.read(graph)
        return drawing.told(found)

    def read(self, graph: Graph, sample: tuple[int, ...] | None = None) -> tuple[Drawing, list[Problem]]:
        """Return a drawing, for data of the shape of `sample`, and what is wrong with it, as `structure.found` does."""
        drawing = Drawing(graph, self.catalogue, self._last, sample=sample)
        nodes = drawing.graph.nodes
        touched = nodes.keys() if self._last is None else _touched(self._last, drawing)
        kept = {id: found for id, found in self._found.items() if id not in touched}
        looked = {id: _look(drawing, id) for id in touched if id in nodes}
        self._found = {**kept, **{id: found for id, found in looked.items() if found}}
        self._last = drawing
        return drawing, self._told(drawing)

    def _told(self, drawing: Drawing) -> list[Problem]:
        if not drawing.graph.nodes:
            return [structure.empty(drawing)]
        problems = [*structure.of_the_whole(drawing)]
        if self._found:
            for id in (*drawing.order.ids, *drawing.order.cyclic):
                problems += self._found.get(id, ())
        return problems


def joined(ids: Container[str], *found: Iterable[Problem]) -> tuple[Problem, ...]:
    """Join what several said of a drawing's nodes, errors first: each once, by who knows its fixes or Keras's words."""
    once: dict[tuple[str, tuple[str, ...]], Problem] = {}
    for problem in chain(*found):
        if all(id in ids for id in problem.nodes):
            key = (problem.sentence, problem.nodes)
            once[key] = problem if key not in once or problem.fixes or problem.detail else once[key]
    return tuple(sorted(once.values(), key=lambda problem: problem.severity != "error"))


def _look(drawing: Drawing, id: str) -> tuple[Problem, ...]:
    return tuple(structure.of_a_node(drawing, drawing.graph.nodes[id]))


def _touched(before: Drawing, after: Drawing) -> set[str]:
    """The nodes of which something is new that `structure.of_a_node` reads, and those that are gone."""
    changed = _changed(before.graph, after.graph)
    nodes = after.graph.nodes
    sharing = {id for id in traits(nodes).sharing if nodes[id].shares in changed}
    near = changed | sharing
    fed = {edge.target.node for id in near for edge in after.feeds.get(id, ())}
    return near | fed | _named(before, after) | _rewired(before, after)


def _changed(before: Graph, after: Graph) -> set[str]:
    """The nodes that are others, come or gone, by identity."""
    old, new = before.nodes, after.nodes
    return {*new.others(old), *new.gone(old)}


def _named(before: Drawing, after: Drawing) -> set[str]:
    """The nodes that have their names with others than before."""
    if after.names is before.names:
        return set()
    return {id for name, ids in after.names.items() if before.names.get(name) != ids for id in ids}


def _rewired(before: Drawing, after: Drawing) -> set[str]:
    """The nodes whose wires in are others, and those that begin or cease to feed any."""
    if after.into is before.into:
        return set()
    into = {id for id, edges in after.into.items() if before.into.get(id) != edges}
    return into | (after.feeding ^ before.feeding)
