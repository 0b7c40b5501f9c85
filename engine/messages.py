"""The wire between window and worker: one frozen dataclass a message, encoded and decoded. Knows no Qt, no Keras.

A message is one line of JSON, `{"is": name, "raw": [lengths], ...fields}`, then the raw bytes of its arrays.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final, Literal, TypeAlias

import numpy as np

from engine.catalogue import catalogue
from engine.errors import EngineError, WireError
from engine.graph import Graph
from engine.project import graph_from_json, graph_to_json
from engine.recipe import Recipe, recipe_from_json, recipe_to_json
from engine.report import Report, report_from_json, report_to_json
from engine.values import Json

#: Raised by one whenever a message changes; both ends must have the same.
PROTOCOL: Final = 1
LONGEST_LINE: Final = 64 * 2**20
LONGEST_RAW: Final = 256 * 2**20

State = Literal["starting", "compiling", "training", "evaluating"]
Status = Literal["finished", "stopped", "failed"]


@dataclass(frozen=True, slots=True)
class Array:
    """A tensor on the wire: shape, numpy dtype name, bytes in C order."""

    shape: tuple[int, ...]
    dtype: str
    data: bytes

    @staticmethod
    def of(array: np.ndarray[Any, Any]) -> Array:
        return Array(array.shape, str(array.dtype), np.ascontiguousarray(array).tobytes())

    def numpy(self) -> np.ndarray[Any, Any]:
        """Return a read-only numpy array over the bytes, without a copy."""
        return np.frombuffer(self.data, dtype=self.dtype).reshape(self.shape)


# -- from the window to the worker


@dataclass(frozen=True, slots=True)
class Check:
    """Ask for shapes, counts and problems; the answer carries the same generation."""

    generation: int
    graph: Graph


@dataclass(frozen=True, slots=True)
class Train:
    """Start the run. `folder` is where its record goes; empty keeps none. `watch` as in Watch."""

    graph: Graph
    recipe: Recipe
    folder: str = ""
    watch: tuple[str, ...] = ()
    samples: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class Watch:
    """Choose what is sent while training: the outputs of nodes, by id, for samples, by index in the validation set."""

    nodes: tuple[str, ...] = ()
    samples: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class Stop:
    """End the run after the step under way."""


@dataclass(frozen=True, slots=True)
class Evaluate:
    """Measure the trained model on the test samples, kept apart until now."""


@dataclass(frozen=True, slots=True)
class Export:
    """Write a model, by the path's ending; `weights` names a run's folder, empty for fresh ones."""

    graph: Graph
    recipe: Recipe
    path: str
    weights: str = ""


# -- from the worker to the window


@dataclass(frozen=True, slots=True)
class Ready:
    """The first message: who speaks. `devices` are those it can use, the best first: ("GPU:0", "CPU:0")."""

    role: str
    versions: Mapping[str, str]
    devices: tuple[str, ...] = ()
    protocol: int = PROTOCOL


@dataclass(frozen=True, slots=True)
class Checked:
    generation: int
    report: Report


@dataclass(frozen=True, slots=True)
class StateChanged:
    """Where the run stands; `device` is where it runs, `steps` and `samples` count one epoch's, once known."""

    state: State
    device: str = ""
    steps: int = 0
    epochs: int = 0
    samples: int = 0


@dataclass(frozen=True, slots=True)
class Steps:
    """Every step since the last such message, at most 20 messages a second.

    `numbers` are the steps' numbers from 1 through the run, int64 of shape (k,); `values` the running means that
    Keras logs after each, float64 of shape (k, len(names)).
    """

    names: tuple[str, ...]
    numbers: Array
    values: Array


@dataclass(frozen=True, slots=True)
class Epoch:
    """An epoch's end, from 1: Keras's names and values, `val_` ones included; `step` is the last step's number."""

    epoch: int
    step: int
    metrics: Mapping[str, float]
    seconds: float


@dataclass(frozen=True, slots=True)
class Maps:
    """What a node put out for the watched samples: float32, shape (samples, *output shape)."""

    node: str
    epoch: int
    step: int
    samples: tuple[int, ...]
    values: Array


@dataclass(frozen=True, slots=True)
class Logged:
    """What the worker's process printed."""

    text: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Something did not work: a sentence for a person, the node where there is one, the traceback for the log."""

    sentence: str
    node: str = ""
    traceback: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    status: Status
    seconds: float


@dataclass(frozen=True, slots=True)
class Evaluated:
    metrics: Mapping[str, float]
    samples: int


@dataclass(frozen=True, slots=True)
class Exported:
    path: str


Message: TypeAlias = (
    Check | Train | Watch | Stop | Evaluate | Export
    | Ready | Checked | StateChanged | Steps | Epoch | Maps | Logged | Failed | Ended | Evaluated | Exported
)  # fmt: skip
KINDS: Final[Mapping[str, type[Message]]] = {
    kind.__name__: kind
    for kind in (
        Check, Train, Watch, Stop, Evaluate, Export, Ready, Checked, StateChanged, Steps, Epoch, Maps, Logged, Failed,
        Ended, Evaluated, Exported,
    )
}  # fmt: skip


# -- encoding


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
    if sum(lengths) > LONGEST_RAW or header.get("is") not in KINDS:
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
    if dtype not in _ITEM or math.prod(shape) * _ITEM[dtype] != len(raw) or any(n < 0 for n in shape):
        raise ValueError("an array of another length than its shape says")
    return Array(shape, dtype, raw)


def _same(value: Any) -> Any:
    return value


def _metrics(value: Mapping[str, float]) -> dict[str, Json]:
    """JSON knows no nan and no infinity: they travel as texts."""
    return {name: number if math.isfinite(number) else str(number) for name, number in value.items()}


_ITEM: Final = {"float32": 4, "float64": 8, "float16": 2, "int64": 8, "int32": 4, "uint8": 1, "bool": 1}
_SPELL: Final[Mapping[str, Callable[[Any], Json]]] = {
    "Graph": graph_to_json,
    "Recipe": recipe_to_json,
    "Report": report_to_json,
    "Mapping[str, float]": _metrics,
    "Mapping[str, str]": dict,
}
_READ: Final[Mapping[str, Callable[[Json], Any]]] = {
    "Graph": graph_from_json,
    "Recipe": lambda data: recipe_from_json(data, catalogue()),
    "Report": report_from_json,
    "tuple[str, ...]": tuple,
    "tuple[int, ...]": tuple,
    "Mapping[str, float]": lambda data: {name: float(number) for name, number in data.items()},
    "Mapping[str, str]": dict,
}
