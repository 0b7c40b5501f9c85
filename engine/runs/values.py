"""What is kept of a run, as values. Knows no file and no Qt."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from engine.graph import Graph
from engine.graph_json import graph_to_json
from engine.values import Json

Floats = NDArray[np.float64]
#: A run that has said nothing for so many seconds and has not ended was cut off.
SILENT: Final = 60.0
#: What of a node or block is looks alone.
_LOOKS: Final = ("at", "colour", "collapsed", "note")


@dataclass(frozen=True, slots=True)
class Begun:
    """What is known of a run as it begins; `began` is in seconds since 1970."""

    id: str
    title: str
    began: float
    recipe: Json
    drawing: Json
    network: str
    folder: str
    seed: int


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run as the table shows it.

    Attributes:
        recipe_text: The recipe as JSON text; `recipe` reads it.
        heard: When it was last heard of, in seconds since 1970.
        network: Alike for runs of the same network, wherever its layers stood.
        last: The metrics of its last epoch.
        tested: Its metrics on the test samples; empty where it was not measured.
        pace: How fast it went and what it used, as `engine.pace_messages` names it; empty where that is not known.
        looks: How often its test samples were used.
        deleted: When it was deleted, 0 where it was not.
    """

    id: str
    title: str = ""
    began: float = 0.0
    seconds: float = 0.0
    status: str = "running"
    heard: float = 0.0
    recipe_text: str = "{}"
    network: str = ""
    device: str = ""
    seed: int = 0
    steps_per_execution: int = 0
    versions: Mapping[str, str] = field(default_factory=dict)
    machine: Mapping[str, Any] = field(default_factory=dict)
    folder: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    archived: bool = False
    deleted: float = 0.0
    epochs: int = 0
    last: Mapping[str, float] = field(default_factory=dict)
    tested: Mapping[str, float] = field(default_factory=dict)
    pace: Mapping[str, float] = field(default_factory=dict)
    looks: int = 0

    @property
    def recipe(self) -> Mapping[str, Any]:
        return _read(self.recipe_text)

    @property
    def called(self) -> str:
        """Its title with what tells it from others of that title: when it began, by the clock of this place."""
        clock = datetime.fromtimestamp(min(max(self.began, 0.0), 4e9)).astimezone().strftime("%H:%M:%S")
        return f"{self.title} {clock}"

    def state(self, now: float) -> str:
        """Return the status; "cut off" where it never ended and nothing is heard of it any more."""
        return "cut off" if self.status == "running" and now - self.heard > SILENT else self.status


@lru_cache(maxsize=4096)
def _read(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class Spool:
    """Steps in a row: their numbers, their values of shape (steps, names), the seconds of training until each.

    `walls` are when they were, in seconds since 1970: pauses and breaks lie between them, which are no training.
    """

    names: tuple[str, ...]
    numbers: Floats
    values: Floats
    seconds: Floats | None = None
    walls: Floats | None = None

    @property
    def times(self) -> tuple[Floats, ...]:
        """What is told of the time: nothing, the seconds, or these and the walls."""
        return tuple(times for times in (self.seconds, self.walls) if times is not None)


@dataclass(frozen=True, slots=True)
class EpochRow:
    """An epoch's end: Keras's names and values; `seconds` is how long it took."""

    epoch: int
    step: int
    seconds: float
    metrics: Mapping[str, float]


def series(epochs: Iterable[EpochRow], name: str) -> tuple[Floats, Floats]:
    """Return the epochs that have a metric, and its values there."""
    found = [(row.epoch, row.metrics[name]) for row in epochs if name in row.metrics]
    table = np.array(found, float).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def network_key(graph: Graph) -> str:
    """Return a word that is alike for drawings of the same network, wherever their layers stand."""
    return network_key_of(graph_to_json(graph))


def network_key_of(drawing: Json) -> str:
    text = json.dumps(_bare(drawing), sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _bare(drawing: Json) -> Json:
    """A drawing without places and looks."""
    if not isinstance(drawing, dict):
        return drawing
    blocks = drawing.get("blocks", {})
    return {
        "nodes": [_plain(node) for node in drawing.get("nodes", [])],
        "edges": drawing.get("edges", []),
        "blocks": {name: _bare_block(block) for name, block in blocks.items()} if isinstance(blocks, dict) else {},
    }


def _bare_block(block: Json) -> Json:
    return {**_plain(block), **_bare(block)} if isinstance(block, dict) else block


def _plain(item: Json) -> dict[str, Json]:
    if not isinstance(item, dict):
        return {"": item}
    return {key: value for key, value in item.items() if key not in (*_LOOKS, "frames", "notes")}
