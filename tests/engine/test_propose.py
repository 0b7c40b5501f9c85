"""A proposal changes what does not fit, keeps what does, and says why in a sentence each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import pytest

from engine.catalogue import catalogue
from engine.data.columns import Column
from engine.datasets import DataSpec, dataset
from engine.fitting import recipe_problems
from engine.graph import Graph
from engine.propose import recipe_for
from engine.recipe import ACCURACY, DataChoice, Recipe, check_recipe
from engine.report import NodeReport, Report, TensorSpec
from engine.values import FrozenMap, Part
from tests.engine.code.drawings import Sketch, part

KERAS = catalogue()
DIGITS = dataset("digits")
CROSSENTROPY = Part("SparseCategoricalCrossentropy")
LOGITS = part("SparseCategoricalCrossentropy", from_logits=True)
MSE, MAE = Part("MeanSquaredError"), Part("MeanAbsoluteError")


def data(task: Literal["classes", "binary", "numbers"], samples: int = 1797) -> DataSpec:
    classes = {"classes": DIGITS.classes, "binary": ("no", "yes"), "numbers": ()}[task]
    return replace(DIGITS, targets=(Column("target", (), task, classes),), samples=samples)


def net(units: int, activation: str, *more: tuple[str, dict[str, Any]]) -> tuple[Graph, Report]:
    """A network that ends in a Dense, and what follows it; with the shapes as the checker reports them."""
    sketch = (
        Sketch()
        .add("InputLayer", "image", shape=(8, 8, 1))
        .add("Flatten", "flatten", "image")
        .add("Dense", "last", "flatten", units=units, activation=activation)
    )
    before = "last"
    for layer, values in more:
        sketch.add(layer, layer.lower(), before, **values)
        before = layer.lower()
    spec = TensorSpec((None, units))
    shapes = {
        "n1": TensorSpec((None, 8, 8, 1)), "n2": TensorSpec((None, 64)),
        **{id: spec for id in sketch.graph.nodes if id not in ("n1", "n2")},
    }  # fmt: skip
    nodes = {id: NodeReport(FrozenMap({"output": shape})) for id, shape in shapes.items()}
    return sketch.graph, Report(FrozenMap(nodes))


@pytest.mark.parametrize(
    ("task", "units", "activation", "loss", "metric"),
    [
        ("classes", 10, "softmax", CROSSENTROPY, ACCURACY),
        ("classes", 10, "linear", LOGITS, ACCURACY),
        ("classes", 10, "relu", CROSSENTROPY, ACCURACY),
        ("binary", 1, "sigmoid", Part("BinaryCrossentropy"), ACCURACY),
        ("binary", 1, "linear", part("BinaryCrossentropy", from_logits=True), ACCURACY),
        ("binary", 2, "softmax", CROSSENTROPY, ACCURACY),
        ("binary", 2, "linear", LOGITS, ACCURACY),
        ("numbers", 1, "linear", MSE, MAE),
    ],
)
@pytest.mark.parametrize(
    "before", [Recipe(), Recipe(loss=MSE, metrics=(MAE,)), Recipe(loss=Part("BinaryCrossentropy"))]
)
def test_data_and_last_layer_decide(
    task: Literal["classes", "binary", "numbers"],
    units: int,
    activation: str,
    loss: Part,
    metric: Part,
    before: Recipe,
) -> None:
    graph, report = net(units, activation)
    spec = data(task)
    proposal = recipe_for(graph, report, spec, KERAS, before)
    assert proposal.recipe.loss == loss
    assert proposal.recipe.metrics == (metric,)
    assert check_recipe(proposal.recipe, KERAS) == proposal.recipe
    found = recipe_problems(graph, report, proposal.recipe, spec, KERAS)
    assert [p.sentence for p in found if p.parameter in ("loss", "metrics")] == []
    assert activation == "relu" or found == ()
    again = recipe_for(graph, report, spec, KERAS, proposal.recipe)
    assert again.recipe == proposal.recipe
    assert again.reasons == ()


@pytest.mark.parametrize(
    ("recipe", "reasons"),
    [
        (Recipe(), ()),
        (
            Recipe(loss=MSE, metrics=(MAE,)),
            (
                "Sparse categorical crossentropy: the targets of Handwritten digits are 10 classes.",
                "Accuracy: how often the answer is right, as Handwritten digits have 10 classes.",
            ),
        ),
        (
            Recipe(loss=LOGITS),
            ("last (Dense) gives probabilities, so the loss takes them with from logits off.",),
        ),
    ],
)
def test_each_change_has_its_reason(recipe: Recipe, reasons: tuple[str, ...]) -> None:
    assert recipe_for(*net(10, "softmax"), DIGITS, KERAS, recipe).reasons == reasons


def test_logits_have_their_reason() -> None:
    graph, report = net(10, "linear")
    reason = "last (Dense) gives raw numbers (logits), so the loss takes them with from logits on."
    assert recipe_for(graph, report, DIGITS, KERAS, Recipe()).reasons == (reason,)
    both = recipe_for(graph, report, DIGITS, KERAS, Recipe(loss=MSE)).reasons
    assert both == (f"Sparse categorical crossentropy: the targets of Handwritten digits are 10 classes. {reason}",)


def test_numbers_have_their_reasons() -> None:
    assert recipe_for(*net(1, "linear"), data("numbers"), KERAS, Recipe()).reasons == (
        "Mean squared error: the targets of Handwritten digits are numbers.",
        "Mean absolute error: how near the answers come to the numbers of Handwritten digits.",
    )


def test_what_fits_is_kept() -> None:
    chosen = Recipe(
        loss=part("SparseCategoricalCrossentropy", ignore_class=3), optimizer=part("SGD", momentum=0.9),
        metrics=(Part("SparseTopKCategoricalAccuracy"), MAE), batch_size=500, epochs=3, seed=9,
    )  # fmt: skip
    proposal = recipe_for(*net(10, "linear"), DIGITS, KERAS, chosen)
    assert proposal.recipe == replace(
        chosen, loss=part("SparseCategoricalCrossentropy", ignore_class=3, from_logits=True),
        metrics=(Part("SparseTopKCategoricalAccuracy"),),
    )  # fmt: skip


def test_no_metrics_stay_none_and_a_strange_loss_stays() -> None:
    chosen = Recipe(loss=Part("CTC"), metrics=())
    assert recipe_for(*net(10, "softmax"), DIGITS, KERAS, chosen).recipe == chosen


def test_a_loss_that_keras_has_not_is_replaced() -> None:
    proposal = recipe_for(*net(10, "softmax"), DIGITS, KERAS, Recipe(loss=Part("Guess")))
    assert proposal.recipe.loss == CROSSENTROPY


@pytest.mark.parametrize(
    ("samples", "batch", "proposed"),
    [
        (1797, 32, 32),
        (100, 32, 4),
        (10, 32, 1),
        (1, 32, 1),
        (400, 32, 16),
        (100, 50, 50),
        (100, 71, 4),
        (100, 2, 2),
        (10**6, 4096, 4096),
    ],
)
def test_few_samples_make_small_batches(samples: int, batch: int, proposed: int) -> None:
    before = Recipe(DataChoice(validation=0.2, test=0.1), batch_size=batch)
    proposal = recipe_for(*net(10, "softmax"), data("classes", samples), KERAS, before)
    assert proposal.recipe.batch_size == proposed
    assert bool(proposal.reasons) == (proposed != batch)


def test_a_small_batch_has_its_reason() -> None:
    before = Recipe(DataChoice(validation=0.2, test=0.1))
    assert recipe_for(*net(10, "softmax"), data("classes", 100), KERAS, before).reasons == (
        "Batches of 4: 70 training samples then make 18 steps an epoch.",
    )


def test_the_activation_is_found_behind_layers_that_leave_it() -> None:
    graph, report = net(10, "softmax", ("Dropout", {"rate": 0.1}))
    assert recipe_for(graph, report, DIGITS, KERAS, Recipe()).reasons == ()
    graph, report = net(10, "linear", ("Softmax", {}))
    assert recipe_for(graph, report, DIGITS, KERAS, Recipe()).reasons == ()
    graph, report = net(10, "linear", ("Activation", {"activation": "softmax"}))
    assert recipe_for(graph, report, DIGITS, KERAS, Recipe()).reasons == ()


def test_a_drawing_that_is_not_whole_has_what_the_data_say() -> None:
    for graph in (
        Graph(),
        Sketch().add("InputLayer", "image", shape=(8, 8, 1)).graph,
        Sketch().add("NoLayer", "odd").add("Flatten", "flatten", "odd").graph,
    ):
        assert recipe_for(graph, Report(), DIGITS, KERAS, Recipe()).recipe == Recipe()
        assert recipe_for(graph, Report(), data("numbers"), KERAS, Recipe()).recipe.loss == MSE
