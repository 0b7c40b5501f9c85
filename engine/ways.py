"""Where the nodes of an instance are put, and how its ports are reached there. Knows no value, no layer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from engine.graph import BLOCK, INLET, OUTLET, Block, Edge, End, Node


def is_instance(node: Node) -> bool:
    return node.layer.startswith(BLOCK)


def block_of(node: Node, blocks: Mapping[str, Block]) -> Block | None:
    """Return the definition of an instance, or None where there is none of that name."""
    return blocks.get(node.layer.removeprefix(BLOCK)) if is_instance(node) else None


def inlets(block: Block) -> list[Node]:
    return [node for node in block.graph.nodes.values() if node.layer == INLET]


def outlets(block: Block) -> list[Node]:
    return [node for node in block.graph.nodes.values() if node.layer == OUTLET]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a drawing is put: before its nodes' ids and names; `shared` is the place whose layers it calls again."""

    ids: tuple[str, ...] = ()
    before: str = ""
    title: str = ""
    shared: Place | None = None

    def inner(self, id: str) -> str:
        return self.before + id

    def unit(self, node: Node, number: int, shared: Place | None = None) -> Place:
        """The place of one unit of an instance; number 0 where it stands alone."""
        before, title = f"{self.before}{node.id}/", f"{self.title}{node.name}."
        if number:
            before, title = f"{before}{number}/", f"{title}unit{number}."
        return Place((*self.ids, node.id), before, title, shared)


@dataclass(frozen=True, slots=True)
class Way:
    """How the ports of a node that was put are reached: by the node itself, or by dots inside an instance."""

    inputs: Mapping[str, tuple[End, ...]] = field(default_factory=dict)
    outputs: Mapping[str, End] = field(default_factory=dict)
    id: str = ""

    @staticmethod
    def around(block: Block, units: Sequence[Place]) -> Way:
        """A row's: inlets that no outlet feeds are fed in every unit."""
        chained, outs = len(outlets(block)), outlets(block)
        into = {
            node.name: tuple(End(unit.inner(node.id), "input") for unit in (units[:1] if place < chained else units))
            for place, node in enumerate(inlets(block))
        }
        return Way(into, {node.name: End(units[-1].inner(node.id), "output") for node in outs})

    def into(self, end: End) -> tuple[End, ...]:
        return (End(self.id, end.port),) if self.id else self.inputs.get(end.port, ())

    def out(self, end: End) -> End | None:
        return End(self.id, end.port) if self.id else self.outputs.get(end.port)


def chained(block: Block, units: Sequence[Place]) -> Iterator[Edge]:
    """Wire a row: the outlets of each, in order, feed the first inlets of the next."""
    pairs = list(zip(outlets(block), inlets(block), strict=False))
    for before, after in pairwise(units):
        for out, into in pairs:
            yield Edge(End(before.inner(out.id), "output"), End(after.inner(into.id), "input"))
