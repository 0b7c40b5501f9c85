"""Builds the networks of exported scripts and the worker's own, in a process of its own, and says how far they differ.

For each script of a folder, with its drawing as a project beside it, one line of JSON. Trains nothing.
"""

from __future__ import annotations

import json
import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import keras
import numpy as np

#: The shapes of a model's weights, and what it puts out.
Answer: TypeAlias = tuple[list[tuple[int, ...]], list[Any]]


def answer(make: Callable[[], Any]) -> Answer:
    """What a model gives, with the same weights and the same input for each that is made alike."""
    keras.utils.clear_session()
    model, draw = make(), np.random.default_rng(1)
    weights = [weight for weight in model.weights if weight.dtype == "float32"]
    for weight in weights:
        value = draw.normal(0.0, 0.1, weight.shape).astype("float32")
        weight.assign(np.abs(value) if "variance" in weight.path else value)
    # Unsaid, Keras would let layers of augmentation draw by chance.
    outputs = keras.tree.flatten(model([_sample(tensor) for tensor in model.inputs], training=False))
    return [tuple(weight.shape) for weight in weights], [np.asarray(output) for output in outputs]


def _sample(tensor: Any) -> Any:
    shape = [size or 2 for size in tensor.shape]
    draw = np.random.default_rng(2)
    whole = str(tensor.dtype).startswith(("int", "uint"))
    return draw.integers(0, 2, shape) if whole else draw.normal(size=shape).astype("float32")


def of_script(path: Path) -> Answer:
    """What an exported script's network gives; it finds nothing of the program but what it brings along."""
    assert not any(name == "engine" or name.startswith("engine.") for name in sys.modules)
    return answer(lambda: runpy.run_path(str(path), run_name="exported")["build_model"]())


def of_drawing(path: Path) -> Answer:
    """What the worker's network gives."""
    from engine.catalogue import catalogue
    from engine.project import load
    from engine.worker.build import build

    return answer(lambda: build(load(path, catalogue()).graph, catalogue()).model)


def difference(one: Answer, other: Answer) -> float:
    """The largest difference of two networks' outputs."""
    assert one[0] == other[0]
    return float(max(np.abs(a - b).max() for a, b in zip(one[1], other[1], strict=True)))


if __name__ == "__main__":
    scripts = sorted(Path(sys.argv[1]).glob("*.py"))
    answers = [of_script(path) for path in scripts]
    for path, each in zip(scripts, answers, strict=True):
        told = {"name": path.stem, "difference": difference(each, of_drawing(path.with_suffix(".loom")))}
        print(json.dumps(told), flush=True)
