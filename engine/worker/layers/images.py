"""What AlexNet and its time did to images: response normalization, colour noise, odd pooling. Knows no drawing."""

from __future__ import annotations

from typing import Any

import keras


@keras.saving.register_keras_serializable(package="layerloom")
class LocalResponseNormalization(keras.layers.Layer):  # type: ignore[misc]
    """Divides each activation by those of its neighbouring channels.

    `b_i = a_i / (k + α Σ_j a_j²)^β`, j over the `depth` channels around i. Krizhevsky et al., ImageNet Classification
    with Deep Convolutional Neural Networks, 2012, section 3.3.

    Args:
        depth: How many channels are summed, the own one in the middle; odd.
        k: What is added to the sum.
        alpha: What the sum counts.
        beta: The power.

    Input shape: `(batch, ..., channels)`. Output shape: the same.
    """

    def __init__(self, depth: int = 5, k: float = 2.0, alpha: float = 1e-4, beta: float = 0.75, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if depth % 2 == 0:
            raise ValueError(f"LocalResponseNormalization sums an odd number of channels. Received: depth={depth}.")
        self.depth, self.k, self.alpha, self.beta = depth, k, alpha, beta

    def call(self, inputs: Any) -> Any:
        ops, channels, side = keras.ops, inputs.shape[-1], self.depth // 2
        rank = len(inputs.shape)
        squares = ops.pad(ops.square(inputs), [(0, 0)] * (rank - 1) + [(side, side)])
        near = sum(squares[..., start : start + channels] for start in range(self.depth))
        return inputs / ops.power(self.k + self.alpha * near, self.beta)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        own = {"depth": self.depth, "k": self.k, "alpha": self.alpha, "beta": self.beta}
        return {**super().get_config(), **own}


@keras.saving.register_keras_serializable(package="layerloom")
class ChannelSelection(keras.layers.Layer):  # type: ignore[misc]
    """Keeps some channels, in the order in which they are named.

    Args:
        channels: Their places, from 0.

    Input shape: `(batch, ..., channels)`. Output shape: `(batch, ..., len(channels))`.
    """

    def __init__(self, channels: Any = (0,), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.channels = [int(channel) for channel in channels]
        self.supports_masking = True

    def build(self, input_shape: Any) -> None:
        there = input_shape[-1]
        if not self.channels or not all(0 <= channel < there for channel in self.channels):
            raise ValueError(f"ChannelSelection keeps channels from 0 to {there - 1}. Received: {self.channels}.")

    def call(self, inputs: Any) -> Any:
        return keras.ops.take(inputs, self.channels, axis=-1)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return (*input_shape[:-1], len(self.channels))

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "channels": self.channels}


@keras.saving.register_keras_serializable(package="layerloom")
class FractionalMaxPooling2D(keras.layers.Layer):  # type: ignore[misc]
    """Takes the largest value of windows of one or two pixels, so that an image shrinks by less than a half.

    The windows' borders are drawn anew for each batch in training and stand still otherwise; `⌊length / ratio⌋` pixels
    come out of each axis. Graham, Fractional Max-Pooling, 2014.

    Args:
        ratio: By how much each axis shrinks, from 1 to 2; √2 halves the area.
        overlapping: Whether windows share their border pixel.
        seed: What the draws begin from; none for others each run.

    Input shape: `(batch, height, width, channels)`, height and width fixed.
    Output shape: `(batch, ⌊height / ratio⌋, ⌊width / ratio⌋, channels)`.
    """

    def __init__(
        self, ratio: float = 1.4142, overlapping: bool = False, seed: int | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        if not 1.0 < ratio <= 2.0:
            raise ValueError(f"FractionalMaxPooling2D shrinks by more than 1 and at most 2. Received: ratio={ratio}.")
        self.ratio, self.overlapping, self.seed = ratio, overlapping, seed
        self.seed_generator = keras.random.SeedGenerator(seed)

    def build(self, input_shape: Any) -> None:
        if None in input_shape[1:3]:
            raise ValueError(f"FractionalMaxPooling2D needs a fixed height and width. Received: {input_shape}.")

    def call(self, inputs: Any, training: bool | None = None) -> Any:
        for axis in (1, 2):
            inputs = self._pooled(inputs, axis, bool(training))
        return inputs

    def _pooled(self, inputs: Any, axis: int, training: bool) -> Any:
        ops, length = keras.ops, inputs.shape[axis]
        count = int(length / self.ratio)
        twos = length - count
        # Ones and twos; an odd length that is halved has a three among its twos.
        step, longer = divmod(length, count)
        steps = ops.convert_to_tensor([step + 1] * longer + [step] * (count - longer), dtype="int32")
        if training:
            steps = keras.random.shuffle(steps, seed=self.seed_generator)
        else:
            # Spread evenly: the k-th border of evenly spread twos.
            places = ops.arange(count + 1, dtype="float32") * (twos / count)
            steps = 1 + ops.cast(ops.floor(places[1:] + 1e-4) - ops.floor(places[:-1] + 1e-4), "int32")
        ends = ops.cumsum(steps)
        starts = ends - steps
        last = ops.minimum(ends, length - 1) if self.overlapping else ends - 1
        middle = ops.minimum(starts + 1, last)
        third = ops.minimum(starts + 2, last)
        windows = [ops.take(inputs, places, axis=axis) for places in (starts, middle, third, last)]
        return ops.maximum(ops.maximum(windows[0], windows[1]), ops.maximum(windows[2], windows[3]))

    def compute_output_shape(self, input_shape: Any) -> Any:
        batch, height, width, channels = input_shape
        return (batch, int(height / self.ratio), int(width / self.ratio), channels)

    def get_config(self) -> dict[str, Any]:
        own = {"ratio": self.ratio, "overlapping": self.overlapping, "seed": self.seed}
        return {**super().get_config(), **own}


@keras.saving.register_keras_serializable(package="layerloom")
class PCAColorAugmentation(keras.layers.Layer):  # type: ignore[misc]
    """Shifts the colours of each image along the main directions in which colours vary, while training.

    `x + P · (α ⊙ λ) · scale`, P and λ the eigenvectors and eigenvalues of the colours of ImageNet in [0, 1], α drawn
    from N(0, stddev²) once for each image. Krizhevsky et al., 2012, section 4.1.

    Args:
        stddev: How far the draws spread, 0.1 in the paper.
        scale: The largest value of a pixel: 1, or 255.
        seed: What the draws begin from; none for others each run.

    Input shape: `(batch, height, width, 3)`. Output shape: the same.
    """

    def __init__(self, stddev: float = 0.1, scale: float = 1.0, seed: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.stddev, self.scale, self.seed = stddev, scale, seed
        self.seed_generator = keras.random.SeedGenerator(seed)

    def build(self, input_shape: Any) -> None:
        if input_shape[-1] != 3:
            raise ValueError(f"PCAColorAugmentation takes red, green and blue. Received: {input_shape[-1]} channels.")
        self.input_spec = keras.layers.InputSpec(axes={-1: 3})

    def call(self, inputs: Any, training: bool | None = None) -> Any:
        if not training:
            return inputs
        vectors = [[-0.5675, 0.7192, 0.4009], [-0.5808, -0.0045, -0.8140], [-0.5836, -0.6948, 0.4203]]
        values = keras.ops.convert_to_tensor([0.2175, 0.0188, 0.0045], dtype="float32")
        shape = (keras.ops.shape(inputs)[0], 3)
        drawn = keras.random.normal(shape, stddev=self.stddev, seed=self.seed_generator) * values * self.scale
        shift = keras.ops.matmul(drawn, keras.ops.transpose(keras.ops.convert_to_tensor(vectors, dtype="float32")))
        return inputs + keras.ops.cast(shift[:, None, None, :], inputs.dtype)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "stddev": self.stddev, "scale": self.scale, "seed": self.seed}
