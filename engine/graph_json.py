"""A drawing as JSON, and back, every word of it checked: nodes, wires, frames, notes. Knows no file, no layer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar, cast

from engine import blocks_json
from engine.errors import GraphError, ProjectError
from engine.graph import COLOURS, MODES, Edge, End, Frame, Graph, Mode, Node, Note, Point, check_name
from engine.values import FrozenMap, Json, values_from_json, values_to_json

#: The longest title of a frame and text of a note that are read.
TITLE, TEXT = 200, 20_000
_KEYS: Final = {"nodes", "edges", "blocks", "frames", "notes"}
_NODE_KEYS: Final = {"id", "layer", "name", "values", "at", "shares", "mode", "colour", "collapsed", "when"}
N = TypeVar("N", Frame, Note)


# -- writing


def graph_to_json(graph: Graph) -> Json:
    """Spell a drawing as it stands in a file."""
    return {
        "nodes": [node_to_json(node) for node in graph.nodes.values()],
        "edges": [
            {"from": [edge.source.node, edge.source.port], "to": [edge.target.node, edge.target.port]}
            for edge in graph.edges
        ],
        "blocks": blocks_json.to_json(graph.blocks, graph_to_json),
        "frames": [frame_to_json(frame) for frame in graph.frames.values()],
        "notes": [note_to_json(note) for note in graph.notes.values()],
    }


def node_to_json(node: Node) -> Json:
    """Spell a node as it stands in a file; what a node usually is, is left out."""
    spelled = {
        "id": node.id, "layer": node.layer, "name": node.name, "values": values_to_json(node.values),
        "at": _pair(node.at),
    }  # fmt: skip
    rest = {
        "shares": node.shares, "mode": node.mode, "colour": node.colour, "collapsed": node.collapsed, "when": node.when
    }  # fmt: skip
    return spelled | {key: value for key, value in rest.items() if value}


def frame_to_json(frame: Frame) -> Json:
    spelled = {"id": frame.id, "title": frame.title, "at": _pair(frame.at), "size": _pair(frame.size)}
    return spelled | ({"colour": frame.colour} if frame.colour else {})


def note_to_json(note: Note) -> Json:
    spelled = {"id": note.id, "text": note.text, "at": _pair(note.at), "size": _pair(note.size)}
    return spelled | ({"colour": note.colour} if note.colour else {})


def _pair(point: Point) -> Json:
    return [int(place) if float(place).is_integer() else place for place in point]


# -- reading


def graph_from_json(data: Json) -> Graph:
    """Read a drawing, or raise GraphError."""
    if not isinstance(data, dict):
        raise GraphError("A drawing is a JSON object", received=repr(data)[:80])
    refuse_unknown(data, _KEYS, "The drawing")
    blocks = blocks_json.from_json(data.get("blocks", {}), graph_from_json)
    graph = assembled(
        [node_from_json(item) for item in _list(data, "nodes")],
        [edge_from_json(item) for item in _list(data, "edges")],
        [frame_from_json(item) for item in _list(data, "frames")],
        [note_from_json(item) for item in _list(data, "notes")],
    )
    if any("/" in id for id in graph.nodes):
        raise GraphError("A node's id holds no '/', which stands between the ids of blocks", received="one that does")
    return replace(graph, blocks=blocks) if blocks else graph


def assembled(
    found: Iterable[Node], wires: Iterable[Edge], frames: Iterable[Frame] = (), notes: Iterable[Note] = ()
) -> Graph:
    """Put the parts of a drawing together, or raise GraphError where they hold together no drawing."""
    nodes, framed, noted = _by_id(found), _by_id(frames), _by_id(notes)
    if len(nodes.keys() | framed.keys() | noted.keys()) < len(nodes) + len(framed) + len(noted):
        raise GraphError("A node, a frame and a note have ids of their own", received="an id twice")
    edges = tuple(wires)
    for edge in edges:
        for end in (edge.source, edge.target):
            if end.node not in nodes:
                raise GraphError("A wire's end must be a node of the drawing", received=repr(end.node)[:80])
    if len(set(edges)) != len(edges):
        raise GraphError("Each wire stands once", received="a wire twice")
    for node in nodes.values():
        _check_sharing(node, nodes)
    return Graph(FrozenMap(nodes), edges, FrozenMap(framed), FrozenMap(noted))


def _by_id(found: Iterable[Any]) -> dict[str, Any]:
    items: dict[str, Any] = {}
    for item in found:
        if item.id in items:
            raise GraphError(f"Each {type(item).__name__.lower()} has an id of its own", received=f"{item.id!r} twice")
        items[item.id] = item
    return items


def node_from_json(data: Json) -> Node:
    """Read a node, or raise GraphError."""
    if not isinstance(data, dict):
        raise GraphError("A node is a JSON object", received=repr(data)[:80])
    refuse_unknown(data, _NODE_KEYS, "A node")
    for key in ("id", "layer", "name"):
        if not _is_word(data.get(key)):
            raise GraphError(f"A node's {key} is a short text", received=repr(data.get(key))[:80])
    check_name(data["name"])
    at = _point(data.get("at", [0, 0]), "A node's place")
    shares = data.get("shares")
    if shares is not None and not isinstance(shares, str):
        raise GraphError("A node shares the layer of another, by id", received=repr(shares)[:80])
    mode = cast(Mode, _choice(data.get("mode", ""), MODES, "A node's mode"))
    collapsed = data.get("collapsed", False)
    if not isinstance(collapsed, bool):
        raise GraphError("Whether a node is collapsed is true or false", received=repr(collapsed)[:80])
    values, when = values_from_json(data.get("values", {})), data.get("when", "")
    if when:
        blocks_json.check_identifier(when, "The parameter on which a node hangs")
    return Node(data["id"], data["layer"], data["name"], values, at, shares, mode, _colour(data), collapsed, when)


def frame_from_json(data: Json) -> Frame:
    """Read a frame, or raise GraphError."""
    return _annotation(data, Frame, "title", TITLE)


def note_from_json(data: Json) -> Note:
    """Read a note, or raise GraphError."""
    return _annotation(data, Note, "text", TEXT)


def _annotation(data: Json, make: Callable[[str, str, Point, Point, str], N], words: str, longest: int) -> N:
    kind = "frame" if words == "title" else "note"
    if not isinstance(data, dict):
        raise GraphError(f"A {kind} is a JSON object", received=repr(data)[:80])
    refuse_unknown(data, {"id", words, "at", "size", "colour"}, f"A {kind}")
    if not _is_word(data.get("id")):
        raise GraphError(f"A {kind}'s id is a short text", received=repr(data.get("id"))[:80])
    text = data.get(words, "")
    if not isinstance(text, str) or len(text) > longest:
        raise GraphError(f"A {kind}'s {words} is a text of at most {longest} letters", received=repr(text)[:80])
    at, size = _point(data.get("at", [0, 0]), f"A {kind}'s place"), _point(data.get("size"), f"A {kind}'s size")
    if min(size) < 1:
        raise GraphError(f"A {kind}'s size is two numbers of at least 1", received=repr(data.get("size"))[:80])
    return make(data["id"], text, at, size, _colour(data))


def edge_from_json(data: Json) -> Edge:
    """Read a wire, or raise GraphError; whether its nodes are there, `assembled` asks."""
    if not isinstance(data, dict) or set(data) != {"from", "to"}:
        raise GraphError("A wire is an object of from and to", received=repr(data)[:80])
    ends = []
    for key in ("from", "to"):
        end = data[key]
        if not isinstance(end, list) or len(end) != 2 or not all(_is_word(word) for word in end):
            raise GraphError("A wire's end is a node's id and a port", received=repr(end)[:80])
        ends.append(End(*end))
    return Edge(*ends)


def _check_sharing(node: Node, nodes: Mapping[str, Node]) -> None:
    if node.shares is None:
        return
    owner = nodes.get(node.shares)
    if owner is None or owner.shares is not None or owner.layer != node.layer:
        raise GraphError("A node shares the layer of another of its kind", received=repr(node.shares)[:80])


def _is_word(word: Json) -> bool:
    return isinstance(word, str) and 1 <= len(word) <= 64 and word.isprintable()


def _point(data: Json, words: str) -> Point:
    if not isinstance(data, list) or len(data) != 2 or not all(_is_place(place) for place in data):
        raise GraphError(f"{words} is two numbers", received=repr(data)[:80])
    return float(data[0]), float(data[1])


def _choice(word: Json, choices: Iterable[str], what: str) -> str:
    if not isinstance(word, str) or word not in choices:
        raise GraphError(f"{what} is one of {', '.join(filter(None, choices))}", received=repr(word)[:80])
    return word


def _colour(data: Mapping[str, Json]) -> str:
    return _choice(data.get("colour", ""), COLOURS, "A colour")


def _is_place(place: Json) -> bool:
    return isinstance(place, int | float) and not isinstance(place, bool) and abs(place) < 1e9


def _list(data: Mapping[str, Json], key: str) -> list[Json]:
    items = data.get(key, [])
    if not isinstance(items, list):
        raise GraphError(f"{key} is a list", received=repr(items)[:80])
    return items


def refuse_unknown(data: Mapping[str, Json], known: set[str], owner: str) -> None:
    """Raise ProjectError where an object has an entry that is not known."""
    unknown = sorted(str(key) for key in set(data) - known)
    if unknown:
        raise ProjectError(f"{owner} has an entry that this version does not know", received=repr(unknown[0])[:80])
