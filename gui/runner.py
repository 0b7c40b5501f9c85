"""The trainer as the window sees it: kept warm, given a run, watched, stopped, measured. Knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer

from engine.changes import diff
from engine.graph import Graph
from engine.report import Report
from gui.document import Document
from gui.gate import Gate
from gui.late import late, plain_link
from gui.run_said import Said
from gui.run_state import Clock, Phase, folder_name
from gui.run_state import RunState as RunState
from gui.wishes import Wishes

if TYPE_CHECKING:
    from engine import messages
    from engine.messages import Message
    from gui.link import Link
else:
    messages = late("engine.messages")

#: A trainer that ends before it was ready is started again at most this often in a row.
MOST_TRIES: Final = 3
#: How long a run may take to stop by itself before its process is ended.
STOP_WITHIN_MS: Final = 10_000
#: How long a click on Train waits for the checker's answer to the last edit.
CHECKED_WITHIN_MS: Final = 3_000


class Runner(Said):
    """Owns the trainer processes: one warm and waiting, one with the run that was last started."""

    def __init__(
        self, document: Document, runs: Path, parent: QObject | None = None,
        make_link: Callable[[str], Link] = plain_link,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.state = RunState()
        self.gate = Gate(document)
        self.folder: Path | None = None
        self.layers: Callable[[], tuple[Message, ...]] = tuple
        self._document, self.runs, self._make_link = document, runs, make_link
        self._warm: Link | None = None
        self._warm_is_ready = False
        self._tries = 0
        self._current: Link | None = None
        self._trained: Graph | None = None
        self.wishes = Wishes()
        self._clock = Clock()
        self._impatience = QTimer(self)
        self._impatience.setSingleShot(True)
        self._impatience.timeout.connect(self._end_current)
        self._unchecked = QTimer(self)
        self._unchecked.setSingleShot(True)
        self._unchecked.timeout.connect(self._train_now)
        document.report_changed.connect(self._on_report)
        self._handlers: Mapping[str, Callable[[Any], None]] = self.passed_on() | {
            "StateChanged": self._on_state,
            "Steps": self._on_steps,
            "Epoch": self._on_epoch,
            "Evaluated": self._on_evaluated,
            "Failed": self._on_failed,
            "Ended": self._on_ended,
        }

    # -- what the window asks

    def wake(self) -> None:
        """Start a trainer ahead of the click, where none waits."""
        if self._warm is None:
            link = self._link()
            self._warm, self._warm_is_ready = link, False
            link.received.connect(lambda message: self._warm_received(link, message))
            link.ended.connect(lambda words: self._warm_ended(link, words))
            link.start()

    def rest(self) -> None:
        """Look ready without a trainer, for a picture of the window."""
        self.show(RunState("ready"))

    def train(self) -> None:
        """Start a run of the document, or say why not before anything is sent."""
        if self.state.busy:
            return
        if not self._document.checked:
            self._unchecked.start(CHECKED_WITHIN_MS)
            return
        self._train_now()

    def _on_report(self, _report: Report) -> None:
        if self._unchecked.isActive():
            self._train_now()

    def _train_now(self) -> None:
        self._unchecked.stop()
        problem = self.gate.problem()
        strain = self.gate.strain() if problem is None else None
        if problem is not None:
            self.refused.emit(problem.sentence)
        elif strain is not None and strain.impossible:
            self.strained.emit(strain)
        elif self._warm is not None and self._warm_is_ready:
            self._start_run(self._warm)
            if strain is not None:
                self.strained.emit(strain)
        else:
            self._tries = 0
            self.wake()
            self.show(replace(RunState(), queued=True))

    def stop(self) -> None:
        """End the run after the step under way; a queued run is forgotten."""
        if self.state.queued:
            self.show(RunState())
        elif self.state.busy and self._current is not None:
            self._current.send(messages.Stop())
            self._impatience.start(STOP_WITHIN_MS)

    def evaluate(self) -> None:
        """Measure the model of the last run on the test samples."""
        if self.can_evaluate:
            self.show(replace(self.state, phase="evaluating", sentence=""))
            self.say(messages.Evaluate())

    @property
    def can_evaluate(self) -> bool:
        return self._is_at("finished", "stopped")

    def _is_at(self, *phases: Phase) -> bool:
        return self._current is not None and self._current.alive and self.state.phase in phases

    def generate(self, wish: messages.Generate) -> None:
        """Let the network of the last run write: what it can by now, and after each epoch where it still trains."""
        if self.can_generate:
            self.say(wish)

    def say(self, message: Message) -> None:
        """Tell the trainer of the last run something; where there is none, nobody hears it."""
        if self._current is not None:
            self._current.send(message)

    @property
    def can_generate(self) -> bool:
        return self._is_at("training", "paused", "finished", "stopped")

    @property
    def trained_this(self) -> bool:
        """Whether the last run trained the network as it is drawn now; moves do not count."""
        changes = None if self._trained is None else diff(self._trained, self._document.root)
        return self.can_evaluate and changes is not None and not changes.network

    def watch(self, nodes: tuple[str, ...], samples: tuple[int, ...]) -> None:
        """Choose the nodes and samples whose maps are sent, now and in runs to come."""
        if (nodes, samples) != (self.wishes.nodes, self.wishes.samples):
            self.wishes = replace(self.wishes, nodes=nodes, samples=samples)
            self.say(self.wishes.watch())

    def measure(self, on: bool) -> None:
        """Choose whether figures and histograms of the layers are sent, now and in runs to come."""
        if on != self.wishes.measuring:
            self.wishes = replace(self.wishes, measuring=on)
            self.say(self.wishes.measure(self._document))

    def export(self, path: Path, *, trained: bool) -> None:
        """Write the document's model through the worker; `exported` or `failed` follows."""
        link = self._current if self._current is not None and not self.state.busy else self._warm
        if link is None or (link is self._warm and not self._warm_is_ready):
            self.refused.emit("TensorFlow is still starting: export again in some seconds.")
            return
        weights = str(self.folder) if trained and self.folder else ""
        self._send(link, messages.Export(self._document.root, self._document.recipe, str(path), weights))

    def end_now(self) -> None:
        """Kill every trainer, as the window closes."""
        for link in (self._current, self._warm):
            if link is not None:
                link.end_now()
        self._current = self._warm = None

    @property
    def process_id(self) -> int:
        """The process of the run, 0 where there is none."""
        return self._current.process_id if self._current is not None else 0

    def _start_run(self, link: Link) -> None:
        self._end_current()
        document = self._document
        self.folder = self.runs / folder_name(document.stem)
        self._clock = Clock()
        self._trained = document.root
        self.started.emit(document.root, document.recipe)
        self._current, self._warm = link, None
        self.show(RunState("starting", epochs=document.recipe.epochs))
        self._send(link, self.wishes.train(document, str(self.folder)))

    def _send(self, link: Link, message: Message) -> None:
        for each in (*self.layers(), message):
            link.send(each)

    def _end_current(self) -> None:
        if self._current is not None:
            self._current.end()
            self._current = None
            if self.state.busy:
                self._finish("stopped", "")

    def _finish(self, phase: Phase, sentence: str) -> None:
        self._impatience.stop()
        self.show(replace(self.state, phase=phase, sentence=sentence, seconds_left=None))
        self.wake()

    # -- what the trainers say

    def _link(self) -> Link:
        link = self._make_link("trainer")
        link.setParent(self)
        link.printed.connect(self.logged.emit)
        link.ended.connect(lambda _words: link.deleteLater())
        return link

    def _warm_received(self, link: Link, message: object) -> None:
        if link is self._current:
            handler = self._handlers.get(type(message).__name__)
            if handler is not None:
                handler(message)
        elif link is self._warm and isinstance(message, messages.Ready):
            self._on_ready(message)
        elif link is self._warm and isinstance(message, messages.Exported | messages.Failed | messages.Logged):
            self._handlers[type(message).__name__](message)

    def _on_ready(self, message: messages.Ready) -> None:
        self._warm_is_ready, self._tries = True, 0
        self.gate.devices, self.gate.memory = message.devices, message.memory
        self.devices_found.emit(message.devices)
        if self.state.queued:
            self.show(RunState("ready"))
            self.train()
        elif self.state.phase == "waking":
            self.show(RunState("ready"))

    def _warm_ended(self, link: Link, words: str) -> None:
        if link is self._current:
            self._current = None
            if words and self.state.busy:
                self.failed.emit(messages.Failed(words))
                self._finish("failed", words)
        elif link is self._warm:
            self._warm, self._warm_is_ready = None, False
            self._tries += 1
            if words and self._tries < MOST_TRIES:
                self.wake()
            elif words:
                self.show(RunState("failed", sentence=words))
                self.failed.emit(messages.Failed(words))

    def _on_state(self, message: messages.StateChanged) -> None:
        known = {name: told for name in ("device", "steps", "epochs") if (told := getattr(message, name))}
        self._clock.turn(message.state, self.state)
        self.show(replace(self.state, phase=message.state, **known))

    def _on_steps(self, message: messages.Steps) -> None:
        self.stepped.emit(message)
        numbers = message.numbers.numpy()
        if len(numbers):
            state = self.state.at_step(int(numbers[-1]), self._clock.seconds, self._clock.since)
            self.show(replace(state, rate=message.rate))

    def _on_epoch(self, message: messages.Epoch) -> None:
        self.epoch_ended.emit(message)
        self.show(replace(self.state, epoch=message.epoch, step=message.step))

    def _on_evaluated(self, message: messages.Evaluated) -> None:
        self.show(replace(self.state, phase="finished", sentence=""))
        self.evaluated.emit(message)

    def _on_failed(self, message: messages.Failed) -> None:
        if message.traceback:
            self.logged.emit(message.traceback + "\n")
        self.failed.emit(message)
        if self.state.phase == "evaluating":
            self.show(replace(self.state, phase="finished", sentence=message.sentence))
        elif self.state.busy:
            self.show(replace(self.state, sentence=message.sentence))

    def _on_ended(self, message: messages.Ended) -> None:
        self._finish(message.status, self.state.sentence if message.status == "failed" else "")

    def show(self, state: RunState) -> None:
        """Take a state as the run's, and say so."""
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
