"""What watching a run costs: the digits network with live view against bare `model.fit`, same model, same settings."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from engine.catalogue import RESOURCES, catalogue
from engine.launch import Worker
from engine.messages import Ended, Message, StateChanged, Steps, Train
from engine.project import Project, load
from tests.bench.harness import Measure, cpu_seconds, race, seconds

#: Short runs in many turns: what else the machine does then falls on both alike.
EPOCHS = 6
RUNS = 15
WATCHED = ("conv1", "conv2")
ROOT = Path(__file__).resolve().parent.parent.parent
#: The window's part: reads everything, and turns it into messages.
DRAIN = """
import sys
from engine.codec import Decoder
decoder = Decoder()
while data := sys.stdin.buffer.raw.read(65536):
    for message in decoder.feed(data):
        pass
"""


def measure() -> Iterator[Measure]:
    """Yield the first loss after the click, then the cost of watching against both ways of bare `fit`."""
    project = load(RESOURCES / "templates" / "digits-cnn.loom", catalogue())
    yield Measure("first loss after Train, trainer ready", median(first_loss(project) for _ in range(3)), "s", 2.0)
    yield from _costs(project)


def first_loss(project: Project) -> float:
    """Time from the message that starts a run to the first one with a loss, in a fresh trainer."""
    watched = tuple(node.id for node in project.graph.nodes.values() if node.name in WATCHED)
    with Worker.start("trainer") as worker:
        messages = worker.messages()
        next(messages)
        asked = Train(project.graph, replace(project.recipe, epochs=1), watch=watched, samples=(0,))

        def wait() -> None:
            worker.send(asked)
            next(message for message in messages if isinstance(message, Steps | Ended))

        return seconds(wait)


def _costs(project: Project) -> Iterator[Measure]:
    from engine.worker.devices import choose
    from engine.worker.prepare import prepared, rehearse
    from engine.worker.wire import Outbox

    run = prepared(project.graph, project.recipe, choose("cpu"))
    plain = prepared(project.graph, replace(project.recipe, steps_per_execution=1), choose("cpu"))
    rehearse(run.model, run.feeding, run.data.train, project.graph)
    with _window() as pipe:
        watching = partial(_fit, run, partial(_watcher, run, _probe(run, project), Outbox(pipe).put))
        ours, bare = race(lambda: seconds(watching), lambda: seconds(partial(_fit, run)), runs=RUNS)
        title = f"{EPOCHS} epochs of the digits, watched"
        yield Measure(
            title, ours, "s", 1.05, "bare fit, same settings", bare, f"{run.steps_per_execution} steps a call"
        )
        ours, bare = race(lambda: cpu_seconds(watching), lambda: cpu_seconds(partial(_fit, run)))
        yield Measure(f"{title}, processor time", ours, "s", None, "bare fit, same settings", bare)
        ours, bare = race(lambda: seconds(watching), lambda: seconds(partial(_fit, plain)))
        yield Measure(title, ours, "s", None, "bare fit as Keras comes", bare, "1 step a call")


def _fit(run: Any, watcher: Any = None) -> None:
    from engine.worker.prepare import feed

    x, y, _ = feed(run.feeding, run.data.train)
    validation = feed(run.feeding, run.data.validation)
    run.model.fit(
        x, y, batch_size=run.recipe.batch_size, epochs=EPOCHS, validation_data=validation, verbose=0,
        callbacks=None if watcher is None else watcher(),
    )  # fmt: skip


def _probe(run: Any, project: Project) -> Any:
    """One for all runs, as the compiled step is: what both take to be made is not the cost of watching."""
    from engine.worker.prepare import inputs
    from engine.worker.probe import Probe

    probe = Probe(run.model, run.built.tensors, inputs(run.feeding, run.watched))
    probe.watch([node.id for node in project.graph.nodes.values() if node.name in WATCHED], (0, 1))
    return probe


def _watcher(run: Any, probe: Any, send: Callable[[Message], None]) -> Any:
    """Everything that a run has on: each step, each epoch, the maps of two layers twice a second."""
    from engine.worker.callbacks import Watcher
    from engine.worker.serving import Serving
    from engine.worker.studies.subject import Subject

    training = StateChanged("training", "CPU", run.steps, EPOCHS, len(run.data.train))
    return Watcher(
        run.model, training, probe, Serving(Subject(run), send, {}), send,
        news=lambda: False, listen=lambda: None, epoch_begins=lambda _: None, epoch_ended=lambda _: None,
        ended=lambda: None,
    )  # fmt: skip


@contextmanager
def _window() -> Iterator[int]:
    """Yield a pipe into a process that reads as the window does."""
    source, sink = os.pipe()
    reader = subprocess.Popen([sys.executable, "-c", DRAIN], stdin=source, cwd=ROOT)
    os.close(source)
    try:
        yield sink
    finally:
        os.close(sink)
        reader.terminate()
        reader.wait()
