"""What the trainer does with each message; between them it keeps the last run's model. Knows no step of a run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras

from engine import record
from engine.errors import RecipeError
from engine.messages import (
    Continue,
    Evaluate,
    Evaluated,
    Export,
    Exported,
    Generate,
    Refused,
    StateChanged,
    Train,
    Watch,
)  # fmt: skip
from engine.worker import export, states
from engine.worker.callbacks import numbers
from engine.worker.devices import choose
from engine.worker.generate import generate, writing_of
from engine.worker.known import catalogue
from engine.worker.prepare import Prepared, feed, prepared
from engine.worker.train import Run
from engine.worker.wire import Wire


class Trainer:
    """The handlers of the trainer role."""

    def __init__(self, wire: Wire, versions: Mapping[str, str]) -> None:
        self._wire = wire
        self._versions = versions
        self._run: Run | None = None

    def train(self, message: Train) -> None:
        """Do a whole run; the model of an earlier one is let go."""
        if self._run is not None:
            self._run = None
            keras.utils.clear_session()
        run = Run(message, self._wire, self._versions)
        run.go()
        self._run = run

    def go_on(self, message: Continue) -> None:
        """Train the last run's model further."""
        self._trained()
        if self._run is not None:
            self._run.go_on(message)

    def watch(self, message: Watch) -> None:
        """Answer with one look at the trained model; before any run, a run brings its own choice."""
        if self._run is not None:
            self._run.watch(message)

    def study(self, question: Any) -> None:
        """Answer what is asked of the last run's model."""
        try:
            self._trained()
        except RecipeError as error:
            self._wire.send(Refused(question.asked, error.sentence))
            return
        if self._run is not None:
            self._run.serve(question)

    def evaluate(self, message: Evaluate) -> None:
        """Measure the last run's model, or that of a folder, on the test samples."""
        run = self._recorded(Path(message.folder), message.weights) if message.folder else self._trained()
        samples = run.data.test
        if not len(samples):
            raise RecipeError(
                "There must be test samples to evaluate on", received="a recipe that keeps none apart for the test",
                hint="Give the test a share of the data, and train again",
            )  # fmt: skip
        self._wire.send(StateChanged("evaluating", run.device.title, samples=len(samples)))
        with run.device.scope():
            x, y, weights = feed(run.feeding, samples)
            states.reset(run.model)
            metrics = run.model.evaluate(
                x, y, batch_size=run.recipe.batch_size, sample_weight=weights, verbose=0, return_dict=True
            )
        live = None if message.folder else self._run
        looks = record.count_look(Path(message.folder)) if live is None else live.used_test()
        self._wire.send(Evaluated(numbers(metrics), len(samples), looks))

    def generate(self, message: Generate) -> None:
        """Let the last run's network write; a wish that comes meanwhile is taken in its place."""
        run = self._trained()
        with run.device.scope():
            for written in generate(run, writing_of(run.recipe), message, lambda: self._wire.inbox.news):
                self._wire.send(written)

    def export(self, message: Export) -> None:
        """Write a model, with fresh weights or a run's."""
        path = Path(message.path)
        export.write(message.graph, message.recipe, path, Path(message.weights) if message.weights else None)
        self._wire.send(Exported(str(path)))

    def _trained(self) -> Prepared:
        trained = self._run.trained if self._run is not None else None
        if trained is None:
            raise RecipeError("There is no trained model yet", hint="Train one first")
        return trained

    def _recorded(self, folder: Path, weights: str = "") -> Prepared:
        run = record.read(folder, catalogue())
        # Not the device of the recipe: the run may have been made on another machine.
        ready = prepared(run.graph, run.recipe, choose("auto"))
        export.load_weights(ready.model, Path(weights) if weights else run.model)
        return ready
