"""What the canvas does to frames and notes: each takes a graph and returns a new one. Knows no Qt, no document."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

from engine.errors import GraphError
from engine.graph import Frame, Graph, Note, Point
from engine.graph_json import TEXT, TITLE
from gui.canvas.annotations import BAR

#: Between a frame's edge and what lies in it.
PAD: Final = 24.0
#: How small a frame or a note may be made.
LEAST_FRAME: Final[Point] = (96.0, 72.0)
LEAST_NOTE: Final[Point] = (72.0, 44.0)
#: What a new note takes, and a new frame around nothing.
NOTE_SIZE: Final[Point] = (240.0, 120.0)
FRAME_SIZE: Final[Point] = (360.0, 216.0)
#: How much of a title stands in the name of a step.
_NAMED: Final = 40

Box = tuple[Point, Point]


def around(corner: Point, size: Point) -> Box:
    """Return the place and size of a frame around an area, its bar included."""
    at = round(corner[0] - PAD), round(corner[1] - PAD - BAR)
    wide, high = round(size[0] + 2 * PAD), round(size[1] + 2 * PAD + BAR)
    return at, (max(LEAST_FRAME[0], wide), max(LEAST_FRAME[1], high))


def framed(graph: Graph, box: Box) -> tuple[Graph, str]:
    """Add a frame without a title."""
    id = graph.free_ids(1, "f")[0]
    return graph.with_frames([Frame(id, "", *box)]), id


def noted(graph: Graph, text: str, at: Point) -> tuple[Graph, str]:
    """Add a note, or raise GraphError where its text is too long."""
    id = graph.free_ids(1, "t")[0]
    return graph.with_notes([Note(id, checked_text(text), at, NOTE_SIZE)]), id


def retitled(graph: Graph, id: str, title: str) -> Graph:
    """Give a frame another title, or raise GraphError."""
    words = " ".join(title.split())
    if len(words) > TITLE:
        raise GraphError(
            f"A title has at most {TITLE} letters", received=f"{len(words):,}",
            hint="Put longer words into a note",
        )  # fmt: skip
    return graph.with_frames([replace(_frame(graph, id), title=words)])


def rewritten(graph: Graph, id: str, text: str) -> Graph:
    """Give a note another text, or raise GraphError."""
    return graph.with_notes([replace(graph.notes[id], text=checked_text(text))])


def checked_text(text: str) -> str:
    """Return a note's text, or raise GraphError where a file could not hold it."""
    if len(text) > TEXT:
        raise GraphError(
            f"A note has at most {TEXT:,} letters", received=f"{len(text):,}", hint="Shorten it, or make two of it"
        )
    return text


def boxed(graph: Graph, id: str, at: Point, size: Point) -> Graph:
    """Give a frame or a note another place and size."""
    if id in graph.frames:
        return graph.with_frames([replace(graph.frames[id], at=at, size=size)])
    return graph.with_notes([replace(graph.notes[id], at=at, size=size)])


def least(graph: Graph, id: str) -> Point:
    """Return how small a frame or a note may be made."""
    return LEAST_FRAME if id in graph.frames else LEAST_NOTE


def words(graph: Graph, ids: Collection[str]) -> str:
    """Name some nodes, frames and notes in a title: one by its name, many by their numbers."""
    if len(ids) == 1:
        return _name(graph, next(iter(ids)))
    kinds: Mapping[str, Mapping[str, object]] = {"layer": graph.nodes, "frame": graph.frames, "note": graph.notes}
    counts = {kind: sum(map(held.keys().__contains__, ids)) if held else 0 for kind, held in kinds.items()}
    parts = [f"{count} {kind}" + ("s" if count > 1 else "") for kind, count in counts.items() if count]
    return " and ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else "".join(parts)


def _name(graph: Graph, id: str) -> str:
    if id in graph.nodes:
        return graph.nodes[id].name
    if id in graph.notes:
        return "note"
    title = graph.frames[id].title
    return f"frame {title[:_NAMED]}{'…' if len(title) > _NAMED else ''}".strip()


def _frame(graph: Graph, id: str) -> Frame:
    if id not in graph.frames:
        raise GraphError("The drawing has no such frame", received=id)
    return graph.frames[id]
