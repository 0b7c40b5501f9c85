"""The example line of each layer: Python that makes a new node and calls it."""

from __future__ import annotations

import ast

import pytest

from engine.catalogue import catalogue
from engine.code.example import example


@pytest.mark.parametrize(
    ("layer", "line"),
    [
        ("InputLayer", "x = keras.Input(shape=(28, 28, 1))"),
        ("Dense", "y = layers.Dense(64)(x)"),
        ("Concatenate", "y = layers.Concatenate()([a, b])"),
        ("Subtract", "y = layers.Subtract()([first, second])"),
        ("MultiHeadAttention", "y = layers.MultiHeadAttention(num_heads=4, key_dim=16)(query, value)"),
        ("Attention", "y = layers.Attention()([query, value])"),
        ("Bidirectional", "y = layers.Bidirectional(layers.LSTM(64))(x)"),
        ("Maxout", "y = Maxout(64)(x)"),
    ],
)
def test_an_example_is_as_people_write_it(layer: str, line: str) -> None:
    assert example(catalogue(), layer) == line


@pytest.mark.parametrize("name", catalogue().layers)
def test_every_layer_has_an_example_that_is_python(name: str) -> None:
    (statement,) = ast.parse(example(catalogue(), name)).body
    assert isinstance(statement, ast.Assign)
