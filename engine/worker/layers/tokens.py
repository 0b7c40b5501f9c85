"""What Transformers add to sequences: a class token, positions, one token taken out. Knows no drawing."""

from __future__ import annotations

from typing import Any

import keras


@keras.saving.register_keras_serializable(package="layerloom")
class ClassToken(keras.layers.Layer):  # type: ignore[misc]
    """Puts one learned vector before a sequence, for the network to gather its answer in.

    Devlin et al., BERT, 2018; Dosovitskiy et al., ViT, 2020. Parameters: `features`. A mask is kept; the token is
    never masked.

    Args:
        initializer: What the token begins as.

    Input shape: `(batch, time, features)`. Output shape: `(batch, time + 1, features)`.
    """

    def __init__(self, initializer: Any = "zeros", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.initializer = keras.initializers.get(initializer)
        self.supports_masking = True

    def build(self, input_shape: Any) -> None:
        self.input_spec = keras.layers.InputSpec(ndim=3, axes={-1: input_shape[-1]})
        self.token = self.add_weight(shape=(1, 1, input_shape[-1]), initializer=self.initializer, name="token")

    def call(self, inputs: Any) -> Any:
        shape = keras.ops.shape(inputs)
        token = keras.ops.broadcast_to(keras.ops.cast(self.token, inputs.dtype), (shape[0], 1, shape[2]))
        return keras.ops.concatenate([token, inputs], axis=1)

    def compute_mask(self, inputs: Any, mask: Any = None) -> Any:
        if mask is None:
            return None
        return keras.ops.concatenate([keras.ops.ones_like(mask[:, :1]), mask], axis=1)

    def compute_output_shape(self, input_shape: Any) -> Any:
        batch, time, features = input_shape
        return (batch, None if time is None else time + 1, features)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "initializer": keras.initializers.serialize(self.initializer)}


@keras.saving.register_keras_serializable(package="layerloom")
class LearnedPositions(keras.layers.Layer):  # type: ignore[misc]
    """Adds a learned vector for each place of a sequence.

    `y_t = x_t + p_t`. Gehring et al., 2017; used by GPT, BERT and ViT. Parameters: `length · features`.

    Args:
        length: How many places there are vectors for; none for as many as the input is long.
        initializer: What the vectors begin as.

    Input shape: `(batch, time, features)`, time at most `length`. Output shape: the same.
    """

    def __init__(self, length: int | None = None, initializer: Any = "random_normal", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.length = length
        self.initializer = keras.initializers.get(initializer)
        self.supports_masking = True

    def build(self, input_shape: Any) -> None:
        _, time, features = input_shape
        length = self.length or time
        if length is None:
            raise ValueError("LearnedPositions needs a length where the input's own is free.")
        if time is not None and time > length:
            raise ValueError(f"LearnedPositions has {length} places. Received: an input of {time}.")
        self.input_spec = keras.layers.InputSpec(ndim=3, axes={-1: features})
        self.positions = self.add_weight(shape=(length, features), initializer=self.initializer, name="positions")

    def call(self, inputs: Any) -> Any:
        return inputs + keras.ops.cast(self.positions[: keras.ops.shape(inputs)[1]], inputs.dtype)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        own = {"length": self.length, "initializer": keras.initializers.serialize(self.initializer)}
        return {**super().get_config(), **own}


@keras.saving.register_keras_serializable(package="layerloom")
class SinusoidalPositions(keras.layers.Layer):  # type: ignore[misc]
    """Adds sine and cosine waves that tell each place of a sequence from every other.

    `p(t, 2i) = sin(t / w^(2i/d))`, `p(t, 2i+1) = cos(t / w^(2i/d))`, with d features and the longest wave w. Vaswani et
    al., Attention Is All You Need, 2017, section 3.5. No parameters.

    Args:
        longest_wave: The longest wave, w; 10,000 in the paper.

    Input shape: `(batch, time, features)`. Output shape: the same.
    """

    def __init__(self, longest_wave: float = 10_000.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest_wave = longest_wave
        self.supports_masking = True

    def call(self, inputs: Any) -> Any:
        ops, features = keras.ops, inputs.shape[-1]
        place = ops.cast(ops.expand_dims(ops.arange(ops.shape(inputs)[1]), 1), "float32")
        column = ops.expand_dims(ops.arange(features), 0)
        power = ops.cast(column - column % 2, "float32") / features
        angle = place / ops.power(ops.cast(self.longest_wave, "float32"), power)
        waves = ops.where(column % 2 == 0, ops.sin(angle), ops.cos(angle))
        return inputs + ops.cast(waves, inputs.dtype)

    def compute_output_shape(self, input_shape: Any) -> Any:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "longest_wave": self.longest_wave}


@keras.saving.register_keras_serializable(package="layerloom")
class TakeToken(keras.layers.Layer):  # type: ignore[misc]
    """Takes one place out of a sequence: `y = x_index`; -1 is the last.

    Args:
        index: Which place, from 0.

    Input shape: `(batch, time, features)`. Output shape: `(batch, features)`.
    """

    def __init__(self, index: int = 0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.index = index
        self.supports_masking = True

    def build(self, input_shape: Any) -> None:
        time = input_shape[1]
        if time is not None and not -time <= self.index < time:
            raise ValueError(f"TakeToken takes place {self.index}. Received: an input of {time} places.")

    def call(self, inputs: Any) -> Any:
        return inputs[:, self.index]

    def compute_mask(self, inputs: Any, mask: Any = None) -> None:
        """One place is no sequence: there is nothing left to mask."""

    def compute_output_shape(self, input_shape: Any) -> Any:
        return (input_shape[0], *input_shape[2:])

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "index": self.index}
