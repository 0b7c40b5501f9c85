"""Takes runs into the store from their folders: those of before the store, and what a worker wrote of one. No Qt."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from engine.record import LOOKS, METRICS, RUN, checkpoints, looks_told
from engine.runs.store import Store
from engine.runs.values import Begun, EpochRow, network_key_of

#: No run.json and no metrics.csv that this program writes is larger.
LARGEST: Final = 64 * 2**20
#: The first so many epochs of a run are read.
MOST: Final = 100_000
_ROW: Final = ("epoch", "step", "seconds")
#: What reading a folder of another making may come to; a number that SQLite has no room for is an OverflowError.
_UNREADABLE: Final = (OSError, ValueError, TypeError, RecursionError, OverflowError)


def take_in(store: Store, root: Path) -> list[str]:
    """Add the runs whose folders stand in `root` and that the store lacks; return their ids.

    A folder that cannot be read is passed over: it is no run, or not ours.
    """
    known, taken = store.ids(), []
    for folder in sorted(path for path in _listed(root) if path.name not in known and (path / RUN).is_file()):
        with suppress(*_UNREADABLE, KeyError):
            data = _read(folder / RUN)
            with store.together():
                _add(store, folder, data)
            taken.append(folder.name)
    return taken


def learn(store: Store, run: str, folder: Path) -> None:
    """Take what the worker wrote of a run: how long it trained, versions, machine, and where its weights are."""
    with suppress(*_UNREADABLE):
        store.tell(run, **_told(_read(folder / RUN)))
    store.set_checkpoints(run, ((str(path), epoch) for path, epoch in checkpoints(folder)))


def learn_looks(store: Store, run: str, folder: Path) -> None:
    """Take from a run's folder how often its test samples were used."""
    with suppress(*_UNREADABLE):
        if looks := looks_told(_read(folder / RUN)):
            store.tell(run, looks=looks)


def _listed(root: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from (path for path in root.iterdir() if path.is_dir() and not path.is_symlink())


def _read(path: Path) -> Mapping[str, Any]:
    if path.stat().st_size > LARGEST:
        raise ValueError("over 64 MB")
    data = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(data, dict):
        raise TypeError("JSON of another kind")
    return data


def _add(store: Store, folder: Path, data: Mapping[str, Any]) -> None:
    recipe, drawing = data["recipe"], data["graph"]
    if not isinstance(recipe, dict) or not isinstance(drawing, dict):
        raise TypeError("a recipe and a drawing are objects")
    began = datetime.fromisoformat(str(data["began"])).timestamp()
    seed, title = data.get("seed", 0), title_of(folder.name)
    store.begin(
        Begun(
            folder.name, title, began, recipe, drawing, network_key_of(drawing), str(folder),
            seed if isinstance(seed, int) else 0,
        )
    )  # fmt: skip
    heard = (folder / RUN).stat().st_mtime
    store.tell(folder.name, status=str(data.get("status", "")), heard=heard, **_told(data))
    with suppress(OSError, ValueError):
        store.add_epochs(folder.name, epochs_of(folder / METRICS))
    store.set_checkpoints(folder.name, ((str(path), epoch) for path, epoch in checkpoints(folder)))


def _told(data: Mapping[str, Any]) -> dict[str, Any]:
    kinds: Mapping[str, type | tuple[type, ...]] = {
        "device": str, "steps_per_execution": int, "versions": dict, "machine": dict, "pace": dict,
        "seconds": (int, float),
    }  # fmt: skip
    told = {name: data[name] for name, kind in kinds.items() if isinstance(data.get(name), kind)}
    return {**told, "looks": looks_told(data)} if LOOKS in data else told


def title_of(run: str) -> str:
    """Return the title within a run's id: what stands behind the date, the time and the milliseconds."""
    parts = run.split("-", 3)
    dated = len(parts) == 4 and all(part.isdigit() for part in parts[:3])
    return parts[3] if dated and parts[3] else run


def epochs_of(path: Path) -> list[EpochRow]:
    """Read the rows of a metrics.csv, as far as they are sound; or raise OSError or ValueError."""
    if path.stat().st_size > LARGEST:
        raise ValueError("over 64 MB")
    found: list[EpochRow] = []
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            if len(found) >= MOST:
                break
            with suppress(ValueError, KeyError, TypeError):
                metrics = {name: float(text) for name, text in line.items() if name not in _ROW and text and name}
                found.append(EpochRow(int(line["epoch"]), int(line["step"]), float(line["seconds"]), metrics))
    return found
