"""In what precision layers are made: Keras's policy, for as long as a drawing is built. Knows no drawing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import keras

from engine.recipe_numbers import POLICIES


@contextmanager
def computing_in(precision: str | None) -> Iterator[None]:
    """Let layers, and models, that are made inside have a policy; what holds outside is as it was."""
    if precision not in POLICIES:
        yield
        return
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(precision)
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)
