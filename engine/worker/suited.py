"""Whether what a layer does with its weights can be done to weights of those shapes. Knows no drawing.

Without weights no initializer, regularizer and constraint is ever called. Each is asked here what it makes of a small
array with as many axes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import keras

from engine.values import FrozenMap, Part, Value

#: As long is each axis of what is tried; it takes no time and is no special length.
LENGTH: Final = 2
#: Computes with fractions of 32 bits, whatever it is given.
ORTHOGONAL: Final = "OrthogonalRegularizer"
#: Random numbers fill any shape; numpy refuses bounds that TensorFlow takes.
ANY_SHAPE: Final = ("RandomUniform", "RandomNormal", "TruncatedNormal", "Zeros", "Ones", "Constant")
#: No kernel decomposes a matrix of these, which an orthogonal one begins from.
UNDECOMPOSED: Final = "bfloat16"
HALVES: Final = ("float16", "bfloat16")


def check(layer: keras.Layer, values: FrozenMap[Value], outputs: Sequence[Any]) -> None:
    """Raise ValueError where an object that a layer was given cannot be used on its weights or its outputs."""
    if values.get("dtype") != UNDECOMPOSED and not any(isinstance(value, Part) for value in values.values()):
        return
    weights = [weight for part in layer._flatten_layers() for weight in part._trainable_variables]
    weights += [weight for part in layer._flatten_layers() for weight in part._non_trainable_variables]
    for weight in {id(weight): weight for weight in weights}.values():
        for use in _uses(weight):
            _try(use, weight.name, tuple(weight.shape), weight.dtype)
    for part in layer._flatten_layers():
        if getattr(part, "unit_forget_bias", False) and getattr(part, "bias", None) is not None:
            _try(part.bias_initializer, "bias", part.bias.shape, part.bias.dtype)  # it is called from a function
        for tensor in outputs if part.activity_regularizer is not None else ():
            _try(part.activity_regularizer, "output", tuple(tensor.shape), tensor.dtype)


def _uses(weight: Any) -> Iterator[Any]:
    """What is done with a weight; a weight that nobody trains is neither held back nor drawn in."""
    made = weight._initializer
    if isinstance(made, keras.initializers.Initializer) and type(made).__name__ not in ANY_SHAPE:
        yield made
    if weight.trainable:
        yield from (use for use in (weight.regularizer, weight.constraint) if use is not None)


def _try(use: Any, name: str, shape: tuple[int | None, ...], dtype: str) -> None:
    small = (LENGTH,) * len(shape)
    word = type(use).__name__
    try:
        if isinstance(use, keras.initializers.Initializer):
            if word == "Orthogonal" and dtype == UNDECOMPOSED:
                raise ValueError(f"it is not drawn in {dtype}")
            use(small, "float32")
            return
        if word == ORTHOGONAL and dtype in HALVES:
            raise ValueError(f"it computes with float32, not with {dtype}")
        if not shape and hasattr(use, "axis"):
            raise ValueError(f"it works along axis {use.axis}")  # numpy takes one number for a row
        use(keras.ops.ones(small))
    except Exception as error:
        text = " ".join(str(error).split())
        raise ValueError(f"{word} is not for {name} of {len(shape)} axes: {text}") from error
