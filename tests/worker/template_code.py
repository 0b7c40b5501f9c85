"""Builds templates by the scripts that they are exported as, in a process of its own, beside the worker's models.

For each script of a folder, with its drawing as a project beside it, one line of JSON: how far the two are apart.
"""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path
from typing import Any

import keras
import numpy as np

from engine.catalogue import catalogue
from engine.datasets import dataset, split
from engine.feeding import feeding
from engine.project import Project, load
from engine.resolve import resolved
from engine.worker.build import build
from engine.worker.prepare import inputs

KERAS = catalogue()
#: Samples that are looked at where the network takes any number of them.
FEW = 8


def compared(script: Path) -> dict[str, object]:
    """Build a network by its script and by the worker, give the second the weights of the first, and compare them."""
    project = load(script.with_suffix(".loom"), KERAS)
    theirs = _fresh(1, runpy.run_path(str(script), run_name="exported")["build_model"])
    ours = _fresh(2, lambda: build(project.graph, KERAS).model)
    x = _samples(project, ours)
    apart = _difference(ours(x), theirs(x))
    ours.set_weights(theirs.get_weights())
    return {
        "same_weights": [w.path for w in ours.weights] == [w.path for w in theirs.weights],
        "apart": apart,
        "difference": _difference(ours(x), theirs(x)),
    }


def _fresh(seed: int, make: Any) -> Any:
    keras.utils.clear_session()
    keras.utils.set_random_seed(seed)
    return make()


def _samples(project: Project, model: Any) -> Any:
    """A few of the samples that the recipe trains with, or as many as the network must have."""
    count = max(int(tensor.shape[0] or FEW) for tensor in model.inputs)
    fed = feeding(resolved(project.graph, KERAS), KERAS, project.recipe, dataset(project.recipe.data))
    return inputs(fed, split(project.recipe.data, project.recipe.seed).train.taken(slice(count)))


def _difference(one: Any, other: Any) -> float:
    pairs = zip(keras.tree.flatten(one), keras.tree.flatten(other), strict=True)
    return float(max(np.abs(np.asarray(a) - np.asarray(b)).max() for a, b in pairs))


if __name__ == "__main__":
    for path in sorted(Path(sys.argv[1]).glob("*.py")):
        print(json.dumps({"name": path.stem, **compared(path)}), flush=True)
