"""Keeps every run as it goes: hears the runner, hands what it says to the store's thread. Knows no page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from engine.errors import EngineError
from engine.graph import Graph
from engine.happenings import Happening
from engine.recipe import Recipe
from gui.aside import aside, wait_for
from gui.late import late
from gui.run_state import RunState
from gui.runner import Runner

if TYPE_CHECKING:
    from engine.messages import Epoch, Evaluated, Steps
    from engine.runs import jobs
    from engine.runs.store import Store
    from engine.runs.values import EpochRow, Spool
    from gui.runs.writer import Job, Writer
else:
    jobs = late("engine.runs.jobs")

T = TypeVar("T")
#: How often what was said of a run is written; how often a silent run is said to be alive.
WRITE_MS: Final = 500
ALIVE: Final = 10.0
_GOING: Final = ("starting", "compiling", "training", "paused")
_ENDS: Final = ("finished", "stopped", "failed")


class Keeper(QObject):
    """Writes what the runner says; nothing is opened before a run is begun or `wake` is called.

    `kept` carries the ids of runs of which something is new; `woken` says that the store can be read.
    """

    kept = Signal(object)
    woken = Signal()
    refused = Signal(str)

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.run = ""
        #: Whether the store can be read.
        self.awake = False
        self._writer: Writer | None = None
        self._store: Store | None = None
        self._steps: list[Spool] = []
        self._epochs: list[EpochRow] = []
        self._marks: list[Happening] = []
        self._heard = 0.0
        self._learned = False
        self._beat = QTimer(self)
        self._beat.setInterval(WRITE_MS)
        self._beat.timeout.connect(self.flush)
        self.woken.connect(self._on_woken)
        runner.started.connect(self._on_started)
        runner.stepped.connect(self._on_steps)
        runner.epoch_ended.connect(self._on_epoch)
        runner.happened.connect(self.mark)
        runner.evaluated.connect(self._on_evaluated)
        runner.state_changed.connect(self._on_state)

    @property
    def path(self) -> Path:
        from engine.runs.store import NAME

        return self._runner.runs / NAME

    @property
    def store(self) -> Store:
        """The store, for reading in the window; after `woken`."""
        if self._store is None:
            from engine.runs.store import Store

            self._store = Store(self.path, check=False)
        return self._store

    def wake(self) -> None:
        """Open the store, take in the runs from before it, and forget those deleted long ago."""
        if self._writer is None:
            from gui.runs.writer import Writer

            self._writer = Writer(self.path, self._say_written, self.refused.emit)
            self._writer.start()
            self.do(jobs.begin(self._runner.runs, time()))
            self.do(self._say_woken)
            QCoreApplication.instance().aboutToQuit.connect(self.close)  # type: ignore[union-attr]

    def do(self, job: Job) -> None:
        """Have something written."""
        self.wake()
        if self._writer is not None:
            self._writer.do(job)

    def aside(self, work: Callable[[Store], T], done: Callable[[T], object]) -> None:
        """Have long work on the store done in a thread of its own, then `done` in this one; errors are refused."""
        aside(self, partial(_on_store, self.path, work), partial(self._on_worked, done))

    def _on_woken(self) -> None:
        self.awake = True

    def _on_worked(self, done: Callable[[T], object], outcome: T | EngineError) -> None:
        if isinstance(outcome, EngineError):
            self.refused.emit(outcome.sentence)
        else:
            done(outcome)

    def close(self) -> None:
        """Write what waits, and end the thread."""
        self._beat.stop()
        wait_for(self, 10)
        if self._writer is not None:
            self.flush()
            self._writer.end()
            self._writer, self.awake = None, False
        if self._store is not None:
            self._store.close()
            self._store = None

    def mark(self, happening: Happening) -> None:
        """Keep a mark of the run under way or the last one."""
        if self.run:
            self._marks.append(happening)
            if not self._beat.isActive():
                self.flush()

    def unmark(self, happening: Happening) -> None:
        """Keep a mark no longer."""
        if self.run:
            self.flush()
            self.do(jobs.unmark(self.run, happening))

    # Both are called in the writer's thread: signals go from there to this one.

    def _say_written(self, ids: frozenset[str]) -> None:
        self.kept.emit(ids)

    def _say_woken(self, _store: Store) -> Iterable[str]:
        self.woken.emit()
        return ()

    # -- the runner

    def _on_started(self, graph: Graph, recipe: Recipe) -> None:
        self.flush()
        folder = self._runner.folder
        if folder is None:
            self.run = ""
            return
        self.run, self._learned, self._heard = folder.name, False, time()
        self.do(jobs.start(folder, graph, recipe, self._heard))
        self._beat.start()

    def _on_steps(self, message: Steps) -> None:
        if self.run:
            self._steps.append(jobs.spool(message))

    def _on_epoch(self, message: Epoch) -> None:
        if self.run:
            self._epochs.append(jobs.row(message))

    def _on_evaluated(self, message: Evaluated) -> None:
        self._tell(tested=dict(message.metrics), looks=message.looks)

    def _on_state(self, state: RunState) -> None:
        if self.run and state.phase in _GOING and not self._beat.isActive():
            self._beat.start()  # it is trained on
            self._tell(status="running", heard=time())
        elif self.run and state.phase in _ENDS and self._beat.isActive():
            self._beat.stop()
            self.flush()
            folder = self._runner.folder
            self.do(jobs.end(self.run, folder or Path(), state.phase, time()))
        elif self.run and state.device and not self._learned:
            self._learned = True
            self._tell(device=state.device)

    def _tell(self, **told: Any) -> None:
        if self.run:
            self.do(jobs.tell(self.run, told))

    def flush(self) -> None:
        """Hand what was said to the thread that writes."""
        if not self.run:
            return
        if self._steps or self._epochs or self._marks:
            self.do(jobs.add(self.run, self._steps, self._epochs, self._marks, time()))
            self._steps, self._epochs, self._marks = [], [], []
            self._heard = time()
        elif self._beat.isActive() and time() - self._heard > ALIVE:
            self._heard = time()
            self._tell(heard=self._heard)


def _on_store(path: Path, work: Callable[[Store], T]) -> T | EngineError:
    """Do work on a store that is open meanwhile; what cannot be is returned."""
    from engine.runs.store import Store

    try:
        store = Store(path, check=False)
        outcome = work(store)
        store.close()
    except EngineError as error:
        return error
    return outcome
