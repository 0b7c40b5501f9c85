"""Functions that are traced once, and compute without Python from then on. Knows no model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import tensorflow as tf

F = TypeVar("F", bound=Callable[..., Any])


def traced(function: F) -> F:
    """Return a function that is traced at its first call, and computes without Python from then on."""
    made: F = tf.function(function, autograph=False, jit_compile=False)
    return made
