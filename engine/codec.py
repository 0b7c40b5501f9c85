"""Messages as bytes and back, for a pipe between window and worker. Knows no Qt, no Keras and no pipe.

A message is one line of JSON, `{"is": name, "raw": [lengths], ...fields}`, then the raw bytes of its arrays.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Final, get_args

from engine.catalogue import catalogue
from engine.errors import EngineError, WireError
from engine.happenings import Happening
from engine.layersources import described_from_json, described_to_json, source_from_json, source_to_json
from engine.messages import Array, Message
from engine.patch import patch_from_rows, patch_to_rows
from engine.recipe import recipe_from_json, recipe_to_json
from engine.report import report_from_json, report_to_json
from engine.rows import graph_from_rows, graph_to_rows
from engine.values import Json

LONGEST_LINE: Final = 64 * 2**20
LONGEST_RAW: Final = 256 * 2**20
KINDS: Final[Mapping[str, type[Message]]] = {kind.__name__: kind for kind in get_args(Message)}


def encode(message: Message) -> bytes:
    """Spell a message for the wire."""
    raw: list[bytes] = []
    header: dict[str, Json] = {"is": type(message).__name__}
    for item in fields(message):
        value = getattr(message, item.name)
        if isinstance(value, Array):
            header[item.name] = [list(value.shape), value.dtype]
            raw.append(value.data)
        else:
            header[item.name] = _SPELL.get(str(item.type), _same)(value)
    header["raw"] = [len(data) for data in raw]
    return b"".join([json.dumps(header, separators=(",", ":")).encode(), b"\n", *raw])


@dataclass(slots=True)
class Decoder:
    """Turns bytes, as they arrive, into messages."""

    _waiting: bytearray = field(default_factory=bytearray)
    _header: dict[str, Json] | None = None
    _needed: int = 0
    _searched: int = 0

    def feed(self, data: bytes) -> Iterator[Message]:
        """Yield every message that is now whole, or raise WireError where the bytes are none."""
        self._waiting += data
        while (message := self._next()) is not None:
            yield message

    def _next(self) -> Message | None:
        if self._header is None and not self._read_line():
            return None
        if len(self._waiting) < self._needed:
            return None
        raw = bytes(self._waiting[: self._needed])
        del self._waiting[: self._needed]
        header, self._header = self._header, None
        assert header is not None  # noqa: S101 - _read_line has just set it
        return _message(header, raw)

    def _read_line(self) -> bool:
        end = self._waiting.find(b"\n", self._searched)
        if end < 0:
            self._searched = len(self._waiting)
            if self._searched > LONGEST_LINE:
                raise WireError("A message's first line is at most 64 MB")
            return False
        line = bytes(self._waiting[:end])
        del self._waiting[: end + 1]
        self._searched = 0
        self._header = _header(line)
        self._needed = sum(self._header["raw"])
        return True


def _header(line: bytes) -> dict[str, Json]:
    try:
        header: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise WireError("A message begins with a line of JSON", received=repr(line[:80])) from error
    lengths = header.get("raw") if isinstance(header, dict) else None
    if not isinstance(lengths, list) or not all(type(n) is int and 0 <= n <= LONGEST_RAW for n in lengths):
        raise WireError("A message names the lengths of its arrays", received=repr(line[:80]))
    if sum(lengths) > LONGEST_RAW or str(header.get("is")) not in KINDS:
        raise WireError("A message is of a known kind and at most 256 MB", received=repr(line[:80]))
    return dict(header)


def _message(header: Mapping[str, Json], raw: bytes) -> Message:
    kind = KINDS[header["is"]]
    lengths = iter(header["raw"])
    start = 0
    read: dict[str, Any] = {}
    try:
        for item in fields(kind):
            if item.name not in header:
                continue
            if item.type == "Array":
                length = next(lengths)
                read[item.name] = _array(header[item.name], raw[start : start + length])
                start += length
            else:
                read[item.name] = _READ.get(str(item.type), _same)(header[item.name])
        return kind(**read)
    except (EngineError, KeyError, TypeError, ValueError, StopIteration, AttributeError) as error:
        raise WireError(f"A {kind.__name__} message is malformed", received=str(error)[:120]) from error


def _array(data: Json, raw: bytes) -> Array:
    shape, dtype = tuple(data[0]), data[1]
    if any(type(length) is not int or length < 0 for length in shape):
        raise ValueError("an array whose shape is no shape")
    if dtype not in _ITEM or math.prod(shape) * _ITEM[dtype] != len(raw):
        raise ValueError("an array of another length than its shape says")
    return Array(shape, dtype, raw)


def _same(value: Any) -> Any:
    return value


def _number(value: float) -> Json:
    """JSON knows no nan and no infinity: they travel as texts."""
    return value if math.isfinite(value) else str(value)


def _metrics(value: Mapping[str, float]) -> dict[str, Json]:
    return {name: _number(number) for name, number in value.items()}


_ITEM: Final = {"float32": 4, "float64": 8, "float16": 2, "int64": 8, "int32": 4, "uint8": 1, "bool": 1}
_SPELL: Final[Mapping[str, Callable[[Any], Json]]] = {
    "Graph": graph_to_rows,
    "Patch": patch_to_rows,
    "Recipe": recipe_to_json,
    "Recipe | None": lambda recipe: None if recipe is None else recipe_to_json(recipe),
    "Report": report_to_json,
    "tuple[Source, ...]": lambda sources: [source_to_json(source) for source in sources],
    "tuple[Described, ...]": lambda files: [described_to_json(found) for found in files],
    "Mapping[str, float]": _metrics,
    "Mapping[str, str]": dict,
    "Happening": asdict,
    "float": _number,
}
_READ: Final[Mapping[str, Callable[[Json], Any]]] = {
    "Graph": graph_from_rows,
    "Patch": patch_from_rows,
    "Recipe": lambda data: recipe_from_json(data, catalogue()),
    "Recipe | None": lambda data: None if data is None else recipe_from_json(data, catalogue()),
    "Report": report_from_json,
    "tuple[Source, ...]": lambda data: tuple(source_from_json(item) for item in data),
    "tuple[Described, ...]": lambda data: tuple(described_from_json(item) for item in data),
    "tuple[str, ...]": tuple,
    "tuple[str, ...] | None": lambda data: None if data is None else tuple(data),
    "tuple[int, ...]": tuple,
    "Mapping[str, float]": lambda data: {name: float(number) for name, number in data.items()},
    "Mapping[str, str]": dict,
    "Happening": lambda data: Happening(**data),
    "float": float,
}
