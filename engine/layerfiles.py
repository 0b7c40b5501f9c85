"""Python files with layers of a person's own, as data: read, hashed, named. Runs nothing that stands in them."""

from __future__ import annotations

import ast
import difflib
import hashlib
import keyword
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from engine.errors import EngineError, ProjectError
from engine.imported import IMPORTED, OURS
from engine.values import FrozenMap, Json

LARGEST: Final = 256 * 2**10
#: So many files a project may have, and layers a file.
MOST, MOST_LAYERS = 32, 200
LONGEST: Final = 1000
HASH: Final = re.compile("[0-9a-f]{64}")
#: Control characters that a text file holds.
PLAIN: Final = frozenset("\t\n\r\f")
#: Characters by which text is shown in another order than it is read.
TURNING: Final = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


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


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read, once: `sha256` is of the very bytes that `text` spells; `layers` are those expected."""

    path: str
    sha256: str
    text: str
    layers: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return Path(self.path).name

    @property
    def module(self) -> str:
        return Path(self.path).stem


@dataclass(frozen=True, slots=True)
class Described:
    """What a worker found in a file.

    Attributes:
        layers: By name, each as a layer stands in layers.json.
        fault: Why it gave none, as a sentence; empty where it did.
        stuck: It did not come to an end: the worker that ran it has ended instead.
        lacks: A library that this worker does without and another has.
        notes: Why a layer was left out, by its name.
    """

    path: str
    layers: FrozenMap[Json]
    fault: str = ""
    stuck: bool = False
    lacks: str = ""
    notes: FrozenMap[str] = field(default_factory=FrozenMap)


# -- reading


def read(path: Path) -> Source:
    """Read a layer file, or raise EngineError where it is none that could be shown and run as it stands."""
    path = Path(os.path.realpath(path))
    check_name(path.name)
    try:
        if not path.is_file():
            raise EngineError(f"{path.name} is not there", received=str(path), hint="Put it there, or choose it anew")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise EngineError(f"{path.name} cannot be read", received=reason) from error
    text = _text(path.name, data)
    return Source(str(path), hashlib.sha256(data).hexdigest(), text, class_names(text))


def digest(text: str) -> str:
    """Return the hash of the bytes that a text was read from."""
    return hashlib.sha256(text.encode()).hexdigest()


def _text(name: str, data: bytes) -> str:
    """Spell bytes as the text that is shown and run, which must be one and the same."""
    if len(data) > LARGEST:
        raise EngineError(f"{name} is too large to be looked through", received=f"more than {LARGEST // 1024} KB")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise EngineError(f"{name} must be text in UTF-8", received="bytes that are not") from error
    found = next((letter for letter in text[1:] if _hides(letter)), "")
    if found:
        raise EngineError(
            f"{name} holds a character that hides what it says", received=f"U+{ord(found):04X}", hint="Take it out"
        )
    return text


def _hides(letter: str) -> bool:
    """Whether a character shows as nothing, or turns round what stands after it."""
    if unicodedata.category(letter) in ("Cc", "Zl", "Zp"):
        return letter not in PLAIN
    return unicodedata.bidirectional(letter) in TURNING


def class_names(text: str) -> tuple[str, ...]:
    """Return the names of the classes that a file defines, the file unread where it is no Python."""
    try:
        body = ast.parse(text.removeprefix("\ufeff")).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    return tuple(item.name for item in body if isinstance(item, ast.ClassDef))[:MOST_LAYERS]


def difference(before: str, after: str) -> str:
    """Spell what changed between two states of a file, as `diff -u` does."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), "as you trusted it", "as it is now", "", "")
    return "\n".join(line.rstrip("\n") for line in lines)


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


# -- on the wire


def source_to_json(source: Source) -> Json:
    return [source.path, source.sha256, source.text, list(source.layers)]


def source_from_json(data: Json) -> Source:
    path, sha256, text, layers = data
    return Source(path, sha256, text, tuple(layers))


def described_to_json(found: Described) -> Json:
    return [found.path, dict(found.layers), found.fault, found.stuck, found.lacks, dict(found.notes)]


def described_from_json(data: Json) -> Described:
    path, layers, fault, stuck, lacks, notes = data
    return Described(path, FrozenMap(layers), fault, stuck, lacks, FrozenMap(notes))


def expected(sources: Iterable[Source]) -> Iterator[tuple[str, Source]]:
    """Yield each layer that is expected of some files, and the file."""
    for source in sources:
        for name in source.layers:
            yield name, source
