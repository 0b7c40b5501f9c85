"""From a drawing with blocks to the flat one that it means: each instance becomes the nodes of its definition.

A node of an instance `n5` has the id `n5/n2`, in the second of a repeated one `n5/2/n2`; its name is the path of names
with dots between, `stage1.unit2.conv`. Where a tensor comes in or leaves stands a dot, which `engine.resolve` passes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from engine import moulds
from engine.catalogue import Catalogue
from engine.errors import ValueProblem
from engine.fittings import MOST_REPEATS, REPEAT
from engine.graph import BLOCK, INLET, OUTLET, REROUTE, Block, Edge, End, Graph, Node
from engine.moulds import Piece, Put, Values, filled_in, unit_values
from engine.values import FrozenMap, Value
from engine.ways import Place, Way, block_of, chained, is_instance

#: No block stands deeper in others, no drawing means more nodes.
DEEPEST: Final = 12
MOST: Final = 20_000
#: So many units are remembered, so that an edit elsewhere gives the very same nodes again.
KEPT: Final = 5_000


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps an instance, or a node in it, from meaning anything: a sentence, and the node by its flat id."""

    sentence: str
    node: str


@dataclass(frozen=True, slots=True)
class Unfolded:
    """The flat drawing.

    Attributes:
        paths: Of each node that came out of an instance, by its flat id, the ids from the outermost instance to it.
        exits: Of each instance, by its flat id, where what leaves by a port comes from.
        faults: Instances that could not be unfolded stand for nothing; here is why.
    """

    graph: Graph
    paths: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exits: Mapping[str, Mapping[str, End]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """An instance as nodes and wires; `entries` are where each port leads to, `exits` where each comes from."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    entries: Mapping[str, tuple[End, ...]]
    exits: Mapping[str, End]


def repeats(node: Node) -> int:
    """How often an instance stands in a row, or raise ValueProblem."""
    value = node.values.get(REPEAT, 1)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_REPEATS:
        raise ValueProblem(f"repeat expects a whole number from 1 to {MOST_REPEATS:,}", received=str(value)[:80])
    return value


def spelled(id: str, graph: Graph) -> str:
    """Spell where a node of the flat drawing is, as people read it: `stage1/unit2/conv`."""
    words: list[str] = []
    for step in id.split("/"):
        node = graph.nodes.get(step)
        words.append(f"unit{step}" if node is None else node.name)
        block = None if node is None else graph.blocks.get(node.layer.removeprefix(BLOCK))
        graph = graph if block is None else replace(block.graph, blocks=graph.blocks)
    return "/".join(words)


def unfolded(graph: Graph, catalogue: Catalogue) -> Unfolded:
    """Put each instance's nodes in its place, those of blocks in blocks too; the drawing itself where there is none."""
    if not any(is_instance(node) for node in graph.nodes.values()):
        return Unfolded(graph)
    for known, by, kept in _last:
        if known is graph and by is catalogue:
            return kept
    drawn = _Unfolding(graph.blocks, catalogue).drawn(graph, Place(), {})
    edges = tuple(drawn.edges)
    # The very same where they are equal, so that who follows edits sees that no wire is another.
    edges = next((kept.graph.edges for _, _, kept in _last if kept.graph.edges == edges), edges)
    flat = replace(graph, nodes=_following({node.id: node for node in drawn.nodes}), edges=edges)
    found = Unfolded(flat, drawn.paths, drawn.exits, tuple(drawn.faults))
    _last.appendleft((graph, catalogue, found))
    return found


def _following(nodes: dict[str, Node]) -> FrozenMap[Node]:
    """Put nodes into the map of a drawing before that had the same ids, so that it is known which are others."""
    for _, _, kept in _last:
        before = kept.graph.nodes
        if len(before) == len(nodes) and list(before) == list(nodes):
            return before.with_items({id: node for id, node in nodes.items() if before[id] is not node})
    return FrozenMap(nodes)


def opened(graph: Graph, id: str, catalogue: Catalogue) -> Opened:
    """Unfold one instance, leaving the blocks inside it as they are, or raise ValueProblem."""
    drawn = _Drawn()
    way = _Unfolding(graph.blocks, catalogue, deep=False).instance(drawn, graph, graph.node(id), Place(), {})
    if drawn.faults:
        raise ValueProblem(drawn.faults[0].sentence)
    return Opened(tuple(drawn.nodes), tuple(drawn.edges), way.inputs, way.outputs)


#: What was unfolded last: many ask of the same drawing, and of the block that is seen of it, one after the other.
_last: deque[tuple[Graph, Catalogue, Unfolded]] = deque(maxlen=4)


@dataclass(slots=True)
class _Drawn:
    """What has become of one drawing, the outermost or a unit's."""

    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    paths: dict[str, tuple[str, ...]] = field(default_factory=dict)
    exits: dict[str, Mapping[str, End]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def add(self, other: _Drawn) -> None:
        self.nodes += other.nodes
        self.edges += other.edges
        self.paths |= other.paths
        self.exits |= other.exits
        self.faults += other.faults


#: What units became, by everything that decides it; what is told by identity is held, so that it stays itself.
_kept: dict[tuple[object, ...], tuple[object, _Drawn]] = {}


class _Unfolding:
    """Draws the outermost drawing and, inside it, each unit of each instance."""

    def __init__(self, blocks: FrozenMap[Block], catalogue: Catalogue, *, deep: bool = True) -> None:
        self._blocks, self._catalogue, self._deep = blocks, catalogue, deep
        #: How many units were drawn: even empty ones come to an end.
        self._units = 0
        #: What the blocks mean, by name.
        self._reached: dict[str, tuple[Block, ...]] = {}

    def drawn(self, graph: Graph, place: Place, known: Values) -> _Drawn:
        """Draw one drawing, the outermost or a unit's, with the values of its parameters."""
        drawn = _Drawn()
        ways = {node.id: self._put(drawn, graph, node, place, known) for node in graph.nodes.values()}
        drawn.edges += moulds.wired(graph, ways, place)
        return drawn

    def _put(self, drawn: _Drawn, graph: Graph, node: Node, place: Place, known: Values) -> Way:
        """Draw one node and return how its ports are reached."""
        piece = moulds.piece(node, known)
        fault = piece.fault
        if is_instance(node) and not fault and self._opens(piece, place):
            try:
                return self.instance(drawn, graph, piece.node, place, known)
            except ValueProblem as problem:
                fault = problem.sentence
        if fault:
            drawn.faults.append(Fault(fault, place.inner(node.id)))
            if is_instance(node):
                return Way()
        put = moulds.put(piece, place) or moulds.keep(piece, place, self._placed(piece, place))
        drawn.nodes.append(put.node)
        if place.ids:
            drawn.paths[put.node.id] = put.path
        return put.way

    def _opens(self, piece: Piece, place: Place) -> bool:
        """Whether the units of an instance stand in its place."""
        return not piece.node.mode and not piece.passed and (self._deep or not place.ids)

    def _placed(self, piece: Piece, place: Place) -> Put:
        flat = self._flat(piece, place)
        return Put(flat, Way(id=flat.id), (*place.ids, piece.node.id))

    def _flat(self, piece: Piece, place: Place) -> Node:
        """A node that is no instance, as it stands in the flat drawing."""
        node = piece.node
        if not place.ids:
            return node
        layer = REROUTE if node.layer in (INLET, OUTLET) else node.layer
        owners = place.shared or place
        shares = owners.inner(node.shares) if node.shares is not None else None
        if place.shared is not None and layer != REROUTE and shares is None:
            shares = owners.inner(node.id)
        values = node.values if shares is None or node.shares is not None else self._called(node)
        # `replace` would take as long for each as all else here.
        return Node(
            place.before + node.id, layer, place.title + node.name, values, node.at, shares,
            "bypass" if piece.passed else node.mode, node.colour, node.collapsed,
        )  # fmt: skip

    def _called(self, node: Node) -> FrozenMap[Value]:
        """What is said when a layer is called, which those that share it say each for themselves."""
        spec = self._catalogue.known(node.layer)
        calls = {parameter.name for parameter in spec.parameters if parameter.call} if spec is not None else set()
        return FrozenMap({name: value for name, value in node.values.items() if name in calls})

    # -- instances

    def instance(self, drawn: _Drawn, graph: Graph, node: Node, place: Place, known: Values) -> Way:
        """Draw an instance as often as it is repeated, one after the other."""
        block = block_of(node, self._blocks)
        if block is None:
            raise ValueProblem("The block of an instance stands in the drawing", received=repr(node.layer)[:80])
        if len(place.ids) >= DEEPEST:
            raise ValueProblem(f"Blocks stand in each other at most {DEEPEST} deep", received="more")
        owner = None if node.shares is None else graph.nodes.get(node.shares)
        said = node if owner is None else replace(owner, values=filled_in(owner.values, known))
        count = repeats(said)
        units = [place.unit(node, number, self._shared(owner, node, place, number)) for number in _numbers(count)]
        for number, unit in enumerate(units):
            drawn.add(self._unit(block, unit, unit_values(block, said, first=number == 0)))
            self._units += 1
            if max(self._units, len(drawn.nodes)) > MOST:
                raise ValueProblem(f"A drawing means at most {MOST:,} layers", received="more")
        drawn.edges += chained(block, units)
        way = Way.around(block, units)
        drawn.exits[place.inner(node.id)] = way.outputs
        return way

    def _shared(self, owner: Node | None, node: Node, place: Place, number: int) -> Place | None:
        """The unit whose layers a unit calls again: its instance shares another, or stands in one that does."""
        if owner is not None:
            return replace(place.shared or place, shared=None).unit(owner, number)
        return None if place.shared is None else place.shared.unit(node, number)

    def _unit(self, block: Block, place: Place, known: Values) -> _Drawn:
        means = self._reached.get(block.name) or self._reaches(block.name)
        key = (id(self._catalogue), self._deep, tuple(map(id, means)), place, repr(known))
        kept = _kept.get(key)
        if kept is None:
            if len(_kept) >= KEPT:
                _kept.clear()
            _kept[key] = kept = (means, self._catalogue), self.drawn(block.graph, place, known)
        return kept[1]

    def _reaches(self, name: str) -> tuple[Block, ...]:
        found = self._reached[name] = moulds.reached(name, self._blocks)
        return found


def _numbers(count: int) -> Iterable[int]:
    return range(1, count + 1) if count > 1 else (0,)
