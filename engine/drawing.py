"""A graph laid out for reading: each node's wires, the order, what each layer takes. Made anew for each graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from engine import wiring
from engine.catalogue import Catalogue, LayerSpec, PortSpec
from engine.graph import NAME, Edge, End, Graph, Node, Order, order
from engine.kinds import ParameterSpec
from engine.mends import Mend, Source
from engine.report import Problem
from engine.resolve import resolved
from engine.traits import Traits, traits
from engine.values import Value

#: So many values are remembered: the nodes of a large drawing hold few different ones.
KEPT: Final = 50_000


@dataclass(frozen=True, slots=True)
class Layer:
    """What the nodes of a layer have in common.

    Attributes:
        entry: The one port that must be wired; empty where none must, None where several must or one takes many.
        joint: The one port that must be wired, where it takes many wires; else None.
        exit: The port that is there whatever the values are; None where there is none.
    """

    spec: LayerSpec
    parameters: Mapping[str, ParameterSpec]
    required: tuple[ParameterSpec, ...]
    entry: str | None
    joint: str | None
    exit: str | None

    @staticmethod
    def of(spec: LayerSpec) -> Layer:
        musts = [port for port in spec.inputs if not port.optional]
        lone = len(musts) == 1 and not musts[0].when
        single = lone and not musts[0].many
        return Layer(
            spec,
            {parameter.name: parameter for parameter in spec.parameters},
            tuple(parameter for parameter in spec.parameters if parameter.required),
            musts[0].name if single else None if musts else "",
            musts[0].name if lone and musts[0].many else None,
            next((port.name for port in spec.outputs if not port.when), None),
        )


@dataclass(frozen=True, slots=True)
class Site:
    """A node of a known layer, with its ports and the wires into it."""

    node: Node
    layer: Layer
    ports: tuple[PortSpec, ...]
    edges: list[Edge]

    @property
    def title(self) -> str:
        return wiring.title(self.node)


class Drawing:
    """The network that a drawing means, and what is read of it again and again.

    `before` is another that much may be taken from, where little has changed since; `sample` the shape of the data
    that it is for, where they are known.

    Attributes:
        shown: The drawing as it is shown; fixes are edits of it.
        graph: The network that it means.
        mends: What would mend a problem that was found, noted as it is found.
    """

    def __init__(
        self,
        graph: Graph,
        catalogue: Catalogue,
        before: Drawing | None = None,
        *,
        sample: tuple[int, ...] | None = None,
    ) -> None:
        self.shown, self.catalogue, self.sample = graph, catalogue, sample
        self.graph = graph = resolved(graph, catalogue)
        self.mends: dict[Problem, Source] = {}
        #: Values that were found right, by layer, name and identity; kept, so that no other is taken for one of them.
        self._right: dict[tuple[str, str, int], Value] = before._right if before is not None else {}
        kept = before if before is not None and self.wired_as(before) else None
        self.order: Order = order(graph) if kept is None else kept.order
        self._places: dict[str, int] | None = None if kept is None else kept._places
        self.into: dict[str, list[Edge]] = _into(graph) if kept is None else kept.into
        self.feeding: set[str] = {edge.source.node for edge in graph.edges} if kept is None else kept.feeding
        self.names: dict[str, list[str]] = kept.names if kept is not None and self._named_as(kept) else _names(graph)
        self._feeds: dict[str, list[Edge]] | None = None if kept is None else kept._feeds
        self.traits = traits(graph.nodes)
        known = before if before is not None and before.traits is self.traits else None
        self._layers: Mapping[str, Layer] = (
            known._layers if known is not None and known.catalogue is catalogue else _layers(self.traits, catalogue)
        )
        #: The ids that wires lead to or from and that are no node's.
        self.dangling: frozenset[str] = _dangling(self) if kept is None else kept.dangling

    def wired_as(self, before: Drawing) -> bool:
        """Whether the same ids are wired by the very same edges."""
        old, new = before.graph, self.graph
        return old.edges is new.edges and list(old.nodes) == list(new.nodes)

    def _named_as(self, before: Drawing) -> bool:
        """Whether nodes with the same ids have the same names."""
        old, new = before.graph.nodes, self.graph.nodes
        return all(old[id].name == new[id].name for id in new.others(old))

    @property
    def feeds(self) -> Mapping[str, list[Edge]]:
        """The wires out of each node that feeds any."""
        if self._feeds is None:
            self._feeds = {}
            for edge in self.graph.edges:
                self._feeds.setdefault(edge.source.node, []).append(edge)
        return self._feeds

    @property
    def places(self) -> Mapping[str, int]:
        """The place of each node in the order of the wires; one in a circle has none."""
        if self._places is None:
            self._places = {id: place for place, id in enumerate(self.order.ids)}
        return self._places

    def noted(self, problem: Problem, *mends: Mend, seek: Callable[[], Iterable[Mend]] | None = None) -> Problem:
        """Note what would mend a problem, or how to find it when somebody asks, and return it."""
        if seek is not None:
            self.mends[problem] = seek
        elif mends:
            self.mends[problem] = mends
        return problem

    @staticmethod
    def told(problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Put problems in order, errors first, each once."""
        return tuple(sorted(dict.fromkeys(problems), key=lambda problem: problem.severity == "warning"))

    @property
    def specs(self) -> list[LayerSpec]:
        """The layers that stand in the drawing, each once."""
        return [layer.spec for layer in self._layers.values()]

    def layer(self, node: Node) -> Layer | None:
        """What a node's layer is; None where the catalogue has no such layer."""
        return self._layers.get(node.layer)

    def site(self, node: Node, layer: Layer) -> Site:
        return Site(node, layer, self.catalogue.inputs(node), self.into[node.id])

    def usual(self, node: Node, layer: Layer) -> bool:
        """Whether a node is named and wired as nearly all are, so that only its values can be wrong."""
        edges = self.into[node.id]
        if node.shares is not None or len(self.names[node.name]) > 1 or not NAME.fullmatch(node.name):
            return False
        if len(edges) == 1:
            return edges[0].target.port == layer.entry and self._begins(edges[0].source)
        if edges:
            return all(edge.target.port == layer.joint and self._begins(edge.source) for edge in edges)
        return not edges and layer.entry == "" and node.id in self.feeding

    def sound(self, node: Node, layer: Layer) -> bool:
        """Whether all values of a node were found right before, of whichever node, and none is missing."""
        values, known = node.values, self._right
        for name, value in values.items():
            if (node.layer, name, id(value)) not in known:
                return False
        return all(parameter.name in values for parameter in layer.required)

    def note_sound(self, node: Node) -> None:
        """Note that all values of a node are right."""
        if len(self._right) > KEPT:
            self._right.clear()
        self._right.update(((node.layer, name, id(value)), value) for name, value in node.values.items())

    def _begins(self, end: End) -> bool:
        """Whether a wire begins at a port that is surely there."""
        giver = self.graph.nodes.get(end.node)
        layer = None if giver is None else self._layers.get(giver.layer)
        return layer is not None and layer.exit == end.port

    def holds(self, node: Node, name: str) -> bool:
        """Whether a node's layer was given a value that may be none."""
        return self.catalogue.value(wiring.whole(self.graph, self.catalogue, node.id), name) is not None

    def givers(self, site: Site, port: str) -> list[str]:
        """The ids of the nodes that a port has wires from, in order."""
        sources = [edge.source.node for edge in site.edges if edge.target.port == port]
        return [id for id in sources if id in self.graph.nodes]

    def called(self, edge: Edge) -> str:
        """The name of the node that a wire comes from."""
        return self.graph.nodes[edge.source.node].name if edge.source.node in self.graph.nodes else edge.source.node

    def lacks(self, end: End) -> bool:
        """Whether a node whose outputs are known has none of that name."""
        node = self.graph.node(end.node)
        owner = node if node.shares is None else self.graph.nodes.get(node.shares)
        if owner is None or not {node.layer, owner.layer} <= self._layers.keys():
            return False
        return all(port.name != end.port for port in wiring.outputs(self.graph, self.catalogue, end.node))


def _layers(traits: Traits, catalogue: Catalogue) -> dict[str, Layer]:
    return {kind: Layer.of(catalogue.layers[kind]) for kind in traits.layers & catalogue.layers.keys()}


def _dangling(drawing: Drawing) -> frozenset[str]:
    return frozenset((drawing.into.keys() | drawing.feeding) - drawing.graph.nodes.keys())


def _names(graph: Graph) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for node in graph.nodes.values():
        names.setdefault(node.name, []).append(node.id)
    return names


def _into(graph: Graph) -> dict[str, list[Edge]]:
    """The wires into each node, and into the ids that are no node's."""
    into: dict[str, list[Edge]] = {id: [] for id in graph.nodes}
    for edge in graph.edges:
        into.setdefault(edge.target.node, []).append(edge)
    return into
