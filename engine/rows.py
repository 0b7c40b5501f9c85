"""A drawing as rows of text for the wire: what both ends have seen before is neither spelled nor read again."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Final

from engine.errors import GraphError
from engine.graph import Edge, Graph, Node
from engine.project import assembled, edge_from_json, node_from_json, node_to_json
from engine.values import Json

#: Rows that are remembered; a drawing of ten thousand nodes can be edited many times before one is forgotten.
KEPT: Final = 50_000
#: By id: the node that was spelled last, itself, and its row. Equal is not enough: Python holds True == 1.
_spelled: dict[str, tuple[Node, str]] = {}


def graph_to_rows(graph: Graph) -> Json:
    """Spell a graph as a row a node and a row a wire."""
    return {
        "nodes": [_node_row(node) for node in graph.nodes.values()],
        "edges": ["\t".join((e.source.node, e.source.port, e.target.node, e.target.port)) for e in graph.edges],
    }


def graph_from_rows(data: Json) -> Graph:
    """Read a graph back, checked as a file is, or raise GraphError."""
    if not isinstance(data, dict) or not all(isinstance(row, str) for key in ("nodes", "edges") for row in data[key]):
        raise GraphError("A drawing on the wire is rows of text")
    return assembled([_node(row) for row in data["nodes"]], [_edge(row) for row in data["edges"]])


def _node_row(node: Node) -> str:
    known = _spelled.get(node.id)
    if known is not None and known[0] is node:
        return known[1]
    if len(_spelled) >= KEPT:
        _spelled.clear()
    row = json.dumps(node_to_json(node), separators=(",", ":"))
    _spelled[node.id] = (node, row)
    return row


@lru_cache(KEPT)
def _node(row: str) -> Node:
    return node_from_json(json.loads(row))


@lru_cache(KEPT)
def _edge(row: str) -> Edge:
    words = row.split("\t")
    return edge_from_json({"from": words[:2], "to": words[2:]})
