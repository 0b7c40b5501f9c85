"""The weights that a run kept: of which epoch, why, how large, since when. Reads store and files; no Keras, no Qt."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from engine import choices_json
from engine.best import Best
from engine.choices import Keeping, Stopping
from engine.errors import EngineError
from engine.record import checkpoints
from engine.runs.store import Store
from engine.runs.values import EpochRow, RunRow

LAST: Final = "last"
BEST: Final = "best"
#: Better than all before it, and later surpassed.
WAS_BEST: Final = "was best"
#: The last weights, where the best epoch's were put in their place.
PUT_BACK: Final = "best put back"


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of weights.

    Attributes:
        named: The epoch by the file's name; 0 for the model that the run ended with.
        epoch: The epoch that the weights are of; 0 where that is not known.
        kind: Why they were kept, in words; empty where the recipe does not tell.
        size: In bytes.
        written: When, in seconds since 1970.
        metrics: What was measured in that epoch.
    """

    path: Path
    named: int
    epoch: int
    kind: str
    size: int = 0
    written: float = 0.0
    metrics: Mapping[str, float] = field(default_factory=dict)


def kept(store: Store, row: RunRow, epochs: Sequence[EpochRow] | None = None) -> tuple[Kept, ...]:
    """Return the weights of a run that are there: the last first, then by epoch; its epochs may be known already."""
    found = dict(store.checkpoints(row.id))
    if row.folder:  # of a run that goes on the store knows nothing yet
        found |= {str(path): epoch for path, epoch in checkpoints(Path(row.folder))}
    if not found:
        return ()
    files = sorted(found.items(), key=lambda pair: pair[1])
    return told(row, files, store.epochs(row.id) if epochs is None else epochs)


def told(row: RunRow, files: Iterable[tuple[str, int]], epochs: Sequence[EpochRow]) -> tuple[Kept, ...]:
    """Say of files, each with the epoch in its name, what they are; those that are gone are left out."""
    choices, metrics = _choices(row.recipe), {each.epoch: each.metrics for each in epochs}
    keeping, stopping = choices.get("keeping"), choices.get("stopping")
    best = _best(Best(keeping.metric), epochs) if isinstance(keeping, Keeping) else 0
    last, kind = _last(stopping if isinstance(stopping, Stopping) else None, epochs)
    found = []
    for path, named in files:
        with suppress(OSError):
            known = Path(path).stat()
            words = _kind(keeping, named, best) if named and isinstance(keeping, Keeping) else "" if named else kind
            epoch = named or last
            found.append(
                Kept(Path(path), named, epoch, words, known.st_size, known.st_mtime, metrics.get(epoch, {}))
            )  # fmt: skip
    return tuple(found)


def _choices(recipe: Mapping[str, Any]) -> Mapping[str, object]:
    with suppress(EngineError):
        return choices_json.all_from_json(recipe)
    return {}


def _best(best: Best, epochs: Iterable[EpochRow]) -> int:
    for each in epochs:
        best.sees(each.epoch, each.metrics.get(best.metric, math.nan))
    return best.epoch


def _last(stopping: Stopping | None, epochs: Sequence[EpochRow]) -> tuple[int, str]:
    """Return the epoch of the weights that a run ended with, and what these are."""
    last = epochs[-1].epoch if epochs else 0
    best = _best(Best(stopping.metric, stopping.least), epochs) if stopping is not None and stopping.restore else 0
    return (best, PUT_BACK) if best not in (0, last) else (last, LAST)


def _kind(keeping: Keeping, epoch: int, best: int) -> str:
    if epoch == best:
        return BEST
    every = "every epoch" if keeping.every == 1 else f"every {keeping.every}"
    return WAS_BEST if epoch % keeping.every else every
