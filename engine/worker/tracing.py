"""Functions traced once, and gradients, which Keras has no word for. Knows no model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import tensorflow as tf

F = TypeVar("F", bound=Callable[..., Any])


def traced(function: F) -> F:
    """Return a function that is traced at its first call, and computes without Python from then on."""
    made: F = tf.function(function, autograph=False, jit_compile=False)
    return made


def gradients(compute: Callable[[], tuple[Any, Any]], values: Sequence[Any]) -> tuple[list[Any], Any]:
    """Return the gradient, by tensors, of the first of what is computed, and the second as it is.

    None stands for tensors on which it does not depend. The gradient of a lookup comes whole, not by rows.
    """
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(values)
        goal, beside = compute()
    found = tape.gradient(goal, values)
    return [None if each is None else tf.convert_to_tensor(each) for each in found], beside
