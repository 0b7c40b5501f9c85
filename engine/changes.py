"""What differs between two drawings, by id. Knows no layer, no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Final, TypeVar

from engine.graph import Block, Edge, Graph, Node
from engine.values import FrozenMap

V = TypeVar("V")
#: What of a node is looks, beside its place; all else is of the network.
LOOKS: Final = ("colour", "collapsed")
_OF_THE_NETWORK: Final = tuple(field.name for field in fields(Node) if field.name not in (*LOOKS, "at"))
#: What the network is made of, the looks, the place: in this order, so that one look at each node tells them apart.
_all_of = attrgetter(*_OF_THE_NETWORK, *LOOKS, "at")
_MEANT: Final = len(_OF_THE_NETWORK)
_LOOKED: Final = _MEANT + len(LOOKS)


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between two graphs, by id.

    Attributes:
        moved: Nodes that differ in place alone.
        dressed: Nodes that differ in looks alone: colour, collapsed, and place perhaps.
        annotated: Frames and notes that came, went or differ.
        reordered: The same wires stand in another order.
        blocks: What instances of blocks mean differs.
    """

    added: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    moved: frozenset[str] = frozenset()
    dressed: frozenset[str] = frozenset()
    annotated: frozenset[str] = frozenset()
    wired: tuple[Edge, ...] = ()
    unwired: tuple[Edge, ...] = ()
    reordered: bool = False
    blocks: bool = False

    @property
    def placed(self) -> frozenset[str]:
        """The nodes that may stand elsewhere than before."""
        return self.added | self.removed | self.moved | self.dressed

    @property
    def count(self) -> int:
        """How many things differ."""
        return len(self.placed) + len(self.changed) + len(self.annotated) + len(self.wired) + len(self.unwired)

    def __bool__(self) -> bool:
        return self.network or bool(self.moved or self.dressed or self.annotated)

    @property
    def values_alone(self) -> bool:
        """Whether nodes have other values, and nothing came, went, moved or is wired otherwise."""
        return bool(self.changed) and self.count == len(self.changed) and not self.reordered

    @property
    def network(self) -> bool:
        """Whether the network itself differs: there is something to check and to spell again."""
        return bool(
            self.added or self.removed or self.changed or self.wired or self.unwired or self.reordered or self.blocks
        )


def diff(before: Graph, after: Graph) -> Changes:
    """Compare two graphs; nodes that both share are skipped by identity."""
    old, new = before.nodes, after.nodes
    others = new.others(old)
    moved, dressed, changed = _apart(old, ((id, new[id]) for id in others))
    gone, come = _unlike(before.edges, after.edges)
    edges_before, edges_after = frozenset(gone), frozenset(come)
    return Changes(
        added=frozenset(id for id in others if id not in old),
        removed=frozenset(new.gone(old)),
        changed=changed,
        moved=moved,
        dressed=dressed,
        annotated=_differing(before.frames, after.frames) | _differing(before.notes, after.notes),
        wired=tuple(edge for edge in come if edge not in edges_before),
        unwired=tuple(edge for edge in gone if edge not in edges_after),
        reordered=gone != come and edges_before == edges_after,
        blocks=before.blocks is not after.blocks and _mean_other(before.blocks, after.blocks),
    )


def _mean_other(before: FrozenMap[Block], after: FrozenMap[Block]) -> bool:
    """Whether blocks came, went, or differ in more than places and looks."""
    others = after.others(before)
    if before.keys() != after.keys():
        return True
    return any(
        _told(before[name]) != _told(after[name]) or diff(before[name].graph, after[name].graph).network
        for name in others
    )


def _told(block: Block) -> tuple[object, ...]:
    return block.parameters, block.note, block.colour


def _apart(
    old: Mapping[str, Node], others: Iterable[tuple[str, Node]]
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return those of some nodes that differ from what they were in places alone, in looks, and in what they mean."""
    moved: list[str] = []
    dressed: list[str] = []
    changed: list[str] = []
    for id, node in others:
        was = old.get(id)
        if was is None:
            continue
        if _only_placed(node, was):
            if node.at != was.at:
                moved.append(id)
            continue
        mine, theirs = _all_of(node), _all_of(was)
        if mine == theirs:
            continue
        if mine[:_LOOKED] == theirs[:_LOOKED]:
            moved.append(id)
        else:
            (dressed if mine[:_MEANT] == theirs[:_MEANT] else changed).append(id)
    return frozenset(moved), frozenset(dressed), frozenset(changed)


def _only_placed(node: Node, was: Node) -> bool:
    """Whether nothing but its place was given anew: a drag of thousands of layers is told in a third of the time."""
    return (
        node.values is was.values and node.name is was.name and node.layer is was.layer and node.shares is was.shares
        and node.mode is was.mode and node.colour is was.colour and node.collapsed is was.collapsed
        and node.when is was.when
    )  # fmt: skip


def _unlike(before: tuple[Edge, ...], after: tuple[Edge, ...]) -> tuple[tuple[Edge, ...], tuple[Edge, ...]]:
    """Return what is left of two rows of edges without what both begin and end with."""
    if before is after:
        return (), ()
    most = min(len(before), len(after))
    pairs = zip(before, after, strict=False)
    first = next((at for at, (old, new) in enumerate(pairs) if old is not new), most)
    pairs = zip(reversed(before[first:]), reversed(after[first:]), strict=False)
    last = next((at for at, (old, new) in enumerate(pairs) if old is not new), most - first)
    return before[first : len(before) - last], after[first : len(after) - last]


def _differing(before: Mapping[str, V], after: Mapping[str, V]) -> frozenset[str]:
    if before is after:
        return frozenset()
    return frozenset(id for id in _all(before, after) if before.get(id) != after.get(id))


def _all(before: Iterable[str], after: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys([*before, *after])
