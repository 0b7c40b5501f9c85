"""One training run: from the message that asks for it to the one that says how it ended. Knows no other run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from engine.errors import EngineError
from engine.messages import Ended, Epoch, Generate, StateChanged, Status, Stop, Train, Watch
from engine.record import Facts, Record
from engine.worker import export
from engine.worker.callbacks import Watcher
from engine.worker.devices import Device, choose
from engine.worker.faults import failed
from engine.worker.generate import generate, writing_of
from engine.worker.prepare import Prepared, feed, inputs, prepared, rehearse
from engine.worker.probe import Probe
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
        self._began = perf_counter()
        self._message = message
        self._wire = wire
        self._versions = versions
        self._record: Record | None = None
        #: What is written at each epoch's end, by what is being trained.
        self._wish: Generate | None = None
        self._prepared: Prepared | None = None

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

    def watch(self, message: Watch) -> None:
        """Answer with one look at the trained model."""
        if self.trained is not None:
            with self.trained.device.scope():
                self._probe.watch(message.nodes, message.samples)
                self._watcher.look()

    # -- training

    def _train(self, device: Device) -> None:
        message = self._message
        self._prepared = run = prepared(message.graph, message.recipe, device)
        where = (device.title, run.steps, run.recipe.epochs, len(run.data.train))
        self._wire.send(StateChanged("compiling", *where))
        rehearse(run.model, run.feeding, run.data.train, message.graph)
        if message.folder:
            facts = Facts(message.graph, run.recipe, device.title, run.steps_per_execution, self._versions)
            self._record = Record(Path(message.folder), facts)
        self._probe = Probe(run.model, run.built.tensors, inputs(run.feeding, run.watched))
        self._probe.watch(message.watch, message.samples)
        self._watcher = Watcher(
            run.model, StateChanged("training", *where), self._probe, self._wire.send,
            news=lambda: self._wire.inbox.news, listen=self._listen,
            epoch_ended=self._epoch_ended, ended=lambda: self._end(run, "finished"),
        )  # fmt: skip
        self._watcher.look()
        try:
            self._fit(run)
        except Stopped:
            if self._watcher.step:
                # What Keras does at the end of `fit`: weights that are kept as an average take their places.
                run.model.optimizer.finalize_variable_values(run.model.trainable_variables)
            self._end(run, "stopped")

    def _fit(self, run: Prepared) -> None:
        self._listen()
        x, y, weights = feed(run.feeding, run.data.train)
        validation = feed(run.feeding, run.data.validation) if len(run.data.validation) else None
        run.model.fit(
            x, y, batch_size=run.recipe.batch_size, epochs=run.recipe.epochs, validation_data=validation,
            sample_weight=weights, shuffle=not run.ordered, callbacks=self._watcher, verbose=0,
        )  # fmt: skip

    def _listen(self) -> None:
        for watch in self._wire.inbox.take(Watch):
            self._probe.watch(watch.nodes, watch.samples)
        for wish in self._wire.inbox.take(Generate):
            self._wish = wish
            self._write()
        if self._wire.inbox.ended or self._wire.inbox.take(Stop):
            raise Stopped

    def _epoch_ended(self, epoch: Epoch) -> None:
        if self._record is not None:
            self._record.epoch(epoch)
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
        self._watcher.look()
        seconds = perf_counter() - self._began
        if self._record is not None:
            export.save(run.model, self._record.model)
            self._record.end(status, seconds)
        self.trained = run
        self._wire.send(Ended(status, seconds))

    def _fail(self, error: Exception) -> None:
        seconds = perf_counter() - self._began
        self._wire.send(failed(error, self._message.graph, self._message.recipe.batch_size))
        if self._record is not None:
            try:
                self._record.end("failed", seconds)
            except EngineError as another:
                self._wire.send(failed(another))
        self._wire.send(Ended("failed", seconds))
