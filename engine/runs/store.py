"""The store of runs: one SQLite file with all that is known of each. Knows no Qt and no worker."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from engine.errors import EngineError
from engine.graph import Graph
from engine.graph_json import graph_from_json
from engine.happenings import Happening
from engine.runs.reading import joined, packed, row_of, unpacked
from engine.runs.schema import Damaged, StoreError, connect, put_aside
from engine.runs.values import Begun, EpochRow, RunRow, Spool

#: The file's name, in the folder that holds the folders of runs.
NAME: Final = "runs.sqlite"
#: What of a run may be told later, each a column.
TOLD: Final = frozenset({
    "title", "seconds", "status", "heard", "device", "steps_per_execution", "versions", "machine", "note", "archived",
    "deleted", "last", "tested", "epochs", "pace", "looks",
})  # fmt: skip
#: How what is written together begins, ends, and is taken back: alone, and within another.
_WHOLE: Final = ("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK")
_PART: Final = ("SAVEPOINT part", "RELEASE part", "ROLLBACK TO part")


def opened(path: Path) -> tuple[Store, StoreError | None]:
    """Open a store; where the file is damaged or another's, put it aside, begin anew, and return what was wrong.

    Raises:
        StoreError: The file is sound, but cannot be used: a newer version's, or the disk refuses.
    """
    try:
        return Store(path), None
    except Damaged as error:
        aside = put_aside(path)
        told = StoreError(error.expected, received=error.received, hint=f"It was put aside as {aside.name}")
        return Store(path), told


class Store:
    """One connection, for one thread; any number may have the same file open."""

    def __init__(self, path: Path, *, check: bool = True) -> None:
        """Open or make the file, or raise StoreError; `check` reads it through."""
        self.path = path
        self._db = connect(path, check=check)

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Write all that is written within, or nothing of it; within another, it is a part that may fail alone."""
        inner = self._db.in_transaction
        begin, end, undo = _PART if inner else _WHOLE
        self._db.execute(begin)
        try:
            yield
            self._db.execute(end)
        except BaseException:
            if self._db.in_transaction:
                self._db.execute(undo)
            raise

    # -- writing

    def begin(self, run: Begun) -> bool:
        """Add a run; one that is there stays as it is. Return whether it was new."""
        done = self._db.execute(
            "INSERT OR IGNORE INTO runs (id, title, began, heard, recipe, network, folder, seed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                run.id, run.title, run.began, run.began, _text(run.recipe), run.network, run.folder, run.seed,
            ),
        )  # fmt: skip
        self._db.execute("INSERT OR IGNORE INTO drawings VALUES (?, ?)", (run.id, _text(run.drawing)))
        return done.rowcount > 0

    def tell(self, run: str, **told: Any) -> None:
        """Set what is known of a run, by the names in TOLD."""
        names = [name for name in told if name in TOLD]
        if len(names) < len(told):
            raise StoreError("This is not kept of a run", received=", ".join(sorted(told.keys() - TOLD)))
        values = [_text(value) if isinstance(value, Mapping) else value for value in told.values()]
        places = ", ".join(f"{name} = ?" for name in names)
        self._db.execute(f"UPDATE runs SET {places} WHERE id = ?", (*values, run))  # noqa: S608 - names of TOLD alone

    def add_epochs(self, run: str, epochs: Iterable[EpochRow]) -> None:
        """Add ends of epochs; the last one's metrics are the run's."""
        rows = list(epochs)
        self._db.executemany(
            "INSERT OR REPLACE INTO epochs VALUES (?, ?, ?, ?, ?)",
            [(run, row.epoch, row.step, row.seconds, _text(dict(row.metrics))) for row in rows],
        )
        if rows:
            last = max(rows, key=lambda row: row.epoch)
            self.tell(run, epochs=last.epoch, last=last.metrics)

    def add_steps(self, run: str, spools: Iterable[Spool]) -> None:
        """Add steps, those with the same names as one blob."""
        for spool in joined(spools):
            self._db.execute(
                "INSERT INTO spools (run, names, timed, columns) VALUES (?, ?, ?, ?)",
                (run, _text(list(spool.names)), len(spool.times), packed(spool)),
            )

    def join_steps(self, run: str) -> None:
        """Make few blobs of the many in which a run's steps came."""
        with self.together():
            steps = self.steps(run)
            self._db.execute("DELETE FROM spools WHERE run = ?", (run,))
            self.add_steps(run, steps)

    def add_marks(self, run: str, marks: Iterable[Happening]) -> None:
        self._db.executemany(
            "INSERT INTO marks (run, step, epoch, seconds, kind, text) VALUES (?, ?, ?, ?, ?, ?)",
            [(run, mark.step, mark.epoch, mark.seconds, mark.kind, mark.text) for mark in marks],
        )

    def remove_mark(self, run: str, mark: Happening) -> None:
        self._db.execute(
            "DELETE FROM marks WHERE run = ? AND step = ? AND kind = ? AND text = ?",
            (run, mark.step, mark.kind, mark.text),
        )

    def set_checkpoints(self, run: str, kept: Iterable[tuple[str, int]]) -> None:
        """Say that these weights are kept of a run and no others: paths, with the epoch of each."""
        self._db.execute("DELETE FROM checkpoints WHERE run = ?", (run,))
        rows = [(run, path, epoch) for path, epoch in kept]
        self._db.executemany("INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?)", rows)

    def set_tags(self, run: str, tags: Iterable[str]) -> None:
        """Give a run these tags and no others."""
        kept = dict.fromkeys(tag.strip() for tag in tags)
        with self.together():
            self._db.execute("DELETE FROM tags WHERE run = ?", (run,))
            self._db.executemany("INSERT INTO tags VALUES (?, ?)", [(run, tag) for tag in kept if tag])

    def forget(self, runs: Iterable[str]) -> None:
        """Take runs out, with all that is known of them; their folders are another's affair."""
        self._db.executemany("DELETE FROM runs WHERE id = ?", [(run,) for run in runs])

    # -- reading

    def ids(self) -> frozenset[str]:
        return frozenset(row[0] for row in self._db.execute("SELECT id FROM runs"))

    def rows(self, ids: Iterable[str] | None = None) -> list[RunRow]:
        """Return runs, the newest first: those with some ids, or all."""
        self._db.row_factory = sqlite3.Row
        try:
            if ids is None:
                found = self._db.execute("SELECT * FROM runs ORDER BY began DESC, id DESC").fetchall()
            else:
                asked = [self._db.execute("SELECT * FROM runs WHERE id = ?", (id,)).fetchone() for id in ids]
                found = sorted((row for row in asked if row is not None), key=lambda row: row["began"], reverse=True)
        finally:
            self._db.row_factory = None
        tags = self._tags()
        return [row_of(row, tags.get(row["id"], ())) for row in found]

    def _tags(self) -> Mapping[str, tuple[str, ...]]:
        tags: dict[str, tuple[str, ...]] = {}
        for run, tag in self._db.execute("SELECT run, tag FROM tags ORDER BY run, tag"):
            tags[run] = (*tags.get(run, ()), tag)
        return tags

    def drawing(self, run: str) -> Graph:
        """Return the drawing of a run, or raise EngineError where there is none that can be read."""
        found = self._db.execute("SELECT drawing FROM drawings WHERE run = ?", (run,)).fetchone()
        try:
            if found is None:
                raise StoreError("The store has no drawing of this run", received=run)
            return graph_from_json(json.loads(found[0]))
        except (ValueError, RecursionError) as error:
            raise StoreError("The drawing of this run is damaged", received=str(error)[:80]) from error

    def epochs(self, run: str) -> list[EpochRow]:
        found = self._db.execute(
            "SELECT epoch, step, seconds, metrics FROM epochs WHERE run = ? ORDER BY epoch", (run,)
        )
        return [EpochRow(epoch, step, seconds, json.loads(metrics)) for epoch, step, seconds, metrics in found]

    def steps(self, run: str) -> Sequence[Spool]:
        """Return all steps of a run in order: one spool for each set of names that follow each other."""
        found = self._db.execute("SELECT names, timed, columns FROM spools WHERE run = ? ORDER BY number", (run,))
        return joined(unpacked(json.loads(names), int(timed), columns) for names, timed, columns in found)

    def marks(self, run: str) -> list[Happening]:
        found = self._db.execute(
            "SELECT step, epoch, seconds, kind, text FROM marks WHERE run = ? ORDER BY step, number", (run,)
        )
        return [Happening(*row) for row in found]

    def checkpoints(self, run: str) -> list[tuple[str, int]]:
        """Return the paths of a run's weights with the epoch of each."""
        found = self._db.execute("SELECT path, epoch FROM checkpoints WHERE run = ? ORDER BY epoch, path", (run,))
        return [(path, epoch) for path, epoch in found]


def _text(data: object) -> str:
    try:
        return json.dumps(dict(data) if isinstance(data, Mapping) else data, ensure_ascii=False)
    except (ValueError, TypeError, RecursionError) as error:
        raise EngineError("What is kept of a run is plain JSON", received=str(error)[:80]) from error
