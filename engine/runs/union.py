"""Two drawings as one, for the eye: the newer one, with what only the older one has. Knows no Qt, no file."""

from __future__ import annotations

from dataclasses import replace

from engine.graph import Edge, Graph
from engine.runs.compare import DrawingDifference
from engine.values import FrozenMap


def union(found: DrawingDifference) -> Graph:
    """Return the newer drawing with the layers that went, left out of the network and without their wires."""
    after = found.after
    ghosts = {node.id: replace(node, mode="disable", shares=None, when="") for node in found.removed}
    nodes = FrozenMap({**after.nodes, **ghosts})
    blocks = FrozenMap({**found.before.blocks, **after.blocks})
    return replace(after, nodes=nodes, blocks=blocks)


def ghost_edges(found: DrawingDifference) -> tuple[Edge, ...]:
    """The wires that went, by the ids of the union."""
    there = found.after.nodes.keys() | found.changes.removed
    return tuple(e for e in found.changes.unwired if e.source.node in there and e.target.node in there)
