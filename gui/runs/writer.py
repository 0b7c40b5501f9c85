"""The thread that writes the store of runs, so that no disk holds the window up. Knows no Qt and no run."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeAlias

from engine.errors import EngineError
from engine.runs.store import Store, opened

#: Writes something, and returns the ids of the runs of which something is new.
Job: TypeAlias = Callable[[Store], Iterable[str]]


class Writer(Thread):
    """Does jobs in order, those that wait together as one write.

    Args:
        written: Called in this thread with the ids of runs of which something is new.
        refused: Called in this thread with a sentence for a person.
    """

    def __init__(self, path: Path, written: Callable[[frozenset[str]], None], refused: Callable[[str], None]) -> None:
        super().__init__(name="runs", daemon=True)
        self._path, self._written, self._refused = path, written, refused
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()

    def do(self, job: Job) -> None:
        self._jobs.put(job)

    def end(self, seconds: float = 5.0) -> None:
        """Do what waits, then end; wait so long for it."""
        self._jobs.put(None)
        self.join(seconds)

    def run(self) -> None:
        try:
            store, told = opened(self._path)
        except EngineError as error:
            self._refused(error.sentence)
            return
        if told is not None:
            self._refused(told.sentence)
        going = True
        while going:
            jobs = self._waiting()
            going = None not in jobs
            self._do([job for job in jobs if job is not None], store)
        store.close()

    def _waiting(self) -> list[Job | None]:
        """Return all that waits, once something does."""
        jobs = [self._jobs.get()]
        while True:
            try:
                jobs.append(self._jobs.get_nowait())
            except Empty:
                return jobs

    def _do(self, jobs: list[Job], store: Store) -> None:
        new: set[str] = set()
        try:
            with store.together():
                for job in jobs:
                    new |= self._one(job, store)
        except sqlite3.Error as error:
            self._refused(f"What was trained cannot be kept: {error}. Each run's own folder is written all the same.")
            return
        if jobs:
            self._written(frozenset(new))

    def _one(self, job: Job, store: Store) -> set[str]:
        """Do one job; where it fails, the others are done all the same."""
        try:
            with store.together():
                return set(job(store))
        except (EngineError, OSError) as error:
            self._refused(error.sentence if isinstance(error, EngineError) else str(error))
            return set()
