"""A project: a drawing and its recipe, read from and written to `.loom` JSON. Knows no Qt and no Keras."""

from __future__ import annotations

import contextlib
import errno
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NoReturn

from engine.catalogue import Catalogue
from engine.errors import EngineError, GraphError, ProjectError
from engine.graph import Edge, End, Graph, Node, check_name
from engine.recipe import Recipe, recipe_from_json, recipe_to_json
from engine.values import FrozenMap, Json, check_json, values_from_json, values_to_json

VERSION: Final = 1
LARGEST: Final = 64 * 2**20
#: Brackets within brackets; the deepest value takes about 70.
DEEPEST: Final = 100
#: From a version to the next: takes and returns the whole JSON object.
MIGRATIONS: Final[Mapping[int, Callable[[Json], Json]]] = {}
_GRAPH_KEYS: Final = {"nodes", "edges", "blocks", "frames", "notes"}


@dataclass(frozen=True, slots=True)
class Project:
    """All that a `.loom` file holds; `view` is what the window remembers with it (zoom, place)."""

    graph: Graph = field(default_factory=Graph)
    recipe: Recipe = field(default_factory=Recipe)
    view: FrozenMap[Json] = field(default_factory=FrozenMap)


# -- writing


def to_text(project: Project) -> str:
    """Spell a project as JSON text, keys in a fixed order, a node and an edge to a line."""
    graph = graph_to_json(project.graph)
    lines = [
        "{",
        f' "layerloom": {VERSION},',
        ' "graph": {',
        '  "nodes": [' + _rows(graph["nodes"]) + "],",
        '  "edges": [' + _rows(graph["edges"]) + "],",
        '  "blocks": {},\n  "frames": [],\n  "notes": []',
        " },",
        f' "recipe": {_row(recipe_to_json(project.recipe))},',
        f' "view": {_row(dict(project.view))}',
        "}",
    ]
    return "\n".join(lines) + "\n"


def graph_to_json(graph: Graph) -> Json:
    return {
        "nodes": [node_to_json(node) for node in graph.nodes.values()],
        "edges": [
            {"from": [edge.source.node, edge.source.port], "to": [edge.target.node, edge.target.port]}
            for edge in graph.edges
        ],
        "blocks": {},
        "frames": [],
        "notes": [],
    }


def save(project: Project, path: Path) -> None:
    """Write a project so that the old file stays whole until the new one is, or raise ProjectError."""
    try:
        data = to_text(project).encode()
    except (ValueError, RecursionError) as error:
        raise ProjectError(f"{path.name} would hold what no file can", received=str(error)[:80]) from error
    write_whole(path, data)


def write_whole(path: Path, data: bytes) -> None:
    """Put bytes in a file's place at once or not at all (temporary file, fsync, replace), or raise ProjectError."""
    try:
        target = path.resolve()
        _refuse_protected(target)
        _replace(target, data)
    except (OSError, RuntimeError, ValueError) as error:  # a ring of links and a zero in a name are no OSErrors
        raise ProjectError(
            f"{path.name} cannot be written", received=getattr(error, "strerror", None) or str(error),
            hint="The old file, where there was one, is unharmed; choose another place",
        ) from error  # fmt: skip


def _refuse_protected(target: Path) -> None:
    """Replacing a file needs no right to write to it, so a file that is read-only on purpose would be lost."""
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "the file is read-only")


def _replace(target: Path, data: bytes) -> None:
    temporary = target.with_name(f".{target.name[:100]}.{os.urandom(4).hex()}.part")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileNotFoundError):
            temporary.chmod(target.stat().st_mode & 0o777)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _row(data: Json) -> str:
    return json.dumps(data, ensure_ascii=False, allow_nan=False)


def _rows(items: list[Json]) -> str:
    return "".join("\n   " + _row(item) + ("," if i < len(items) - 1 else "\n  ") for i, item in enumerate(items))


def node_to_json(node: Node) -> Json:
    """Spell a node as it stands in a file."""
    spelled = {
        "id": node.id, "layer": node.layer, "name": node.name, "values": values_to_json(node.values),
        "at": [_short(place) for place in node.at],
    }  # fmt: skip
    return spelled if node.shares is None else {**spelled, "shares": node.shares}


def _short(place: float) -> float | int:
    return int(place) if float(place).is_integer() else place


# -- reading


def load(path: Path, catalogue: Catalogue) -> Project:
    """Read a project file, or raise ProjectError saying what is wrong with it; nothing in it is ever run."""
    try:
        if not path.is_file():
            raise ProjectError(f"{path.name} cannot be read", received=_lack(path))
        if path.stat().st_size > LARGEST:
            raise ProjectError(f"{path.name} is no project", received="a file of over 64 MB")
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _no_project(path.name, "bytes that are not text") from error
    except (OSError, ValueError) as error:
        raise ProjectError(
            f"{path.name} cannot be read", received=getattr(error, "strerror", None) or str(error)
        ) from error
    return from_text(text, catalogue, path.name)


def _lack(path: Path) -> str:
    return "something that is not a file" if path.exists() else "no file of that name"


def from_text(text: str, catalogue: Catalogue, name: str = "The text") -> Project:
    """Read a project from JSON text, or raise ProjectError."""
    try:
        data = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise _no_project(name, f"not JSON ({error})"[:120]) from error
    if not isinstance(data, dict) or "layerloom" not in data:
        raise _no_project(name, "JSON of another kind")
    _check_version(data["layerloom"], name)
    try:
        check_json(data, DEEPEST)
        return _read(_migrated(data), catalogue)
    except EngineError as error:
        raise ProjectError(
            f"{name} is a damaged project: {error.expected}", received=error.received, hint=error.hint
        ) from error


def _read(data: Json, catalogue: Catalogue) -> Project:
    _refuse_unknown(data, {"layerloom", "graph", "recipe", "view"}, "The project")
    recipe = recipe_from_json(data.get("recipe", {}), catalogue)
    view = data.get("view", {})
    if not isinstance(view, dict):
        raise ProjectError("view is an object", received=repr(view)[:80])
    return Project(graph_from_json(data.get("graph", {})), recipe, FrozenMap(view))


def graph_from_json(data: Json) -> Graph:
    """Read a drawing, or raise GraphError where it holds together no drawing: an id twice, a wire to nowhere."""
    if not isinstance(data, dict):
        raise GraphError("A drawing is a JSON object", received=repr(data)[:80])
    _refuse_unknown(data, _GRAPH_KEYS, "The drawing")
    for key in ("blocks", "frames", "notes"):
        if data.get(key):
            raise GraphError(f"This version of Layerloom reads no {key}", hint="Open the file with a newer one")
    nodes = [node_from_json(item) for item in _list(data, "nodes")]
    return assembled(nodes, [edge_from_json(item) for item in _list(data, "edges")])


def assembled(found: Iterable[Node], wires: Iterable[Edge]) -> Graph:
    """Put nodes and edges together, or raise GraphError where they hold together no drawing."""
    nodes: dict[str, Node] = {}
    for node in found:
        if node.id in nodes:
            raise GraphError("Each node has an id of its own", received=f"{node.id!r} twice")
        nodes[node.id] = node
    edges = tuple(wires)
    for edge in edges:
        for end in (edge.source, edge.target):
            if end.node not in nodes:
                raise GraphError("A wire's end must be a node of the drawing", received=repr(end.node)[:80])
    if len(set(edges)) != len(edges):
        raise GraphError("Each wire stands once", received="a wire twice")
    for node in nodes.values():
        _check_sharing(node, nodes)
    return Graph(FrozenMap(nodes), edges)


def _check_version(version: Json, name: str) -> None:
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _no_project(name, "JSON with no version number that there could be")
    if version > VERSION:
        raise ProjectError(
            f"{name} was written by a newer Layerloom: this one reads versions up to {VERSION}",
            received=f"version {version}"[:40], hint="Update Layerloom to open it",
        )  # fmt: skip


def _migrated(data: Json) -> Json:
    while data["layerloom"] < VERSION:
        data = MIGRATIONS[data["layerloom"]](data)
    return data


def node_from_json(data: Json) -> Node:
    """Read a node, or raise GraphError."""
    if not isinstance(data, dict):
        raise GraphError("A node is a JSON object", received=repr(data)[:80])
    _refuse_unknown(data, {"id", "layer", "name", "values", "at", "shares"}, "A node")
    for key in ("id", "layer", "name"):
        if not _is_word(data.get(key)):
            raise GraphError(f"A node's {key} is a short text", received=repr(data.get(key))[:80])
    check_name(data["name"])
    at = data.get("at", [0, 0])
    if not isinstance(at, list) or len(at) != 2 or not all(_is_place(place) for place in at):
        raise GraphError("A node's place is two numbers", received=repr(at)[:80])
    shares = data.get("shares")
    if shares is not None and not isinstance(shares, str):
        raise GraphError("A node shares the layer of another, by id", received=repr(shares)[:80])
    values = values_from_json(data.get("values", {}))
    return Node(data["id"], data["layer"], data["name"], values, (float(at[0]), float(at[1])), shares)


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


def _is_place(place: Json) -> bool:
    return isinstance(place, int | float) and not isinstance(place, bool) and abs(place) < 1e9


def _list(data: Mapping[str, Json], key: str) -> list[Json]:
    items = data.get(key, [])
    if not isinstance(items, list):
        raise GraphError(f"{key} is a list", received=repr(items)[:80])
    return items


def _refuse_unknown(data: Mapping[str, Json], known: set[str], owner: str) -> None:
    unknown = sorted(str(key) for key in set(data) - known)
    if unknown:
        raise ProjectError(f"{owner} has an entry that this version does not know", received=repr(unknown[0])[:80])


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a number")


def _no_project(name: str, received: str) -> ProjectError:
    return ProjectError(
        f"{name} is no Layerloom project", received=received, hint="Open a .loom file that Layerloom saved"
    )
