"""Writes the samples that a script trains on, split as the program splits them. Knows no drawing."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np

from engine.datasets import split
from engine.project import write_whole
from engine.recipe import Recipe


def data_file(name: str) -> str:
    """Name the file of samples that belongs to a script, given without its ending."""
    return f"{name}_data.npz"


def spell_data(recipe: Recipe) -> bytes:
    """Return a `.npz` of x_train, y_train, x_validation, y_validation, x_test, y_test; the same for the same recipe.

    Raises:
        RecipeError: There is no such data set.
    """
    parts = split(recipe.data, recipe.seed)
    named = {"train": parts.train, "validation": parts.validation, "test": parts.test}
    arrays = {
        f"{letter}_{name}": array
        for name, samples in named.items()
        for letter, array in (("x", samples.inputs), ("y", samples.targets))
    }
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **arrays)
    return file.getvalue()


def write_data(recipe: Recipe, path: Path) -> None:
    """Write a recipe's samples at once or not at all, or raise ProjectError."""
    write_whole(path, spell_data(recipe))
