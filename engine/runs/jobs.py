"""What is written into the store as a run goes, each as one function of the store. Knows no Qt and no thread."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, TypeAlias

from engine.graph import Graph
from engine.graph_json import graph_to_json
from engine.happenings import Happening
from engine.messages import Epoch, Steps
from engine.recipe import Recipe, recipe_to_json
from engine.runs.store import Store
from engine.runs.taking import learn, learn_looks, take_in, title_of
from engine.runs.values import Begun, EpochRow, Spool, network_key_of

Job: TypeAlias = Callable[[Store], Iterable[str]]
#: How long a deleted run can be put back, in seconds.
KEPT: Final = 30 * 86_400.0


def spool(message: Steps) -> Spool:
    """Return a message's steps as they are kept."""
    seconds = message.seconds.numpy() if message.seconds.data else None
    walls = seconds + message.since if seconds is not None and message.since else None
    return Spool(message.names, message.numbers.numpy().astype(float), message.values.numpy(), seconds, walls)


def row(message: Epoch) -> EpochRow:
    return EpochRow(message.epoch, message.step, message.seconds, dict(message.metrics))


def begin(root: Path, now: float) -> Job:
    """Take in the runs from before the store; let those go that were deleted long ago, folders and all."""

    def job(store: Store) -> Iterable[str]:
        old = [row for row in store.rows() if row.deleted and now - row.deleted > KEPT]
        for run in old:
            _remove(root, run.folder)
        store.forget(run.id for run in old)
        return [*take_in(store, root), *_looked_before(store), *(run.id for run in old)]

    return job


def _remove(root: Path, folder: str) -> None:
    """Remove a run's folder, if it is one of those that this program makes."""
    place = Path(folder)
    if folder and place.parent.resolve() == root.resolve() and not place.is_symlink():
        with suppress(OSError):
            shutil.rmtree(place)


def _looked_before(store: Store) -> list[str]:
    """Learn how often test samples were used from the folders of runs that were measured before the store knew it."""
    found = [row.id for row in store.rows() if row.tested and not row.looks and row.folder]
    for row in store.rows(found):
        learn_looks(store, row.id, Path(row.folder))
    return found


def start(folder: Path, graph: Graph, recipe: Recipe, now: float) -> Job:
    """Begin a run; one that goes on is running again."""

    def job(store: Store) -> Iterable[str]:
        drawing = graph_to_json(graph)
        run = Begun(
            folder.name, title_of(folder.name), now, recipe_to_json(recipe), drawing, network_key_of(drawing),
            str(folder), recipe.seed,
        )  # fmt: skip
        store.begin(run)
        store.tell(folder.name, status="running", heard=now)
        return (folder.name,)

    return job


def add(
    run: str, steps: Sequence[Spool], epochs: Sequence[EpochRow], marks: Sequence[Happening], now: float
) -> Job:  # fmt: skip
    """Add what was said since the last time."""

    def job(store: Store) -> Iterable[str]:
        store.add_steps(run, steps)
        store.add_epochs(run, epochs)
        store.add_marks(run, marks)
        store.tell(run, heard=now, **_trained(store, run, steps, now))
        return (run,)

    return job


def _trained(store: Store, run: str, steps: Sequence[Spool], now: float) -> dict[str, float]:
    """How long a run has trained: what its steps say; where they do not tell, since it began."""
    times = steps[-1].seconds if steps else None
    if times is not None and len(times):
        return {"seconds": float(times[-1])}
    (known,) = store.rows([run]) or (None,)
    return {"seconds": now - known.began} if steps and known is not None else {}


def tell(run: str, told: Mapping[str, Any]) -> Job:
    def job(store: Store) -> Iterable[str]:
        store.tell(run, **told)
        return (run,)

    return job


def unmark(run: str, mark: Happening) -> Job:
    def job(store: Store) -> Iterable[str]:
        store.remove_mark(run, mark)
        return (run,)

    return job


def tag(run: str, tags: Iterable[str]) -> Job:
    def job(store: Store) -> Iterable[str]:
        store.set_tags(run, tags)
        return (run,)

    return job


def end(run: str, folder: Path, status: str, now: float) -> Job:
    """Say how a run ended, and take what the worker wrote of it."""

    def job(store: Store) -> Iterable[str]:
        store.tell(run, status=status, heard=now)
        store.join_steps(run)
        learn(store, run, folder)
        return (run,)

    return job
