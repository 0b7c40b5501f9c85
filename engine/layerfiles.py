"""Which Python files a project takes layers from, and what such a file may be called. Reads none of them."""

from __future__ import annotations

import keyword
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from engine.errors import EngineError, ProjectError
from engine.imported import IMPORTED, OURS
from engine.values import Json

#: So many files a project may have, and layers a file.
MOST, MOST_LAYERS = 32, 200
LONGEST: Final = 1000
HASH: Final = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class LayerFile:
    """A file that a project takes layers from.

    Attributes:
        file: Its absolute path; in a project's own file, relative to that.
        sha256: The hash of what it held when its layers were last described.
        layers: The layers that it had then.
    """

    file: str
    sha256: str
    layers: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return PurePosixPath(self.file.replace("\\", "/")).name


# -- names


def check_name(name: str) -> None:
    """Raise EngineError unless a file of this name can be imported, and nothing that Keras needs is in its way."""
    stem, ending = os.path.splitext(name)  # noqa: PTH122 - a name, not a path
    if ending != ".py" or not is_identifier(stem):
        raise EngineError(
            "A file of layers is named as Python can import it, such as my_layers.py", received=repr(name)[:80]
        )
    if stem in IMPORTED | OURS:
        raise EngineError(
            f"A file named {name} would be imported in the place of the {stem} that is there already",
            hint="Give it another name",
        )


def is_identifier(word: object) -> bool:
    return isinstance(word, str) and len(word) <= 64 and word.isidentifier() and not keyword.iskeyword(word)


# -- in a project's file


def to_json(files: Iterable[LayerFile]) -> list[Json]:
    return [{"file": file.file, "sha256": file.sha256, "layers": list(file.layers)} for file in files]


def from_json(data: Json) -> tuple[LayerFile, ...]:
    """Read what a project says of its layer files, or raise ProjectError."""
    if not isinstance(data, list) or len(data) > MOST:
        raise ProjectError(f"layers is a list of at most {MOST} files", received=repr(data)[:80])
    files = tuple(_file(item) for item in data)
    if len({file.file for file in files}) < len(files):
        raise ProjectError("Each file of layers stands once", received="one twice")
    return files


def _file(data: Json) -> LayerFile:
    if not isinstance(data, dict) or not {"file", "sha256"} <= data.keys() <= {"file", "sha256", "layers"}:
        raise ProjectError("A file of layers is an object of file, sha256 and layers", received=repr(data)[:80])
    file, sha256, layers = data["file"], data["sha256"], data.get("layers", [])
    _check_place(file)
    if not isinstance(sha256, str) or not HASH.fullmatch(sha256):
        raise ProjectError("A sha256 is 64 hexadecimal digits", received=repr(sha256)[:80])
    if not isinstance(layers, list) or len(layers) > MOST_LAYERS or not all(is_identifier(name) for name in layers):
        raise ProjectError("The layers of a file are names that Python can give a class", received=repr(layers)[:80])
    return LayerFile(file, sha256, tuple(layers))


def _check_place(file: Json) -> None:
    """Refuse a place that is not spelled from the project's folder, or that could mean another on another system."""
    parts = file.split("/") if isinstance(file, str) else []
    down = parts[next((at for at, part in enumerate(parts) if part != ".."), len(parts)) :]
    plain = all(part not in ("", ".", "..") and not part.endswith((" ", ".")) for part in down)
    if not down or not plain or len(file) > LONGEST or not file.isprintable() or set(file) & set('\\:*?"<>|'):
        raise ProjectError(
            "A file of layers is named by its place from the project's folder, such as my_layers.py or ../my_layers.py",
            received=repr(file)[:80],
        )
    try:
        check_name(down[-1])
    except EngineError as error:
        raise ProjectError(error.expected, received=error.received, hint=error.hint) from error


def placed(files: Iterable[LayerFile], folder: Path) -> tuple[LayerFile, ...]:
    """Spell the places of files absolutely, which stand relative to a folder."""
    return tuple(LayerFile(os.path.realpath(folder / file.file), file.sha256, file.layers) for file in files)


def relative(files: Iterable[LayerFile], folder: Path) -> tuple[LayerFile, ...]:
    """Spell the places of files relative to a folder, or raise ProjectError where there is no way from it to them."""
    return tuple(LayerFile(_way(file, os.path.realpath(folder)), file.sha256, file.layers) for file in files)


def _way(file: LayerFile, folder: str) -> str:
    try:
        way = os.path.relpath(file.file, folder).replace(os.sep, "/")
        _check_place(way)
    except (ValueError, ProjectError) as error:
        raise ProjectError(
            f"{file.name} must lie where the project can name it", received=file.file,
            hint="Put it beside the project, and choose it anew",
        ) from error  # fmt: skip
    return way
