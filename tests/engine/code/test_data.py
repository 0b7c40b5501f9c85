"""The script trains on the very samples that the program trains on."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.catalogue import catalogue
from engine.code.data import data_file, spell_data, write_data
from engine.datasets import split
from engine.errors import ProjectError, RecipeError
from engine.graph import Graph
from engine.project import Project
from engine.recipe import DataChoice, Recipe
from engine.values import FrozenMap
from tests.engine.code.drawings import Sketch, cnn

KERAS = catalogue()


def spelled(recipe: Recipe, graph: Graph | None = None) -> bytes:
    return spell_data(Project(graph or cnn(), recipe), KERAS)


def test_the_samples_are_the_programs_own_split() -> None:
    recipe = Recipe(DataChoice(validation=0.2, test=0.1), seed=5)
    parts = split(recipe.data, recipe.seed)
    with np.load(io.BytesIO(spelled(recipe)), allow_pickle=False) as file:
        assert sorted(file) == ["x_test", "x_train", "x_validation", "y_test", "y_train", "y_validation"]
        for name, samples in (("train", parts.train), ("validation", parts.validation), ("test", parts.test)):
            np.testing.assert_array_equal(file[f"x_{name}"], samples.inputs["image"])
            np.testing.assert_array_equal(file[f"y_{name}"], samples.targets["digit"])
            assert file[f"x_{name}"].dtype == "float32"
            assert file[f"y_{name}"].dtype == "int64"


def test_the_same_recipe_gives_the_same_bytes() -> None:
    assert spelled(Recipe()) == spelled(Recipe())
    assert spelled(Recipe()) != spelled(Recipe(seed=2))


def test_samples_not_kept_apart_are_empty_arrays() -> None:
    with np.load(io.BytesIO(spelled(Recipe(DataChoice(validation=0, test=0)))), allow_pickle=False) as file:
        assert file["x_validation"].shape == (0, 8, 8, 1)
        assert file["y_test"].shape == (0,)


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / data_file("net")
    write_data(Project(cnn(), Recipe()), KERAS, path)
    before = path.read_bytes()
    assert path.name == "net_data.npz"

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(ProjectError, match="No space left"):
        write_data(Project(cnn(), Recipe(seed=2)), KERAS, path)
    assert path.read_bytes() == before


def test_data_that_is_not_there() -> None:
    with pytest.raises(RecipeError, match="my photos"):
        spelled(replace(Recipe(), data=DataChoice("my photos")))


def arrays(recipe: Recipe, graph: Graph | None = None) -> dict[str, Any]:
    with np.load(io.BytesIO(spelled(recipe, graph)), allow_pickle=False) as file:
        return dict(file)


def test_several_inputs_have_an_array_each() -> None:
    found = arrays(Recipe(DataChoice("captions", values=FrozenMap({"samples": 100}))))
    assert {"x_train_image", "x_train_words", "y_train", "x_test_image", "x_validation_words"} <= found.keys()
    assert len(found["x_train_image"]) == len(found["x_train_words"]) == len(found["y_train"]) == 70


def test_samples_that_follow_each_other_lie_as_they_are_fed() -> None:
    found = arrays(Recipe(DataChoice("text", values=FrozenMap({"length": 10, "ordered": True})), batch_size=50))
    assert len(found["x_train"]) % 50 == 0
    assert np.array_equal(found["x_train"][50:, 0], found["y_train"][:-50, -1])


def test_batches_of_a_fixed_size_are_whole() -> None:
    graph = (
        Sketch().add("InputLayer", "image", shape=(8, 8, 1), batch_size=32).add("Flatten", "flatten", "image")
        .add("Dense", "digit", "flatten", units=10)
    ).graph  # fmt: skip
    found = arrays(Recipe(), graph)
    assert [len(found[name]) for name in ("x_train", "x_validation", "x_test")] == [1248, 256, 256]
