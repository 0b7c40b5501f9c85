"""A project: a drawing and its recipe, read from and written to `.loom` JSON. Knows no Qt and no Keras."""

from __future__ import annotations

import contextlib
import errno
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, NoReturn

from engine import layerfiles, sizes_json
from engine.catalogue import Catalogue
from engine.errors import EngineError, ProjectError
from engine.graph import Graph
from engine.graph_json import graph_from_json, graph_to_json, refuse_unknown
from engine.layerfiles import LayerFile
from engine.recipe import Recipe, recipe_from_json, recipe_to_json
from engine.sizes_json import Size
from engine.values import FrozenMap, Json, check_json

VERSION: Final = 1
LARGEST: Final = 64 * 2**20
#: Brackets within brackets; the deepest value takes about 70.
DEEPEST: Final = 100
#: From a version to the next: takes and returns the whole JSON object.
MIGRATIONS: Final[Mapping[int, Callable[[Json], Json]]] = {}


@dataclass(frozen=True, slots=True)
class Project:
    """All that a `.loom` file holds; `view` is what the window remembers with it (zoom, place).

    `layers` are the Python files that layers come from; read from a file, their places are absolute. `sizes` are how
    large the drawing can be had, by name, `size` the one that it was last made.
    """

    graph: Graph = field(default_factory=Graph)
    recipe: Recipe = field(default_factory=Recipe)
    view: FrozenMap[Json] = field(default_factory=FrozenMap)
    layers: tuple[LayerFile, ...] = ()
    size: str = ""
    sizes: FrozenMap[Size] = field(default_factory=FrozenMap)


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
        '  "blocks": {' + _blocks(graph["blocks"]) + "},",
        '  "frames": [' + _rows(graph["frames"]) + "],",
        '  "notes": [' + _rows(graph["notes"]) + "]",
        " },",
        f' "recipe": {_row(recipe_to_json(project.recipe))},',
        *([f' "layers": {_row(layerfiles.to_json(project.layers))},'] if project.layers else []),
        *([f' "size": {_row(project.size)},'] if project.size else []),
        *([f' "sizes": {_nested(sizes_json.to_json(project.sizes))},'] if project.sizes else []),
        f' "view": {_row(dict(project.view))}',
        "}",
    ]
    return "\n".join(lines) + "\n"


def save(project: Project, path: Path) -> None:
    """Write a project so that the old file stays whole until the new one is, or raise ProjectError."""
    try:
        places = layerfiles.relative(project.layers, path.absolute().parent)
        data = to_text(replace(project, layers=places)).encode()
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


def _rows(items: list[Json], deep: int = 3) -> str:
    begin, end = "\n" + " " * deep, "\n" + " " * (deep - 1)
    return "".join(begin + _row(item) + ("," if i < len(items) - 1 else end) for i, item in enumerate(items))


def _blocks(blocks: Mapping[str, Json]) -> str:
    """Spell blocks as the drawing is spelled: a node and an edge to a line."""
    spelled = ",".join(f"\n   {_row(name)}: {{{_block(body)}\n   }}" for name, body in blocks.items())
    return f"{spelled}\n  " if blocks else ""


def _nested(data: Mapping[str, Json], deep: int = 2, down: int = 2) -> str:
    """Spell an object of objects, what stands `down` levels in a line to each."""
    if not data:
        return "{}"
    begin, end = "\n" + " " * deep, "\n" + " " * (deep - 1)
    items = {key: _nested(item, deep + 1, down - 1) if down else _row(item) for key, item in data.items()}
    return "{" + ",".join(f"{begin}{_row(key)}: {item}" for key, item in items.items()) + end + "}"


def _block(body: Mapping[str, Json]) -> str:
    words = [
        f"\n    {_row(key)}: " + ("[" + _rows(items, 5) + "]" if isinstance(items, list) else _row(items))
        for key, items in body.items()
    ]
    return ",".join(words)


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
    project = from_text(text, catalogue, path.name)
    return replace(project, layers=layerfiles.placed(project.layers, path.absolute().parent))


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
    refuse_unknown(data, {"layerloom", "graph", "recipe", "layers", "size", "sizes", "view"}, "The project")
    recipe = recipe_from_json(data.get("recipe", {}), catalogue)
    view = data.get("view", {})
    if not isinstance(view, dict):
        raise ProjectError("view is an object", received=repr(view)[:80])
    layers = layerfiles.from_json(data.get("layers", []))
    sizes = sizes_json.from_json(data.get("sizes", {}), catalogue)
    size = sizes_json.chosen_from_json(data.get("size", ""), sizes)
    return Project(graph_from_json(data.get("graph", {})), recipe, FrozenMap(view), layers, size, sizes)


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


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a number")


def _no_project(name: str, received: str) -> ProjectError:
    return ProjectError(
        f"{name} is no Layerloom project", received=received, hint="Open a .loom file that Layerloom saved"
    )
