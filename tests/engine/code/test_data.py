"""The script trains on the very samples that the program trains on."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.code.data import data_file, spell_data, write_data
from engine.datasets import split
from engine.errors import ProjectError, RecipeError
from engine.recipe import DataChoice, Recipe


def test_the_samples_are_the_programs_own_split() -> None:
    recipe = Recipe(DataChoice(validation=0.2, test=0.1), seed=5)
    parts = split(recipe.data, recipe.seed)
    with np.load(io.BytesIO(spell_data(recipe)), allow_pickle=False) as file:
        assert sorted(file) == ["x_test", "x_train", "x_validation", "y_test", "y_train", "y_validation"]
        for name, samples in (("train", parts.train), ("validation", parts.validation), ("test", parts.test)):
            np.testing.assert_array_equal(file[f"x_{name}"], samples.inputs["image"])
            np.testing.assert_array_equal(file[f"y_{name}"], samples.targets["digit"])
            assert file[f"x_{name}"].dtype == "float32"
            assert file[f"y_{name}"].dtype == "int64"


def test_the_same_recipe_gives_the_same_bytes() -> None:
    assert spell_data(Recipe()) == spell_data(Recipe())
    assert spell_data(Recipe()) != spell_data(Recipe(seed=2))


def test_samples_not_kept_apart_are_empty_arrays() -> None:
    with np.load(io.BytesIO(spell_data(Recipe(DataChoice(validation=0, test=0)))), allow_pickle=False) as file:
        assert file["x_validation"].shape == (0, 8, 8, 1)
        assert file["y_test"].shape == (0,)


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / data_file("net")
    write_data(Recipe(), path)
    before = path.read_bytes()
    assert path.name == "net_data.npz"

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(ProjectError, match="No space left"):
        write_data(Recipe(seed=2), path)
    assert path.read_bytes() == before


def test_data_that_is_not_there() -> None:
    with pytest.raises(RecipeError, match="my photos"):
        spell_data(replace(Recipe(), data=DataChoice("my photos")))
