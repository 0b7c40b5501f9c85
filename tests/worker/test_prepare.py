"""A recipe is followed to the letter: data, optimizer, loss, metrics, seed, and how many steps run at once."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from engine.catalogue import catalogue
from engine.datasets import split
from engine.fitting import LABELS
from engine.graph import Graph
from engine.messages import (
    Ended,
    Epoch,
    Failed,
    Maps,
)  # fmt: skip
from engine.recipe import DataChoice
from engine.values import FrozenMap, Part
from engine.worker import prepare
from engine.worker.devices import choose
from engine.worker.pace import multiply_adds, steps_per_execution
from tests.worker.drawings import DIGITS, SMALL, dense, two_ways, with_optimizer
from tests.worker.rehearsal import Bench

#: Keras's own, while it saves: its variables know numpy 1's way of being turned into arrays.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")


# -- the recipe


def test_two_runs_of_one_seed_are_equal_and_another_seed_is_not(bench: Bench) -> None:
    for seed in (3, 3, 4):
        bench.train(recipe=replace(SMALL, seed=seed))
    one, same, other = (epoch.metrics for epoch in bench.ear.of(Epoch))
    assert one == same
    assert one != other


def test_several_inputs_and_outputs_all_get_the_data(bench: Bench) -> None:
    bench.train(two_ways(), replace(SMALL, epochs=15), watch=("left", "both"))
    assert bench.ear.one(Ended).status == "finished"
    last = bench.ear.of(Epoch)[-1].metrics
    assert last["first_accuracy"] > 0.6
    assert last["val_second_accuracy"] > 0.6
    maps = {message.node: message.values.numpy() for message in bench.ear.of(Maps)}
    assert np.array_equal(maps["both"], np.concatenate([maps["left"], maps["left"]], axis=-1))


def test_without_validation_none_is_measured_and_training_samples_are_watched(bench: Bench) -> None:
    recipe = replace(SMALL, data=DataChoice("digits", 0, 0.8))
    bench.train(recipe=recipe, watch=("image",), samples=(2,))
    assert bench.ear.of(Epoch)[0].metrics.keys() == {"loss", "accuracy"}
    data = split(recipe.data, recipe.seed)
    assert np.array_equal(bench.ear.of(Maps)[0].values.numpy(), data.train.inputs["image"][[2]])


def test_a_schedule_steers_the_learning_rate(bench: Bench) -> None:
    """A rate that falls to nothing at once leaves the weights where one step has brought them."""
    still = Part("PiecewiseConstantDecay", FrozenMap({"boundaries": (1.0,), "values": (0.1, 0.0)}))
    bench.train(recipe=with_optimizer("SGD", replace(SMALL, epochs=3), learning_rate=still))
    first, second, third = (epoch.metrics["val_loss"] for epoch in bench.ear.of(Epoch))
    assert first == second == third


def started(name: str, kind: str) -> Part:
    """A part as a form would begin with it: what is required, and nothing else."""
    parameters = catalogue().part(kind, name).parameters
    return Part(name, FrozenMap({p.name: p.initial for p in parameters if p.required}))


def sweep(kind: str, *quick: str) -> list[Any]:
    """Every part of a kind; all but a few of them only on a long run."""
    names = sorted(catalogue().parts[kind])
    return [pytest.param(name, marks=() if name in quick else pytest.mark.long) for name in names]


@pytest.mark.parametrize("name", sweep("optimizer", "Adam", "SGD", "Lion"))
def test_every_optimizer_trains(bench: Bench, name: str) -> None:
    bench.train(recipe=replace(SMALL, optimizer=started(name, "optimizer")))
    assert bench.ear.one(Ended).status == "finished", bench.ear.of(Failed)
    assert math.isfinite(bench.ear.one(Epoch).metrics["loss"])


def fitting(name: str) -> Graph:
    """A network that gives what a loss or metric compares with the number of a class."""
    return dense() if LABELS.get(name) == "index" else dense(units=1, activation="sigmoid")


@pytest.mark.parametrize("name", sweep("loss", "Huber"))
def test_every_loss_is_learned_or_refused_in_words(bench: Bench, name: str) -> None:
    bench.train(fitting(name), replace(SMALL, loss=started(name, "loss"), metrics=()))
    if bench.ear.of(Failed):
        assert LABELS.get(name) not in ("index", "number", "yes or no"), bench.ear.of(Failed)
        assert bench.ear.one(Failed).sentence.startswith("The loss cannot compare the network's output")
    else:
        assert math.isfinite(bench.ear.one(Epoch).metrics["loss"])


@pytest.mark.parametrize("name", sweep("metric", "MeanAbsoluteError"))
def test_every_metric_is_measured_or_refused_in_words(bench: Bench, name: str) -> None:
    loss = Part("SparseCategoricalCrossentropy" if LABELS.get(name) == "index" else "MeanSquaredError")
    bench.train(fitting(name), replace(SMALL, loss=loss, metrics=(started(name, "metric"),)))
    if bench.ear.of(Failed):
        assert LABELS.get(name) not in ("index", "number"), bench.ear.of(Failed)
        assert bench.ear.one(Failed).sentence.startswith("A metric cannot compare the network's output")
    else:
        assert len(bench.ear.one(Epoch).metrics) >= 4


# -- how long an execution is


def test_executions_are_short_where_steps_are() -> None:
    run = prepare.prepared(DIGITS.graph, DIGITS.recipe, choose("cpu"))
    assert (run.steps, run.steps_per_execution) == (40, 11)
    work = multiply_adds(DIGITS.graph, run.built.layers, run.built.tensors)
    assert work == 64 * 9 * 32 + 16 * 9 * 32 * 64 + 1024 * 128 + 128 * 10


@pytest.mark.parametrize(
    ("work", "batch", "steps", "gpu", "chosen"),
    [
        (0, 32, 1000, False, 32),
        (1e5, 32, 1000, False, 32),
        (1e5, 32, 3, False, 1),
        (1e5, 32, 50, False, 25),
        (1e7, 32, 1000, False, 1),
        (5e6, 32, 1000, False, 1),
        (1e6, 32, 1000, False, 5),
        (1e7, 32, 1000, True, 32),
        (4e9, 256, 1000, True, 1),
    ],
)
def test_executions_stay_short(work: float, batch: int, steps: int, gpu: bool, chosen: int) -> None:
    assert steps_per_execution(work, batch, steps, gpu=gpu) == chosen
