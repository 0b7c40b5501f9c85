"""What an edit changed of a drawing, for the wire: a drawing of a thousand layers is not told anew for one value.

Both ends hold the drawing that was told last. What cannot be told so is told whole. Knows no Qt, no Keras.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.graph import Edge, Graph, Node
from engine.graph_json import assembled
from engine.rows import edge_from_row, edge_row, node_from_row, node_row
from engine.values import Json


@dataclass(frozen=True, slots=True)
class Patch:
    """What differs: nodes that came or are others, ids that went, and the wires, None where they are the same."""

    nodes: tuple[Node, ...] = ()
    gone: tuple[str, ...] = ()
    edges: tuple[Edge, ...] | None = None


def patch(before: Graph, after: Graph) -> Patch | None:
    """Return what makes one drawing of another; None where it must be told whole."""
    if before.blocks is not after.blocks or (before.frames, before.notes) != (after.frames, after.notes):
        return None
    old, new = before.nodes, after.nodes
    gone = new.gone(old)
    if not new.follows(old) and list(new)[: len(old) - len(gone)] != [id for id in old if id not in gone]:
        return None
    nodes = tuple(new[id] for id in new.others(old))
    return Patch(nodes, tuple(sorted(gone)), None if before.edges is after.edges else after.edges)


def patched(graph: Graph, change: Patch) -> Graph:
    """Return a drawing after a patch, or raise GraphError where no drawing comes of it."""
    nodes = graph.nodes.with_items({node.id: node for node in change.nodes})
    if change.gone:
        nodes = nodes.without(*change.gone)
    if not change.gone and change.edges is None and not any(node.shares for node in change.nodes):
        return replace(graph, nodes=nodes)
    edges = graph.edges if change.edges is None else change.edges
    made = assembled(nodes.values(), edges, graph.frames.values(), graph.notes.values())
    return replace(made, blocks=graph.blocks)


def patch_to_rows(change: Patch) -> Json:
    return {
        "nodes": [node_row(node) for node in change.nodes],
        "gone": list(change.gone),
        "edges": None if change.edges is None else [edge_row(edge) for edge in change.edges],
    }


def patch_from_rows(data: Json) -> Patch:
    """Read a patch back, each node and wire checked as in a file, or raise GraphError."""
    edges = data["edges"]
    return Patch(
        tuple(node_from_row(row) for row in data["nodes"]),
        tuple(str(id) for id in data["gone"]),
        None if edges is None else tuple(edge_from_row(row) for row in edges),
    )
