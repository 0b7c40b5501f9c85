"""A run does what bare Keras does, says all of it, and ends in words however it ends."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from engine import record
from engine.messages import (
    Ended,
    Epoch,
    Evaluate,
    Evaluated,
    Failed,
    Happened,
    Maps,
    Pace,
    StateChanged,
    Steps,
    Stop,
)  # fmt: skip
from engine.recipe import Recipe
from engine.values import FrozenMap, Part
from engine.worker import prepare
from engine.worker.devices import choose
from engine.worker.shuffling import Shuffled
from tests.worker.drawings import DIGITS, SMALL, dense, with_optimizer
from tests.worker.rehearsal import THREE, Bench, rows

#: Keras's own, while it saves: its variables know numpy 1's way of being turned into arrays.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")


def bare(recipe: Recipe) -> tuple[list[list[float]], dict[str, list[float]]]:
    """The same run by Keras alone: what it logs after each execution, and after each epoch."""
    run = prepare.prepared(DIGITS.graph, recipe, choose("cpu"))
    logged: list[list[float]] = []
    keep = keras.callbacks.LambdaCallback(on_train_batch_end=lambda _, logs: logged.append([*logs.values()]))
    samples = Shuffled(prepare.feed(run.feeding, run.data.train), recipe.batch_size, recipe.seed)
    turn = keras.callbacks.LambdaCallback(on_epoch_begin=lambda epoch, _: samples.begin(epoch))
    history = run.model.fit(
        samples.batches(), epochs=recipe.epochs, validation_data=prepare.feed(run.feeding, run.data.validation),
        validation_batch_size=recipe.batch_size, shuffle=False, callbacks=[keep, turn], verbose=0,
    )  # fmt: skip
    return logged, history.history


# -- what is said


def test_states_come_in_order(digits: tuple[Bench, Path]) -> None:
    said = [message for message in digits[0].ear.all() if not isinstance(message, Maps)]
    assert said[:3] == [
        StateChanged("starting", "CPU", epochs=3),
        StateChanged("compiling", "CPU", 40, 3, 1257),
        StateChanged("training", "CPU", 40, 3, 1257),
    ]
    assert isinstance(said[3], Steps)
    ended = digits[0].ear.one(Ended)
    assert ended.status == "finished"
    assert ended.seconds > 0


def test_each_step_and_epoch_is_what_bare_keras_logs(digits: tuple[Bench, Path]) -> None:
    """Bit for bit, though the run was watched: looking changes nothing, and nothing is dropped."""
    logged, history = bare(THREE)
    steps, epochs = digits[0].ear.of(Steps), digits[0].ear.of(Epoch)
    numbers, values = rows(steps)
    assert numbers.tolist() == [40 * epoch + step for epoch in range(3) for step in (11, 22, 33, 40)]
    assert [set(message.names) for message in steps] == [{"loss", "accuracy"}] * len(steps)
    by_name = values[:, [steps[0].names.index(name) for name in ("accuracy", "loss")]]
    assert by_name.tolist() == logged
    assert [epoch.epoch for epoch in epochs] == [1, 2, 3]
    assert [epoch.step for epoch in epochs] == [40, 80, 120]
    assert {name: [epoch.metrics[name] for epoch in epochs] for name in history} == history
    assert epochs[-1].metrics["loss"] < epochs[0].metrics["loss"] / 2


def test_steps_come_before_their_epoch_and_at_most_20_a_second(digits: tuple[Bench, Path]) -> None:
    heard = digits[0].ear.heard
    times = [at for at, message in heard if isinstance(message, Steps)]
    # Written times, not those of arrival, are what is limited: an eighth of a second is left for the pipe.
    assert max(sum(a <= b < a + 0.875 for b in times) for a in times) <= 20
    seen = 0
    for _, message in heard:
        if isinstance(message, Steps):
            seen = int(message.numbers.numpy()[-1])
        elif isinstance(message, Epoch):
            assert seen == message.step


def test_the_last_execution_of_an_epoch_may_be_smaller(bench: Bench) -> None:
    bench.train(recipe=replace(SMALL, steps_per_execution=4, epochs=2))
    steps = bench.ear.of(StateChanged)[-1].steps
    assert steps % 4
    whole = [*range(4, steps, 4), steps]
    assert rows(bench.ear.of(Steps))[0].tolist() == whole + [steps + number for number in whole]


def test_a_loss_that_is_no_number_is_not_hidden(bench: Bench, tmp_path: Path) -> None:
    recipe = with_optimizer("SGD", replace(SMALL, loss=Part("MeanSquaredError"), epochs=2), learning_rate=1e30)
    bench.train(dense(units=1, activation="linear"), recipe, folder=str(tmp_path / "run"))
    assert bench.ear.one(Ended).status == "finished"
    assert not any(math.isfinite(epoch.metrics["loss"]) for epoch in bench.ear.of(Epoch))
    (mark,) = bench.ear.of(Happened)
    assert (mark.happening.kind, "lower the learning rate" in mark.happening.text) == ("doctor", True)
    assert not np.isfinite(rows(bench.ear.of(Steps))[1][-1, 0])
    assert "nan" in (tmp_path / "run" / record.METRICS).read_text()


def test_a_metric_of_several_numbers_is_sent_as_several(bench: Bench) -> None:
    recipe = replace(SMALL, metrics=(Part("SparseCategoricalAccuracy"), Part("FalseNegatives", FrozenMap({
        "thresholds": (0.25, 0.75)}))), loss=Part("BinaryCrossentropy"))  # fmt: skip
    bench.train(dense(units=1, activation="sigmoid"), recipe)
    assert {"false_negatives_0", "false_negatives_1"} <= bench.ear.of(Epoch)[0].metrics.keys()
    assert "false_negatives_1" in bench.ear.of(Steps)[0].names


# -- stopping


def test_stop_ends_after_the_step_under_way(bench: Bench, tmp_path: Path) -> None:
    bench.ear.when(Steps, lambda: bench.ear.say(Stop()))
    bench.train(DIGITS.graph, replace(DIGITS.recipe, epochs=500), folder=str(tmp_path / "run"))
    assert bench.ear.one(Ended).status == "stopped"
    assert not bench.ear.of(Failed)
    assert rows(bench.ear.of(Steps))[0][-1] < 40 * 20
    assert json.loads((tmp_path / "run" / record.RUN).read_text())["status"] == "stopped"
    bench.trainer.evaluate(Evaluate())
    assert bench.ear.one(Evaluated).samples == 270


def test_stop_before_the_first_step_leaves_the_weights_as_they_were(bench: Bench, tmp_path: Path) -> None:
    bench.ear.say(Stop())
    averaging = with_optimizer("SGD", use_ema=True)
    while not bench.ear.wire.inbox.news:
        pass
    bench.train(recipe=averaging, folder=str(tmp_path / "run"))
    assert bench.ear.one(Ended).status == "stopped"
    assert not bench.ear.of(Steps)
    fresh = prepare.prepared(dense(), averaging, choose("cpu")).model
    trained = bench.trainer._run.trained  # type: ignore[union-attr]
    assert trained is not None
    for a, b in zip(fresh.weights, trained.model.weights, strict=True):
        assert np.array_equal(a, b)


def test_a_run_that_nobody_listens_to_stops(bench: Bench) -> None:
    bench.ear.when(Steps, bench.ear.hang_up)
    bench.train(DIGITS.graph, replace(DIGITS.recipe, epochs=500))
    assert bench.ear.one(Ended).status == "stopped"


# -- failing


def test_data_of_another_shape_are_refused_at_the_input(bench: Bench) -> None:
    graph = dense().with_value("image", "shape", (28, 28, 1))
    bench.train(graph)
    failed = bench.ear.one(Failed)
    assert failed.node == "image"
    assert "8×8×1" in failed.sentence
    assert "28×28×1" in failed.sentence
    assert "Traceback" in failed.traceback
    assert bench.ear.one(Ended).status == "failed"


def test_targets_that_do_not_fit_fail_before_the_first_step(bench: Bench) -> None:
    bench.train(recipe=replace(SMALL, loss=Part("CategoricalCrossentropy")))
    assert "rank" in bench.ear.one(Failed).sentence
    assert bench.ear.one(Ended).status == "failed"
    assert not bench.ear.of(Steps)


def test_memory_that_runs_out_is_said_with_what_to_do(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object, **__: object) -> None:
        raise tf.errors.ResourceExhaustedError(None, None, "OOM when allocating tensor with shape[32,64]")

    monkeypatch.setattr(keras.Model, "fit", exhausted)
    bench.train()
    assert bench.ear.one(Failed).sentence == (
        "The device ran out of memory at a batch size of 64. Lower the batch size, or make the network smaller."
    )
    assert bench.ear.one(Ended).status == "failed"


def test_a_folder_that_cannot_be_written_is_said(bench: Bench, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    bench.train(folder=str(blocked / "run"))
    assert "cannot be written" in bench.ear.one(Failed).sentence
    assert bench.ear.one(Ended).status == "failed"


def test_an_unknown_device_is_refused(bench: Bench) -> None:
    bench.train(recipe=replace(SMALL, device="GPU:7"))
    assert "must be one of auto, cpu:0" in bench.ear.one(Failed).sentence
    assert bench.ear.one(Ended).status == "failed"


def test_after_a_failure_the_next_run_goes_well(bench: Bench) -> None:
    bench.train(dense().with_value("image", "shape", (2, 2, 2)))
    bench.train()
    assert [ended.status for ended in bench.ear.of(Ended)] == ["failed", "finished"]


def test_the_pace_is_told_and_kept_with_the_run(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.worker.metering.GAP", 0.0)
    bench.train(recipe=THREE, folder=str(tmp_path / "run"))
    told = bench.ear.of(Pace)
    assert told
    for pace in told:
        assert pace.figures.keys() >= {"samples_per_second", "step_time", "waiting", "processor", "memory"}
        assert 0 <= pace.figures["waiting"] <= 1
        assert pace.figures["step_time"] > 0
    kept = json.loads((tmp_path / "run" / "run.json").read_text(encoding="utf-8"))["pace"]
    assert kept["samples_per_second"] > 0
    assert kept["readings"] >= len(told)
