"""What studies can offer of a drawing and its data. Knows no run and no widget."""

from __future__ import annotations

from engine.datasets import DataSpec
from engine.graph import order
from engine.unfold import spelled
from gui.document import Document


def rows_of(document: Document) -> list[tuple[str, str]]:
    """Return the network's layers from input to output: id and words."""
    graph, root = document.network, document.root
    return [(id, f"{spelled(id, root)}  ·  {graph.nodes[id].layer}") for id in order(graph).ids]


def penultimate(document: Document) -> str:
    """Return the last layer before an output that acts on numbers: what the answer is read from."""
    graph = document.network
    ids = [id for id in order(graph).ids if graph.out_of(id)]
    acting = [id for id in ids if graph.nodes[id].layer not in ("Dropout", "InputLayer", "Flatten", "Activation")]
    return (acting or ids or [""])[-1]


def embedding_of(document: Document, id: str) -> bool:
    """Whether a layer has a row for each word."""
    node = document.network.nodes.get(id)
    return node is not None and node.layer in ("Embedding", "ReversibleEmbedding")


def unfit(spec: DataSpec | None) -> set[str]:
    """Return the options that have no meaning for the data: words have no strength by place, vectors no patch."""
    columns = spec.inputs if spec is not None else ()
    found: set[str] = set()
    if columns and all(column.task != "numbers" for column in columns):
        found |= {"look", "copies"}
    if columns and not any(len(column.shape) > 2 for column in columns):
        found |= {"patch"}
    return found
