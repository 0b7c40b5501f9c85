"""The learning-rate schedule that Keras lacks: one cycle, up and down again. Knows no drawing."""

from __future__ import annotations

import math
from typing import Any

import keras


@keras.saving.register_keras_serializable(package="layerloom")
class OneCycle(keras.optimizers.schedules.LearningRateSchedule):  # type: ignore[misc]
    """Raises the rate to a peak and lowers it far below where it began, once in the whole run.

    Smith and Topin, Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates, 2018; by
    halves of a cosine as later practice has it, or by straight lines as in the paper.

    Args:
        peak_learning_rate: The highest rate.
        total_steps: The steps of the cycle; the rate then stays where it ended.
        rise: The share of the steps in which it goes up.
        first_divisor: It begins at the peak over this.
        last_divisor: It ends at its beginning over this.
        linear: Whether it goes by straight lines.
    """

    def __init__(
        self,
        peak_learning_rate: float,
        total_steps: int,
        rise: float = 0.3,
        first_divisor: float = 25.0,
        last_divisor: float = 10000.0,
        linear: bool = False,
    ) -> None:
        super().__init__()
        self.peak_learning_rate, self.total_steps, self.rise = peak_learning_rate, total_steps, rise
        self.first_divisor, self.last_divisor, self.linear = first_divisor, last_divisor, linear

    def __call__(self, step: Any) -> Any:
        ops = keras.ops
        first = self.peak_learning_rate / self.first_divisor
        done = ops.minimum(ops.cast(step, "float32") / self.total_steps, 1.0)
        up = self._between(first, self.peak_learning_rate, done / max(self.rise, 1e-9))
        fall = (done - self.rise) / max(1.0 - self.rise, 1e-9)
        down = self._between(self.peak_learning_rate, first / self.last_divisor, fall)
        return ops.where(done < self.rise, up, down)

    def _between(self, start: float, end: float, done: Any) -> Any:
        """Go from one rate to another by a share of the way."""
        gone = done if self.linear else (1.0 - keras.ops.cos(math.pi * done)) / 2.0
        return start + (end - start) * gone

    def get_config(self) -> dict[str, Any]:
        names = ("peak_learning_rate", "total_steps", "rise", "first_divisor", "last_divisor", "linear")
        return {name: getattr(self, name) for name in names}
