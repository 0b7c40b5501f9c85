"""Whether a recipe fits: each way in which it does not, with its exact sentence, severity and place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.catalogue import catalogue
from engine.data.columns import Column
from engine.datasets import DataSpec, dataset
from engine.fitting import last_activation
from engine.graph import Graph
from engine.recipe import ACCURACY, DataChoice, Recipe
from engine.report import NodeReport, Report, TensorSpec
from engine.structure import recipe_problems
from engine.values import FrozenMap, Part, Value
from tests.engine.drawings import Kind, chain, drawing, layer

Shape = tuple[int | None, ...]
DIGITS = dataset("digits")
BINARY = replace(DIGITS, title="Coins", targets=(Column("coin", (), "binary", ("heads", "tails")),))
NUMBERS = replace(DIGITS, title="Prices", targets=(Column("price", ()),))
IMAGE: Shape = (None, 8, 8, 1)
INPUT = layer("InputLayer", shape=(8, 8, 1))


def classifier(units: int = 10, activation: str = "softmax") -> Graph:
    return chain(INPUT, layer("Flatten"), layer("Dense", units=units, activation=activation))


def report(graph: Graph, *shapes: Shape, dtype: str = "float32") -> Report:
    """A report of these shapes, node by node; one that is empty is not known."""
    outputs = [
        FrozenMap({"output": TensorSpec(shape, dtype)}) if shape else FrozenMap[TensorSpec]() for shape in shapes
    ]
    return Report(FrozenMap({id: NodeReport(out) for id, out in zip(graph.nodes, outputs, strict=True)}))


def said(
    graph: Graph, *shapes: Shape, recipe: Recipe | None = None, data: DataSpec = DIGITS, dtype: str = "float32"
) -> list[tuple[str, str, tuple[str, ...], str]]:
    found = recipe_problems(graph, report(graph, *shapes, dtype=dtype), recipe or Recipe(), data, catalogue())
    return [(problem.severity, problem.sentence, problem.nodes, problem.parameter) for problem in found]


def recipe(loss: str, *metrics: str, **values: Value) -> Recipe:
    return Recipe(loss=Part(loss, FrozenMap(values)), metrics=tuple(Part(metric) for metric in metrics))


def test_a_recipe_that_fits() -> None:
    assert said(classifier(), IMAGE, (None, 64), (None, 10)) == []


def test_a_network_may_be_made_for_more_classes_than_come() -> None:
    wide = replace(DIGITS, targets=(replace(DIGITS.targets[0], room=1000),))
    shapes = IMAGE, (None, 64), (None, 1000)
    assert said(classifier(1000), *shapes, data=wide) == []
    ((_, sentence, _, _),) = said(classifier(), *shapes[:2], (None, 10), data=wide)
    assert "call for 1000, one for each class" in sentence


def test_what_is_not_known_is_not_judged() -> None:
    assert said(classifier(), (), (), ()) == []


def test_free_lengths_take_any_data() -> None:
    assert said(classifier(), (None, None, None, 1), (None, 64), (None, 10)) == []


def test_an_input_of_another_shape() -> None:
    sentence = "l0 (InputLayer) takes 28×28×1; a sample of Handwritten digits is 8×8×1. Set its shape to 8×8×1."
    assert said(classifier(), (None, 28, 28, 1), (None, 784), (None, 10)) == [("error", sentence, ("l0",), "shape")]


def fixed(size: int, *more: Kind) -> Graph:
    return chain(
        layer("InputLayer", shape=(8, 8, 1), batch_size=size), *more, layer("Dense", units=10, activation="softmax")
    )


def test_a_batch_that_is_fixed() -> None:
    sentence = (
        "l0 (InputLayer) takes 16 samples at a time, no more and no fewer; batches here hold 32. "
        "Set one of the two to the other, or clear the input's batch size."
    )
    shapes = ((16, 8, 8, 1), (16, 64), (16, 10))
    assert said(fixed(16, layer("Flatten")), *shapes) == [("error", sentence, ("l0",), "batch_size")]
    assert said(fixed(16, layer("Flatten")), *shapes, recipe=Recipe(batch_size=16)) == []


def test_a_batch_that_is_never_full() -> None:
    few = Recipe(DataChoice(validation=0.5, test=0.4), batch_size=200)
    found = said(fixed(200, layer("Flatten")), (200, 8, 8, 1), (200, 64), (200, 10), recipe=few)
    assert ("error", "batch_size") in [(severity, parameter) for severity, _, _, parameter in found]


def test_a_layer_that_remembers_needs_a_fixed_batch() -> None:
    steps = (layer("Reshape", target_shape=(8, 8)), layer("LSTM", units=4, stateful=True))
    shapes = ((None, 8, 8, 1), (None, 8, 8), (None, 4), (None, 10))
    graph = chain(INPUT, *steps, layer("Dense", units=10, activation="softmax"))
    sentence = (
        "l2 (LSTM) remembers from batch to batch, so l0 (InputLayer) says how many samples one holds. "
        "Received: any number. Set its batch size to 32."
    )
    assert said(graph, *shapes) == [("error", sentence, ("l0",), "batch_size")]
    found = said(fixed(32, *steps), *shapes)
    sentence = (
        "l2 (LSTM) remembers from batch to batch, but the samples of Handwritten digits do not follow each other. "
        "Turn its stateful off."
    )
    assert found == [("warning", sentence, ("l2",), "stateful")]


def test_fractions_cut_to_whole_numbers() -> None:
    found = said(classifier(), IMAGE, (None, 64), (None, 10), dtype="int32")
    assert [(severity, nodes, parameter) for severity, _, nodes, parameter in found] == [("warning", ("l0",), "dtype")]


def test_two_inputs_get_the_same_sample() -> None:
    graph = drawing(
        "x > a", "y > a", "a > b", "b > c",
        x=INPUT, y=INPUT, a=layer("Add"), b=layer("Flatten"), c=layer("Dense", units=10, activation="softmax"),
    )  # fmt: skip
    sentence = "Each of the inputs x and y is given the same sample of Handwritten digits."
    found = said(graph, IMAGE, IMAGE, IMAGE, (None, 64), (None, 10))
    assert found == [("warning", sentence, ("x", "y"), "")]


def test_no_output() -> None:
    found = said(drawing(x=INPUT), IMAGE)
    assert found == [("error", "The drawing has no output: its last layer gives what is learned. Add a layer.", (), "")]


def test_a_branch_that_was_not_wired_onward() -> None:
    graph = drawing("x > f", "f > a", "x > c", x=INPUT, f=layer("Flatten"), c=layer("ReLU"),
                    a=layer("Dense", units=10, activation="softmax"))  # fmt: skip
    sentence = (
        "c (ReLU) gives 8×8×1 for each sample; Handwritten digits call for 10, one for each class. "
        "Wire it to a Flatten and a Dense of 10 units. Or wire it onward: as it is, it is an output of its own."
    )
    assert said(graph, IMAGE, (None, 64), IMAGE, (None, 10)) == [("error", sentence, ("c",), "")]


@pytest.mark.parametrize(("units", "severity"), [(8, "error"), (1, "error"), (12, "warning")])
def test_units_and_classes(units: int, severity: str) -> None:
    numbers = f"{units} number{'s' if units != 1 else ''}"
    sentence = (
        f"l2 (Dense) gives {numbers} for each sample; Handwritten digits call for 10, one for each class. "
        "Set units to 10."
    )
    assert said(classifier(units), IMAGE, (None, 64), (None, units)) == [(severity, sentence, ("l2",), "units")]


@pytest.mark.parametrize(
    ("loss", "data", "units", "wrong"),
    [
        ("MeanSquaredError", DIGITS, 10, "error"),
        ("MeanSquaredError", DIGITS, 1, "warning"),
        ("CategoricalCrossentropy", DIGITS, 10, "error"),
        ("BinaryCrossentropy", DIGITS, 10, "error"),
        ("BinaryCrossentropy", BINARY, 1, None),
        ("BinaryCrossentropy", BINARY, 2, "error"),
        ("SparseCategoricalCrossentropy", BINARY, 2, None),
        ("MultiClassHinge", DIGITS, 10, None),
        ("PlaceCodeError", NUMBERS, 1, "error"),
        ("SparseCategoricalCrossentropy", NUMBERS, 1, "error"),
        ("MeanAbsoluteError", NUMBERS, 1, None),
        ("MeanAbsoluteError", NUMBERS, 3, "error"),
        ("CTC", DIGITS, 3, None),
    ],
)
def test_losses_and_the_targets_that_they_measure(loss: str, data: DataSpec, units: int, wrong: str | None) -> None:
    activation = {"BinaryCrossentropy": "sigmoid", "MeanAbsoluteError": "linear", "MeanSquaredError": "linear"}.get(
        loss, "softmax"
    )
    found = said(classifier(units, activation), IMAGE, (None, 64), (None, units), recipe=recipe(loss), data=data)
    assert [severity for severity, *_ in found][:1] == ([wrong] if wrong else [])


def test_the_sentence_for_another_loss() -> None:
    sentence = (
        "Categorical crossentropy expects targets that are a column for each class. Received: 10 classes, from "
        "Handwritten digits. Choose sparse categorical crossentropy."
    )
    found = said(classifier(), IMAGE, (None, 64), (None, 10), recipe=recipe("CategoricalCrossentropy"))
    assert found == [("error", sentence, (), "loss")]


@pytest.mark.parametrize(
    ("metric", "data", "wrong"),
    [
        ("CategoricalAccuracy", DIGITS, "error"),
        ("SparseCategoricalAccuracy", DIGITS, None),
        ("AUC", DIGITS, "error"),
        ("AUC", BINARY, None),
        ("MeanSquaredError", DIGITS, "error"),
        ("accuracy", DIGITS, None),
        ("accuracy", NUMBERS, "warning"),
    ],
)
def test_metrics(metric: str, data: DataSpec, wrong: str | None) -> None:
    loss, units = {"numbers": ("MeanSquaredError", 1), "binary": ("BinaryCrossentropy", 1)}.get(
        data.task, ("SparseCategoricalCrossentropy", 10)
    )
    activation = {"numbers": "linear", "binary": "sigmoid"}.get(data.task, "softmax")
    given = replace(recipe(loss), metrics=(ACCURACY if metric == "accuracy" else Part(metric),))
    found = said(classifier(units, activation), IMAGE, (None, 64), (None, units), recipe=given, data=data)
    assert [(severity, parameter) for severity, *_, parameter in found] == ([(wrong, "metrics")] if wrong else [])


@pytest.mark.parametrize(
    ("activation", "logits", "sentence"),
    [
        ("softmax", False, None),
        ("linear", True, None),
        ("linear", False, "Sparse categorical crossentropy expects probabilities. Received: what linear gives, from "
         "l2 (Dense). Set its activation to softmax, or turn from logits on in the loss."),
        ("softmax", True, "Sparse categorical crossentropy expects raw numbers (logits). Received: what softmax gives, "
         "from l2 (Dense). Set its activation to linear, or turn from logits off in the loss."),
        ("relu", False, "Sparse categorical crossentropy expects probabilities. Received: what relu gives, from "
         "l2 (Dense). Set its activation to softmax."),
    ],
)  # fmt: skip
def test_the_last_activation(activation: str, logits: bool, sentence: str | None) -> None:
    given = recipe("SparseCategoricalCrossentropy", from_logits=logits)
    found = said(classifier(10, activation), IMAGE, (None, 64), (None, 10), recipe=given)
    assert found == ([("warning", sentence, ("l2",), "activation")] if sentence else [])


def test_the_last_activation_is_found_behind_layers_that_leave_it() -> None:
    softmax = layer("Dense", units=2, activation="softmax")
    found = last_activation(chain(INPUT, softmax, layer("Dropout", rate=0.1), layer("Flatten")), catalogue(), "l3")
    assert found is not None
    assert (found[0].id, found[1]) == ("l1", "softmax")
    named = last_activation(chain(INPUT, softmax, layer("Softmax")), catalogue(), "l2")
    assert named is not None
    assert (named[0].id, named[1]) == ("l2", "softmax")
    assert last_activation(chain(INPUT, softmax, layer("BatchNormalization")), catalogue(), "l2") is None
    shared = drawing("x > a", "x > b", x=INPUT, a=softmax, b=layer("Dense", shares="a"))
    again = last_activation(shared, catalogue(), "b")
    assert again is not None
    assert again[1] == "softmax"


def test_a_recipe_that_cannot_be_followed() -> None:
    found = said(classifier(), IMAGE, (None, 64), (None, 10), recipe=Recipe(epochs=0))
    assert [(severity, nodes) for severity, _, nodes, _ in found] == [("error", ())]
    assert found[0][1].startswith("epochs expects a whole number from 1")
