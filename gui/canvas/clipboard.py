"""A piece of a drawing as text for the clipboard, and back. Knows no Qt."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Final

from engine import project
from engine.catalogue import Catalogue
from engine.errors import EngineError, GraphError
from engine.graph import Graph
from engine.graph_json import graph_to_json
from gui.canvas import outer
from gui.canvas.edits import checked
from gui.canvas.outer import Outer

#: More than this is not read: no drawing that a person copies is as long.
LONGEST: Final = 16 * 2**20
_QUOTED: Final = 40


def to_text(part: Graph, found: Collection[Outer] = ()) -> str:
    """Spell a piece as the JSON of a project that is nothing but a drawing.

    The wires that led into it from outside stand in the project's view, which says nothing to other readers.
    """
    data = {"layerloom": project.VERSION, "graph": graph_to_json(part)}
    if found:
        data["view"] = {outer.KEY: outer.to_json(found)}
    return json.dumps(data, ensure_ascii=False, indent=1)


def from_text(text: str, catalogue: Catalogue) -> Graph:
    """Read a piece: what `to_text` wrote, or a whole project; or raise EngineError saying why the text is none."""
    words = text.strip()
    if not words:
        raise GraphError("There is nothing to paste", hint="Copy some layers first")
    if len(words) > LONGEST or not words.startswith("{"):
        raise _no_layers(repr(words[:_QUOTED]) + (" …" if len(words) > _QUOTED else ""))
    try:
        part = checked(project.from_text(words, catalogue, "The clipboard").graph, catalogue)
    except EngineError as error:
        raise _no_layers(error.sentence) from error
    if not (part.nodes or part.frames or part.notes):
        raise GraphError("There is nothing to paste", hint="Copy some layers first")
    return part


def outers_from(text: str, part: Graph) -> tuple[Outer, ...]:
    """Read the wires that led into a piece from outside; `from_text` has read the piece from the same text."""
    try:
        return outer.from_json(json.loads(text).get("view", {}).get(outer.KEY, []), part)
    except EngineError as error:
        raise _no_layers(error.sentence) from error


def _no_layers(received: str) -> GraphError:
    return GraphError(
        "Only layers can be pasted here", received=received, hint="Copy layers on a canvas, or a project's JSON text"
    )
