"""The forecast of memory against what a trainer's process really took at its peak, on a CPU."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from engine.forecast import forecast
from engine.graph import Graph
from engine.launch import Worker
from engine.messages import Check, Checked, Ended, Failed, Message, Train
from engine.recipe import Recipe
from engine.totals import summed
from engine.values import Part
from tests.nets import Net

pytestmark = [pytest.mark.long, pytest.mark.skipif(sys.platform != "linux", reason="the peak is asked of Linux")]
#: What the forecast may be of the measured peak: TensorFlow forgets outputs that it needs no more, and keeps copies of
#: large weights while it moves them.
LEAST, MOST = 0.75, 2.0


def deep() -> Graph:
    """Much comes out of few weights."""
    net = Net()
    at = net("UpSampling2D", net("InputLayer", shape=(8, 8, 1)), size=(8, 8))
    for _ in range(3):
        at = net.chain(net("Conv2D", at, filters=32, kernel_size=(1, 1)), "BatchNormalization", "Activation")
    net("Dense", net("GlobalAveragePooling2D", at), units=10, activation="softmax")
    return net.graph


def wide() -> Graph:
    """Little comes out of 36 million weights."""
    net = Net()
    at = net("Flatten", net("InputLayer", shape=(8, 8, 1)))
    for units in (6000, 6000):
        at = net("Dense", at, units=units, activation="relu")
    net("Dense", at, units=10, activation="softmax")
    return net.graph


def small() -> Graph:
    net = Net()
    net("Dense", net("Flatten", net("InputLayer", shape=(8, 8, 1))), units=10, activation="softmax")
    return net.graph


CASES: Mapping[str, tuple[Graph, Recipe]] = {
    "small": (small(), Recipe(epochs=1)),
    "activations": (deep(), Recipe(epochs=1, batch_size=256)),
    "weights": (wide(), Recipe(epochs=1, batch_size=400)),
    "weights, no slots": (wide(), Recipe(epochs=1, batch_size=400, optimizer=Part("SGD"))),
}


def until(worker: Worker, kind: type[Message]) -> Message:
    for message in worker.messages():
        assert not isinstance(message, Failed), message.sentence
        if isinstance(message, kind):
            return message
    raise AssertionError(f"The worker never sent {kind.__name__}")


@pytest.mark.parametrize("name", CASES)
def test_the_forecast_is_near_the_peak(name: str) -> None:
    graph, recipe = CASES[name]
    with Worker.start("checker") as checker:
        checker.send(Check(1, graph))
        answer = until(checker, Checked)
    assert isinstance(answer, Checked)
    with Worker.start("trainer") as trainer:
        trainer.send(Train(graph, recipe))
        until(trainer, Ended)
        status = Path(f"/proc/{trainer.process.pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+)", status)
    assert found is not None
    peak = int(found[1]) * 1024
    assert LEAST <= forecast(summed(answer.report.nodes.values()), recipe).total / peak <= MOST
