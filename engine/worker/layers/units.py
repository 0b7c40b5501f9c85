"""Units and residual branches that Keras lacks: maxout, stochastic depth. Knows no drawing."""

from __future__ import annotations

from typing import Any

import keras


@keras.saving.register_keras_serializable(package="layerloom")
class Maxout(keras.layers.Layer):  # type: ignore[misc]
    """Gives the largest of several linear functions of its input.

    `h_i = max_j (x · W_ij + b_ij)`, j over the pieces: a learned convex activation. Goodfellow et al., Maxout Networks,
    2013. Parameters: `(features + 1) · units · pieces`.

    Args:
        units: How many numbers come out.
        pieces: How many linear functions each unit takes the largest of.
        kernel_initializer: What the weights begin as.

    Input shape: `(batch, ..., features)`. Output shape: `(batch, ..., units)`.
    """

    def __init__(self, units: int, pieces: int = 2, kernel_initializer: Any = "glorot_uniform", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.units, self.pieces = units, pieces
        self.kernel_initializer = keras.initializers.get(kernel_initializer)
        self.supports_masking = True

    def build(self, input_shape: Any) -> None:
        shape = (input_shape[-1], self.units * self.pieces)
        self.input_spec = keras.layers.InputSpec(min_ndim=2, axes={-1: input_shape[-1]})
        self.kernel = self.add_weight(shape=shape, initializer=self.kernel_initializer, name="kernel")
        self.bias = self.add_weight(shape=shape[1:], initializer="zeros", name="bias")

    def call(self, inputs: Any) -> Any:
        pieces = keras.ops.matmul(inputs, self.kernel) + self.bias
        shape = keras.ops.shape(pieces)[:-1]
        return keras.ops.max(keras.ops.reshape(pieces, (*shape, self.units, self.pieces)), axis=-1)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return (*input_shape[:-1], self.units)

    def get_config(self) -> dict[str, Any]:
        initializer = keras.initializers.serialize(self.kernel_initializer)
        own = {"units": self.units, "pieces": self.pieces, "kernel_initializer": initializer}
        return {**super().get_config(), **own}


@keras.saving.register_keras_serializable(package="layerloom")
class StochasticDepth(keras.layers.Layer):  # type: ignore[misc]
    """Drops a whole residual branch, sample by sample, while training.

    Stands at the end of a branch, before the Add: in training it gives `b · x`, b drawn from Bernoulli(p) for each
    sample; otherwise `p · x`. Huang et al., Deep Networks with Stochastic Depth, 2016.

    Args:
        survival_rate: How often the branch stays, p.
        seed: What the draws begin from; none for another draw each run.

    Input shape: any. Output shape: the same.
    """

    def __init__(self, survival_rate: float = 0.8, seed: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.survival_rate, self.seed = survival_rate, seed
        self.supports_masking = True
        self.seed_generator = keras.random.SeedGenerator(seed)

    def call(self, inputs: Any, training: bool | None = None) -> Any:
        if not training:
            return inputs * self.survival_rate
        shape = (keras.ops.shape(inputs)[0], *(1,) * (len(inputs.shape) - 1))
        drawn = keras.random.uniform(shape, seed=self.seed_generator)
        return inputs * keras.ops.cast(drawn < self.survival_rate, inputs.dtype)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "survival_rate": self.survival_rate, "seed": self.seed}
