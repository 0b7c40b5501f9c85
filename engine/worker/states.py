"""What layers remember from batch to batch: found, reset, and kept while somebody looks. Knows no run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import keras


def remembering(model: keras.Model) -> list[keras.Layer]:
    """Return the layers that begin each batch with the state in which they ended the last."""
    return [layer for layer in model._flatten_layers(include_self=False) if states_of(layer)]


def states_of(layer: keras.Layer) -> list[Any]:
    """The variables of a layer's state, or none; a wrapper's are its layers' own."""
    held = getattr(layer, "states", None) if getattr(layer, "stateful", False) else None
    return [state for state in keras.tree.flatten(held) if isinstance(state, keras.Variable)] if held else []


def reset(model: keras.Model) -> None:
    """Let every layer forget."""
    for layer in remembering(model):
        layer.reset_state()


@contextmanager
def kept(model: keras.Model) -> Iterator[None]:
    """Leave what layers remember as it was, whatever is computed meanwhile."""
    states = [state for layer in remembering(model) for state in states_of(layer)]
    before = [state.numpy().copy() for state in states]
    try:
        yield
    finally:
        for state, value in zip(states, before, strict=True):
            state.assign(value)
