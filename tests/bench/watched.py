"""What the bench `watching` trains: the digits network, a ResNet-18 for small images; watched, and bare. No figures."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from engine.catalogue import catalogue
from engine.choices import DataChoice
from engine.messages import Continue, Train
from engine.project import Project
from engine.resolve import resolved
from engine.templates import start
from engine.values import FrozenMap, Part, Value

ROOT: Final = Path(__file__).resolve().parents[2]
#: The most pictures that the canvas asks for.
PICTURES: Final = 32
#: The window's part: reads everything, and turns it into messages.
DRAIN: Final = """
import sys
from engine.codec import Decoder
decoder = Decoder()
while data := sys.stdin.buffer.raw.read(65536):
    for message in decoder.feed(data):
        pass
"""


def digits() -> Project:
    """The network that the program opens with, by its own recipe."""
    return start("digits-cnn", "", catalogue())


def resnet18() -> Project:
    """ResNet-18 for images of 32×32 (He et al. 2015, section 4.2): its stem is 3×3, without pooling."""
    project = start("resnet18", "paper", catalogue())
    graph = project.graph
    ids = {node.name: id for id, node in graph.nodes.items()}
    edits: dict[str, dict[str, Value]] = {
        "image": {"shape": (32, 32, 3)}, "conv": {"kernel_size": (3, 3), "strides": (1, 1)},
        "pool": {"pool_size": (1, 1), "strides": (1, 1)}, "shape": {"units": 10},
    }  # fmt: skip
    for name, values in edits.items():
        node = graph.nodes[ids[name]]
        graph = graph.with_node(replace(node, values=FrozenMap({**node.values, **values})))
    data = DataChoice("shapes", 0.1, 0.1, FrozenMap({"size": 32, "samples": 120}))
    optimizer = Part("SGD", FrozenMap({"learning_rate": 0.01, "momentum": 0.9}))
    return replace(project, graph=graph, recipe=replace(project.recipe, data=data, optimizer=optimizer, batch_size=32))


def by_keras(project: Project) -> Project:
    """The same with the settings that Keras has by itself."""
    return replace(project, recipe=replace(project.recipe, steps_per_execution=1))


@contextmanager
def watched(project: Project) -> Iterator[Callable[[int], None]]:
    """Yield what trains so many epochs more with all on: steps, maps of what is in view, figures of every layer.

    It is the program's own run, whose messages another process reads; what is traced and compiled is so already.
    """
    from engine.worker.train import Run
    from engine.worker.wire import Wire

    nodes = tuple(resolved(project.graph, catalogue()).nodes)
    asked = Train(project.graph, replace(project.recipe, epochs=1), watch=nodes[:PICTURES], samples=(0,), figures=nodes)
    with _window() as sink:
        source, keeps_open = os.pipe()
        run = Run(asked, Wire(source, sink, lambda: None), {})
        run.go()
        assert run.trained is not None, "the run failed"
        yield lambda epochs: run.go_on(Continue(epochs))
        os.close(keeps_open)


def bare(project: Project) -> Callable[[int], None]:
    """Return what trains so many epochs by `model.fit` alone, with the same settings."""
    return partial(_fit, _prepared(project))


def tensorboard(project: Project, folder: str) -> Callable[[int], None]:
    """Return what trains so many epochs by `model.fit` with Keras's TensorBoard callback: histograms and images."""
    import keras

    run = _prepared(project)
    return lambda epochs: _fit(
        run, epochs, [keras.callbacks.TensorBoard(folder, histogram_freq=1, write_images=True, update_freq=1)]
    )


def _prepared(project: Project) -> Any:
    from engine.worker.devices import choose
    from engine.worker.prepare import prepared, rehearse

    run = prepared(project.graph, project.recipe, choose(project.recipe.device))
    rehearse(run.model, run.feeding, run.data.train, project.graph)
    return run


def _fit(run: Any, epochs: int, callbacks: Any = None) -> None:
    from engine.worker.prepare import feed

    x, y, _ = feed(run.feeding, run.data.train)
    validation = feed(run.feeding, run.data.validation)
    with run.device.scope():
        run.model.fit(
            x, y, batch_size=run.recipe.batch_size, epochs=epochs, validation_data=validation, verbose=0,
            validation_batch_size=run.recipe.batch_size, callbacks=callbacks,
        )  # fmt: skip


@contextmanager
def _window() -> Iterator[int]:
    """Yield a pipe into a process that reads as the window does."""
    source, sink = os.pipe()
    with TemporaryDirectory() as folder:
        reader = subprocess.Popen(
            [sys.executable, "-c", DRAIN], stdin=source, cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}
        )
        os.close(source)
        try:
            yield sink
        finally:
            os.close(sink)
            reader.terminate()
            reader.wait()
