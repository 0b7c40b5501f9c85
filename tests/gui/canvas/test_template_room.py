"""Templates have room for the pictures of all their layers: none hides another one or a note, in blocks as well."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF

from engine.catalogue import RESOURCES, catalogue
from engine.graph import INLET, OUTLET, REROUTE
from engine.report import Report
from engine.ways import is_instance
from gui.canvas import measure
from gui.canvas.faces import node_face
from gui.canvas.known import Facts
from gui.document import Document

TEMPLATES = sorted((RESOURCES / "templates").glob("*.loom"))
#: Layers that give what the one before them gives, and carry no picture.
BARE = (INLET, OUTLET, REROUTE)


def rooms(document: Document) -> Iterator[tuple[str, QRectF]]:
    """Yield every layer's frame as it is with a picture, of a block with its line of shapes, and every note's."""
    facts = Facts.of(document.graph, document.catalogue, Report(), ())
    for node in document.graph.nodes.values():
        face = node_face(facts, node, thumbnail=node.layer not in BARE and not node.collapsed)
        shapes = measure.ROW if is_instance(node) and not any(line.mono for line in face.under) else 0.0
        yield node.name, QRectF(*node.at, face.width, face.height + shapes)
    for note in document.graph.notes.values():
        yield "a note", QRectF(*note.at, *note.size)


def drawings(document: Document, seen: set[str]) -> Iterator[None]:
    """See the drawing, and what each of its blocks holds."""
    yield
    for id, node in list(document.graph.nodes.items()):
        if is_instance(node) and node.layer not in seen:
            seen.add(node.layer)
            document.enter(id)
            yield from drawings(document, seen)
            document.leave()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_pictures_hide_nothing(path: Path) -> None:
    document = Document(catalogue())
    document.open(path)
    for _ in drawings(document, set()):
        found = list(rooms(document))
        assert [(one, other) for (one, a), (other, b) in combinations(found, 2) if a.intersects(b)] == []
