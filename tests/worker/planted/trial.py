"""Trains what a mended drawing builds, for one step, eagerly; imports Keras. Knows no mistake but its data."""

from __future__ import annotations

import warnings
from typing import Any

import keras
import numpy as np
import numpy.typing as npt

from engine.catalogue import catalogue
from engine.datasets import DataSpec
from engine.errors import EngineError
from engine.feeding import feeding
from engine.graph import Graph
from engine.recipe import Recipe
from engine.resolve import resolved
from engine.worker.build import build
from engine.worker.faults import node_named
from engine.worker.prepare import compile_model

Array = npt.NDArray[Any]
SAMPLES = 2
FREE = 6


def train(graph: Graph, recipe: Recipe | None, spec: DataSpec | None) -> str:
    """Train one step of a drawing; return what went wrong, or nothing."""
    try:
        model = build(graph, catalogue()).model
        if recipe is None or spec is None:
            model.compile("sgd", ["mse"] * len(model.outputs))
            targets = [_some(tensor, tensor.shape) for tensor in model.outputs]
        else:
            flat = resolved(graph, catalogue())
            compile_model(model, recipe, feeding(flat, catalogue(), recipe, spec), jit=False)
            targets = [_targets(spec)] * len(model.outputs)
        model.run_eagerly = True
        inputs = [_some(tensor, (tensor.shape[0], *spec.shape) if spec else tensor.shape) for tensor in model.inputs]
        model.train_on_batch(_one_or_all(inputs), _one_or_all(targets))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
    finally:
        keras.backend.clear_session()
    return ""


def _some(tensor: Any, shape: tuple[int | None, ...]) -> Array:
    lengths = (shape[0] or SAMPLES, *(length or FREE for length in shape[1:]))
    random = np.random.default_rng(len(lengths))
    if tensor.dtype.startswith(("int", "uint", "bool")):
        return random.integers(0, 2, lengths).astype(tensor.dtype)
    return random.random(lengths, "float32")


def _targets(spec: DataSpec) -> Array:
    if spec.task == "numbers":
        return np.arange(SAMPLES, dtype="float32")
    return np.arange(SAMPLES, dtype="int64")


def _one_or_all(arrays: list[Array]) -> Any:
    return arrays[0] if len(arrays) == 1 else arrays


def refused(graph: Graph) -> tuple[str, str] | None:
    """Build and run a drawing; return the node at which Keras refuses it, where that is known, and its words."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of masks: what Keras warns of, it does
        return _refused(graph)


def _refused(graph: Graph) -> tuple[str, str] | None:
    try:
        model = build(graph, catalogue()).model
        fixed = [tensor.shape[0] for tensor in model.inputs if tensor.shape[0]]
        size = fixed[0] if fixed else SAMPLES
        inputs = [_some(tensor, (tensor.shape[0] or size, *tensor.shape[1:])) for tensor in model.inputs]
        model(_one_or_all(inputs), training=False)
    except EngineError as error:
        return error.node or "", error.sentence
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        text = " ".join(str(error).split())
        return node_named(text, graph), f"{type(error).__name__}: {text[:300]}"
    finally:
        keras.backend.clear_session()
    return None
