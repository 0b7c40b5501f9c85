"""The value nearest to one that cannot be is one that can; names that are nearly right are found."""

from __future__ import annotations

import pytest

from engine import nearest
from engine.catalogue import catalogue
from engine.values import Value


@pytest.mark.parametrize(
    ("layer", "name", "value", "first"),
    [
        ("Dense", "units", 0, 1),
        ("Dense", "units", -5, 1),
        ("Dense", "units", 3.0, 3),
        ("Dense", "units", "many", 64),
        ("Dense", "activation", "rleu", "relu"),
        ("Dense", "activation", "ReLU", "relu"),
        ("Conv2D", "padding", "Same", "same"),
        ("Conv2D", "kernel_size", "wide", (3, 3)),
        ("Dropout", "rate", 1.5, 0.5),
        ("Dense", "use_bias", "yes", True),
    ],
)
def test_the_nearest_value(layer: str, name: str, value: Value, first: Value) -> None:
    parameter = catalogue().layer(layer).parameter(name)
    found = [*nearest.values(parameter, value)]
    assert found[0] == first
    assert parameter.check(found[-1]) == parameter.initial, "what a new layer has is always there"


def test_every_parameter_has_a_value_that_can_be() -> None:
    for spec in catalogue().layers.values():
        for parameter in spec.parameters:
            assert catalogue().check(parameter, [*nearest.values(parameter, "nonsense")][-1]) is not NotImplemented


@pytest.mark.parametrize(
    ("word", "first"), [("Conv2d", "Conv2D"), ("conv2D", "Conv2D"), ("MaxPool2D", "MaxPooling2D"), ("Desne", "Dense")]
)
def test_the_nearest_layer(word: str, first: str) -> None:
    assert next(nearest.layers(word, catalogue())) == first


def test_nothing_is_near_to_nonsense() -> None:
    assert [*nearest.layers("Quux", catalogue())] == []
