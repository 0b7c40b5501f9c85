"""A recipe is read from JSON, spelled back the same, and checked with one sentence for the first thing wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings

from engine.catalogue import catalogue
from engine.errors import RecipeError, ValueProblem
from engine.recipe import (
    ACCURACY,
    DataChoice,
    OutputChoice,
    Recipe,
    check_recipe,
    named,
    recipe_from_json,
    recipe_to_json,
    snake,
)  # fmt: skip
from engine.values import FrozenMap, Json, Part, Value
from tests.engine.strategies import JSON, PATIENT, recipes

KERAS = catalogue()
LEARNS = "What an output learns is an object of target, loss, weight, metrics."


@PATIENT
@given(recipes(KERAS))
def test_a_recipe_survives_json(recipe: Recipe) -> None:
    assert recipe_from_json(json.loads(json.dumps(recipe_to_json(recipe))), KERAS) == recipe


@PATIENT
@given(JSON)
def test_json_of_any_kind_is_a_recipe_or_an_error(data: Json) -> None:
    read = _outcome(lambda: recipe_from_json(data, KERAS))
    assert isinstance(read, Recipe) or read.sentence.endswith(".")


@settings(PATIENT, max_examples=50)
@given(recipes(KERAS))
def test_a_check_passes_or_says_what_is_wrong(recipe: Recipe) -> None:
    checked = _outcome(lambda: check_recipe(recipe, KERAS))
    if isinstance(checked, RecipeError):
        assert checked.sentence.endswith(".")
    else:
        assert check_recipe(checked, KERAS) == checked


def _outcome(act: Callable[[], Recipe]) -> Recipe | RecipeError:
    try:
        return act()
    except RecipeError as error:
        return error


def test_the_recipe_of_a_new_project_is_whole_and_short() -> None:
    assert check_recipe(Recipe(), KERAS) == Recipe()
    assert recipe_to_json(Recipe()) == {
        "data": {"source": "digits"}, "loss": "sparse_categorical_crossentropy",
        "optimizer": {"class": "Adam", "values": {}}, "metrics": ["accuracy"],
        "batch_size": 32, "epochs": 20, "seed": 1,
    }  # fmt: skip
    assert recipe_from_json({}, KERAS) == Recipe()


def test_keras_own_words_are_read() -> None:
    recipe = recipe_from_json({"loss": "mean_squared_error", "optimizer": "SGD", "metrics": ["auc", "R2Score"]}, KERAS)
    assert recipe.loss == Part("MeanSquaredError")
    assert recipe.optimizer == Part("SGD")
    assert recipe.metrics == (Part("AUC"), Part("R2Score"))


@pytest.mark.parametrize("kind", ["loss", "metric"])
def test_each_word_names_one_class(kind: str) -> None:
    names = list(KERAS.parts[kind])
    assert len({snake(name) for name in names}) == len(names)
    assert [named(KERAS, kind, snake(name)).class_name for name in names] == names


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("SparseCategoricalCrossentropy", "sparse_categorical_crossentropy"),
        ("KLDivergence", "kl_divergence"),
        ("AUC", "auc"),
        ("F1Score", "f1_score"),
        ("MeanIoU", "mean_io_u"),
        ("R2Score", "r2_score"),
    ],
)
def test_a_class_name_becomes_a_word(name: str, word: str) -> None:
    assert snake(name) == word


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (7, "A recipe is a JSON object. Received: 7."),
        ({"epoch": 3}, "The recipe has an entry that this version does not know. Received: 'epoch'."),
        ({"epochs": "3"}, "epochs of the recipe is of another type. Received: '3'."),
        ({"epochs": True}, "epochs of the recipe is of another type. Received: True."),
        ({"batch_size": None}, "batch_size of the recipe is of another type. Received: None."),
        ({"data": []}, "The recipe's data is an object of source, test, validation, values. Received: []."),
        (
            {"data": {"source": 1}},
            "The recipe's data is an object of source, test, validation, values. Received: {'source': 1}.",
        ),
        ({"data": {"test": "1"}}, "test of the data is a number. Received: '1'."),
        ({"loss": 5}, "A loss is a name or {class, values}. Received: 5."),
        ({"loss": "guess"}, "Expected one of Keras's loss names. Received: 'guess'."),
        (
            {"optimizer": {"class": "Adam"}},
            "A value is a number, a text, a list, {class, values} or {formula}. Received: ",
        ),
        ({"loss": {"class": "Adam", "values": {}}}, "Expected one of Keras's loss names. Received: 'Adam'."),
        ({"metrics": "accuracy"}, "Metrics are a list. Received: 'accuracy'."),
        ({"metrics": [None]}, "A metric is a name or {class, values}. Received: None."),
    ],
)
def test_json_that_is_no_recipe_gets_its_sentence(data: Json, sentence: str) -> None:
    with pytest.raises(RecipeError) as caught:
        recipe_from_json(data, KERAS)
    assert caught.value.sentence.startswith(sentence)


@pytest.mark.parametrize(
    ("recipe", "sentence"),
    [
        (Recipe(batch_size=0), "batch_size expects a whole number from 1 to 65536. Received: 0."),
        (Recipe(epochs=10**12), "epochs expects a whole number from 1 to 100000. Received: 1000000000000."),
        (Recipe(data=DataChoice(validation=0.95)), "validation expects a number from 0 to 0.9. Received: 0.95."),
        (
            Recipe(data=DataChoice(validation=0.5, test=0.5)),
            "Validation and test together take at most 90% of the samples. Received: 50% and 50%. Lower one of them.",
        ),
        (Recipe(loss=Part("Guess")), "Expected one of Keras's loss names. Received: 'Guess'."),
        (Recipe(optimizer=Part("Guess")), "Expected one of Keras's optimizer names. Received: 'Guess'."),
        (Recipe(metrics=(ACCURACY, Part("Guess"))), "Expected one of Keras's metric names. Received: 'Guess'."),
        (
            Recipe(optimizer=Part("Adam", FrozenMap({"learning_rate": "fast"}))),
            "learning_rate expects a number or a schedule",
        ),
        (
            Recipe(optimizer=Part("Adam", FrozenMap({"speed": 1}))),
            "Adam has no parameter of that name. Received: 'speed'.",
        ),
        (
            Recipe(optimizer=Part("Adam", FrozenMap({"learning_rate": Part("CosineDecay")}))),
            "CosineDecay needs initial_learning_rate: a number",
        ),
    ],
)
def test_a_recipe_that_cannot_be_followed_gets_its_sentence(recipe: Recipe, sentence: str) -> None:
    with pytest.raises(RecipeError) as caught:
        check_recipe(recipe, KERAS)
    assert caught.value.sentence.startswith(sentence)


def test_defaults_are_dropped_and_the_rest_is_kept() -> None:
    values: FrozenMap[Value] = FrozenMap({"learning_rate": 0.001, "beta_1": 0.5})
    checked = check_recipe(replace(Recipe(), optimizer=Part("Adam", values)), KERAS)
    assert checked.optimizer.values == {"beta_1": 0.5}


def test_a_schedule_is_checked_inside_the_optimizer() -> None:
    decay = Part("CosineDecay", FrozenMap({"initial_learning_rate": 1, "decay_steps": 100.0}))
    checked = check_recipe(replace(Recipe(), optimizer=Part("SGD", FrozenMap({"learning_rate": decay}))), KERAS)
    kept = checked.optimizer.values["learning_rate"]
    assert repr(kept) == repr(Part("CosineDecay", FrozenMap({"initial_learning_rate": 1.0, "decay_steps": 100})))


def test_an_unknown_word_is_a_problem_with_the_value() -> None:
    with pytest.raises(ValueProblem, match="loss names"):
        named(KERAS, "loss", "Adam")


def test_accuracy_is_another_metric_than_the_class_of_that_name() -> None:
    for metric in (ACCURACY, Part("Accuracy")):
        recipe = replace(Recipe(), metrics=(metric,))
        assert recipe_from_json(recipe_to_json(recipe), KERAS) == recipe


def test_outputs_and_values_of_the_data_are_kept() -> None:
    head = OutputChoice("label", Part("MeanSquaredError"), 0.3, (Part("MeanAbsoluteError"),))
    outputs = FrozenMap({"main": OutputChoice(), "head": head})
    whole = Recipe(DataChoice("shapes", values=FrozenMap({"size": 64})), outputs=outputs)
    told = recipe_to_json(whole)
    assert told["data"] == {"source": "shapes", "values": {"size": 64}}
    assert told["outputs"] == {
        "main": {},
        "head": {
            "target": "label", "loss": "mean_squared_error", "weight": 0.3, "metrics": ["mean_absolute_error"],
        },
    }  # fmt: skip
    assert recipe_from_json(told, KERAS) == whole
    assert check_recipe(whole, KERAS) == whole


def test_an_output_has_what_it_does_not_choose_from_the_recipe() -> None:
    recipe = Recipe(outputs=FrozenMap({"head": OutputChoice(loss=Part("Huber"), weight=0.3, metrics=())}))
    assert (recipe.loss_of("head"), recipe.weight_of("head"), recipe.metrics_of("head")) == (Part("Huber"), 0.3, ())
    assert (recipe.loss_of("main"), recipe.weight_of("main"), recipe.metrics_of("main")) == (
        recipe.loss, 1.0, recipe.metrics,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ([], "What an output learns is an object of target, loss, weight, metrics. Received: []."),
        ({"share": 1}, "What an output learns is an object of target, loss, weight, metrics. Received: {'share': 1}."),
        (
            {"target": 1},
            "What an output learns is an object of target, loss, weight, metrics. Received: {'target': 1}.",
        ),
        ({"weight": True}, "weight of an output is a number. Received: True."),
        ({"metrics": 1}, "Metrics are a list. Received: 1."),
        ({"loss": "guess"}, "Expected one of Keras's loss names. Received: 'guess'."),
    ],
)
def test_json_that_is_no_output_gets_its_sentence(output: Json, sentence: str) -> None:
    with pytest.raises(RecipeError) as caught:
        recipe_from_json({"outputs": {"head": output}}, KERAS)
    assert caught.value.sentence == sentence


def test_a_weight_below_nothing_is_refused() -> None:
    with pytest.raises(RecipeError, match="weight expects a number of at least 0"):
        check_recipe(Recipe(outputs=FrozenMap({"head": OutputChoice(weight=-1.0)})), KERAS)
