"""A run does what bare Keras does, says all of it, keeps it, and ends in words however it ends."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from engine import record
from engine.catalogue import catalogue
from engine.datasets import Samples, Split, split
from engine.fitting import LABELS
from engine.graph import Graph
from engine.messages import (
    Ended,
    Epoch,
    Evaluate,
    Evaluated,
    Export,
    Exported,
    Failed,
    Maps,
    StateChanged,
    Steps,
    Stop,
    Train,
    Watch,
)  # fmt: skip
from engine.recipe import DataChoice, Recipe
from engine.values import FrozenMap, Part
from engine.worker import prepare
from engine.worker.devices import choose
from engine.worker.pace import multiply_adds, steps_per_execution
from engine.worker.trainer import Trainer
from tests.worker.drawings import DIGITS, SMALL, dense, two_ways, with_optimizer
from tests.worker.ear import Ear, listening

#: Keras's own, while it saves: its variables know numpy 1's way of being turned into arrays.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")
THREE = replace(DIGITS.recipe, epochs=3)


class Bench:
    """A trainer and the ear that hears it."""

    def __init__(self, ear: Ear) -> None:
        self.ear = ear
        self.trainer = Trainer(ear.wire, {"keras": keras.__version__})

    def train(self, graph: Graph | None = None, recipe: Recipe = SMALL, **more: Any) -> None:
        self.trainer.train(Train(graph or dense(), recipe, **more))
        for failed in self.ear.of(Failed):
            print(failed.traceback)


@pytest.fixture
def bench() -> Iterator[Bench]:
    with listening() as ear:
        yield Bench(ear)


@pytest.fixture(scope="module")
def digits(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Bench, Path]]:
    """Three epochs of the digits, watched and recorded."""
    folder = tmp_path_factory.mktemp("runs") / "one"
    with listening() as ear:
        bench = Bench(ear)
        bench.train(DIGITS.graph, THREE, folder=str(folder), watch=("n2", "n4"), samples=(0, 5))
        yield bench, folder


def rows(steps: list[Steps]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    return np.concatenate([s.numbers.numpy() for s in steps]), np.concatenate([s.values.numpy() for s in steps])


def bare(recipe: Recipe) -> tuple[list[list[float]], dict[str, list[float]]]:
    """The same run by Keras alone: what it logs after each execution, and after each epoch."""
    run = prepare.prepared(DIGITS.graph, recipe, choose("cpu"))
    logged: list[list[float]] = []
    keep = keras.callbacks.LambdaCallback(on_train_batch_end=lambda _, logs: logged.append([*logs.values()]))
    (x, y), validation = prepare.feed(run.model, run.data.train), prepare.feed(run.model, run.data.validation)
    history = run.model.fit(
        x, y, batch_size=recipe.batch_size, epochs=recipe.epochs, validation_data=validation, callbacks=[keep],
        verbose=0,
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
    assert numbers.tolist() == list(range(8, 121, 8))
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
    assert not np.isfinite(rows(bench.ear.of(Steps))[1][-1, 0])
    assert "nan" in (tmp_path / "run" / record.METRICS).read_text()


def test_a_metric_of_several_numbers_is_sent_as_several(bench: Bench) -> None:
    recipe = replace(SMALL, metrics=(Part("SparseCategoricalAccuracy"), Part("FalseNegatives", FrozenMap({
        "thresholds": (0.25, 0.75)}))), loss=Part("BinaryCrossentropy"))  # fmt: skip
    bench.train(dense(units=1, activation="sigmoid"), recipe)
    assert {"false_negatives_0", "false_negatives_1"} <= bench.ear.of(Epoch)[0].metrics.keys()
    assert "false_negatives_1" in bench.ear.of(Steps)[0].names


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
    assert np.array_equal(bench.ear.of(Maps)[0].values.numpy(), data.train.inputs[[2]])


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
    assert (run.steps, run.steps_per_execution) == (40, 8)
    work = multiply_adds(DIGITS.graph, run.built.layers, run.built.tensors)
    assert work == 64 * 9 * 32 + 16 * 9 * 32 * 64 + 1024 * 128 + 128 * 10


@pytest.mark.parametrize(
    ("work", "batch", "steps", "gpu", "chosen"),
    [
        (0, 32, 1000, False, 16),
        (1e5, 32, 1000, False, 16),
        (1e5, 32, 3, False, 1),
        (1e5, 32, 50, False, 10),
        (1e7, 32, 1000, False, 1),
        (5e6, 32, 1000, False, 1),
        (1e6, 32, 1000, False, 5),
        (1e7, 32, 1000, True, 16),
        (4e9, 256, 1000, True, 1),
    ],
)
def test_executions_stay_short(work: float, batch: int, steps: int, gpu: bool, chosen: int) -> None:
    assert steps_per_execution(work, batch, steps, gpu=gpu) == chosen


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


# -- afterwards


def test_the_test_samples_are_seen_by_nothing_but_the_evaluation(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Samples that poison whatever they touch."""
    whole = split(SMALL.data, SMALL.seed)
    poison = Samples(np.full_like(whole.test.inputs, np.nan), whole.test.targets)
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
    assert (data["status"], data["seed"], data["device"], data["steps_per_execution"]) == ("finished", 1, "CPU", 8)
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
        assert ear.one(Evaluated) == bench.ear.of(Evaluated)[-1]
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
        (dense(), "out.keras", "nowhere", "nowhere holds no trained weights"),
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


def test_an_old_file_survives_a_save_that_fails(tmp_path: Path) -> None:
    path = tmp_path / "model.keras"
    path.write_text("old")

    def save_badly() -> None:
        with record.in_place_of(path) as place:
            place.write_text("half")
            raise OSError(28, "No space left on device")

    with pytest.raises(Exception, match="No space left"):
        save_badly()
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["model.keras"]
