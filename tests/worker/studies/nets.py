"""Networks whose weights are set by hand, prepared as a run prepares them. Knows no study."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from engine.graph import Graph
from engine.messages import Message, Working
from engine.recipe import DataChoice, Recipe
from engine.values import Part
from engine.worker.devices import choose
from engine.worker.prepare import Prepared, prepared
from engine.worker.studies.subject import Subject
from engine.worker.weights import copied
from tests.engine.drawings import chain, layer
from tests.worker.drawings import SMALL, dense

SPIRALS = replace(SMALL, data=DataChoice("spirals"), loss=Part("BinaryCrossentropy"), metrics=())


def ready(graph: Graph | None = None, recipe: Recipe = SMALL) -> Prepared:
    return prepared(graph or dense(), recipe, choose("cpu"))


def spirals(units: int = 1, activation: str = "sigmoid") -> Prepared:
    graph = chain(layer("InputLayer", shape=(2,)), layer("Dense", units=units, activation=activation))
    return ready(graph, SPIRALS)


def weigh(run: Prepared, *values: Any) -> None:
    """Put values into the weights, in their order."""
    for variable, value in zip(run.model.weights, values, strict=True):
        variable.assign(np.broadcast_to(np.asarray(value, "float32"), variable.shape))


def answers(study: Callable[..., Any], run: Prepared, question: Message, *, training: bool = False) -> list[Any]:
    """Return what a study says, without the share done."""
    said = study(Subject(run, training=training), question)
    return [message for message in said if message is not None and not isinstance(message, Working)]


def held(run: Prepared) -> list[np.ndarray[Any, Any]]:
    """All that a run's model, its optimizer and its metrics hold."""
    model = run.model
    return copied([*model.variables, *model.optimizer.variables, *model.metrics_variables])
