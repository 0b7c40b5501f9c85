"""Writes the samples that a script trains on, split as the program splits them. Knows no drawing."""

from __future__ import annotations

import io
from collections.abc import Collection
from pathlib import Path

import numpy as np

from engine.batching import laid_out
from engine.catalogue import Catalogue
from engine.datasets import dataset, split
from engine.project import Project, write_whole
from engine.resolve import resolved


def data_file(name: str) -> str:
    """Name the file of samples that belongs to a script, given without its ending."""
    return f"{name}_data.npz"


def spell_data(project: Project, catalogue: Catalogue) -> bytes:
    """Return a `.npz` of x_train, y_train, x_validation, y_validation, x_test, y_test; the same for the same recipe.

    They are laid out as they are fed: where batches are of a fixed size, what fills none is left out.
    Where the data have several inputs or targets, each has an array of its own: `x_train_image`, `x_train_words`.

    Raises:
        RecipeError: There is no such data set, or it fills no batch.
    """
    recipe, graph = project.recipe, resolved(project.graph, catalogue)
    parts = laid_out(split(recipe.data, recipe.seed), dataset(recipe.data), graph, catalogue, recipe)
    named = {"train": parts.train, "validation": parts.validation, "test": parts.test}
    arrays = {
        key(letter, part, name, columns): array
        for part, samples in named.items()
        for letter, columns in (("x", samples.inputs), ("y", samples.targets))
        for name, array in columns.items()
    }
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **arrays)
    return file.getvalue()


def key(letter: str, part: str, name: str, columns: Collection[str]) -> str:
    """Name an array: `x_train` where there is one input, `x_train_words` where there are several; y is for targets."""
    return f"{letter}_{part}" if len(columns) == 1 else f"{letter}_{part}_{name}"


def write_data(project: Project, catalogue: Catalogue, path: Path) -> None:
    """Write a project's samples at once or not at all, or raise ProjectError."""
    write_whole(path, spell_data(project, catalogue))
