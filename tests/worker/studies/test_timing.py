"""How long layers take: the dear one is told from the cheap, and nothing of the run is disturbed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from engine.graph import Graph
from engine.messages import LayersTimed, TimeLayers, Working
from engine.recipe import Recipe
from engine.worker.devices import choose
from engine.worker.prepare import Prepared, prepared
from engine.worker.studies.subject import Subject
from engine.worker.studies.timing import time_layers
from tests.engine.drawings import chain, layer
from tests.worker.drawings import SMALL, dense

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")
IMAGE = layer("InputLayer", shape=(8, 8, 1))


def asked(graph: Graph, recipe: Recipe = SMALL) -> tuple[Prepared, Mapping[str, float], LayersTimed]:
    run = prepared(graph, recipe, choose("cpu"))
    *_, answer = time_layers(Subject(run), TimeLayers(7))
    assert isinstance(answer, LayersTimed)
    return run, dict(zip(answer.nodes, answer.seconds.numpy(), strict=True)), answer


def test_a_wide_convolution_takes_longer_than_what_only_turns_shapes() -> None:
    graph = chain(
        IMAGE, layer("Conv2D", filters=256, kernel_size=(3, 3), padding="same"),
        layer("Conv2D", filters=256, kernel_size=(3, 3), padding="same"), layer("Flatten"), layer("Dropout", rate=0.5),
        layer("Dense", units=10, activation="softmax"),
    )  # fmt: skip
    _, times, answer = asked(graph)
    names = {node: graph.nodes[node].layer for node in times}
    assert "InputLayer" not in names.values(), "an input computes nothing"
    assert answer.batch == 64
    dear = max(times, key=lambda node: times[node])
    assert dear == [node for node, name in names.items() if name == "Conv2D"][1]
    assert times[dear] > 5 * times[next(node for node, name in names.items() if name == "Flatten")]


def test_every_node_that_computes_is_timed() -> None:
    run = prepared(dense(), SMALL, choose("cpu"))
    said: list[Any] = [message for message in time_layers(Subject(run), TimeLayers(7)) if message is not None]
    shares = [message.done for message in said if isinstance(message, Working)]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert set(said[-1].nodes) == {"flatten", "digit"}


def test_nothing_is_disturbed() -> None:
    graph = chain(
        IMAGE, layer("BatchNormalization"), layer("Flatten"), layer("Dropout", rate=0.5),
        layer("Dense", units=10, activation="softmax"),
    )  # fmt: skip
    run = prepared(graph, SMALL, choose("cpu"))
    before = [np.array(variable) for variable in run.model.variables]
    nodes = [len(each._inbound_nodes) for each in run.model.operations]
    *_, _answer = time_layers(Subject(run), TimeLayers(7))
    assert all(np.array_equal(a, np.array(b)) for a, b in zip(before, run.model.variables, strict=True))
    assert [len(each._inbound_nodes) for each in run.model.operations] == nodes
