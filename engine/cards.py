"""What the gallery shows of each template beside its facts: where its layers stand, what each size counts. No Qt.

The drawings are read once, when the templates are made, and not at every look at the gallery.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from engine.catalogue import Catalogue
from engine.graph import Graph
from engine.templates import FOLDER
from engine.values import Json

FILE: Final = FOLDER / "cards.json"


@dataclass(frozen=True, slots=True)
class Card:
    """A template in small.

    Attributes:
        boxes: Of each layer, how far right and down it stands, and the group that it belongs to.
        wires: From box to box, by their places.
        counts: The trainable parameters, by size.
    """

    boxes: tuple[tuple[int, int, str], ...]
    wires: tuple[tuple[int, int], ...]
    counts: Mapping[str, int]


@cache
def cards() -> Mapping[str, Card]:
    """Return the card of every template, by name."""
    data = json.loads(FILE.read_text(encoding="utf-8"))
    return {name: _from_json(item) for name, item in data.items()}


def card(graph: Graph, catalogue: Catalogue, counts: Mapping[str, int]) -> Card:
    """Draw a drawing in small."""
    known, ids = catalogue.with_blocks(graph.blocks), list(graph.nodes)
    groups = {"InputLayer": "Input"}
    boxes = tuple(
        (round(node.at[0]), round(node.at[1]), groups.get(node.layer) or known.layer(node.layer).group)
        for node in graph.nodes.values()
    )
    pairs = {(ids.index(edge.source.node), ids.index(edge.target.node)): None for edge in graph.edges}
    return Card(boxes, tuple(pairs), counts)


def text(made: Mapping[str, Card]) -> str:
    """Spell cards, one to a line."""
    rows = ",\n".join(f" {json.dumps(name)}: {json.dumps(_to_json(item))}" for name, item in made.items())
    return f"{{\n{rows}\n}}\n"


def _to_json(item: Card) -> Json:
    return {"boxes": item.boxes, "wires": item.wires, "counts": dict(item.counts)}


def _from_json(data: Json) -> Card:
    boxes = tuple((x, y, group) for x, y, group in data["boxes"])
    return Card(boxes, tuple((a, b) for a, b in data["wires"]), data["counts"])
