"""The file that runs are kept in: how it is opened, made, brought up to date, put aside. Knows no run."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from engine.errors import EngineError

#: What a file of ours has as SQLite's application id: "LOOM".
OURS: Final = 0x4C4F4F4D
#: How long a write waits for another window's, in seconds.
PATIENCE: Final = 10.0
#: Files of more bytes are not read through when they are opened.
READ_THROUGH: Final = 256 * 2**20
#: From each version to the next, the first from an empty file.
MIGRATIONS: Final[Sequence[Sequence[str]]] = (
    (
        """CREATE TABLE runs (
            id TEXT PRIMARY KEY, title TEXT NOT NULL, began REAL NOT NULL, seconds REAL NOT NULL DEFAULT 0,
            status TEXT NOT NULL DEFAULT 'running', heard REAL NOT NULL DEFAULT 0, recipe TEXT NOT NULL,
            network TEXT NOT NULL, device TEXT NOT NULL DEFAULT '', seed INTEGER NOT NULL DEFAULT 0,
            steps_per_execution INTEGER NOT NULL DEFAULT 0, versions TEXT NOT NULL DEFAULT '{}',
            machine TEXT NOT NULL DEFAULT '{}', folder TEXT NOT NULL, note TEXT NOT NULL DEFAULT '',
            archived INTEGER NOT NULL DEFAULT 0, deleted REAL NOT NULL DEFAULT 0, epochs INTEGER NOT NULL DEFAULT 0,
            last TEXT NOT NULL DEFAULT '{}', tested TEXT NOT NULL DEFAULT '{}')""",
        "CREATE TABLE drawings (run TEXT PRIMARY KEY REFERENCES runs ON DELETE CASCADE, drawing TEXT NOT NULL)",
        """CREATE TABLE tags (run TEXT NOT NULL REFERENCES runs ON DELETE CASCADE, tag TEXT NOT NULL,
            PRIMARY KEY (run, tag)) WITHOUT ROWID""",
        """CREATE TABLE epochs (run TEXT NOT NULL REFERENCES runs ON DELETE CASCADE, epoch INTEGER NOT NULL,
            step INTEGER NOT NULL, seconds REAL NOT NULL, metrics TEXT NOT NULL,
            PRIMARY KEY (run, epoch)) WITHOUT ROWID""",
        """CREATE TABLE spools (number INTEGER PRIMARY KEY, run TEXT NOT NULL REFERENCES runs ON DELETE CASCADE,
            names TEXT NOT NULL, timed INTEGER NOT NULL, columns BLOB NOT NULL)""",
        "CREATE INDEX spools_of ON spools (run, number)",
        """CREATE TABLE marks (number INTEGER PRIMARY KEY, run TEXT NOT NULL REFERENCES runs ON DELETE CASCADE,
            step INTEGER NOT NULL, epoch INTEGER NOT NULL, seconds REAL NOT NULL, kind TEXT NOT NULL,
            text TEXT NOT NULL)""",
        "CREATE INDEX marks_of ON marks (run, number)",
        """CREATE TABLE checkpoints (run TEXT NOT NULL REFERENCES runs ON DELETE CASCADE, path TEXT NOT NULL,
            epoch INTEGER NOT NULL, PRIMARY KEY (run, path)) WITHOUT ROWID""",
    ),
    ("ALTER TABLE runs ADD COLUMN pace TEXT NOT NULL DEFAULT '{}'",),
    ("ALTER TABLE runs ADD COLUMN looks INTEGER NOT NULL DEFAULT 0",),
)
VERSION: Final = len(MIGRATIONS)


class StoreError(EngineError):
    """A file of runs that cannot be used."""


class Damaged(StoreError):
    """A file that is no file of runs, or no more: it is put aside and another begun."""


def connect(path: Path, *, check: bool = True) -> sqlite3.Connection:
    """Open a file of runs, made where there is none and brought up to date, or raise StoreError.

    Args:
        check: Whether the whole file is read, to see that it is sound.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise _unusable(path, error) from error
    try:
        _prepare(db, path, check)
    except BaseException as error:
        db.close()
        if isinstance(error, sqlite3.OperationalError):  # locked, read-only, full: the file itself may be sound
            raise _unusable(path, error) from error
        if isinstance(error, sqlite3.DatabaseError):
            raise _damaged(path, str(error)) from error
        raise
    return db


def _prepare(db: sqlite3.Connection, path: Path, check: bool) -> None:
    tables, ours = _number(db, "SELECT count(*) FROM sqlite_master"), _number(db, "PRAGMA application_id")
    if tables and ours != OURS:
        raise _damaged(path, "a database of another program")
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA foreign_keys = ON")
    version = _number(db, "PRAGMA user_version")
    if version > VERSION:
        raise StoreError(
            f"{path.name} was written by a newer Layerloom: this one reads versions up to {VERSION}",
            received=f"version {version}", hint="Update Layerloom to see and keep runs",
        )  # fmt: skip
    if version < VERSION:
        _migrate(db)
    if check and tables and path.stat().st_size <= READ_THROUGH:
        found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise _damaged(path, str(found)[:80])


def _migrate(db: sqlite3.Connection) -> None:
    """Do what is missing, in one transaction; another window may have done it meanwhile."""
    db.execute("BEGIN IMMEDIATE")
    try:
        for version in range(_number(db, "PRAGMA user_version"), VERSION):
            for statement in MIGRATIONS[version]:
                db.execute(statement)
        db.execute(f"PRAGMA application_id = {OURS}")
        db.execute(f"PRAGMA user_version = {VERSION}")
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


def put_aside(path: Path) -> Path:
    """Give a file of runs another name beside its place, or raise StoreError; nothing is deleted."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    target = path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}")
    try:
        path.rename(target)
        for ending in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                path.with_name(path.name + ending).rename(target.with_name(target.name + ending))
    except OSError as error:
        raise _unusable(path, error) from error
    return target


def _number(db: sqlite3.Connection, question: str) -> int:
    return int(db.execute(question).fetchone()[0])


def _damaged(path: Path, received: str) -> Damaged:
    return Damaged(
        f"{path.name} is no file of runs, or is damaged", received=received,
        hint="It is put aside, unchanged, and another one is begun",
    )  # fmt: skip


def _unusable(path: Path, error: BaseException) -> StoreError:
    return StoreError(
        f"{path} cannot be used, so that runs are not listed", received=getattr(error, "strerror", None) or str(error),
        hint="Each run's own folder is written all the same",
    )  # fmt: skip
