"""What may mend a problem with a layer's values or place, where nothing better is known. Knows no Keras, no Qt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.catalogue import Catalogue
from engine.fitters import TakeOut
from engine.graph import Graph
from engine.mends import Drop, Mend
from engine.report import Problem

#: Values that say what a layer is for: to lose one is no mend.
MEANT: Final = frozenset({"shape", "units", "filters", "activation", "layer", "name"})


def last_resorts(graph: Graph, catalogue: Catalogue, problem: Problem) -> Iterator[Mend]:
    """Yield what may mend an error on a node: a value reset, the one at fault first; the node taken out."""
    node = graph.nodes.get(problem.nodes[0]) if problem.nodes else None
    spec = None if node is None else catalogue.known(node.layer)
    if node is None or spec is None or problem.severity != "error":
        return
    required = {parameter.name for parameter in spec.parameters if parameter.required}
    for name in sorted(node.values, key=lambda name: name != problem.parameter):
        if name not in required and name not in MEANT:
            yield Drop(node.id, name)
    if len(graph.into(node.id)) == 1 and graph.out_of(node.id):
        yield TakeOut(node.id)
