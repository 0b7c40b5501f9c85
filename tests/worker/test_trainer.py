"""What can be asked of a trained model: to be measured, watched, kept and exported."""

from __future__ import annotations

import csv
import json
import math
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from engine import record
from engine.catalogue import catalogue
from engine.data.columns import Samples
from engine.datasets import Split, split
from engine.graph import Graph
from engine.messages import (
    Epoch,
    Evaluate,
    Evaluated,
    Export,
    Exported,
    Maps,
    Watch,
)  # fmt: skip
from engine.recipe import DataChoice
from engine.worker import prepare
from engine.worker.trainer import Trainer
from tests.worker.drawings import DIGITS, SMALL, dense
from tests.worker.ear import listening
from tests.worker.rehearsal import THREE, Bench

#: Keras's own, while it saves: its variables know numpy 1's way of being turned into arrays.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")


# -- afterwards


def test_the_test_samples_are_seen_by_nothing_but_the_evaluation(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Samples that poison whatever they touch."""
    whole = split(SMALL.data, SMALL.seed)
    poison = Samples({"image": np.full_like(whole.test.inputs["image"], np.nan)}, whole.test.targets)
    monkeypatch.setattr(prepare, "split", lambda *_: Split(whole.train, whole.validation, poison))
    bench.train(watch=("digit",), samples=(0, 1))
    assert all(math.isfinite(value) for epoch in bench.ear.of(Epoch) for value in epoch.metrics.values())
    assert all(np.isfinite(maps.values.numpy()).all() for maps in bench.ear.of(Maps))
    bench.trainer.evaluate(Evaluate())
    assert math.isnan(bench.ear.one(Evaluated).metrics["loss"])


def test_evaluating_before_training_is_refused(bench: Bench) -> None:
    with pytest.raises(Exception, match="no trained model"):
        bench.trainer.evaluate(Evaluate())


def test_evaluating_without_test_samples_is_refused(bench: Bench) -> None:
    bench.train(recipe=replace(SMALL, data=DataChoice("digits", 0.9, 0)))
    with pytest.raises(Exception, match="test samples"):
        bench.trainer.evaluate(Evaluate())


def test_a_trained_model_can_still_be_watched(digits: tuple[Bench, Path]) -> None:
    bench, _ = digits
    before = len(bench.ear.of(Maps))
    bench.trainer.watch(Watch(("n8",), (0, 1, 2)))
    (maps,) = bench.ear.of(Maps)[before:]
    assert (maps.node, maps.epoch, maps.step, maps.samples) == ("n8", 3, 120, (0, 1, 2))
    assert maps.values.shape == (3, 10)
    assert np.allclose(maps.values.numpy().sum(-1), 1, atol=1e-5)


# -- what is kept


def test_a_run_is_recorded(digits: tuple[Bench, Path]) -> None:
    bench, folder = digits
    data = json.loads((folder / record.RUN).read_text())
    assert (data["status"], data["seed"], data["device"], data["steps_per_execution"]) == ("finished", 1, "CPU", 11)
    assert data["versions"]["keras"] == keras.__version__
    assert data["machine"]["cores"] > 0
    kept = record.read(folder, catalogue())
    assert (kept.graph, kept.recipe) == (DIGITS.graph, THREE)
    with (folder / record.METRICS).open(newline="") as file:
        written = list(csv.DictReader(file))
    for row, epoch in zip(written, bench.ear.of(Epoch), strict=True):
        assert (int(row["epoch"]), int(row["step"])) == (epoch.epoch, epoch.step)
        assert {name: float(row[name]) for name in epoch.metrics} == epoch.metrics


def test_a_recorded_model_is_the_trained_one(digits: tuple[Bench, Path], tmp_path: Path) -> None:
    """In a fresh process it would be read just so: by its folder, without the model in memory."""
    bench, folder = digits
    bench.trainer.evaluate(Evaluate())
    with listening() as ear:
        other = Trainer(ear.wire, {})
        other.evaluate(Evaluate(str(folder)))
        ours, theirs = bench.ear.of(Evaluated)[-1], ear.one(Evaluated)
        assert (theirs.metrics, theirs.samples) == (ours.metrics, ours.samples)
        assert theirs.looks == ours.looks + 1
        assert ear.one(Evaluated).metrics["accuracy"] > 0.8
        other.export(Export(DIGITS.graph, THREE, str(tmp_path / "out.keras"), str(folder)))
        assert ear.one(Exported).path == str(tmp_path / "out.keras")
    read = keras.models.load_model(tmp_path / "out.keras")
    trained = bench.trainer._run.trained  # type: ignore[union-attr]
    assert trained is not None
    for a, b in zip(read.weights, trained.model.weights, strict=True):
        assert np.array_equal(a, b)
    assert int(read.optimizer.iterations) == 120


def test_without_a_folder_nothing_is_kept(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    bench.train()
    assert not list(tmp_path.iterdir())


def test_a_second_run_in_a_folder_puts_the_first_aside(bench: Bench, tmp_path: Path) -> None:
    for seed in (1, 2):
        bench.train(recipe=replace(SMALL, seed=seed), folder=str(tmp_path))
    assert record.read(tmp_path, catalogue()).recipe.seed == 2
    assert record.read(tmp_path / record.PREVIOUS, catalogue()).recipe.seed == 1
    assert (tmp_path / record.PREVIOUS / record.MODEL).exists()


def test_exported_models_are_fresh_without_a_run_and_equal_for_a_seed(bench: Bench, tmp_path: Path) -> None:
    for name in ("a.keras", "b.keras"):
        bench.trainer.export(Export(dense(), SMALL, str(tmp_path / name)))
    a, b = (keras.models.load_model(tmp_path / name) for name in ("a.keras", "b.keras"))
    for one, other in zip(a.weights, b.weights, strict=True):
        assert np.array_equal(one, other)
    assert [layer.name for layer in a.layers] == ["image", "flatten", "digit"]


@pytest.mark.parametrize(
    ("graph", "path", "weights", "said"),
    [
        (dense(), "out.h6", "", "written as one of .keras"),
        (dense(), "missing/out.keras", "", "cannot be written"),
        (dense(), "out.keras", "nowhere", "holds no trained weights. Received: no nowhere"),
        (dense(units=7), "out.keras", "run", "do not fit this drawing"),
    ],
)
def test_what_cannot_be_exported_is_said(
    bench: Bench, tmp_path: Path, graph: Graph, path: str, weights: str, said: str
) -> None:
    bench.train(folder=str(tmp_path / "run"))
    asked = Export(graph, SMALL, str(tmp_path / path), str(tmp_path / weights) if weights else "")
    with pytest.raises(Exception, match=said):
        bench.trainer.export(asked)
    assert not (tmp_path / path).exists()
