"""What the nodes of a block become in a unit, remembered: an edit gives again the very ones that it left alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from engine.errors import ValueProblem
from engine.formula import filled, held, holds
from engine.graph import Block, Edge, Graph, Node
from engine.values import Formula, FrozenMap, Part, Value
from engine.ways import Place, Way, is_instance

#: So many nodes of units are remembered, and the wires of so many drawings.
MANY: Final = 60_000
KEPT: Final = 5_000
Values: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Put:
    """A node where it was put: what stands in the flat drawing, how it is reached, the ids of the way to it."""

    node: Node
    way: Way
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A node with its formulas worked out, the same in all units whose parameters are the same as far as it asks.

    Attributes:
        passed: It hangs on a parameter that is not true here, and passes its first input on.
        fault: Why its formulas give nothing; it has no values then.
        puts: Where it was put, by what stands before ids and names there.
    """

    node: Node
    passed: bool = False
    fault: str = ""
    puts: dict[tuple[str, str], Put] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class _Mould:
    """A node of a block: of which parameters it speaks, and what it is with each of their values."""

    node: Node
    asks: tuple[str, ...]
    pieces: dict[str, Piece] = field(default_factory=dict)


@dataclass(slots=True)
class _Memory:
    """What was made before, by the identity of what it was made of; that is held, so that it stays itself."""

    moulds: dict[int, _Mould] = field(default_factory=dict)
    wires: dict[tuple[int, str, str], tuple[tuple[Edge, ...], Mapping[str, Way], list[Edge]]] = field(
        default_factory=dict
    )
    puts: int = 0


_memory = _Memory()


def piece(node: Node, known: Values) -> Piece:
    """Return what a node is in a unit with these values."""
    mould = _memory.moulds.get(id(node))
    if mould is None:
        try:
            mould = _remembered(_Mould(node, _asked(node)))
        except ValueProblem as problem:
            return _faulty(node, problem)
    key = repr([known.get(name, known) for name in mould.asks]) if mould.asks else ""
    return mould.pieces.get(key) or _made(mould, key, known)


def _remembered(mould: _Mould) -> _Mould:
    if len(_memory.moulds) >= MANY:
        forget()
    _memory.moulds[id(mould.node)] = mould
    return mould


def _made(mould: _Mould, key: str, known: Values) -> Piece:
    node = mould.node
    try:
        values = filled_in(node.values, known)
    except ValueProblem as problem:  # it names all parameters that there are: it is found anew each time
        return _faulty(node, problem)
    now = node if values is node.values else replace(node, values=values)
    found = mould.pieces[key] = Piece(now, bool(node.when) and not node.mode and not known.get(node.when, True))
    return found


def _faulty(node: Node, problem: ValueProblem) -> Piece:
    return Piece(replace(node, values=FrozenMap()), fault=problem.sentence)


def _asked(node: Node) -> tuple[str, ...]:
    """The parameters on which it hangs what a node is, or raise ValueProblem where a formula is none."""
    names = frozenset().union(*(held(value) for value in node.values.values() if _may_hold(value)))
    return tuple(sorted(names | {node.when} if node.when else names))


def put(piece: Piece, place: Place) -> Put | None:
    """Return a piece where it was put before; None of what calls the layers of another unit, which hangs on more."""
    return piece.puts.get((place.before, place.title)) if place.shared is None else None


def keep(piece: Piece, place: Place, put: Put) -> Put:
    """Remember where a piece was put."""
    if place.shared is None:
        if _memory.puts >= MANY:
            forget()
        _memory.puts += 1
        piece.puts[place.before, place.title] = put
    return put


def wired(graph: Graph, ways: Mapping[str, Way], place: Place) -> list[Edge]:
    """Return the wires of a drawing where it was put: the very same where they were so before."""
    key = id(graph.edges), place.before, place.title
    kept = _memory.wires.get(key)
    if kept is not None and kept[1] == ways:
        return kept[2]
    if len(_memory.wires) >= KEPT:
        _memory.wires.clear()
    found = _memory.wires[key] = graph.edges, ways, list(_wired(graph.edges, ways))
    return found[2]


def _wired(edges: Iterable[Edge], ways: Mapping[str, Way]) -> Iterator[Edge]:
    for edge in edges:
        source = ways[edge.source.node].out(edge.source)
        if source is not None:
            yield from (Edge(source, end) for end in ways[edge.target.node].into(edge.target))


def forget() -> None:
    """Remember nothing of what was."""
    _memory.moulds.clear()
    _memory.wires.clear()
    _memory.puts = 0


# -- values


def filled_in(values: FrozenMap[Value], known: Values) -> FrozenMap[Value]:
    """Return values with their formulas worked out: the very same where there is none."""
    if any(_may_hold(value) and holds(value) for value in values.values()):
        return FrozenMap({name: filled(value, known) for name, value in values.items()})
    return values


def _may_hold(value: Value) -> bool:
    return isinstance(value, Formula | tuple | Part)


def unit_values(block: Block, node: Node, *, first: bool) -> dict[str, Value]:
    """What the parameters of a block are in a unit: only the first of a row has what is said for the first alone."""
    said = {p.name: node.values.get(p.name, p.default) for p in block.parameters}
    return said if first else said | {p.name: p.default for p in block.parameters if p.first}


def reached(name: str, blocks: Mapping[str, Block]) -> tuple[Block, ...]:
    """Return the definitions on which it hangs what a block means: its own, and those of the blocks inside it."""
    found: dict[str, Block] = {}
    left = [name]
    for word in left:
        block = blocks.get(word)
        if block is not None and word not in found:
            found[word] = block
            left += [node.layer.partition(":")[2] for node in block.graph.nodes.values() if is_instance(node)]
    return tuple(found.values())
