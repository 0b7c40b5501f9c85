"""Runs exported scripts, in a process of its own, and compares their models with the worker's.

For each script of a folder, with its drawing as a project beside it, one line of JSON: what differed.
"""

from __future__ import annotations

import contextlib
import io
import json
import runpy
import sys
from pathlib import Path
from typing import Any

import keras
import numpy as np

from engine.catalogue import catalogue
from engine.project import load
from engine.worker.build import build


def run(script: Path) -> dict[str, object]:
    """Train by the script, then build its model and the worker's from one seed and compare them."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        keras.utils.clear_session()
        runpy.run_path(str(script), run_name="__main__")
    project = load(script.with_suffix(".loom"), catalogue())
    parts = runpy.run_path(str(script), run_name="exported")
    ours = _fresh(parts["build_model"])
    theirs = _fresh(lambda: build(project.graph, catalogue()).model)
    x = [parts["load_data"]()["x_test"][:16]] * len(ours.inputs)
    fresh = _difference(ours, theirs, x)
    trained = keras.models.load_model(script.with_suffix(".keras"), compile=False)
    theirs.set_weights(trained.get_weights())
    return {
        "said": said.getvalue(),
        "same_config": ours.get_config() == theirs.get_config(),
        "same_weights": [w.path for w in ours.weights] == [w.path for w in theirs.weights],
        "same_trainable": [w.path for w in ours.trainable_weights] == [w.path for w in theirs.trainable_weights],
        "fresh": fresh,
        "kept": _kept(script, theirs),
        "trained": _difference(trained, theirs, x),
        "moved": float(
            max(np.abs(a - b).max() for a, b in zip(ours.get_weights(), trained.get_weights(), strict=True))
        ),
    }


def _kept(script: Path, model: Any) -> list[str]:
    """The weights that the script kept on the way; each file fits a model, which keeps its own."""
    paths, own = sorted(script.with_name(f"{script.stem}_checkpoints").glob("*")), model.get_weights()
    for path in paths:
        model.load_weights(path)
    model.set_weights(own)
    return [path.name for path in paths]


def _fresh(make: Any) -> Any:
    """Build a model with the names and the weights that a fresh process would give it."""
    keras.utils.clear_session()
    keras.utils.set_random_seed(1)
    return make()


def _difference(one: Any, other: Any, x: list[Any]) -> float:
    """The largest difference of two models' outputs."""
    pairs = zip(keras.tree.flatten(one(x)), keras.tree.flatten(other(x)), strict=True)
    return float(max(np.abs(keras.ops.convert_to_numpy(a) - keras.ops.convert_to_numpy(b)).max() for a, b in pairs))


if __name__ == "__main__":
    for path in sorted(Path(sys.argv[1]).glob("*.py")):
        print(json.dumps({"name": path.stem, **run(path)}), flush=True)
