"""What nodes and wires will look like, worked out before they are shown: part after part. Edits and shows nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Set
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, TypeVar

from engine.changes import Changes
from engine.graph import Edge, Graph
from engine.traits import traits
from gui.canvas.faces import Face, WireFace
from gui.canvas.known import Facts
from gui.canvas.wires import Offset

T = TypeVar("T")
#: As many nodes or wires are looked at in one step.
PART: Final = 500


@dataclass(frozen=True, slots=True)
class News:
    """Of what something new is to be shown.

    Attributes:
        nodes: The ids of nodes whose faces may be others.
        told: The nodes of whose wires something else is told; None: those of `nodes`.
        wires: Wires that are new, have broken or healed.
    """

    nodes: frozenset[str] = frozenset()
    told: frozenset[str] | None = None
    wires: tuple[Edge, ...] = ()

    @property
    def count(self) -> int:
        return len(self.nodes) + len(self.told or ()) + len(self.wires)


@dataclass(slots=True)
class Coming:
    """What was worked out already.

    Attributes:
        wires: How far a wire's ends are from its nodes' corners, and its face.
        told: The faces of wires whose ends stay where they are.
    """

    nodes: dict[str, Face] = field(default_factory=dict)
    wires: dict[Edge, tuple[Offset, WireFace]] = field(default_factory=dict)
    told: dict[Edge, WireFace] = field(default_factory=dict)


def news(before: Facts, facts: Facts, changes: Changes) -> News:
    """Find what looks otherwise after changes, and by another report."""
    touched = {*changes.added, *changes.changed, *changes.dressed}
    touched |= {end.node for edge in (*changes.wired, *changes.unwired) for end in (edge.source, edge.target)}
    told: set[str] | None = None
    if changes.network:
        differing = facts.differing(before, network=True)
        touched |= _sharing(facts.graph, touched) | differing
        if before.graph.edges is facts.graph.edges:
            told = differing | before.behind(differing) | facts.behind(differing)
        touched |= facts.behind(touched)
        touched |= facts.through(touched)
    if facts.report is not before.report:
        found = facts.differing(before, network=False)
        behind = facts.behind(found)
        if changes:
            touched |= found | behind
        else:
            touched |= facts.recounted(before, found) | facts.dots(found) | behind
        touched |= facts.through(found | behind)
        told = None if told is None and changes else (told or set()) | found | behind
    touched |= _recoloured(before, facts)
    if not changes and told is None:
        told = set()
    return News(frozenset(touched), None if told is None else frozenset(told), (*changes.wired, *facts.mended(before)))


def _recoloured(before: Facts, facts: Facts) -> Set[str]:
    """The nodes that are coloured by another amount than before, all where they were or are not."""
    if before.heat is facts.heat:
        return frozenset()
    return facts.reheated(before) if before.heat and facts.heat else facts.graph.nodes.keys()


def parts(items: Collection[T]) -> Iterator[list[T]]:
    """Give items a part at a time."""
    left = iter(items)
    while part := list(islice(left, PART)):
        yield part


def _sharing(graph: Graph, ids: set[str]) -> set[str]:
    """The nodes that share a layer with one of some nodes."""
    nodes, sharing = graph.nodes, traits(graph.nodes).sharing
    owners = ids | {owner for id in ids & sharing if (owner := nodes[id].shares) is not None}
    return owners | {id for id in sharing if nodes[id].shares in owners}
