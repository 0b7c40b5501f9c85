"""What might be wired to a port that waits for a wire: what leads nowhere yet, the nearest first. Knows no shape."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine import wiring
from engine.drawing import Drawing
from engine.errors import EngineError
from engine.fitters import Begin, TakeOut
from engine.graph import Edge, End, Node, reachable
from engine.mends import Mend, Remove, Wire

#: So many layers are offered for a port.
MOST: Final = 3
#: The shape of an input where no data say it.
SHAPE: Final = (28, 28, 1)


def wires(drawing: Drawing, target: End) -> Iterator[Mend]:
    """Yield a wire from each of the nearest layers that feed nothing, then from one that does, then an input layer."""
    node = drawing.graph.nodes[target.node]
    behind = reachable(drawing.graph, [node.id])
    wired = {edge.source for edge in drawing.into[node.id]}
    others = [other for id, other in drawing.graph.nodes.items() if id not in behind]
    loose = sorted((other for other in others if other.id not in drawing.feeding), key=lambda other: _far(other, node))
    for other in loose[:MOST]:
        yield from (Wire(end, target) for end in _first(drawing, other) if end not in wired)
    if not drawing.into[node.id]:
        if not any(not spec.inputs for spec in drawing.specs) or not others:
            yield begin(drawing, target)
        feeding = sorted((each for each in others if each.id in drawing.feeding), key=lambda each: _far(each, node))
        yield from (Wire(end, target) for other in feeding[:1] for end in _first(drawing, other))


def begin(drawing: Drawing, target: End) -> Begin:
    """An input layer of the shape of the data, where that is known."""
    return Begin(target, SHAPE if drawing.sample is None else drawing.sample)


def beginning(drawing: Drawing) -> Iterator[Mend]:
    """Yield an input layer for the first layer that waits for a wire."""
    for id in drawing.order.ids:
        spec = drawing.catalogue.known(drawing.graph.nodes[id].layer)
        if spec is not None and spec.inputs and not drawing.into[id]:
            yield begin(drawing, End(id, spec.inputs[0].name))
            return


def again(drawing: Drawing, id: str, port: str) -> Iterator[Mend]:
    """Yield a wire to one port from what feeds another of the same node: by the output of its name, if there is one."""
    for edge in drawing.into[id]:
        if edge.source.node in drawing.graph.nodes:
            named = port in _given(drawing, edge.source.node)
            yield Wire(End(edge.source.node, port if named else edge.source.port), End(id, port))


def _given(drawing: Drawing, id: str) -> tuple[str, ...]:
    """The outputs of a node; none where its layer or its owner is not known."""
    try:
        return tuple(port.name for port in wiring.outputs(drawing.graph, drawing.catalogue, id))
    except EngineError:
        return ()


def less(drawing: Drawing, id: str) -> Iterator[Mend]:
    """Yield what takes a layer out that has too little to do, where it stands between others."""
    edges = drawing.into[id]
    if edges and id in drawing.feeding:
        yield TakeOut(id)
    elif not edges:
        yield Remove((id,))


def without(edges: list[Edge]) -> Iterator[Mend]:
    if edges:
        yield Remove(edges=tuple(edges))


def _first(drawing: Drawing, node: Node) -> Iterator[End]:
    spec = drawing.catalogue.known(node.layer)
    if spec is not None and spec.outputs:
        yield End(node.id, spec.outputs[0].name)


def _far(node: Node, target: Node) -> tuple[bool, float]:
    """How far a node stands from another: those to the right last."""
    (x, y), (tx, ty) = node.at, target.at
    return x > tx, (tx - x) ** 2 + (ty - y) ** 2
