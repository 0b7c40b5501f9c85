"""Makes a block of rows of equal units: values that differ become parameters, or follow from others. Knows no Qt."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Final

from engine.catalogue import Catalogue, same
from engine.fittings import REPEAT
from engine.graph import BLOCK, INLET, NAME, OUTLET, Block, BlockParameter, Edge, End, Graph, Node
from engine.segments import Segment
from engine.values import Formula, FrozenMap, Value

#: What differs in more than so many ways is no one block.
MOST_PARAMETERS: Final = 6
#: A beginning of so many letters says something.
SAYING: Final = 3
#: How far a block's ends stand from what they feed.
ASIDE: Final = 252.0
#: What a block is called that holds one of these layers.
NAMES: Final[Mapping[str, str]] = {
    "MultiHeadAttention": "transformer", "GroupQueryAttention": "transformer", "Add": "residual",
    "Concatenate": "branches",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """Units one after the other, all with the same values."""

    units: tuple[Segment, ...]

    @property
    def name(self) -> str:
        """What the names of all its nodes begin with, as far as that says something; else empty."""
        names = [node.name for unit in self.units for node in unit.nodes]
        stem = _common(names).rstrip("_./-")
        return stem if len(stem) >= SAYING and NAME.fullmatch(stem) and stem not in names else ""


@dataclass(frozen=True, slots=True)
class Differing:
    """A parameter of the block: what it is in each row, and the values, by node's place and name, that are it.

    `times` are values that are so many times as large.
    """

    name: str
    kind: str
    values: tuple[Value, ...]
    held: tuple[tuple[int, str], ...]
    times: Mapping[tuple[int, str], int] = field(default_factory=dict)


def parameters(rows: Sequence[Row], catalogue: Catalogue) -> list[Differing]:
    """Return what differs between rows, each way of differing once."""
    found: list[Differing] = []
    for place, node in enumerate(rows[0].units[0].nodes):
        nodes = [row.units[0].nodes[place] for row in rows]
        for name in dict.fromkeys(name for each in nodes for name in each.values):
            values = tuple(catalogue.value(each, name) for each in nodes)
            if not all(same(value, values[0]) for value in values):
                kind = catalogue.layer(node.layer).parameter(name).kind
                found = _joined(found, place, name, kind, values)
    return found


def definition(rows: Sequence[Row], catalogue: Catalogue, taken: Mapping[str, Block]) -> Block:
    """Draw the block of which all units are instances, after the first one."""
    unit, differing = rows[0].units[0], parameters(rows, catalogue)
    formulas: dict[tuple[int, str], Formula] = {}
    for each in differing:
        formulas |= {key: Formula(each.name) for key in each.held}
        formulas |= {key: Formula(f"{each.name} * {times}") for key, times in each.times.items()}
    names = _names(unit, catalogue)
    nodes = []
    for place, node in enumerate(unit.nodes):
        said = {name: formula for (at, name), formula in formulas.items() if at == place}
        nodes.append(replace(node, name=names[place], values=FrozenMap({**node.values, **said})))
    graph = _with_ends(Graph(FrozenMap({node.id: node for node in nodes})), unit)
    made = tuple(BlockParameter(each.name, each.kind, each.values[0]) for each in differing)
    return Block(_called(unit, taken), graph, made)


def instance(row: Row, block: Block, rows: Sequence[Row], id: str, name: str, catalogue: Catalogue) -> Node:
    """Return the node that stands for a row."""
    place = rows.index(row)
    values: dict[str, Value] = {
        each.name: each.values[place]
        for each in parameters(rows, catalogue)
        if not same(each.values[place], each.values[0])
    }
    if len(row.units) > 1:
        values[REPEAT] = len(row.units)
    at = row.units[0].nodes[0].at
    return Node(id, BLOCK + block.name, name, FrozenMap(values), at)


def _joined(found: list[Differing], place: int, name: str, kind: str, values: tuple[Value, ...]) -> list[Differing]:
    """Add a value that differs: to one that differs alike, or by a factor, or as one of its own."""
    for at, each in enumerate(found):
        if each.kind == kind and all(same(a, b) for a, b in zip(each.values, values, strict=True)):
            return [*found[:at], replace(each, held=(*each.held, (place, name))), *found[at + 1 :]]
        times = _factor(each.values, values) if each.kind == kind == "int" else 0
        if times:
            return [*found[:at], replace(each, times={**each.times, (place, name): times}), *found[at + 1 :]]
    return [*found, Differing(_free(name, {each.name for each in found}), kind, values, ((place, name),))]


def _factor(values: tuple[Value, ...], others: tuple[Value, ...]) -> int:
    """How many times as large others are; 0 where they are not."""
    pairs = [(a, b) for a, b in zip(values, others, strict=True) if isinstance(a, int) and isinstance(b, int) and a]
    factors = {b // a if b % a == 0 else 0 for a, b in pairs}
    return factors.pop() if len(pairs) == len(values) and len(factors) == 1 else 0


def _free(stem: str, taken: Container[str]) -> str:
    names = (stem if not number else f"{stem}_{number}" for number in count())
    return next(name for name in names if name not in taken and name != REPEAT)


def _with_ends(graph: Graph, unit: Segment) -> Graph:
    """Wire the nodes of a unit between a way in and a way out."""
    into, out = graph.free_ids(2)
    xs, ys = [node.at[0] for node in unit.nodes], [node.at[1] for node in unit.nodes]
    begin = Node(into, INLET, "x", at=(min(xs) - ASIDE, ys[0]))
    end = Node(out, OUTLET, "y", at=(max(xs) + ASIDE, ys[-1]))
    ids = [node.id for node in unit.nodes]
    edges = [
        Edge(End(into, "output") if source < 0 else End(ids[source], port), End(ids[target], entry))
        for source, port, target, entry in unit.wires
    ]
    edges.append(Edge(unit.gives, End(out, "input")))
    return replace(graph.with_nodes([begin, end]), edges=tuple(edges))


def _names(unit: Segment, catalogue: Catalogue) -> list[str]:
    """Names without what all of a unit begin with, where these can be; else after the layers."""
    names = [node.name for node in unit.nodes]
    stem = re.match(r".*[_./\-]", _common(names))
    short = [name[len(stem[0]) if stem else 0 :] for name in names]
    if all(NAME.fullmatch(name) for name in short) and not {"x", "y"} & set(short):
        return short
    taken: set[str] = {"x", "y"}
    made = []
    for node in unit.nodes:
        spec = catalogue.known(node.layer)
        made.append(_free(spec.stem if spec is not None else node.layer.lower(), taken))
        taken.add(made[-1])
    return made


def _common(names: Sequence[str]) -> str:
    """What all of some names begin with."""
    first, last = min(names), max(names)
    return first[: next((at for at, letter in enumerate(first) if last[at : at + 1] != letter), len(first))]


def _called(unit: Segment, taken: Container[str]) -> str:
    layers = {node.layer for node in unit.nodes}
    stem = next((name for layer, name in NAMES.items() if layer in layers), "unit")
    names = (stem if number < 2 else f"{stem}{number}" for number in count(1))
    return next(name for name in names if name not in taken)
