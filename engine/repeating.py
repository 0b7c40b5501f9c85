"""Finds what repeats in a drawing and folds it into blocks: equal parts become instances of one, in rows. No Qt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, pairwise
from typing import Final

from engine.catalogue import Catalogue
from engine.graph import Edge, End, Graph
from engine.rowblocks import MOST_PARAMETERS, Row, definition, instance, parameters
from engine.segments import Form, Segment, is_barrier, segments

#: A part that repeats has at most so many segments.
LONGEST: Final = 16
#: Layers of these groups end a part and do not begin one, where there is a choice.
ENDING: Final = frozenset({"Activation", "Normalization", "Regularization", "Pooling", "Reshaping"})


@dataclass(frozen=True, slots=True)
class Part:
    """What repeats: rows of units, each unit the same layers and wires, all units of a row with the same values."""

    rows: tuple[Row, ...]

    @property
    def size(self) -> int:
        """How many layers a unit has."""
        return len(self.rows[0].units[0].nodes)

    @property
    def units(self) -> int:
        return sum(len(row.units) for row in self.rows)

    @property
    def saved(self) -> int:
        """How many nodes fewer there are to read: those folded, less the instances and the definition."""
        return self.units * self.size - len(self.rows) - self.size


@dataclass(frozen=True, slots=True)
class Folding:
    """A drawing with its repeated parts folded, the ids of the instances, and what was found."""

    graph: Graph
    ids: frozenset[str]
    parts: tuple[Part, ...]

    @property
    def sentence(self) -> str:
        """What folding does: `2 repeated parts: 12 units of 10 layers and 4 units of 12 → 8 nodes`."""
        told = [f"{part.units} units of {part.size} layers" for part in self.parts]
        parts = "1 repeated part" if len(told) == 1 else f"{len(told)} repeated parts"
        nodes = "one block" if len(self.ids) == 1 else f"{len(self.ids)} blocks"
        return f"{parts}: {', '.join(told)} become {nodes}."


def repeated(graph: Graph, catalogue: Catalogue) -> tuple[Part, ...]:
    """Find what repeats, what saves most before the rest, in the order of the drawing; nothing is in two parts."""
    found = segments(graph)
    letters = _letters(found)
    parts: list[Part] = []
    while (best := _best(found, letters, catalogue)) is not None:
        part, places, length = best
        parts.append(part)
        for place in places:
            letters[place : place + length] = [-1] * length
    drawn = {id: place for place, id in enumerate(graph.nodes)}
    return tuple(sorted(parts, key=lambda part: drawn[part.rows[0].units[0].nodes[0].id]))


def folded(graph: Graph, catalogue: Catalogue) -> Folding:
    """Put instances of blocks in the places of what repeats; the network that the drawing means stays the same."""
    parts = repeated(graph, catalogue)
    blocks, nodes = dict(graph.blocks.items()), dict(graph.nodes.items())
    ids = iter(graph.free_ids(sum(len(part.rows) for part in parts)))
    taken, instances = {node.name for node in nodes.values()}, {}
    exits: dict[End, End] = {}
    entries: dict[str, str] = {}
    for part in parts:
        block = definition(part.rows, catalogue, blocks)
        blocks[block.name] = block
        for row, id in zip(part.rows, ids, strict=False):
            name = _free(row.name or block.name, taken)
            taken.add(name)
            instances[id] = instance(row, block, part.rows, id, name, catalogue)
            inner = {node.id: id for unit in row.units for node in unit.nodes}
            entries |= inner
            exits[row.units[-1].gives] = End(id, "y")
    graph = replace(graph, blocks=type(graph.blocks)(blocks))
    outer = graph.without(entries).with_nodes(instances.values())
    return Folding(replace(outer, edges=tuple(_wired(graph, entries, exits))), frozenset(instances), parts)


def _wired(graph: Graph, entries: Mapping[str, str], exits: Mapping[End, End]) -> Iterator[Edge]:
    """The wires outside the instances, each once."""
    seen: set[Edge] = set()
    for edge in graph.edges:
        inner, outer = entries.get(edge.target.node), entries.get(edge.source.node)
        if inner is not None and inner == outer:
            continue
        source = exits.get(edge.source, edge.source)
        made = Edge(source, edge.target if inner is None else End(inner, "x"))
        if made not in seen:
            seen.add(made)
            yield made


def _free(stem: str, taken: set[str]) -> str:
    names = (stem if not number else f"{stem}_{number}" for number in count())
    return next(name for name in names if name not in taken)


# -- which parts


def _letters(found: Sequence[Segment]) -> list[int]:
    """A letter for each form of segment; -1 for what can be in no part."""
    known: dict[Form, int] = {}
    return [-1 if is_barrier(each) else known.setdefault(each.form, len(known)) for each in found]


def _best(found: Sequence[Segment], letters: Sequence[int], catalogue: Catalogue) -> tuple[Part, list[int], int] | None:
    """The part that saves most, where it stands, and how many segments it has."""
    best: tuple[tuple[int, bool, int], Part, list[int], int] | None = None
    for length in range(1, min(LONGEST, len(letters) // 2) + 1):
        for places in _words(letters, length):
            part = Part(tuple(_rows([_unit(found[place : place + length]) for place in places])))
            worth = part.saved, not _begins_light(part, catalogue), -length
            if part.saved <= 0 or (best is not None and worth <= best[0]):
                continue
            if len(parameters(part.rows, catalogue)) <= MOST_PARAMETERS:
                best = worth, part, places, length
    return None if best is None else best[1:]


def _words(letters: Sequence[int], length: int) -> Iterator[list[int]]:
    """Yield the places of each word of a length that stands there twice at least, none over another."""
    places: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for start in range(len(letters) - length + 1):
        word = tuple(letters[start : start + length])
        if -1 in word:
            continue
        kept = places[word]
        if not kept or kept[-1] + length <= start:
            kept.append(start)
    yield from (found for found in places.values() if len(found) > 1)


def _unit(parts: Sequence[Segment]) -> Segment:
    """Several segments, one after the other, as one."""
    nodes = tuple(node for part in parts for node in part.nodes)
    wires, before = [], 0
    places = {node.id: place for place, node in enumerate(nodes)}
    for place, part in enumerate(parts):
        for source, port, target, entry in part.wires:
            if source >= 0:
                wires.append((source + before, port, target + before, entry))
            elif place:
                wires.append((places[part.given.node], part.given.port, target + before, entry))
            else:
                wires.append((-1, "", target, entry))
        before += len(part.nodes)
    return Segment(nodes, parts[0].given, parts[-1].gives, tuple(wires))


def _rows(units: Sequence[Segment]) -> Iterator[Row]:
    """Units that follow each other with the same values are one row."""
    row = [units[0]]
    for before, unit in pairwise(units):
        if unit.given == before.gives and _values(unit) == _values(before):
            row.append(unit)
        else:
            yield Row(tuple(row))
            row = [unit]
    yield Row(tuple(row))


def _values(unit: Segment) -> list[object]:
    return [[(name, repr(value)) for name, value in sorted(node.values.items())] for node in unit.nodes]


def _begins_light(part: Part, catalogue: Catalogue) -> bool:
    spec = catalogue.known(part.rows[0].units[0].nodes[0].layer)
    return spec is not None and spec.group in ENDING
