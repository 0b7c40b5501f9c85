"""A run is held, slowed, stopped and taken up again, and is the run that it would have been."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import sleep

import keras
import numpy as np
import pytest

from engine import record
from engine.messages import (
    Continue,
    Ended,
    Epoch,
    Failed,
    Happened,
    Maps,
    Pause,
    Resume,
    SetRate,
    StateChanged,
    Steps,
    Stop,
    Watch,
)  # fmt: skip
from engine.recipe import Recipe
from engine.values import FrozenMap, Part
from engine.worker import shuffling
from engine.worker.shuffling import Shuffled, _Batches
from tests.engine.drawings import chain, layer
from tests.worker.drawings import SMALL, with_optimizer
from tests.worker.ear import listening
from tests.worker.rehearsal import Bench, rows

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")
#: Chance in the data, in the network and in the order of the samples.
CHANCY = chain(
    layer("InputLayer", shape=(8, 8, 1)), layer("RandomTranslation", height_factor=0.1, width_factor=0.1),
    layer("Flatten"), layer("Dropout", rate=0.3), layer("Dense", units=10, activation="softmax"),
)  # fmt: skip
COSINE = Part("CosineDecay", FrozenMap({"initial_learning_rate": 0.01, "decay_steps": 100}))


def weights(bench: Bench) -> list[np.ndarray]:
    run = bench.trainer._run
    assert run is not None
    assert run.trained is not None
    model = run.trained.model
    return [np.array(variable) for variable in (*model.variables, *model.optimizer.variables)]


def unbroken(recipe: Recipe) -> list[np.ndarray]:
    with listening() as ear:
        whole = Bench(ear)
        whole.train(CHANCY, recipe)
        return weights(whole)


@pytest.mark.parametrize(
    "recipe",
    [
        replace(SMALL, epochs=4),
        with_optimizer("Adam", replace(SMALL, epochs=4), learning_rate=COSINE),
        with_optimizer("SGD", replace(SMALL, epochs=4), momentum=0.9, use_ema=True),
    ],
    ids=["adam", "schedule", "averages"],
)
def test_a_run_taken_up_again_equals_an_unbroken_one(bench: Bench, recipe: Recipe) -> None:
    """Bit for bit: optimizer, chance in the layers and the order of the samples go on where they were."""
    bench.train(CHANCY, replace(recipe, epochs=2))
    bench.trainer.go_on(Continue(1))
    bench.trainer.go_on(Continue(1))
    assert [epoch.epoch for epoch in bench.ear.of(Epoch)] == [1, 2, 3, 4]
    numbers = rows(bench.ear.of(Steps))[0]
    assert (np.diff(numbers) > 0).all()
    assert numbers[-1] == bench.ear.of(Epoch)[-1].step
    for a, b in zip(weights(bench), unbroken(recipe), strict=True):
        assert np.array_equal(a, b)


def test_a_run_stopped_after_an_epoch_is_taken_up_there(bench: Bench, tmp_path: Path) -> None:
    bench.ear.when(Steps, lambda: bench.ear.say(Stop("epoch")))
    bench.train(CHANCY, replace(SMALL, epochs=30), folder=str(tmp_path / "run"))
    assert bench.ear.one(Ended).status == "stopped"
    done = bench.ear.of(Epoch)[-1]
    assert rows(bench.ear.of(Steps))[0][-1] == done.step, "the epoch is whole"
    bench.trainer.go_on(Continue(2))
    epochs = bench.ear.of(Epoch)
    assert epochs[-1].epoch == done.epoch + 2
    assert [ended.status for ended in bench.ear.of(Ended)] == ["stopped", "finished"]
    assert len((tmp_path / "run" / record.METRICS).read_text().splitlines()) == 1 + len(epochs)
    for a, b in zip(weights(bench), unbroken(replace(SMALL, epochs=epochs[-1].epoch)), strict=True):
        assert np.array_equal(a, b)


def test_a_run_stopped_in_an_epoch_counts_it_and_goes_on_with_the_next(bench: Bench) -> None:
    bench.ear.when(Steps, lambda: bench.ear.say(Stop()))
    bench.train(CHANCY, replace(SMALL, epochs=500))
    done = len(bench.ear.of(Epoch))
    seconds = bench.ear.of(Steps)[-1].seconds.numpy()[-1]
    sleep(0.5)
    bench.trainer.go_on(Continue(1))
    resumed = bench.ear.of(Happened)[-1].happening
    assert resumed.seconds - seconds < 0.4, "what lies between the parts of a run is no time of training"
    assert [epoch.epoch for epoch in bench.ear.of(Epoch)][-1] in (done + 1, done + 2)
    assert (np.diff(rows(bench.ear.of(Steps))[0]) > 0).all()


def test_a_pause_holds_every_step_and_still_shows_maps(bench: Bench) -> None:
    """Held, the run answers what it is asked to show; then it goes on as if nothing had been."""
    held: list[int] = []

    def look() -> None:
        sleep(0.5)
        held.append(len(bench.ear.heard))
        bench.ear.say(Watch(("l4",), (0,)))
        bench.ear.when(Maps, lambda: bench.ear.say(Resume()))

    bench.ear.when(Steps, lambda: bench.ear.say(Pause()))
    bench.ear.when(Happened, look)
    bench.train(CHANCY, replace(SMALL, epochs=4))
    said = bench.ear.all()
    paused = said.index(StateChanged("paused"))
    resumed = next(place for place, each in enumerate(said) if place > paused and each == StateChanged("training"))
    assert {type(each) for each in said[paused + 1 : resumed]} == {Maps, Happened}
    pause, resume = (each.happening for each in bench.ear.of(Happened))
    assert (pause.kind, resume.kind) == ("pause", "resume")
    assert resume.seconds - pause.seconds < 0.3, "the time of training stands still"
    first, *_, last = (steps.since for steps in bench.ear.of(Steps))
    assert last - first > 0.4, "the clock on the wall does not"
    for a, b in zip(weights(bench), unbroken(replace(SMALL, epochs=4)), strict=True):
        assert np.array_equal(a, b)


@pytest.mark.parametrize("rate", [0.001, COSINE], ids=["number", "schedule"])
def test_the_learning_rate_is_changed_while_the_run_goes_on(bench: Bench, rate: float | Part) -> None:
    bench.ear.when(Steps, lambda: bench.ear.say(SetRate(0.0)))
    bench.train(CHANCY, with_optimizer("SGD", replace(SMALL, epochs=40), learning_rate=rate))
    (change,) = [each.happening for each in bench.ear.of(Happened)]
    assert change.kind == "rate"
    assert "0.001 → 0" in change.text or rate == COSINE
    after = [steps for steps in bench.ear.of(Steps) if int(steps.numbers.numpy()[0]) > change.step]
    assert after
    assert {steps.rate for steps in after} == {0.0}
    last = [epoch.metrics["val_loss"] for epoch in bench.ear.of(Epoch)][-2:]
    assert last[0] == last[1], "nothing moves at rate 0"


@pytest.mark.parametrize("rate", [float("nan"), float("inf"), -1.0])
def test_a_rate_that_is_none_changes_nothing(bench: Bench, rate: float) -> None:
    bench.ear.when(Steps, lambda: bench.ear.say(SetRate(rate)))
    bench.train(CHANCY, replace(SMALL, epochs=3))
    assert not bench.ear.of(Happened)
    assert bench.ear.one(Ended).status == "finished"


def test_what_is_saved_has_the_schedule_as_it_was_drawn(bench: Bench, tmp_path: Path) -> None:
    """Keras alone reads it again: nothing of ours stands in the file."""
    recipe = with_optimizer("Adam", replace(SMALL, epochs=1), learning_rate=COSINE)
    bench.train(CHANCY, recipe, folder=str(tmp_path / "run"))
    assert not bench.ear.of(Failed)
    read = keras.models.load_model(tmp_path / "run" / record.MODEL)
    assert type(read.optimizer._learning_rate).__name__ == "CosineDecay"


def test_before_any_run_there_is_nothing_to_go_on_with(bench: Bench) -> None:
    with pytest.raises(Exception, match="no trained model"):
        bench.trainer.go_on(Continue(1))


# -- the order of the samples


def columns(count: int) -> tuple[np.ndarray, np.ndarray, None]:
    return np.arange(count, dtype="float32")[:, None], np.arange(count), None


@pytest.mark.parametrize("kind", ["tensorflow", "others"])
@pytest.mark.parametrize("count", [20, 23, 4])
def test_each_epoch_has_every_sample_once_in_its_own_order(count: int, kind: str) -> None:
    samples = Shuffled(columns(count), 5, seed=7)
    batches = samples.batches() if kind == "tensorflow" else _Batches(samples)
    orders = []
    for epoch in (0, 1, 0):
        samples.begin(epoch)
        each_batch = batches if kind == "tensorflow" else [batches[step] for step in range(len(batches))]
        found = [np.array(y).tolist() for _, y in each_batch]
        assert [len(each) for each in found] == [5] * (count // 5) + [count % 5] * bool(count % 5)
        orders.append([place for each in found for place in each])
    assert sorted(orders[0]) == list(range(count))
    assert orders[0] == orders[2]
    assert orders[0] != orders[1]


def test_samples_in_their_order_stay_in_it() -> None:
    samples = Shuffled(columns(7), 3, seed=None)
    samples.begin(5)
    assert [np.array(y).tolist() for _, y in samples.batches()] == [[0, 1, 2], [3, 4, 5], [6]]


@pytest.mark.parametrize("bytes_", [1, 130, 1 << 20])
def test_however_many_batches_are_gathered_at_once_they_are_the_same(
    bytes_: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shuffling, "AT_ONCE", bytes_)
    samples = Shuffled(columns(38), 4, seed=7)
    batches = samples.batches()
    samples.begin(3)
    for (x, y), step in zip(batches, range(samples.steps), strict=True):
        expected_x, expected_y = samples.batch(step)
        assert np.array_equal(x, expected_x)
        assert np.array_equal(y, expected_y)


def test_keras_knows_how_many_batches_there_are() -> None:
    samples = Shuffled(columns(7), 3, seed=1)
    assert int(samples.batches().cardinality()) == samples.steps == 3
