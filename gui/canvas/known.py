"""What is known of a drawing: its meaning, its report, its problems, indexed once for all faces. Knows no paint."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from engine.catalogue import Catalogue
from engine.graph import REROUTE, Edge, End, Graph, Node
from engine.report import NodeReport, Problem, Report, TensorSpec
from engine.resolve import Resolved, resolve
from engine.traits import traits
from engine.values import FrozenMap
from engine.ways import block_of, inlets, is_instance
from gui.canvas.heat import Heat
from gui.findings import NOTHING, Within


@dataclass(frozen=True, slots=True)
class Facts:
    """All that faces are made from; `meant` is the network that the drawing means, `heat` what colours it, if any."""

    graph: Graph
    meant: Resolved
    catalogue: Catalogue
    report: Report
    problems: Mapping[str, tuple[Problem, ...]]
    bad_pairs: frozenset[tuple[str, str]]
    wired_in: Mapping[str, frozenset[str]]
    wired_out: Mapping[str, frozenset[str]]
    sharers: frozenset[str]
    heat: Heat | None = None
    within: Within = NOTHING
    fed: Mapping[str, End] = field(default_factory=dict)

    @property
    def inside(self) -> Mapping[str, int]:
        """How many layers each instance of a block means."""
        return self.within.layers

    @property
    def aside(self) -> frozenset[str]:
        """The nodes that hang on a parameter of the block which is not true in the unit that is seen."""
        return self.within.absent

    @staticmethod
    def of(
        graph: Graph, catalogue: Catalogue, report: Report, problems: Iterable[Problem], before: Facts | None = None,
        heat: Heat | None = None, within: Within = NOTHING,
    ) -> Facts:  # fmt: skip
        """Index a drawing; what `before` knows of the very same wires is taken from there."""
        shown = tuple(dict.fromkeys(problems))
        if before is not None and before.graph.edges is graph.edges:
            into, out = before.wired_in, before.wired_out
        else:
            into = _ports_of(edge.target for edge in graph.edges)
            out = _ports_of(edge.source for edge in graph.edges)
        meant = before.meant if before is not None and before.graph is graph else resolve(graph, catalogue)
        return Facts(
            graph, meant, catalogue, report, _by_node(shown), _pairs(shown), into, out,
            traits(graph.nodes).owners, heat, within, _fed(graph),
        )  # fmt: skip

    def carried(self, end: End) -> TensorSpec | None:
        """Return what comes out of a port, or None where that is not known."""
        source = self.meant.source(end)
        found = self.report.nodes.get(source.node)
        return found.outputs.get(source.port) if found is not None else None

    def broken(self, edge: Edge) -> bool:
        """Whether an error lies between what feeds a wire, past dots and bypassed nodes, and what it feeds."""
        return bool(self.bad_pairs) and (self.meant.source(edge.source).node, edge.target.node) in self.bad_pairs

    def mended(self, other: Facts) -> list[Edge]:
        """Return the wires that have broken or healed since other facts."""
        if other.bad_pairs == self.bad_pairs and other.meant.first == self.meant.first:
            return []
        return [edge for edge in self.graph.edges if other.broken(edge) is not self.broken(edge)]

    def idle(self, edge: Edge) -> bool:
        """Whether a wire carries nothing to anywhere: it touches what is left out, or is not the one passed on."""
        if edge.source.node in self.meant.absent or edge.target.node in self.meant.absent:
            return True
        return edge.source != self.meant.first.get(edge.target.node, edge.source)

    def behind(self, ids: Collection[str]) -> set[str]:
        """Return the dots and bypassed nodes that pass on what one of some nodes gives."""
        return {id for id, end in self.meant.first.items() if self.meant.source(end).node in ids}

    def through(self, ids: Collection[str]) -> set[str]:
        """Return the instances of blocks that show the shapes of some nodes: their own, or of what feeds them first."""
        return {id for id, end in self.fed.items() if id in ids or self.meant.source(end).node in ids}

    def dots(self, ids: Collection[str]) -> set[str]:
        """Return those of some nodes that are dots, which show what kind of data goes through them."""
        nodes = self.graph.nodes
        return {id for id in traits(nodes).aside.intersection(ids) if nodes[id].layer == REROUTE}

    def differing(self, other: Facts, *, network: bool) -> set[str]:
        """Return the nodes of which other facts tell something else; `network` says that the drawing is another."""
        found = _unequal(other.problems, self.problems)
        if network:
            found |= other.sharers ^ self.sharers
            found |= (other.aside ^ self.aside) | _unequal(other.inside, self.inside)
            found |= _unequal(other.meant.first, self.meant.first) | (other.meant.absent ^ self.meant.absent)
        else:
            found |= _unequal(other.report.nodes, self.report.nodes)
        return found

    def recounted(self, other: Facts, differing: Collection[str]) -> set[str]:
        """Return the nodes of which another report shows something else on the nodes themselves, past their wires.

        They are among those of which it tells something else at all.
        """
        mine, theirs = self.report.nodes, other.report.nodes
        counted = {id for id in differing if _count(mine.get(id)) != _count(theirs.get(id))}
        return counted | _unequal(other.problems, self.problems) | self.reheated(other)

    def reheated(self, other: Facts) -> set[str]:
        """Return the nodes that are coloured by another amount than before, or by one and not before."""
        if self.heat is not None:
            return self.heat.differing(other.heat)
        return set(other.heat.hues) if other.heat is not None else set()


def _fed(graph: Graph) -> Mapping[str, End]:
    """For each instance of a block: where the wire into the first of its ports that is wired begins."""
    if not graph.blocks:
        return {}
    places = {id: _inlets(graph, node) for id, node in graph.nodes.items() if is_instance(node)}
    found: dict[str, Edge] = {}
    for edge in graph.edges:
        names = places.get(edge.target.node)
        if names is not None and edge.target.port in names:
            before = found.get(edge.target.node)
            if before is None or names.index(edge.target.port) < names.index(before.target.port):
                found[edge.target.node] = edge
    return {id: edge.source for id, edge in found.items()}


def _inlets(graph: Graph, node: Node) -> list[str]:
    block = block_of(node, graph.blocks)
    return [inlet.name for inlet in inlets(block)] if block is not None else []


def _count(report: NodeReport | None) -> int:
    return report.parameters if report is not None else 0


def _by_node(problems: Iterable[Problem]) -> dict[str, tuple[Problem, ...]]:
    found: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        for id in problem.nodes[:1]:
            found[id].append(problem)
    return {id: tuple(items) for id, items in found.items()}


def _pairs(problems: Iterable[Problem]) -> frozenset[tuple[str, str]]:
    """The pairs of nodes, feeding and fed, between which an error lies."""
    return frozenset(
        (other, problem.nodes[0]) for problem in problems if problem.severity == "error" for other in problem.nodes[1:]
    )


def _ports_of(ends: Iterable[End]) -> Mapping[str, frozenset[str]]:
    """The ports of each node among some ends."""
    alone: dict[str, frozenset[str]] = {}
    found: dict[str, frozenset[str]] = {}
    for end in ends:
        port = alone.get(end.port) or alone.setdefault(end.port, frozenset({end.port}))
        found[end.node] = found[end.node] | port if end.node in found else port
    return found


def _unequal(before: Mapping[str, object], after: Mapping[str, object]) -> set[str]:
    """The keys whose values are not the same in both."""
    if before is after:
        return set()
    if isinstance(before, FrozenMap) and isinstance(after, FrozenMap):
        pairs = ((key, before.get(key), after[key]) for key in after.others(before))
        return _differing(pairs) | after.gone(before)
    pairs = ((key, before.get(key), after.get(key)) for key in before.keys() | after.keys())
    return _differing(pairs)


def _differing(pairs: Iterable[tuple[str, object, object]]) -> set[str]:
    """The keys whose values, before and after, are not the same; many nodes go from the same thing to the same."""
    found: set[str] = set()
    known: dict[tuple[int, int], bool] = {}
    for key, old, new in pairs:
        pair = id(old), id(new)
        differs = known.get(pair)
        if differs is None:
            differs = known[pair] = old is not new and old != new
        if differs:
            found.add(key)
    return found
