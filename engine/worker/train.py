"""One training run: from the message that asks for it to the one that says how it ended. Knows no other run."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from engine.errors import EngineError
from engine.messages import (
    Continue,
    Drop,
    Ended,
    Epoch,
    Generate,
    Message,
    Pause,
    Resume,
    SetRate,
    StateChanged,
    Status,
    Stop,
    Train,
    Watch,
)  # fmt: skip
from engine.record import Facts, Record
from engine.worker import export, rates, weights
from engine.worker.callbacks import Watcher
from engine.worker.clock import Clock
from engine.worker.devices import Device, choose
from engine.worker.faults import failed
from engine.worker.figures import Gauge
from engine.worker.generate import generate, writing_of
from engine.worker.metering import Meter
from engine.worker.overseeing import Overseer, check_metrics
from engine.worker.prepare import Prepared, feed, inputs, prepared, rehearse
from engine.worker.probe import Probe
from engine.worker.serving import Serving
from engine.worker.shuffling import Shuffled
from engine.worker.studies import STUDIES
from engine.worker.studies.subject import Subject
from engine.worker.uses import Uses
from engine.worker.weights import Weights
from engine.worker.wire import Wire


class Stopped(Exception):
    """Somebody stopped the run, or nobody listens any more."""


class Run:
    """A run, and afterwards its trained model, which can still be watched.

    Attributes:
        trained: What was trained; None before the first step, and where the run failed.
    """

    def __init__(self, message: Train, wire: Wire, versions: Mapping[str, str]) -> None:
        self.trained: Prepared | None = None
        self._clock = Clock()
        self._message = message
        self._wire = wire
        self._versions = versions
        self._record: Record | None = None
        #: What is written at each epoch's end, by what is being trained.
        self._wish: Generate | None = None
        self._prepared: Prepared | None = None
        #: How the run ends where nothing ends it sooner.
        self._status: Status = "finished"
        #: As many epochs as are to be trained, all together.
        self._epochs = message.recipe.epochs
        #: The weights as the last step left them, where what is kept is their average.
        self._raw: Weights | None = None
        #: All weights as the last step left them, where those of the best epoch were put in their places.
        self._last: Weights | None = None

    def go(self) -> None:
        """Train. Whatever happens, Ended is said, once all that it is about is on the disk."""
        recipe = self._message.recipe
        try:
            device = choose(recipe.device)
            self._wire.send(StateChanged("starting", device.title, epochs=recipe.epochs))
            with device.scope():
                self._train(device)
        except Exception as error:  # noqa: BLE001 - a run's errors end here, as sentences
            self._fail(error)

    def go_on(self, message: Continue) -> None:
        """Train the model further: optimizer, weights, the order of samples and seeds are where they were left."""
        run = self.trained
        if run is None:
            return
        self._clock.go()
        self._status = "finished"
        self._epochs = self._watcher.epoch + message.epochs
        try:
            self._wire.send(StateChanged("training", run.device.title, run.steps, self._epochs, len(run.data.train)))
            self._watcher.go_on()
            weights.restore(run.model.weights, self._last)
            weights.restore(run.model.trainable_variables, self._raw)
            if self._record is not None:
                self._record.end("running", 0.0)
            with run.device.scope():
                self._watcher.happened("resume", f"Trained on, for {message.epochs} more epochs")
                self._go_through(run)
        except Exception as error:  # noqa: BLE001 - a run's errors end here, as sentences
            self._fail(error)

    def watch(self, message: Watch) -> None:
        """Answer with one look at the trained model."""
        if self.trained is not None:
            with self.trained.device.scope():
                self._choose(message)
                self._watcher.look()

    def _choose(self, message: Watch) -> None:
        self._probe.watch(message.nodes, message.samples)
        if message.figures is not None:
            self._gauge.watch(message.figures)

    def serve(self, question: Message) -> None:
        """Answer what is asked of the trained model; another run, or nobody listening any more, ends it."""
        if self.trained is None:
            return
        self._serving.begin(question)
        with self.trained.device.scope():
            while self._serving.busy and not self._wire.inbox.has(Train, Continue):
                self._serving.step(self._watcher.epoch, self._watcher.step)
                self._hear_questions()
                for watch in self._wire.inbox.take(Watch):
                    self.watch(watch)
        self._serving.refuse_all("The network trains on: ask again.")

    def used_test(self) -> int:
        """Count a use of the test samples; return how many there were."""
        return self._subject.uses.used(self._watcher.step)

    # -- training

    def _train(self, device: Device) -> None:
        message = self._message
        self._prepared = run = prepared(message.graph, message.recipe, device)
        where = (device.title, run.steps, run.recipe.epochs, len(run.data.train))
        self._wire.send(StateChanged("compiling", *where))
        measured = rehearse(run.model, run.feeding, run.data.train, message.graph)
        check_metrics(run.recipe, measured, validated=bool(len(run.data.validation)))
        if message.folder:
            facts = Facts(message.graph, run.recipe, device.title, run.steps_per_execution, self._versions)
            self._record = Record(Path(message.folder), facts)
        self._probe = Probe(run.model, run.built.tensors, inputs(run.feeding, run.watched))
        self._gauge = Gauge(run)
        self._choose(Watch(message.watch, message.samples, message.figures))
        self._subject = Subject(run, uses=Uses(self._record.looked if self._record is not None else None))
        self._serving = Serving(self._subject, self._wire.send, STUDIES)
        self._samples = Shuffled(
            feed(run.feeding, run.data.train), run.recipe.batch_size, None if run.ordered else run.recipe.seed
        )
        self._meter = Meter(
            len(run.data.train), run.recipe.batch_size, self._samples.waits.seconds, device.usage().read
        )
        self._watcher = Watcher(
            run.model, StateChanged("training", *where), self._probe, self._serving, self._wire.send,
            news=lambda: self._wire.inbox.news, listen=self._listen, epoch_begins=self._epoch_begins,
            epoch_ended=self._epoch_ended, ended=lambda: self._end(run, self._status),
            gauge=self._gauge, meter=self._meter,
        )  # fmt: skip
        self._overseer = Overseer(run.recipe, run.model, self._watcher.happened, message.folder)
        self._watcher.look()
        self._go_through(run)

    def _go_through(self, run: Prepared) -> None:
        """Train until all epochs are through, or somebody stops the run."""
        self._subject.training = True
        try:
            self._fit(run)
        except Stopped:
            self._raw = weights.unaveraged(run.model)
            if self._watcher.step:
                # What Keras does at the end of `fit`: weights that are kept as an average take their places.
                run.model.optimizer.finalize_variable_values(run.model.trainable_variables)
            self._end(run, "stopped")

    def _fit(self, run: Prepared) -> None:
        self._listen()
        validation = feed(run.feeding, run.data.validation) if len(run.data.validation) else None
        run.model.fit(
            self._samples.batches(), initial_epoch=self._watcher.epoch, epochs=self._epochs, validation_data=validation,
            validation_batch_size=run.recipe.batch_size, shuffle=False, callbacks=self._watcher, verbose=0,
        )  # fmt: skip

    def _listen(self) -> None:
        for watch in self._wire.inbox.take(Watch):
            self._choose(watch)
        for wish in self._wire.inbox.take(Generate):
            self._wish = wish
            self._write()
        for change in self._wire.inbox.take(SetRate):
            self._set_rate(change.rate)
        self._hear_questions()
        stops = self._wire.inbox.take(Stop)
        if self._wire.inbox.ended or any(stop.after == "step" for stop in stops):
            raise Stopped
        if stops:
            self._status = "stopped"
        if self._wire.inbox.take(Pause):
            self._pause()

    def _hear_questions(self) -> None:
        for message in self._wire.inbox.take(Drop, *STUDIES):
            if isinstance(message, Drop):
                self._serving.drop(message.asked)
            else:
                self._serving.begin(message)

    def _set_rate(self, rate: float) -> None:
        """Change the learning rate, and say so on the curves."""
        if self._prepared is None or not (math.isfinite(rate) and rate >= 0):
            return
        optimizer = self._prepared.model.optimizer
        before = rates.now(optimizer)
        rates.change(optimizer, rate)
        self._watcher.happened("rate", f"Learning rate {before:.3g} → {rate:.3g}")

    def _pause(self) -> None:
        """Hold the run until it is to go on; what is asked meanwhile is answered."""
        self._watcher.happened("pause", "Paused")
        self._wire.send(StateChanged("paused"))
        self._subject.training = False
        self._hold()
        while not self._wire.inbox.take(Resume):
            if self._serving.busy:
                self._serving.step(self._watcher.epoch, self._watcher.step)
            else:
                self._wire.inbox.wait(Resume, Stop, Watch, Generate, SetRate, Drop, *STUDIES)
            self._wire.inbox.take(Pause)
            if self._wire.inbox.news:
                self._listen()
                self._watcher.look()
        self._subject.training = True
        self._clock.go()
        self._watcher.clock.go()
        self._watcher.happened("resume", "Resumed")
        self._wire.send(StateChanged("training"))

    def _hold(self) -> None:
        """Let no more time count as that of training."""
        self._clock.hold()
        self._watcher.clock.hold()

    def _epoch_begins(self, epoch: int) -> None:
        self._samples.begin(epoch)

    def _epoch_ended(self, epoch: Epoch) -> None:
        if self._record is not None:
            self._record.epoch(epoch)
        if self._prepared is not None:
            self._raw = weights.unaveraged(self._prepared.model)
            over = self._overseer.epoch(epoch.epoch, epoch.metrics) or self._status == "stopped"
            # Keras looks at this after each batch as well: said earlier, it would cut the epoch short.
            self._prepared.model.stop_training |= over
        self._write(epoch.epoch)

    def _write(self, epoch: int = 0) -> None:
        """Write what was wished for, as the network can by now; what cannot be is said once."""
        if self._wish is None or self._prepared is None:
            return
        try:
            for written in generate(self._prepared, writing_of(self._prepared.recipe), self._wish, lambda: False):
                self._wire.send(replace(written, epoch=epoch))
        except EngineError as error:
            self._wish = None
            self._wire.send(failed(error))

    # -- ending

    def _end(self, run: Prepared, status: Status) -> None:
        """Say what is left to say and keep what is to be kept; called while Keras is still within `fit`."""
        self._watcher.flush()
        self._last = self._overseer.restore(self._watcher.epoch)
        self._watcher.look()
        self._hold()
        seconds = self._clock.seconds
        if self._record is not None:
            export.save(run.model, self._record.model)
            self._record.pace = self._meter.summary(self._watcher.step)
            self._record.end(status, seconds)
        self.trained, self._subject.training = run, False
        self._wire.send(Ended(status, seconds))

    def _fail(self, error: Exception) -> None:
        self._clock.hold()
        seconds = self._clock.seconds
        self._wire.send(failed(error, self._message.graph, self._message.recipe.batch_size))
        if self._record is not None:
            try:
                self._record.end("failed", seconds)
            except EngineError as another:
                self._wire.send(failed(another))
        self._wire.send(Ended("failed", seconds))
