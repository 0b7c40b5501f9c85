"""Files of layers as they are read: text, hash, difference, and what a worker found in them. Runs none of them."""

from __future__ import annotations

import ast
import difflib
import hashlib
import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from engine.errors import EngineError
from engine.layerfiles import MOST_LAYERS, check_name, is_identifier
from engine.values import FrozenMap, Json

LARGEST: Final = 256 * 2**10
#: Control characters that a text file holds.
PLAIN: Final = frozenset("\t\n\r\f")
#: Characters by which text is shown in another order than it is read.
TURNING: Final = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


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
    found = next((letter for letter in text.removeprefix("\ufeff") if _hides(letter)), "")
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
    names = (item.name for item in body if isinstance(item, ast.ClassDef))
    return tuple(name for name in names if is_identifier(name))[:MOST_LAYERS]


def difference(before: str, after: str) -> str:
    """Spell what changed between two states of a file, as `diff -u` does."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), "as you trusted it", "as it is now", "", "")
    return "\n".join(line.rstrip("\n") for line in lines)


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
