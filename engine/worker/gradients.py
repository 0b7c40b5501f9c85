"""How a number changes with what it was computed from: the one place that knows TensorFlow's tape, and no layer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from engine.data.columns import Tensor


def gradient(
    of: Callable[[], tuple[Any, Sequence[Any]]], watched: Sequence[Any] = ()
) -> tuple[float, list[Tensor | None]]:
    """Return a score, and its gradient by each of some tensors; None by what it does not hang on.

    Args:
        of: Computes the score, a single number, and names the tensors; called once.
        watched: What is followed from the start, beside the weights that are trained: inputs, frozen weights.
    """
    import tensorflow as tf

    with tf.GradientTape() as tape:
        for each in watched:
            tape.watch(each)
        score, by = of()
    found = tape.gradient(score, list(by))
    return float(score), [None if each is None else np.asarray(each, "float32") for each in found]


def gradients(compute: Callable[[], tuple[Any, Any]], values: Sequence[Any]) -> tuple[list[Any], Any]:
    """Return the gradient, by tensors, of the first of what is computed, and the second as it is.

    None stands for tensors on which it does not depend. The gradient of a lookup comes whole, not by rows.
    """
    import tensorflow as tf

    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(values)
        goal, beside = compute()
    found = tape.gradient(goal, values)
    return [None if each is None else tf.convert_to_tensor(each) for each in found], beside
