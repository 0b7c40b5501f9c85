"""A run that gets no better is slowed and ended, and what was best is what is left of it."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from engine import record
from engine.best import Best
from engine.messages import Continue, Ended, Epoch, Failed, Happened
from engine.recipe import Plateau, Stopping
from engine.values import FrozenMap, Part
from engine.worker.overseeing import Overseer
from tests.worker.drawings import SMALL, with_optimizer
from tests.worker.rehearsal import Bench

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")
COSINE = Part("CosineDecay", FrozenMap({"initial_learning_rate": 0.01, "decay_steps": 100}))
#: Moves nothing: no epoch is better than the first.
STILL = with_optimizer("SGD", replace(SMALL, epochs=50), learning_rate=0.0)


def kinds(bench: Bench) -> list[str]:
    return [each.happening.kind for each in bench.ear.of(Happened)]


def test_a_run_that_gets_no_better_ends(bench: Bench) -> None:
    bench.train(recipe=replace(STILL, stopping=Stopping(patience=3)))
    assert len(bench.ear.of(Epoch)) == 4
    assert bench.ear.one(Ended).status == "finished"
    told, back = bench.ear.of(Happened)
    assert back.happening.text.startswith("The weights of epoch 1 are put back")
    assert told.happening.text.startswith("Ended: val_loss has not got better for 3 epochs; the best was ")
    assert told.happening.text.endswith("in epoch 1")


def test_the_best_weights_are_put_back_and_kept_in_the_record(bench: Bench, tmp_path: Path) -> None:
    """A rate that wrecks the network: what is left is the epoch that was best, by its own validation loss."""
    wild = with_optimizer("SGD", replace(SMALL, epochs=6, stopping=Stopping(patience=6)), learning_rate=3.0)
    bench.train(recipe=wild, folder=str(tmp_path / "run"))
    losses = [epoch.metrics["val_loss"] for epoch in bench.ear.of(Epoch)]
    assert np.argmin(losses) != len(losses) - 1, "the last epoch must not be the best for this test to say anything"
    assert kinds(bench) == ["best"]
    run = bench.trainer._run
    assert run is not None
    assert run.trained is not None
    x, y = run.trained.data.validation.inputs["image"], next(iter(run.trained.data.validation.targets.values()))
    assert run.trained.model.evaluate(x, y, verbose=0)[0] == pytest.approx(min(losses), rel=1e-5)
    saved = keras.models.load_model(tmp_path / "run" / record.MODEL)
    assert saved.evaluate(x, y, verbose=0)[0] == pytest.approx(min(losses), rel=1e-5)


def test_who_trains_on_begins_where_the_last_step_left(bench: Bench) -> None:
    """Not at the best epoch: optimizer and weights belong together."""
    wild = with_optimizer("SGD", replace(SMALL, stopping=Stopping(patience=9)), learning_rate=3.0)
    bench.train(recipe=replace(wild, epochs=4))
    bench.trainer.go_on(Continue(2))
    broken = [epoch.metrics["loss"] for epoch in bench.ear.of(Epoch)]
    bench.train(recipe=replace(wild, epochs=6))
    assert broken == [epoch.metrics["loss"] for epoch in bench.ear.of(Epoch)][6:]


def test_a_plateau_lowers_the_rate_down_to_the_lowest(bench: Bench) -> None:
    still = with_optimizer("SGD", replace(SMALL, epochs=8), learning_rate=1e-9)
    bench.train(recipe=replace(still, plateau=Plateau(patience=2, factor=0.1, lowest=5e-11, metric="val_accuracy")))
    assert [each.happening.text.partition(":")[0] for each in bench.ear.of(Happened)] == [
        "Learning rate 1e-09 → 1e-10", "Learning rate 1e-10 → 5e-11",
    ]  # fmt: skip
    assert set(kinds(bench)) == {"rate"}


@pytest.mark.parametrize(
    ("choice", "received", "hint"),
    [
        ({"stopping": Stopping("val_f1")}, "val_f1", "loss, accuracy, val_loss and val_accuracy"),
        ({"plateau": Plateau("speed")}, "speed", "loss, accuracy, val_loss and val_accuracy"),
    ],
)
def test_what_is_not_measured_cannot_be_watched(
    bench: Bench, choice: dict[str, object], received: str, hint: str
) -> None:
    bench.train(recipe=replace(SMALL, **choice))  # type: ignore[arg-type]
    assert received in bench.ear.one(Failed).sentence
    assert hint in bench.ear.one(Failed).sentence
    assert not bench.ear.of(Epoch)


def test_without_validation_its_metrics_are_not_measured(bench: Bench) -> None:
    bench.train(recipe=replace(SMALL, data=replace(SMALL.data, validation=0.0), stopping=Stopping()))
    assert "Keep some samples apart for validation" in bench.ear.one(Failed).sentence


@pytest.mark.parametrize(
    ("metric", "values", "best"),
    [
        ("val_loss", [3, 2, 2.5, math.nan, 1.5], 5),
        ("val_loss", [math.nan, math.inf, 4], 3),
        ("val_accuracy", [0.1, 0.9, 0.8], 2),
        ("head_auc", [0.5, 0.4], 1),
        ("val_mean_absolute_error", [3, 4], 1),
    ],
)
def test_the_best_epoch_is_that_of_the_metrics_own_way(metric: str, values: list[float], best: int) -> None:
    found = Best(metric)
    for epoch, value in enumerate(values, start=1):
        found.sees(epoch, value)
    assert found.epoch == best


def test_better_is_better_by_more_than_asked() -> None:
    found = Best("loss", least=0.1)
    assert [found.sees(epoch, value) for epoch, value in enumerate([1.0, 0.95, 0.89, 0.5], start=1)] == [
        True, False, True, True,
    ]  # fmt: skip


def test_who_trains_on_after_an_early_end_has_the_same_patience_again() -> None:
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    overseer = Overseer(replace(SMALL, stopping=Stopping("loss", 2, restore=False)), model, lambda *_: None)
    assert [overseer.epoch(epoch, {"loss": 1.0}) for epoch in range(1, 6)] == [False, False, True, False, True]


def test_a_schedule_and_a_plateau_do_not_go_together(bench: Bench) -> None:
    scheduled = with_optimizer("SGD", SMALL, learning_rate=COSINE)
    bench.train(recipe=replace(scheduled, plateau=Plateau()))
    assert "plateau" in bench.ear.one(Failed).sentence
