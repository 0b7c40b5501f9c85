"""What of a drawing's nodes most edits leave alone, so that they need not all be looked at again. Knows no layer."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from engine.graph import REROUTE, Node
from engine.values import FrozenMap


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """What is true of the nodes of a drawing; one object for as long as the ids and what is told of each stay.

    Attributes:
        layers: The layers that occur.
        sharing: The ids of the nodes that call another's layer.
        owners: The ids of the nodes whose layers they call.
        aside: The ids of the nodes that do not take part as they are: dots, bypassed, disabled.
    """

    layers: frozenset[str]
    sharing: frozenset[str]
    owners: frozenset[str]
    aside: frozenset[str]


def traits(nodes: FrozenMap[Node]) -> Traits:
    """Return what is true of some nodes."""
    for known, kept in _last:
        if known is nodes:
            return kept
    found = next((kept for known, kept in reversed(_last) if _alike(known, nodes)), None) or _look(nodes)
    _last.append((nodes, found))
    return found


#: The nodes of which it was asked last: those of the drawing, and of one in which a mend is tried out.
_last: deque[tuple[FrozenMap[Node], Traits]] = deque(maxlen=3)


def _alike(before: FrozenMap[Node], after: FrozenMap[Node]) -> bool:
    if len(before) != len(after):
        return False
    others = after.others(before)
    if any(id not in before or _kind(before[id]) != _kind(after[id]) for id in others):
        return False
    return after.follows(before) or list(before) == list(after)


def _kind(node: Node) -> tuple[str, str | None, str]:
    return node.layer, node.shares, node.mode


def _look(nodes: FrozenMap[Node]) -> Traits:
    kinds = {id: _kind(node) for id, node in nodes.items()}
    return Traits(
        frozenset(layer for layer, _, _ in kinds.values()),
        frozenset(id for id, (_, shares, _) in kinds.items() if shares is not None),
        frozenset(shares for _, shares, _ in kinds.values() if shares is not None),
        frozenset(id for id, (layer, _, mode) in kinds.items() if mode or layer == REROUTE),
    )
