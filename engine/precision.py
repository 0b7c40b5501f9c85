"""What half precision asks of a drawing: that what puts its answers out computes in float32. Knows no Keras, no Qt."""

from __future__ import annotations

from engine import wiring
from engine.catalogue import Catalogue
from engine.errors import EngineError
from engine.graph import Graph
from engine.recipe_numbers import POLICIES
from engine.resolve import resolved

WHOLE = "float32"


def answering(graph: Graph, precision: str | None, catalogue: Catalogue) -> Graph:
    """Return a drawing whose last layers compute in float32 where the others do in half of it.

    A softmax in half precision makes a chance of nothing of what is small, and the loss of it infinite; Keras's guide
    to mixed precision asks for the same. A layer that was given a type keeps it, and so does one inside a block, which
    is the same in each of the block's instances.
    """
    if precision not in POLICIES:
        return graph
    try:
        ends = wiring.model_outputs(resolved(graph, catalogue), catalogue)
    except EngineError:
        return graph  # not whole yet: it has no last layer
    for end in ends:
        if end.node in graph.nodes and _can(graph, end.node, catalogue):
            graph = graph.with_value(graph.owner(end.node).id, "dtype", WHOLE)
    return graph


def _can(graph: Graph, id: str, catalogue: Catalogue) -> bool:
    owner = graph.owner(id)
    spec = catalogue.known(owner.layer)
    if spec is None or spec.operation or not spec.inputs or "dtype" in owner.values:
        return False
    return any(parameter.name == "dtype" for parameter in spec.parameters)
