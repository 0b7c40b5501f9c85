"""The losses that Keras lacks: multi-class hinge, squared error of codes, LeNet's MAP criterion. Knows no drawing."""

from __future__ import annotations

from typing import Any

import keras


@keras.saving.register_keras_serializable(package="layerloom")
class MultiClassHinge(keras.losses.Loss):  # type: ignore[misc]
    """Wants the right class to score a margin higher than every wrong one.

    `Σ over j ≠ y of max(0, s_j − s_y + margin)`, y the label. Weston and Watkins, 1999, as the CS231n course has it;
    Keras's CategoricalHinge counts the best wrong class alone.

    Args:
        margin: How much higher, 1 in the course.

    Labels: integers, shape `(batch,)` or `(batch, 1)`. Predictions: scores, shape `(batch, classes)`.
    """

    def __init__(
        self,
        margin: float = 1.0,
        reduction: str = "sum_over_batch_size",
        name: str = "multi_class_hinge",
        **kwargs: Any,
    ) -> None:
        super().__init__(name=name, reduction=reduction, **kwargs)
        self.margin = margin

    def call(self, y_true: Any, y_pred: Any) -> Any:
        ops = keras.ops
        labels = ops.cast(ops.reshape(y_true, (-1,)), "int32")
        right = ops.one_hot(labels, y_pred.shape[-1], dtype=y_pred.dtype)
        score = ops.sum(y_pred * right, axis=-1, keepdims=True)
        above = ops.maximum(0.0, y_pred - score + self.margin)
        return ops.sum(above * (1.0 - right), axis=-1)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "margin": self.margin}


@keras.saving.register_keras_serializable(package="layerloom")
class PlaceCodeError(keras.losses.Loss):  # type: ignore[misc]
    """Wants the right class's output high and every other low, by the squared error.

    `mean over j of (y_j − d_j)²`, d_j being `high` where j is the label, else `low`. LeCun et al., Backpropagation
    Applied to Handwritten Zip Code Recognition, 1989.

    Args:
        low: What the outputs of wrong classes should be.
        high: What the output of the right class should be.

    Labels: integers, shape `(batch,)` or `(batch, 1)`. Predictions: shape `(batch, classes)`.
    """

    def __init__(
        self,
        low: float = -1.0,
        high: float = 1.0,
        reduction: str = "sum_over_batch_size",
        name: str = "place_code_error",
        **kwargs: Any,
    ) -> None:
        super().__init__(name=name, reduction=reduction, **kwargs)
        self.low, self.high = low, high

    def call(self, y_true: Any, y_pred: Any) -> Any:
        ops = keras.ops
        labels = ops.cast(ops.reshape(y_true, (-1,)), "int32")
        right = ops.one_hot(labels, y_pred.shape[-1], dtype=y_pred.dtype)
        return ops.mean(ops.square(y_pred - (self.low + (self.high - self.low) * right)), axis=-1)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "low": self.low, "high": self.high}


@keras.saving.register_keras_serializable(package="layerloom")
class LeNetMAP(keras.losses.Loss):  # type: ignore[misc]
    """Pulls the right class's distance down and pushes all distances apart, up to a floor.

    `y_D + log(e^(−j) + Σ_i e^(−y_i))`, y the squared distances that the network gives, D the label. LeCun et al.,
    Gradient-Based Learning Applied to Document Recognition, 1998, equation 9.

    Args:
        floor: j, which keeps classes that are far already from being pushed on.

    Labels: integers, shape `(batch,)` or `(batch, 1)`. Predictions: distances, shape `(batch, classes)`.
    """

    def __init__(
        self, floor: float = 0.1, reduction: str = "sum_over_batch_size", name: str = "lenet_map", **kwargs: Any
    ) -> None:
        super().__init__(name=name, reduction=reduction, **kwargs)
        self.floor = floor

    def call(self, y_true: Any, y_pred: Any) -> Any:
        ops = keras.ops
        labels = ops.cast(ops.reshape(y_true, (-1,)), "int32")
        right = ops.sum(y_pred * ops.one_hot(labels, y_pred.shape[-1], dtype=y_pred.dtype), axis=-1)
        rubbish = ops.full_like(y_pred[:, :1], -self.floor)
        return right + ops.logsumexp(ops.concatenate([rubbish, -y_pred], axis=-1), axis=-1)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "floor": self.floor}
