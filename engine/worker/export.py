"""Models to files and weights from them, whole or not at all. Knows no run."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import keras

from engine.data.columns import Column
from engine.datasets import dataset
from engine.errors import ExportError, RecipeError
from engine.feeding import Feeding, feeding
from engine.graph import Graph
from engine.precision import answering
from engine.recipe import Recipe, check_recipe
from engine.record import MODEL, in_place_of
from engine.resolve import resolved
from engine.wiring import model_outputs
from engine.worker import rates
from engine.worker.build import build
from engine.worker.devices import on_cpu
from engine.worker.known import catalogue
from engine.worker.precision import computing_in
from engine.worker.prepare import compile_model


def save(model: keras.Model, path: Path) -> None:
    """Write a model as `.keras`: a file that was there stays whole until the new one is."""
    with in_place_of(path) as place, rates.as_designed(model.optimizer):
        model.save(place)


#: By a file's ending, how a model is written.
FORMATS: Final[Mapping[str, Callable[[keras.Model, Path], None]]] = {".keras": save}


def write(graph: Graph, recipe: Recipe, path: Path, run: Path | None) -> None:
    """Build a model and write it by the path's ending, compiled as the recipe says.

    Args:
        run: The folder of the run whose weights it gets, or a file of weights; None for fresh ones, the same for the
            same seed.

    Raises:
        ExportError: The ending is of no format, or the run's weights do not fit the drawing.
    """
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise ExportError(
            "A model is written as one of " + ", ".join(FORMATS), received=repr(path.suffix or path.name)[:40],
            hint="End the file's name with one of these",
        )  # fmt: skip
    recipe = check_recipe(recipe, catalogue())
    keras.utils.set_random_seed(recipe.seed)
    with on_cpu():
        with computing_in(recipe.precision):
            model = build(answering(graph, recipe.precision, catalogue()), catalogue()).model
        compile_model(model, recipe, _fed(resolved(graph, catalogue()), recipe))
        if run is not None:
            load_weights(model, run / MODEL if run.is_dir() else run)
        form(model, path)


def _fed(graph: Graph, recipe: Recipe) -> Feeding:
    """What goes where; a model can be had whatever its data are, so where they do not fit, its outputs alone."""
    try:
        return feeding(graph, catalogue(), recipe, dataset(recipe.data))
    except RecipeError:
        names = [graph.node(end.node).name for end in model_outputs(graph, catalogue())]
        return Feeding((), tuple((name, Column(name, ())) for name in names))


def load_weights(model: keras.Model, path: Path) -> None:
    """Give a compiled model the weights of a file, its optimizer's included, or raise ExportError."""
    if not path.exists():
        raise ExportError(
            f"{path.parent.name} holds no trained weights", received=f"no {path.name}",
            hint="Name the folder of a run that has ended",
        )  # fmt: skip
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)  # Keras only warns where it leaves weights as they were
            model.load_weights(path)
    except (OSError, ValueError, KeyError, UserWarning) as error:
        raise ExportError(
            f"The weights of {path.parent.name} do not fit this drawing", received=str(error)[:200],
            hint="Export the drawing that was trained, or train this one",
        ) from error  # fmt: skip
