"""Named inputs and targets, outputs with losses of their own, places where nothing is asked: as Keras trains them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from engine.choices import DataChoice, OutputChoice
from engine.errors import RecipeError
from engine.graph import Graph
from engine.messages import Ended, Epoch, Export, Exported, Failed, Maps
from engine.recipe import Recipe
from engine.values import FrozenMap, Part, Value
from engine.worker import prepare
from engine.worker.devices import choose
from engine.worker.probe import Probe
from tests.worker.drawings import SMALL, dense, drawing, two_ways
from tests.worker.rehearsal import Bench

#: Keras's own, while it saves: its variables know numpy 1's way of being turned into arrays.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")
CPU = choose("cpu")


def recipe(source: str, **values: Value) -> Recipe:
    return replace(SMALL, data=DataChoice(source, 0.1, 0.5, FrozenMap(values)))


def teller(image: str = "image") -> Graph:
    """The smallest network that tells what it sees: a picture and the words so far give the next word."""
    return drawing(
        (image, "InputLayer", {"shape": (24, 24, 3)}),
        ("words", "InputLayer", {"shape": (9,), "dtype": "int32"}),
        ("flat", "Flatten", {}),
        ("seen", "Dense", {"units": 8}),
        ("each", "RepeatVector", {"n": 9}),
        ("table", "Embedding", {"input_dim": 17, "output_dim": 8}),
        ("both", "Concatenate", {}),
        ("next", "Dense", {"units": 17, "activation": "softmax"}),
        wires=f"{image}>flat flat>seen seen>each words>table each>both table>both both>next",
    )


CAPTIONS = recipe("captions", size=24, samples=200)


def test_each_input_receives_the_data_of_its_name(bench: Bench) -> None:
    bench.train(teller(), CAPTIONS, watch=("words", "image"))
    assert bench.ear.one(Ended).status == "finished", bench.ear.of(Failed)
    seen = {message.node: message.values.numpy() for message in bench.ear.of(Maps)}
    assert seen["words"].shape == (1, 9)
    assert seen["words"][0, 0] == 1
    assert seen["image"].shape == (1, 24, 24, 3)


def test_an_input_of_no_such_name_is_refused_at_its_node(bench: Bench) -> None:
    bench.train(teller("picture"), CAPTIONS)
    failed = bench.ear.one(Failed)
    assert failed.node == "picture"
    assert failed.sentence == (
        "Each input bears the name of what it receives; Figures with captions offer image and words. "
        "Received: 'picture'. Rename picture to one of them."
    )


def test_what_is_not_asked_counts_for_nothing() -> None:
    """The accuracy is that of the words, whatever is said where the caption has ended."""
    run = prepare.prepared(teller(), CAPTIONS, CPU)
    x, y, weights = prepare.feed(run.feeding, run.data.train)
    assert np.array_equal(weights, y != 0)
    told = run.model.predict(x, verbose=0).argmax(-1)
    measured = run.model.evaluate(x, y, sample_weight=weights, verbose=0, return_dict=True)
    assert measured["accuracy"] == pytest.approx((told == y)[y != 0].mean(), abs=1e-6)


def covered(loss: Part) -> tuple[Graph, Recipe]:
    graph = drawing(
        ("tokens", "InputLayer", {"shape": (16,)}),
        ("table", "Embedding", {"input_dim": 50, "output_dim": 8}),
        ("original", "Dense", {"units": 50, "activation": "softmax"}),
        wires="tokens>table table>original",
    )
    return graph, replace(recipe("masked-text", samples=200), loss=loss)


def test_a_class_that_is_ignored_is_measured_nowhere() -> None:
    loss = Part("SparseCategoricalCrossentropy", FrozenMap({"ignore_class": -1}))
    run = prepare.prepared(*covered(loss), CPU)
    x, y, weights = prepare.feed(run.feeding, run.data.train)
    told = run.model.predict(x, verbose=0)
    measured = run.model.evaluate(x, y, sample_weight=weights, batch_size=len(y), verbose=0, return_dict=True)
    asked = y >= 0
    assert measured["accuracy"] == pytest.approx((told.argmax(-1) == y)[asked].mean(), abs=1e-6)
    right = np.take_along_axis(told, np.maximum(y, 0)[..., None], -1)[..., 0]
    assert measured["loss"] == pytest.approx(-np.log(right[asked]).mean(), rel=1e-4)


# -- several outputs


def heads(**outputs: OutputChoice) -> Recipe:
    return replace(SMALL, outputs=FrozenMap(outputs))


def test_outputs_have_losses_weights_and_metrics_of_their_own() -> None:
    sparse = Part("SparseCategoricalCrossentropy", FrozenMap({"ignore_class": 3}))
    second = OutputChoice(loss=sparse, weight=0.3, metrics=())
    run = prepare.prepared(two_ways(), heads(second=second), CPU)
    x, y, _ = prepare.feed(run.feeding, run.data.train)
    metrics = run.model.evaluate(x, y, batch_size=len(run.data.train), verbose=0, return_dict=True)
    assert metrics["loss"] == pytest.approx(metrics["first_loss"] + 0.3 * metrics["second_loss"], rel=1e-5)
    assert metrics.keys() == {"loss", "first_loss", "second_loss", "first_accuracy"}
    told = run.model.predict(x, verbose=0)[1]
    own = -np.log(told[np.arange(len(told)), y[1]])[y[1] != 3]
    assert metrics["second_loss"] == pytest.approx(own.mean(), rel=1e-4)


def test_an_output_that_is_none_is_refused() -> None:
    with pytest.raises(RecipeError, match=r"outputs are those of the drawing: first and second\. Received: 'third'"):
        prepare.prepared(two_ways(), heads(third=OutputChoice(weight=0.3)), CPU)


def test_a_target_that_is_none_is_refused() -> None:
    with pytest.raises(RecipeError, match=r"first learns one of the targets of Handwritten digits: digit"):
        prepare.prepared(two_ways(), heads(first=OutputChoice(target="colour")), CPU)


def test_a_model_can_be_had_whatever_its_data(bench: Bench, tmp_path: Path) -> None:
    for recipe_of in (replace(SMALL, data=DataChoice("my photos")), CAPTIONS):
        path = tmp_path / "model.keras"
        bench.trainer.export(Export(two_ways(), recipe_of, str(path)))
        assert bench.ear.of(Exported)[-1].path == str(path)
        assert path.stat().st_size > 1000


# -- layers that remember


def reader(batch: int | None, **values: Value) -> Graph:
    return drawing(
        ("letters", "InputLayer", {"shape": (10,), **({"batch_size": batch} if batch else {})}),
        ("table", "Embedding", {"input_dim": 60, "output_dim": 8}),
        ("memory", "SimpleRNN", {"units": 8, "return_sequences": True, **values}),
        ("next", "Dense", {"units": 60, "activation": "softmax"}),
        wires="letters>table table>memory memory>next",
    )


ORDERED = replace(recipe("text", length=10, ordered=True), batch_size=50, epochs=2)


def test_rows_continue_from_batch_to_batch() -> None:
    run = prepare.prepared(reader(50, stateful=True), ORDERED, CPU)
    x, y, _ = prepare.feed(run.feeding, run.data.train)
    assert len(x) % 50 == 0
    assert run.ordered
    assert np.array_equal(x[50:, 0], y[:-50, -1])


def test_a_network_that_remembers_trains_as_a_plain_loop_does(bench: Bench) -> None:
    """Batch after batch in order, with the states of the one before, and fresh ones at each epoch's start."""
    bench.train(reader(50, stateful=True), ORDERED)
    told = [epoch.metrics for epoch in bench.ear.of(Epoch)]
    run = prepare.prepared(reader(50, stateful=True), ORDERED, CPU)
    x, y, _ = prepare.feed(run.feeding, run.data.train)
    a, b, _ = prepare.feed(run.feeding, run.data.validation)
    memory = run.model.get_layer("memory")
    for metrics in told:
        memory.reset_state()
        places = [slice(at, at + 50) for at in range(0, len(x), 50)]
        losses = [run.model.train_on_batch(x[place], y[place], return_dict=True)["loss"] for place in places]
        assert metrics["loss"] == pytest.approx(np.mean(losses), rel=1e-5)
        memory.reset_state()
        measured = run.model.evaluate(a, b, batch_size=50, verbose=0, return_dict=True)
        assert metrics["val_loss"] == pytest.approx(measured["loss"], rel=1e-5)


def test_looking_leaves_what_is_remembered_as_it_was() -> None:
    """A look begins anew: the same sample looks the same, whatever came before."""
    run = prepare.prepared(reader(50, stateful=True), ORDERED, CPU)
    memory, samples = run.model.get_layer("memory"), prepare.inputs(run.feeding, run.watched)
    fresh = run.model(samples[:50])
    before = np.asarray(memory.states[0])
    probe = Probe(run.model, run.built.tensors, samples)
    probe.watch(("next",), (0, 3))
    (maps,) = probe.look(0, 0)
    assert maps.samples == (0, 3)
    assert np.allclose(maps.values.numpy(), np.asarray(fresh)[[0, 3]], atol=1e-6)
    assert before.any()
    assert np.array_equal(np.asarray(memory.states[0]), before)


def test_a_network_that_remembers_asks_for_a_batch_size(bench: Bench) -> None:
    bench.train(reader(None, stateful=True), ORDERED)
    failed = bench.ear.one(Failed)
    assert failed.node == "letters"
    assert failed.sentence.endswith("Received: any number. Set its batch size to 50.")


def test_samples_that_follow_each_other_are_never_shuffled(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[np.ndarray] = []

    def fit(_model: object, batches: Iterable[Any], **keywords: Any) -> None:
        assert keywords["shuffle"] is False, "they come in the order in which they are to be taken"
        keywords["callbacks"].on_epoch_begin(1)
        told.append(np.concatenate([np.asarray(batch[1]) for batch in batches]))

    monkeypatch.setattr(keras.Model, "fit", fit)
    bench.train(reader(None), ORDERED)
    bench.train()
    runs = (prepare.prepared(reader(None), ORDERED, CPU), prepare.prepared(dense(), SMALL, CPU))
    texts, digits = (prepare.feed(run.feeding, run.data.train)[1] for run in runs)
    assert np.array_equal(told[0], texts)
    assert not np.array_equal(told[1], digits)
    assert np.array_equal(np.sort(told[1]), np.sort(digits))
