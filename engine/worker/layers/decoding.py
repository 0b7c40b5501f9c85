"""A decoder that looks back at what it decodes, step by step. Knows no drawing."""

from __future__ import annotations

from typing import Any

import keras


@keras.saving.register_keras_serializable(package="layerloom")
class BahdanauDecoder(keras.layers.Layer):  # type: ignore[misc]
    """A GRU that looks at the encoder's states before each step.

    At step t: `e_tj = v · tanh(W s_(t−1) + U h_j)`, `α_t = softmax(e_t)`, `c_t = Σ_j α_tj h_j`, and the GRU steps from
    s_(t−1) to s_t on `[y_t; c_t]`. Bahdanau et al., Neural Machine Translation by Jointly Learning to Align and
    Translate, 2014. A masked encoder step gets no attention.

    Args:
        units: The length of the state s.
        attention_units: The length of the hidden layer of the score; none for `units`.
        return_attention_scores: Whether α comes out as well.

    Input shapes: `query`, what is decoded so far, `(batch, steps, features)`; `value`, the encoder's states
    `(batch, time, encoder)`; optionally `initial_state`, `(batch, units)`, and `value_mask`, `(batch, time)`.
    Output shape: `(batch, steps, units)`; the scores `(batch, steps, time)`.
    """

    def __init__(
        self, units: int, attention_units: int | None = None, return_attention_scores: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.units, self.attention_units = units, attention_units
        self.return_attention_scores = return_attention_scores
        self.supports_masking = True
        self.cell = keras.layers.GRUCell(units, name="cell")

    def build(self, query_shape: Any, value_shape: Any, initial_state_shape: Any = None) -> None:
        hidden = self.attention_units or self.units
        self.from_state = self.add_weight(shape=(self.units, hidden), name="from_state")
        self.from_value = self.add_weight(shape=(value_shape[-1], hidden), name="from_value")
        self.to_score = self.add_weight(shape=(hidden, 1), name="to_score")
        self.cell.build((query_shape[0], query_shape[-1] + value_shape[-1]))

    def call(
        self, query: Any, value: Any, initial_state: Any = None, value_mask: Any = None, training: bool | None = None
    ) -> Any:
        ops = keras.ops
        keys = ops.matmul(value, self.from_value)
        hidden = None if value_mask is None else (1.0 - ops.cast(value_mask, keys.dtype)) * -1e9

        def step(state: Any, given: Any) -> Any:
            asked = ops.expand_dims(ops.matmul(state, self.from_state), 1)
            scores = ops.squeeze(ops.matmul(ops.tanh(asked + keys), self.to_score), -1)
            weights = ops.softmax(scores if hidden is None else scores + hidden, axis=-1)
            context = ops.squeeze(ops.matmul(ops.expand_dims(weights, 1), value), 1)
            after, _ = self.cell(ops.concatenate([given, context], axis=-1), [state])
            return after, (after, weights)

        begin = initial_state
        if begin is None:
            begin = ops.zeros((ops.shape(query)[0], self.units), dtype=keys.dtype)
        steps = query.shape[1]
        if steps is None:
            _, (states, scores) = ops.scan(step, begin, ops.swapaxes(query, 0, 1))
            states, scores = ops.swapaxes(states, 0, 1), ops.swapaxes(scores, 0, 1)
        else:
            found = []
            for place in range(steps):
                begin, out = step(begin, query[:, place])
                found.append(out)
            states = ops.stack([state for state, _ in found], axis=1)
            scores = ops.stack([weights for _, weights in found], axis=1)
        return (states, scores) if self.return_attention_scores else states

    def compute_mask(self, query: Any, value: Any = None, initial_state: Any = None, mask: Any = None) -> Any:
        return None

    def compute_output_shape(self, query_shape: Any, value_shape: Any, initial_state_shape: Any = None) -> Any:
        if self.built and value_shape[-1] != self.from_value.shape[0]:
            raise ValueError(f"expected axis -1 of input shape to have value {self.from_value.shape[0]}")
        states = (query_shape[0], query_shape[1], self.units)
        scores = (query_shape[0], query_shape[1], value_shape[1])
        return (states, scores) if self.return_attention_scores else states

    def get_config(self) -> dict[str, Any]:
        own = {
            "units": self.units,
            "attention_units": self.attention_units,
            "return_attention_scores": self.return_attention_scores,
        }
        return {**super().get_config(), **own}
