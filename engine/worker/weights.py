"""A model's weights, copied and put back. Knows no run."""

from __future__ import annotations

from typing import Any, TypeAlias

import keras
import numpy as np

Weights: TypeAlias = list[np.ndarray[Any, Any]]


def unaveraged(model: keras.Model) -> Weights | None:
    """Return the weights that training moves, where the optimizer will put averages in their places; else None."""
    averaged = getattr(getattr(model.optimizer, "inner_optimizer", model.optimizer), "use_ema", False)
    return copied(model.trainable_variables) if averaged else None


def copied(variables: list[Any]) -> Weights:
    return [variable.numpy().copy() for variable in variables]


def restore(variables: list[Any], kept: Weights | None) -> None:
    """Put copies back into what they were copied from; None leaves it as it is."""
    for variable, value in zip(variables, kept or (), strict=kept is not None):
        variable.assign(value)
