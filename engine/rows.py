"""A drawing as rows of text for the wire: what both ends have seen before is neither spelled nor read again."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from typing import Final

from engine import blocks_json
from engine.errors import GraphError
from engine.graph import Edge, Graph, Node
from engine.graph_json import (
    assembled,
    edge_from_json,
    frame_from_json,
    frame_to_json,
    graph_from_json,
    graph_to_json,
    node_from_json,
    node_to_json,
    note_from_json,
    note_to_json,
)
from engine.values import Json

#: Rows that are remembered; a drawing of ten thousand nodes can be edited many times before one is forgotten.
KEPT: Final = 50_000
PARTS: Final = ("nodes", "edges", "frames", "notes")
#: By id: the node that was spelled last, itself, and its row. Equal is not enough: Python holds True == 1.
_spelled: dict[str, tuple[Node, str]] = {}


def graph_to_rows(graph: Graph) -> Json:
    """Spell a graph as a row for each node, wire, frame and note."""
    return {
        "nodes": [node_row(node) for node in graph.nodes.values()],
        "edges": [edge_row(edge) for edge in graph.edges],
        "frames": [json.dumps(frame_to_json(frame)) for frame in graph.frames.values()],
        "notes": [json.dumps(note_to_json(note)) for note in graph.notes.values()],
        "blocks": json.dumps(blocks_json.to_json(graph.blocks, graph_to_json)) if graph.blocks else "",
    }


def graph_from_rows(data: Json) -> Graph:
    """Read a graph back, checked as a file is, or raise GraphError."""
    if not isinstance(data, dict) or not all(isinstance(row, str) for key in PARTS for row in data.get(key, ())):
        raise GraphError("A drawing on the wire is rows of text")
    graph = assembled(
        [node_from_row(row) for row in data.get("nodes", ())],
        [edge_from_row(row) for row in data.get("edges", ())],
        [frame_from_json(json.loads(row)) for row in data.get("frames", ())],
        [note_from_json(json.loads(row)) for row in data.get("notes", ())],
    )
    blocks = data.get("blocks")
    return replace(graph, blocks=blocks_json.from_json(json.loads(blocks), graph_from_json)) if blocks else graph


def edge_row(edge: Edge) -> str:
    return "\t".join((edge.source.node, edge.source.port, edge.target.node, edge.target.port))


def node_row(node: Node) -> str:
    """Spell a node; the same one is spelled once."""
    known = _spelled.get(node.id)
    if known is not None and known[0] is node:
        return known[1]
    if len(_spelled) >= KEPT:
        _spelled.clear()
    row = json.dumps(node_to_json(node), separators=(",", ":"))
    _spelled[node.id] = (node, row)
    return row


@lru_cache(KEPT)
def node_from_row(row: str) -> Node:
    """Read a node, or raise GraphError; the same row is read once."""
    return node_from_json(json.loads(row))


@lru_cache(KEPT)
def edge_from_row(row: str) -> Edge:
    """Read a wire, or raise GraphError; the same row is read once."""
    words = row.split("\t")
    return edge_from_json({"from": words[:2], "to": words[2:]})
