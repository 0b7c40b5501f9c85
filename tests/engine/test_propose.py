"""Proposals: a recipe that fits the drawing is kept, one that does not is mended, each with its reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.catalogue import catalogue
from engine.datasets import DataSpec, dataset
from engine.fitting import recipe_problems
from engine.graph import Edge, End, Graph, Node
from engine.propose import Proposal, recipe_for
from engine.recipe import ACCURACY, Recipe
from engine.report import NodeReport, Report, TensorSpec
from engine.values import FrozenMap, Part

DIGITS = dataset("digits")
TWO = replace(DIGITS, task="binary", classes=("no", "yes"))
NUMBERS = replace(DIGITS, task="numbers", classes=())
MEAN = Recipe(loss=Part("MeanSquaredError"), metrics=())


def drawing(units: int, activation: str) -> tuple[Graph, Report]:
    graph = Graph().with_nodes(
        [
            Node("n1", "InputLayer", "image", FrozenMap({"shape": (8, 8, 1)})),
            Node("n2", "Flatten", "flatten"),
            Node("n3", "Dense", "out", FrozenMap({"units": units, "activation": activation})),
        ]
    )
    shapes = {"n1": (None, 8, 8, 1), "n2": (None, 64), "n3": (None, units)}
    for source, target in (("n1", "n2"), ("n2", "n3")):
        graph = graph.with_edge(Edge(End(source, "output"), End(target, "input")))
    nodes = {id: NodeReport(FrozenMap({"output": TensorSpec(shape)})) for id, shape in shapes.items()}
    return graph, Report(FrozenMap(nodes))


def proposed(units: int, activation: str, spec: DataSpec, recipe: Recipe) -> Proposal:
    return recipe_for(*drawing(units, activation), spec, catalogue(), recipe)


@pytest.mark.parametrize(
    ("units", "activation", "spec", "loss"),
    [
        (10, "softmax", DIGITS, Part("SparseCategoricalCrossentropy")),
        (10, "linear", DIGITS, Part("SparseCategoricalCrossentropy", FrozenMap({"from_logits": True}))),
        (1, "sigmoid", TWO, Part("BinaryCrossentropy")),
        (1, "linear", TWO, Part("BinaryCrossentropy", FrozenMap({"from_logits": True}))),
        (2, "softmax", TWO, Part("SparseCategoricalCrossentropy")),
    ],
)
def test_a_loss_that_does_not_fit_is_mended(units: int, activation: str, spec: DataSpec, loss: Part) -> None:
    graph, report = drawing(units, activation)
    proposal = proposed(units, activation, spec, MEAN)
    assert proposal.recipe.loss == loss
    assert not [p for p in recipe_problems(graph, report, proposal.recipe, spec, catalogue()) if p.severity == "error"]
    assert len(proposal.reasons) == 1


def test_numbers_are_fitted_by_their_squares() -> None:
    recipe = Recipe()
    proposal = proposed(1, "linear", NUMBERS, recipe)
    assert proposal.recipe.loss == Part("MeanSquaredError")
    assert proposal.recipe.metrics == (Part("MeanAbsoluteError"),)


def test_a_recipe_that_fits_is_kept_whole() -> None:
    recipe = Recipe(metrics=(ACCURACY, Part("SparseTopKCategoricalAccuracy")), epochs=3)
    assert proposed(10, "softmax", DIGITS, recipe) == Proposal(recipe, ())


def test_what_the_drawing_does_not_decide_is_kept() -> None:
    recipe = replace(MEAN, optimizer=Part("SGD"), epochs=7, seed=9)
    kept = proposed(10, "softmax", DIGITS, recipe).recipe
    assert (kept.optimizer, kept.epochs, kept.seed) == (Part("SGD"), 7, 9)


def test_few_samples_get_small_batches() -> None:
    proposal = proposed(10, "softmax", replace(DIGITS, samples=100), Recipe(batch_size=64))
    assert proposal.recipe.batch_size == 8
    assert "at least 8 steps" in proposal.reasons[0]


def test_an_empty_drawing_keeps_its_recipe_or_gets_a_sane_one() -> None:
    proposal = recipe_for(Graph(), Report(), DIGITS, catalogue(), Recipe())
    assert proposal.recipe.loss.class_name == "SparseCategoricalCrossentropy"
