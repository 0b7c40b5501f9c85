"""What a network makes of samples: told after epochs, at a halt and at the end, and the run never feels it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from engine import record
from engine.graph import Graph
from engine.messages import (
    Ended,
    Epoch,
    Evaluate,
    Evaluated,
    Failed,
    Happened,
    Judge,
    Judged,
    Pause,
    Refused,
    Resume,
    StateChanged,
    Steps,
)  # fmt: skip
from engine.recipe import DataChoice, Recipe
from engine.values import FrozenMap, Part
from tests.engine.drawings import chain, layer
from tests.worker.drawings import SMALL, drawing
from tests.worker.ear import listening
from tests.worker.rehearsal import Bench

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")
#: Chance in the network, figures that move beside the weights, and no softmax at its end.
CHANCY = chain(
    layer("InputLayer", shape=(8, 8, 1)), layer("RandomTranslation", height_factor=0.1, width_factor=0.1),
    layer("Flatten"), layer("BatchNormalization"), layer("Dropout", rate=0.3), layer("Dense", units=10),
)  # fmt: skip
LOGITS = replace(SMALL, epochs=3, loss=Part("SparseCategoricalCrossentropy", FrozenMap({"from_logits": True})))


def weights(bench: Bench) -> list[np.ndarray]:
    run = bench.trainer._run
    assert run is not None
    assert run.trained is not None
    return [np.array(variable) for variable in (*run.trained.model.variables, *run.trained.model.optimizer.variables)]


def test_a_run_that_is_judged_each_epoch_is_the_run_that_is_not(bench: Bench) -> None:
    bench.ear.say(Judge(1, each_epoch=True))
    bench.train(CHANCY, LOGITS)
    judged = bench.ear.of(Judged)
    assert len(judged) >= 2
    with listening() as ear:
        other = Bench(ear)
        other.train(CHANCY, LOGITS)
        assert not ear.of(Judged)
        for a, b in zip(weights(bench), weights(other), strict=True):
            assert np.array_equal(a, b)


def test_predictions_are_those_that_the_epoch_was_measured_by(bench: Bench) -> None:
    bench.ear.say(Judge(1, each_epoch=True))
    bench.train(CHANCY, LOGITS)
    bench.trainer.study(Judge(2))
    metrics = {(epoch.epoch, epoch.step): epoch.metrics for epoch in bench.ear.of(Epoch)}
    at_ends = [judged for judged in bench.ear.of(Judged) if (judged.epoch, judged.step) in metrics]
    assert len(at_ends) >= 2
    for judged in at_ends:
        chances, true = judged.predictions.numpy(), judged.targets.numpy()
        assert (judged.kind, judged.whole, len(true)) == ("classes", 180, 180)
        assert np.allclose(chances.sum(-1), 1, atol=1e-5)
        right = float((chances.argmax(-1) == true).mean())
        assert right == pytest.approx(metrics[judged.epoch, judged.step]["val_accuracy"], abs=1e-6)
        loss = float(-np.log(chances[np.arange(len(true)), true]).mean())
        assert loss == pytest.approx(metrics[judged.epoch, judged.step]["val_loss"], rel=1e-3)


def test_one_question_has_one_answer(bench: Bench) -> None:
    bench.ear.say(Judge(4, "train"))
    bench.train(recipe=replace(SMALL, epochs=3))
    judged = bench.ear.one(Judged)
    assert (judged.asked, judged.part, judged.epoch, judged.output) == (4, "train", 1, "digit")
    assert len(judged.indices.numpy()) == judged.whole == 359


def test_a_trained_network_answers_at_once(digits: tuple[Bench, Path]) -> None:
    bench, _ = digits
    before = len(bench.ear.of(Judged))
    bench.trainer.study(Judge(9))
    (judged,) = bench.ear.of(Judged)[before:]
    assert (judged.asked, judged.epoch, judged.looks) == (9, 3, 0)
    assert judged.indices.numpy().tolist() == list(range(270))


def test_a_run_that_is_held_answers_at_once(bench: Bench) -> None:
    def ask() -> None:
        bench.ear.when(Judged, lambda: bench.ear.say(Resume()))
        bench.ear.say(Judge(2))

    bench.ear.when(Steps, lambda: bench.ear.say(Pause()))
    bench.ear.when(Happened, ask)
    bench.train(recipe=replace(SMALL, epochs=40))
    said = bench.ear.all()
    paused, answered = said.index(StateChanged("paused")), said.index(bench.ear.one(Judged))
    assert not any(isinstance(each, Epoch) for each in said[paused:answered])
    assert bench.ear.one(Ended).status == "finished"


def test_the_test_samples_are_refused_while_a_run_trains(bench: Bench) -> None:
    bench.ear.say(Judge(1, "test", each_epoch=True))
    bench.train()
    assert "for the end of a run" in bench.ear.of(Refused)[0].sentence
    assert not bench.ear.of(Judged)


def test_each_use_of_the_test_samples_is_counted_and_kept(bench: Bench, tmp_path: Path) -> None:
    """The same weights seen from another side are the same look."""
    folder = tmp_path / "run"
    bench.train(folder=str(folder))
    bench.trainer.evaluate(Evaluate())
    bench.trainer.study(Judge(1, "test"))
    bench.trainer.study(Judge(2, "test"))
    bench.trainer.study(Judge(3))
    bench.trainer.evaluate(Evaluate())
    assert [each.looks for each in bench.ear.of(Evaluated)] == [1, 2]
    assert [each.looks for each in bench.ear.of(Judged)] == [1, 1, 1]
    bench.trainer.evaluate(Evaluate(str(folder)))
    assert bench.ear.of(Evaluated)[-1].looks == 3
    assert json.loads((folder / record.RUN).read_text())[record.LOOKS] == 3


def test_before_any_run_nothing_is_judged(bench: Bench) -> None:
    bench.trainer.study(Judge(1))
    assert "no trained model" in bench.ear.one(Refused).sentence


def test_what_is_not_there_is_refused(bench: Bench) -> None:
    bench.train(recipe=replace(SMALL, data=DataChoice("digits", 0.9, 0)))
    bench.trainer.study(Judge(1, "test"))
    assert "test samples" in bench.ear.one(Refused).sentence


def two_heads() -> Graph:
    return drawing(
        ("image", "InputLayer", {"shape": (8, 8, 1)}), ("flatten", "Flatten", {}),
        ("digit", "Dense", {"units": 10, "activation": "softmax"}), ("rough", "Dense", {"units": 10}),
        wires="image>flatten flatten>digit flatten>rough",
    )  # fmt: skip


def test_each_output_is_told(bench: Bench) -> None:
    from engine.recipe import OutputChoice

    recipe = replace(SMALL, outputs=FrozenMap({"rough": OutputChoice("digit", Part("MultiClassHinge"))}))
    bench.train(two_heads(), recipe)
    bench.trainer.study(Judge(1))
    judged = bench.ear.of(Judged)
    assert [(each.output, each.kind, each.more) for each in judged] == [
        ("digit", "classes", True), ("rough", "classes", False),
    ]  # fmt: skip
    assert all(np.allclose(each.predictions.numpy().sum(-1), 1, atol=1e-5) for each in judged)


@pytest.mark.parametrize(
    ("source", "kind"), [("sine", "numbers"), ("breast-cancer", "binary")], ids=["regression", "binary"]
)
def test_numbers_and_yes_or_no_are_read_as_such(bench: Bench, source: str, kind: str) -> None:
    shape = (1,) if source == "sine" else (30,)
    loss = Part("MeanSquaredError") if source == "sine" else Part("BinaryCrossentropy")
    ends = "linear" if source == "sine" else "sigmoid"
    graph = chain(layer("InputLayer", shape=shape), layer("Dense", units=1, activation=ends))
    bench.train(graph, Recipe(DataChoice(source), loss, metrics=(), epochs=1))
    bench.trainer.study(Judge(1))
    judged = bench.ear.one(Judged)
    assert judged.kind == kind
    assert judged.predictions.shape == judged.targets.shape
    assert len(judged.predictions.numpy()) == len(judged.indices.numpy())


def test_what_a_layer_remembers_is_left_as_it_was(bench: Bench) -> None:
    graph = chain(
        layer("InputLayer", shape=(20,), batch_size=32, dtype="int64"), layer("Embedding", input_dim=80, output_dim=4),
        layer("LSTM", units=4, stateful=True, return_sequences=True), layer("Dense", units=80, activation="softmax"),
    )  # fmt: skip
    recipe = Recipe(DataChoice("text", values=FrozenMap({"length": 20})), metrics=(), epochs=1)
    bench.train(graph, recipe)
    if bench.ear.of(Failed):
        pytest.fail(bench.ear.of(Failed)[0].sentence)
    run = bench.trainer._run
    assert run is not None
    assert run.trained is not None
    lstm = next(each for each in run.trained.model.layers if isinstance(each, keras.layers.LSTM))
    before = [np.array(state) for state in lstm.states]
    bench.trainer.study(Judge(1))
    assert bench.ear.one(Judged).kind == "classes"
    for a, b in zip(before, lstm.states, strict=True):
        assert np.array_equal(a, np.array(b))
