"""The learning rate of a run: what it is now, and how it is changed while the run goes on. Knows no run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import keras


class Scaled(keras.optimizers.schedules.LearningRateSchedule):  # type: ignore[misc]  # Keras is untyped
    """A schedule times a factor that can be changed while a traced function uses it."""

    def __init__(self, schedule: Any) -> None:
        self.schedule = schedule
        self.factor = keras.Variable(1.0, trainable=False, name="rate_factor")

    def __call__(self, step: Any) -> Any:
        return self.schedule(step) * self.factor

    def get_config(self) -> dict[str, Any]:
        return {"schedule": keras.saving.serialize_keras_object(self.schedule)}


def _inner(optimizer: Any) -> Any:
    """The optimizer that has the rate: in half precision Keras wraps it in one that scales the loss."""
    return getattr(optimizer, "inner_optimizer", optimizer)


def make_changeable(optimizer: Any) -> None:
    """Let a schedule be scaled later; a number can be changed as it is."""
    optimizer = _inner(optimizer)
    if isinstance(optimizer._learning_rate, keras.optimizers.schedules.LearningRateSchedule):
        optimizer._learning_rate = Scaled(optimizer._learning_rate)


def now(optimizer: Any) -> float:
    """Return the learning rate of the next step, as it was written; 0 where there is no optimizer."""
    return 0.0 if optimizer is None else _written(optimizer.learning_rate)


def _written(rate: Any) -> float:
    """Half the digits of a double are what a float32 holds: 0.001, not 0.0010000000474974513."""
    return float(f"{float(rate):.7g}")


def change(optimizer: Any, rate: float) -> None:
    """Set the learning rate; a schedule goes on, scaled so that it has this rate now."""
    optimizer = _inner(optimizer)
    held = optimizer._learning_rate
    if isinstance(held, Scaled):
        before = float(held.schedule(optimizer.iterations))
        held.factor.assign(rate / before if before else 1.0)
    else:
        optimizer.learning_rate = rate


@contextmanager
def as_designed(optimizer: Any) -> Iterator[None]:
    """Give an optimizer its own schedule back while it is saved, so that Keras alone can read it again."""
    optimizer = _inner(optimizer)
    held = getattr(optimizer, "_learning_rate", None)
    try:
        if isinstance(held, Scaled):
            optimizer._learning_rate = held.schedule
        yield
    finally:
        if isinstance(held, Scaled):
            optimizer._learning_rate = held
