"""Builds the networks of exported scripts and the worker's own, in a process of its own, and says how far they differ.

For each script of a folder, with its drawing as a project beside it, one line of JSON. Trains nothing.
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
from engine.project import load
from engine.worker.build import build


def difference(script: Path) -> float:
    """The largest difference of the outputs, given the same weights and the same input."""
    keras.utils.clear_session()
    ours = runpy.run_path(str(script), run_name="exported")["build_model"]()
    keras.utils.clear_session()
    theirs = build(load(script.with_suffix(".loom"), catalogue()).graph, catalogue()).model
    draw = np.random.default_rng(1)
    weights = [draw.normal(0.0, 0.1, weight.shape).astype("float32") for weight in theirs.weights if _drawn(weight)]
    for model in (ours, theirs):
        for weight, value in zip([w for w in model.weights if _drawn(w)], weights, strict=True):
            weight.assign(np.abs(value) if "variance" in weight.path else value)
    x = [_sample(tensor) for tensor in ours.inputs]
    # Unsaid, Keras would let layers of augmentation draw by chance.
    pairs = zip(keras.tree.flatten(ours(x, training=False)), keras.tree.flatten(theirs(x, training=False)), strict=True)
    return float(max(np.abs(np.asarray(one) - np.asarray(other)).max() for one, other in pairs))


def _drawn(weight: Any) -> bool:
    return bool(weight.dtype == "float32")


def _sample(tensor: Any) -> Any:
    shape = [size or 2 for size in tensor.shape]
    draw = np.random.default_rng(2)
    whole = str(tensor.dtype).startswith(("int", "uint"))
    return draw.integers(0, 2, shape) if whole else draw.normal(size=shape).astype("float32")


if __name__ == "__main__":
    for path in sorted(Path(sys.argv[1]).glob("*.py")):
        print(json.dumps({"name": path.stem, "difference": difference(path)}), flush=True)
