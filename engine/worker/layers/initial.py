"""The initializer that Keras lacks: uniform, its bound over the fan-in, not over its root. Knows no drawing."""

from __future__ import annotations

from typing import Any

import keras


@keras.saving.register_keras_serializable(package="layerloom")
class FanInUniform(keras.initializers.Initializer):  # type: ignore[misc]
    """Draws from U(−c/F, c/F), F the number of inputs of a unit.

    LeCun et al., Backpropagation Applied to Handwritten Zip Code Recognition, 1989, with c = 2.4.

    Args:
        c: The bound for a unit of one input.
        seed: What the draws begin from; none for another draw each run.
    """

    def __init__(self, c: float = 2.4, seed: int | None = None) -> None:
        self.c, self.seed = c, seed
        self.random_seed = seed if seed is not None else keras.random.SeedGenerator()

    def __call__(self, shape: Any, dtype: Any = None) -> Any:
        fan_in = 1
        for length in shape[:-1] or shape:
            fan_in *= length
        bound = self.c / max(fan_in, 1)
        return keras.random.uniform(shape, -bound, bound, dtype=dtype, seed=self.random_seed)

    def get_config(self) -> dict[str, Any]:
        return {"c": self.c, "seed": self.seed}
