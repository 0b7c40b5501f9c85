"""Half precision holds for a run's layers and for nothing after it; the checker knows it; what is sent is float32."""

from __future__ import annotations

import runpy
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from engine import record
from engine.catalogue import catalogue
from engine.code.script import script
from engine.messages import Ended, Epoch, Export, Exported, Maps, Steps
from engine.project import Project
from engine.recipe import Recipe
from engine.values import FrozenMap, Part
from engine.worker import rates
from engine.worker.check import Checker
from engine.worker.devices import choose
from engine.worker.precision import computing_in
from engine.worker.prepare import prepared
from tests.worker.drawings import DIGITS, SMALL, dense
from tests.worker.rehearsal import Bench

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")
HALVES = ("mixed_float16", "mixed_bfloat16")


def half(precision: str, recipe: Recipe = SMALL) -> Recipe:
    return replace(recipe, precision=precision)


def test_the_policy_ends_with_what_was_made_in_it() -> None:
    with computing_in("mixed_float16"):
        assert keras.layers.Dense(1).compute_dtype == "float16"
    with pytest.raises(ValueError, match="units"), computing_in("mixed_float16"):
        keras.layers.Dense(0)
    assert keras.config.dtype_policy().name == "float32"
    with computing_in(None), computing_in("float8"):
        assert keras.layers.Dense(1).compute_dtype == "float32"


@pytest.mark.parametrize("precision", HALVES)
def test_a_run_in_half_precision(bench: Bench, precision: str, tmp_path: Path) -> None:
    folder, nodes = tmp_path / "run", tuple(DIGITS.graph.nodes)
    bench.train(DIGITS.graph, half(precision, replace(SMALL, epochs=2)), folder=str(folder), watch=nodes)
    assert bench.ear.one(Ended).status == "finished"
    losses = [epoch.metrics["loss"] for epoch in bench.ear.of(Epoch)]
    assert losses[1] < losses[0] < 3
    assert {maps.values.dtype for maps in bench.ear.of(Maps)} == {"float32"}
    assert all(steps.rate == 0.001 for steps in bench.ear.of(Steps))
    assert keras.config.dtype_policy().name == "float32"
    saved = keras.models.load_model(folder / record.MODEL)
    assert {weight.dtype for weight in saved.weights} == {"float32"}
    assert saved.outputs[0].dtype == "float32"
    assert saved.get_layer("conv1").compute_dtype == precision.removeprefix("mixed_")


def test_float16_scales_the_loss_and_its_rate_can_be_changed() -> None:
    cosine = Part("CosineDecay", FrozenMap({"initial_learning_rate": 0.01, "decay_steps": 100}))
    for optimizer in (Part("Adam"), Part("SGD", FrozenMap({"learning_rate": cosine}))):
        run = prepared(dense(), replace(half("mixed_float16"), optimizer=optimizer), choose("cpu"))
        assert isinstance(run.model.optimizer, keras.optimizers.LossScaleOptimizer)
        rates.change(run.model.optimizer, 0.5)
        assert rates.now(run.model.optimizer) == 0.5
    run = prepared(dense(), half("mixed_bfloat16"), choose("cpu"))
    assert not isinstance(run.model.optimizer, keras.optimizers.LossScaleOptimizer)


def test_trained_weights_are_exported_in_half_precision_too(bench: Bench, tmp_path: Path) -> None:
    folder, out = tmp_path / "run", tmp_path / "out.keras"
    bench.train(recipe=half("mixed_float16"), folder=str(folder))
    bench.trainer.export(Export(dense(), half("mixed_float16"), str(out), str(folder)))
    assert bench.ear.one(Exported).path == str(out)
    x = np.random.default_rng(0).random((4, 8, 8, 1)).astype("float32")
    ours, theirs = (keras.models.load_model(path).predict(x, verbose=0) for path in (folder / record.MODEL, out))
    assert np.array_equal(ours, theirs)


@pytest.mark.parametrize("precision", HALVES)
def test_the_checker_says_the_types_that_the_model_has(precision: str) -> None:
    recipe = half(precision, DIGITS.recipe)
    built = prepared(DIGITS.graph, recipe, choose("cpu")).built
    checker = Checker()
    plain = checker.check(DIGITS.graph, DIGITS.recipe)
    report = checker.check(DIGITS.graph, recipe)
    for (id, port), tensor in built.tensors.items():
        spec = report.nodes[id].outputs[port]
        assert (spec.shape, spec.dtype) == (tuple(tensor.shape), tensor.dtype), id
        assert report.nodes[id].parameters == plain.nodes[id].parameters
    assert report.problems == plain.problems == ()
    assert checker.check(DIGITS.graph, DIGITS.recipe) == plain
    assert keras.config.dtype_policy().name == "float32"


def test_the_exported_script_makes_the_same_model(tmp_path: Path) -> None:
    recipe = half("mixed_float16", DIGITS.recipe)
    path = tmp_path / "net.py"
    path.write_text(script(Project(DIGITS.graph, recipe), catalogue(), data_file="d.npz", name="net"), "utf-8")
    parts: dict[str, Any] = runpy.run_path(str(path), run_name="exported")
    with computing_in("mixed_float16"):  # as the script's main does
        theirs = parts["build_model"]()
    ours = prepared(DIGITS.graph, recipe, choose("cpu")).model
    assert [layer.dtype_policy.name for layer in theirs.layers] == [layer.dtype_policy.name for layer in ours.layers]
