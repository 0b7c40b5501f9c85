"""Asks the run what it says of samples while somebody looks, and keeps what it answers. Knows no widget."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from engine.batching import laid_out
from engine.catalogue import Catalogue
from engine.data.columns import Column
from engine.datasets import DataSpec, Split, dataset
from engine.errors import EngineError
from engine.feeding import feeding
from engine.graph import Graph
from engine.judging_messages import Share
from engine.messages import Judge, Judged
from engine.recipe import Recipe
from engine.resolve import resolved
from engine.verdict import verdict
from gui.asking import Asking
from gui.monitor.sample import ProbeSamples
from gui.results.history import History
from gui.run_state import RunState
from gui.runner import Runner

if TYPE_CHECKING:
    from engine.messages import Evaluated

#: The phases of a run in which it hears questions.
HEARS = ("compiling", "training", "paused", "finished", "stopped")


class Judging(QObject):
    """Holds the verdicts of one run; `changed` says that there are others, `refused` why there are none."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self, runner: Runner, catalogue: Catalogue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner, self._catalogue = runner, catalogue
        self.history = History()
        self.graph: Graph | None = None
        self.recipe: Recipe | None = None
        self.why = ""
        #: After which step the last answer was asked for, where a run had ended without one.
        self._asked_at = -1
        self._looking = self._collecting = False
        self._columns: Mapping[str, Column] | None = None
        self._samples: dict[Share, ProbeSamples] = {}
        self._validation, self._test = Asking(runner, self), Asking(runner, self)
        for asking in (self._validation, self._test):
            asking.answered.connect(self._on_judged)
            asking.refused.connect(self._on_refused)
        runner.started.connect(self._on_started)
        runner.state_changed.connect(self._on_state)
        runner.evaluated.connect(self._on_evaluated)

    def look(self, on: bool) -> None:
        """Say whether somebody looks; who looks is told of each epoch."""
        self._looking = on
        self._settle(self._runner.state)

    def collect(self, on: bool) -> None:
        """Choose whether each epoch is asked for whether or not somebody looks."""
        self._collecting = on
        self._settle(self._runner.state)

    @property
    def waits(self) -> bool:
        """Whether an answer will come."""
        return self._validation.waits

    def column(self, output: str) -> Column | None:
        """Return what an output learns."""
        if self._columns is None:
            self._columns = self._read_columns()
        return self._columns.get(output)

    def _read_columns(self) -> Mapping[str, Column]:
        if self.graph is None or self.recipe is None:
            return {}
        try:
            spec, flat = dataset(self.recipe.data), resolved(self.graph, self._catalogue)
            return dict(feeding(flat, self._catalogue, self.recipe, spec).outputs)
        except EngineError:
            return {}  # of a run that was refused nothing is judged

    def samples(self, part: Share) -> ProbeSamples:
        """Return a part of the data as the run has it, read when it is first asked for."""
        if part not in self._samples:
            found = self._samples[part] = ProbeSamples(self, part, None)
            found.ready.connect(self.changed)
            self._read(found)
        return self._samples[part]

    def _read(self, samples: ProbeSamples) -> None:
        graph, recipe, catalogue = self.graph, self.recipe, self._catalogue
        if graph is None or recipe is None:
            return

        def arrange(parts: Split, spec: DataSpec) -> Split:
            return laid_out(parts, spec, resolved(graph, catalogue), catalogue, recipe)

        samples.choose(recipe.data, recipe.seed, arrange)

    # -- the run

    def _settle(self, state: RunState) -> None:
        """Ask where an answer is wished for and can be had; ask no more where nobody looks."""
        wanted = (self._looking or self._collecting) and state.phase in HEARS
        if wanted and self._is_behind(state):
            self._validation.ask(lambda asked: Judge(asked, "validation", each_epoch=True))
        elif not (self._looking or self._collecting):
            self._validation.drop()

    def _is_behind(self, state: RunState) -> bool:
        """Whether nothing was asked yet, or the run has ended and its last step was passed over."""
        if not self._validation.waits:
            return True
        ended = state.phase in ("finished", "stopped")
        behind = ended and state.step > self.history.last_step("validation") and self._asked_at != state.step
        if behind:
            self._asked_at = state.step
        return behind

    def _on_started(self, graph: Graph, recipe: Recipe) -> None:
        self.graph, self.recipe, self.why, self._asked_at = graph, recipe, "", -1
        self.history.clear()
        self._columns = None
        for samples in self._samples.values():
            samples.deleteLater()
        self._samples.clear()
        self.changed.emit()

    def _on_state(self, state: RunState) -> None:
        self._settle(state)
        if not self.history.outputs("validation"):
            self.changed.emit()

    def _on_evaluated(self, message: Evaluated) -> None:
        """What was measured is looked at from all sides: the same look at the test samples."""
        self._test.ask(lambda asked: Judge(asked, "test"))

    def _on_judged(self, message: Any) -> None:
        if isinstance(message, Judged):
            self.why = ""
            self.history.add(verdict(message))
            if not message.more:
                self.changed.emit()

    def _on_refused(self, sentence: str) -> None:
        self.why = sentence
        self.refused.emit(sentence)
        self.changed.emit()
