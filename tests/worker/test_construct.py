"""Values of the catalogue become the Keras objects that they spell."""

from __future__ import annotations

import keras
import pytest

from engine.errors import EngineError, ValueProblem
from engine.values import FrozenMap, Part, Value
from engine.worker import construct


def part(name: str, /, **values: Value) -> Part:
    return Part(name, FrozenMap(values))


def test_a_layer_with_its_parts() -> None:
    made = construct.layer(
        "Conv2D",
        {
            "filters": 3, "kernel_size": (3, 5), "activation": "relu", "trainable": False, "dtype": "float64",
            "kernel_regularizer": part("L2", l2=0.25), "bias_initializer": part("Constant", value=2.0),
        },
        "conv",
    )  # fmt: skip
    assert (made.name, made.filters, made.kernel_size, made.trainable, made.dtype) == (
        "conv", 3, (3, 5), False, "float64",
    )  # fmt: skip
    assert made.activation is keras.activations.relu
    assert made.kernel_regularizer.l2 == 0.25
    assert made.bias_initializer.value == 2.0


def test_a_public_name_that_is_not_the_class_name() -> None:
    made = construct.layer("GroupQueryAttention", {"head_dim": 4, "num_query_heads": 4, "num_key_value_heads": 2})
    assert isinstance(made, keras.layers.GroupQueryAttention)


def test_values_of_the_call_are_passed_over_and_told_apart() -> None:
    values = {"num_heads": 2, "key_dim": 4, "use_causal_mask": True}
    assert isinstance(construct.layer("MultiHeadAttention", values), keras.layers.MultiHeadAttention)
    assert construct.call_arguments("MultiHeadAttention", values) == {"use_causal_mask": True}


def test_wrapped_layers_run() -> None:
    inner = part("LSTM", units=3, return_sequences=True, return_state=True)
    both = construct.layer("Bidirectional", {"layer": inner, "merge_mode": "sum"})
    shapes = [output.shape for output in both(keras.KerasTensor((None, 5, 2)))]
    assert shapes == [(None, 5, 3), (None, 3), (None, 3), (None, 3), (None, 3)]
    each = construct.layer("TimeDistributed", {"layer": part("Bidirectional", layer=part("GRU", units=2))})
    assert each(keras.KerasTensor((None, 7, 5, 2))).shape == (None, 7, 4)


def test_an_optimizer_with_a_schedule() -> None:
    schedule = part("PiecewiseConstantDecay", boundaries=(10, 20), values=(1.0, 0.5, 0.1))
    made = construct.part("optimizer", part("SGD", learning_rate=schedule, momentum=0.9, nesterov=True))
    assert isinstance(made, keras.optimizers.SGD)
    made.build([keras.Variable([0.0])])
    assert float(made.learning_rate) == 1.0
    made.iterations.assign(15)
    assert float(made.learning_rate) == 0.5


def test_a_metric_with_a_list_and_a_name() -> None:
    made = construct.part("metric", part("Precision", thresholds=(0.3, 0.7), name="precise"))
    assert made.name == "precise"
    assert made.thresholds == [0.3, 0.7]


def test_none_is_none() -> None:
    assert construct.layer("MaxPooling2D", {"strides": None}).strides == (2, 2)


def test_what_is_not_in_the_catalogue_is_refused() -> None:
    with pytest.raises(ValueProblem, match="no parameter"):
        construct.layer("Dense", {"units": 3, "colour": "red"})
    with pytest.raises(EngineError, match="one of the catalogue"):
        construct.layer("Lambda", {})
    with pytest.raises(ValueProblem, match="Received: 'accuracy'"):
        construct.part("metric", Part("accuracy"))
    with pytest.raises(ValueProblem, match="no parameter"):
        construct.part("optimizer", part("SGD", speed=1.0))
    with pytest.raises(EngineError, match="a Keras object with its values"):
        construct.layer("Dense", {"units": 3, "kernel_initializer": "zeros"})
