"""What goes along with shapes through a drawing: the names of axes, and who made a mask, until a layer drops it.

Which layer passes a mask on, reads or drops it is Keras's answer; here it is followed from node to node.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from engine import naming, wiring
from engine.axes import Names, filled
from engine.drawing import Drawing
from engine.fitters import Recast
from engine.foresight import Foresight
from engine.graph import Edge, Node
from engine.mends import Bypass, Mend, Set
from engine.naming import Arriving
from engine.report import NodeReport, Problem, TensorSpec
from engine.values import FrozenMap
from engine.wiring import listed, title
from engine.worker.findings import Finding, Load, Told
from engine.worker.symbolic import NAME

#: A mask covers one axis beside the batch, so a tensor of fewer axes has none to pass over.
LEAST: Final = 3
#: Layers that make one row of a sequence, as a layer does that reads masks.
ROWS: Final = frozenset({"Flatten", "GlobalMaxPooling1D"})
#: A finding is told of so many loads before it forgets them.
KEPT: Final = 64


@dataclass(frozen=True, slots=True)
class Loss:
    """A node that a mask came to and went no further: who made it, and what Keras said, where it said something."""

    node: str
    makers: tuple[str, ...]
    said: str


#: What was told of nodes, by id: what had been found of each, what came to it, and what was told.
Kept: TypeAlias = dict[str, tuple[Finding, list[Load], Told]]


class Carrying:
    """Follows names and masks through one drawing, node by node in the order of its wires.

    `kept` is what was told of the drawing before it, and is brought up to date; `loads` what nodes carry that are not
    looked at again.
    """

    def __init__(self, drawing: Drawing, kept: Kept, loads: dict[str, Mapping[str, Load]]) -> None:
        self._drawing, self._kept, self.loads = drawing, kept, loads
        self._ahead = Foresight(drawing)
        self._losses: list[Loss] = []
        #: The nodes that give other names or masks than last time.
        self._other: set[str] = set()

    def gives_other(self, id: str) -> bool:
        """Whether a node gives other names or masks than last time."""
        return id in self._other

    def axes(self, edge: Edge) -> Names:
        """The names of the axes that a wire carries."""
        return self.loads[edge.source.node][edge.source.port][0]

    def told(self, node: Node, edges: Sequence[Edge], found: Finding) -> NodeReport:
        """Return what was found of a node, with names and masks; what they do to it is remembered with the finding."""
        came = [self.loads[edge.source.node][edge.source.port] for edge in edges]
        last = self._kept.get(node.id)
        if last is not None and last[0] is found and last[1] == came and not found.asks:
            told = last[2]
        else:
            told = self._told(node, edges, came, found)
            self._kept[node.id] = found, came, told
            if last is None or last[2].loads != told.loads:
                self._other.add(node.id)
        self.loads[node.id] = told.loads
        if found.ends:
            makers = tuple(dict.fromkeys(id for _, makers in came for id in makers))
            self._losses.append(Loss(node.id, makers, found.said.replace(NAME, node.name)))
        return told.report

    def again(self, node: Node, edges: Sequence[Edge], found: Finding) -> NodeReport:
        """Return what `told` does, of a node that has the same wires and of which the same was found as last time."""
        if found.asks or found.ends or (self._other and any(edge.source.node in self._other for edge in edges)):
            return self.told(node, edges, found)
        told = self._kept[node.id][2]
        self.loads[node.id] = told.loads
        return told.report

    def _told(self, node: Node, edges: Sequence[Edge], came: Sequence[Load], found: Finding) -> Told:
        """Return what is told of a node, made where these loads never came to it."""
        key: tuple[object, ...] = (tuple(came), node.id if found.makes else "", self._wanted(node, found))
        told = found.told.get(key)
        if told is None:
            if len(found.told) >= KEPT:
                found.told.clear()
            report = self._tell(node, edges, came, found)
            told = Told(report, {port: (spec.axes, spec.masks) for port, spec in report.outputs.items()})
            found.told[key] = told
        return told

    def _wanted(self, node: Node, found: Finding) -> tuple[Names, ...]:
        """What is read of outputs whose names the layer itself does not know."""
        if not found.asks:
            return ()
        return tuple(self._ahead.wanted(node.id, port, len(signal.shape)) for port, signal in found.outputs)

    def _tell(self, node: Node, edges: Sequence[Edge], came: Sequence[Load], found: Finding) -> NodeReport:
        passed = tuple(dict.fromkeys(id for place in found.passes for id in came[place][1]))
        makers = (node.id,) if found.makes else passed
        outputs = {
            port: TensorSpec(signal.shape, signal.dtype, names, makers if signal.mask is not None else ())
            for (port, signal), names in zip(found.outputs, self._names(node, edges, found), strict=True)
        }
        return replace(found.report, outputs=FrozenMap(outputs))

    def _names(self, node: Node, edges: Sequence[Edge], found: Finding) -> tuple[Names, ...]:
        graph, catalogue = self._drawing.graph, self._drawing.catalogue
        arriving = tuple(
            Arriving(port, signal.shape, self.axes(edge))
            for edge, (port, signal) in zip(edges, found.call.inputs, strict=True)
        )
        shapes = tuple(signal.shape for _, signal in found.outputs)
        whole = wiring.whole(graph, catalogue, node.id)
        spec = catalogue.layer(node.layer)
        names = naming.named(naming.Site(catalogue, spec, whole.values, arriving, shapes))
        if found.asks:
            names = tuple(filled(*pair) for pair in zip(names, self._wanted(node, found), strict=True))
            names = tuple(filled(own, naming.usual(shape)) for own, shape in zip(names, shapes, strict=True))
        return names

    def forget(self) -> None:
        """Forget what was told of nodes that are gone, where they are many."""
        if len(self._kept) > 2 * len(self.loads) + KEPT:
            for id in self._kept.keys() - self.loads.keys():
                del self._kept[id]

    # -- masks that go no further

    def problems(self) -> Iterator[Problem]:
        """Warn of masks that a layer dropped which knows none, or that a layer further on would have read."""
        for loss in self._losses:
            reader = self._reader(loss.node)
            if loss.said or reader is not None:
                yield self._problem(loss, reader)

    def _reader(self, id: str) -> Node | None:
        """The first layer behind a node that reads masks and gets none, as far as there are axes to mask."""
        graph = self._drawing.graph
        reached = [id]
        for here in reached:
            for edge in graph.out_of(here):
                shape = self._kept[here][2].report.outputs[edge.source.port].shape
                if edge.target.node not in self.loads or len(shape) < LEAST or edge.target.node in reached:
                    continue
                if self._kept[edge.target.node][0].reads:
                    return graph.nodes[edge.target.node]
                reached.append(edge.target.node)
        return None

    def _problem(self, loss: Loss, reader: Node | None) -> Problem:
        nodes = self._drawing.graph.nodes
        node, makers = nodes[loss.node], [nodes[id] for id in loss.makers]
        made = f"the mask that {listed([title(maker) for maker in makers])} {'makes' if len(makers) == 1 else 'make'}"
        behind = "what comes after it takes" if reader is None else f"{title(reader)} after it takes"
        put = "a layer that reads masks, as LSTM does," if reader is None else reader.name
        off = listed([f"{_way(self._drawing, maker)} {maker.name}" for maker in makers])
        sentence = f"{title(node)} drops {made}: {behind} padding for data. Put {put} before {node.name}, or {off}."
        ids = dict.fromkeys((node.id, *loss.makers, *(() if reader is None else (reader.id,))))
        problem = Problem("warning", sentence, tuple(ids), detail=loss.said)
        return self._drawing.noted(problem, *(_unmasked(self._drawing, maker) for maker in makers[:1]), *_reading(node))


def _way(drawing: Drawing, maker: Node) -> str:
    return "turn mask zero off in" if _has_switch(drawing, maker) else "bypass"


def _unmasked(drawing: Drawing, maker: Node) -> Mend:
    """What makes a node make no mask."""
    return Set(maker.id, "mask_zero", False) if _has_switch(drawing, maker) else Bypass(maker.id)


def _reading(node: Node) -> Iterator[Mend]:
    """What reads masks in the place of a layer that makes one row of a sequence."""
    if node.layer in ROWS:
        yield Recast(node.id, "GlobalAveragePooling1D")


def _has_switch(drawing: Drawing, maker: Node) -> bool:
    return any(parameter.name == "mask_zero" for parameter in drawing.catalogue.layer(maker.layer).parameters)
