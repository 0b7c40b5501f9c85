"""A run's folder: what was trained, on what, how it went, and the weights. Knows no Keras and no Qt."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import platform
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from engine.catalogue import Catalogue
from engine.errors import EngineError, ProjectError
from engine.graph import Graph
from engine.graph_json import graph_from_json, graph_to_json
from engine.messages import Epoch
from engine.project import write_whole
from engine.recipe import Recipe, recipe_from_json, recipe_to_json
from engine.values import Json

VERSION: Final = 1
RUN: Final = "run.json"
METRICS: Final = "metrics.csv"
MODEL: Final = "model.keras"
PREVIOUS: Final = "previous"
#: Where the weights of epochs are kept that the recipe asks for.
CHECKPOINTS: Final = "checkpoints"
_CHECKPOINT: Final = re.compile(r"epoch-(\d{4,9})\.weights\.h5")
#: How fast a run went and what it used, in the record of one that ended.
PACE: Final = "pace"
#: How often the test samples were used, in the record of a run for which they were.
LOOKS: Final = "test_looks"
#: More looks than this nobody took: a figure that was made up.
MOST_LOOKS: Final = 10**9


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a run before its first step."""

    graph: Graph
    recipe: Recipe
    device: str
    steps_per_execution: int
    versions: Mapping[str, str]


class Record:
    """Writes a run's folder as the run goes; what an earlier run left there moves to `previous`."""

    def __init__(self, folder: Path, facts: Facts) -> None:
        """Begin a record, or raise ProjectError where the folder cannot be written."""
        self.folder = folder
        self._began = datetime.now(UTC).isoformat(timespec="seconds")
        self._facts = facts
        self._columns: list[str] = []
        self.looks = 0
        #: How fast the run went, once it is known.
        self.pace: Mapping[str, float] = {}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _put_aside(folder)
        except OSError as error:
            raise _unwritable(folder, error) from error
        self.end("running", 0.0)

    @property
    def model(self) -> Path:
        """Where the trained model goes."""
        return self.folder / MODEL

    def epoch(self, epoch: Epoch) -> None:
        """Add a row to the metrics."""
        row = {"epoch": epoch.epoch, "step": epoch.step, "seconds": round(epoch.seconds, 4), **epoch.metrics}
        text = io.StringIO()
        if not self._columns:
            self._columns = list(row)
            csv.writer(text, lineterminator="\n").writerow(self._columns)
        csv.writer(text, lineterminator="\n").writerow([row.get(name, "") for name in self._columns])
        try:
            with (self.folder / METRICS).open("a", encoding="utf-8", newline="") as file:
                file.write(text.getvalue())
        except OSError as error:
            raise _unwritable(self.folder, error) from error

    def end(self, status: str, seconds: float) -> None:
        """Say how the run ended: "finished", "stopped" or "failed"; "running" stays where its process was killed."""
        facts = self._facts
        data: Json = {
            "layerloom": VERSION,
            "status": status,
            "seconds": round(seconds, 3),
            "began": self._began,
            "device": facts.device,
            "machine": {"system": platform.platform(), "processor": platform.machine(), "cores": os.cpu_count()},
            "versions": dict(facts.versions),
            "seed": facts.recipe.seed,
            "steps_per_execution": facts.steps_per_execution,
            "recipe": recipe_to_json(facts.recipe),
            "graph": graph_to_json(facts.graph),
        }
        data |= {PACE: {name: float(f"{figure:.6g}") for name, figure in self.pace.items()}} if self.pace else {}
        self._take_looks()
        _write(self.folder, data | {LOOKS: self.looks} if self.looks else data)

    def _take_looks(self) -> None:
        """Know of the looks that others counted since: the run may have been measured by its folder."""
        with suppress(ProjectError):
            self.looks = max(self.looks, looks_told(_read_whole(self.folder)))

    def looked(self) -> int:
        """Count a use of the test samples; return how many there were."""
        self.looks = count_look(self.folder)
        return self.looks


def count_look(folder: Path) -> int:
    """Count in a run's folder that the test samples were used; return how often they were, or raise ProjectError."""
    data = _read_whole(folder)
    looks = looks_told(data) + 1
    _write(folder, {**data, LOOKS: looks})
    return looks


def looks_told(data: Mapping[str, Any]) -> int:
    """Return how often the test samples were used, by what a run.json holds; 0 where it makes no sense."""
    looks = data.get(LOOKS, 0)
    return looks if type(looks) is int and 0 < looks <= MOST_LOOKS else 0


def _read_whole(folder: Path) -> Mapping[str, Any]:
    try:
        data = json.loads((folder / RUN).read_text(encoding="utf-8"))
        if not isinstance(data, dict):
            raise TypeError("JSON of another kind")
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise ProjectError(f"{folder / RUN} is damaged", received=str(error)[:120]) from error
    return data


def _write(folder: Path, data: Json) -> None:
    write_whole(folder / RUN, (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode())


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a run's folder says of it."""

    graph: Graph
    recipe: Recipe
    status: str
    model: Path


def read(folder: Path, catalogue: Catalogue) -> Recorded:
    """Read a run's folder, or raise ProjectError saying what is missing or wrong."""
    path = folder / RUN
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        graph, recipe = graph_from_json(data["graph"]), recipe_from_json(data["recipe"], catalogue)
        return Recorded(graph, recipe, str(data["status"]), folder / MODEL)
    except OSError as error:
        raise ProjectError(
            f"{folder.name or folder} is the folder of no run", received=f"{RUN}: {error.strerror or error}",
            hint="Name a folder that a run was recorded in",
        ) from error  # fmt: skip
    except (EngineError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ProjectError(f"{path} is damaged", received=str(error)[:120]) from error


@contextmanager
def in_place_of(path: Path) -> Iterator[Path]:
    """Yield a path beside `path`, of the same ending; what is written there takes its place once the block ends well.

    Raises:
        ProjectError: The file cannot be written; an old one is unharmed.
    """
    target = path.resolve()
    temporary = target.with_name(f".{os.urandom(4).hex()}.part.{target.name[-100:]}")
    try:
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, "the file is read-only")
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(target)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def checkpoint(folder: Path, epoch: int) -> Path:
    """Where the weights of an epoch are kept in a run's folder."""
    return folder / CHECKPOINTS / f"epoch-{epoch:04}.weights.h5"


def checkpoints(folder: Path) -> list[tuple[Path, int]]:
    """Return the weights that are kept in a run's folder with the epoch of each; those of the last have 0."""
    last = [(folder / MODEL, 0)] if (folder / MODEL).is_file() else []
    with suppress(OSError):
        named = ((path, _CHECKPOINT.fullmatch(path.name)) for path in (folder / CHECKPOINTS).iterdir())
        return last + sorted((path, int(found[1])) for path, found in named if found is not None)
    return last


def _put_aside(folder: Path) -> None:
    if (folder / CHECKPOINTS).is_dir():
        shutil.rmtree(folder / PREVIOUS / CHECKPOINTS, ignore_errors=True)
    for name in (RUN, METRICS, MODEL, CHECKPOINTS):
        if (folder / name).exists():
            (folder / PREVIOUS).mkdir(exist_ok=True)
            (folder / name).replace(folder / PREVIOUS / name)
    for litter in folder.glob(".*.part.*"):  # of a run whose process was killed while it saved
        litter.unlink()


def _unwritable(path: Path, error: OSError) -> ProjectError:
    return ProjectError(
        f"{path} cannot be written", received=error.strerror or str(error),
        hint="The old files, where there were any, are unharmed; choose another place",
    )  # fmt: skip
