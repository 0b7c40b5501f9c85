"""In half precision the layers that put the answers out stay in float32, here and in exported code."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from engine.catalogue import catalogue
from engine.code.script import script
from engine.errors import RecipeError
from engine.graph import Graph, Node
from engine.precision import answering
from engine.project import Project
from engine.recipe import Recipe, check_recipe, recipe_from_json, recipe_to_json
from engine.templates import start
from engine.values import FrozenMap
from tests.worker.drawings import dense, two_ways

HALF = Recipe(precision="mixed_float16")


def types(graph: object) -> dict[str, object]:
    return {id: node.values.get("dtype") for id, node in graph.nodes.items()}  # type: ignore[attr-defined]


def test_the_last_layers_alone_are_whole() -> None:
    found = types(answering(two_ways(), "mixed_float16", catalogue()))
    assert {id for id, dtype in found.items() if dtype == "float32"} == {"first", "second"}


@pytest.mark.parametrize("precision", [None, "mixed_float64", ""])
def test_all_is_whole_where_nothing_is_half(precision: str | None) -> None:
    assert answering(dense(), precision, catalogue()) == dense()


def test_a_type_that_was_given_stays() -> None:
    assert types(answering(dense(dtype="float64"), "mixed_bfloat16", catalogue()))["digit"] == "float64"


def test_a_drawing_that_is_not_whole_is_left_alone() -> None:
    assert answering(Graph(), "mixed_float16", catalogue()) == Graph()
    lonely = Graph().with_node(Node("n1", "InputLayer", "image", FrozenMap({"shape": (8,)})))
    assert answering(lonely, "mixed_float16", catalogue()) == lonely


def test_a_recipe_keeps_its_precision_and_old_files_have_none() -> None:
    data = json.loads(json.dumps(recipe_to_json(HALF)))
    assert data["precision"] == "mixed_float16"
    assert recipe_from_json(data, catalogue()) == HALF
    assert "precision" not in recipe_to_json(Recipe())
    assert check_recipe(HALF, catalogue()) == HALF


@pytest.mark.parametrize("wrong", ["float8", "float16", "mixed_float8"])
def test_another_precision_is_refused(wrong: str) -> None:
    with pytest.raises(RecipeError):
        check_recipe(replace(HALF, precision=wrong), catalogue())


def test_a_precision_of_another_type_is_refused() -> None:
    with pytest.raises(RecipeError, match="precision of the recipe is of another type"):
        recipe_from_json({"precision": 16}, catalogue())


def test_exported_code_says_the_switches() -> None:
    digits = start("digits-cnn", "", catalogue())
    recipe = replace(digits.recipe, precision="mixed_bfloat16", xla=True)
    code = script(Project(digits.graph, recipe), catalogue(), data_file="d.npz", name="net")
    assert 'keras.config.set_dtype_policy("mixed_bfloat16")\n    data = load_data()' in code
    assert 'layers.Dense(10, activation="softmax", dtype="float32", name="digit")' in code
    assert code.count('dtype="float32"') == 1
    assert "jit_compile=True" in code
    assert 'optimizer="adam"' in code
    scaled = script(
        Project(digits.graph, replace(recipe, precision="mixed_float16")), catalogue(), data_file="d.npz", name="net"
    )
    assert "optimizer=keras.optimizers.LossScaleOptimizer(keras.optimizers.Adam())" in scaled
    plain = script(digits, catalogue(), data_file="d.npz", name="net")
    assert "dtype" not in plain
    assert "jit_compile" not in plain
