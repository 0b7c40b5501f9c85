"""What is told of optimizers' memory against the variables that Keras makes for them."""

from __future__ import annotations

from math import prod

import pytest

from engine.catalogue import catalogue
from engine.forecast import slots
from engine.values import FrozenMap, Part, Value

WITH: dict[str, tuple[dict[str, Value], ...]] = {
    "SGD": ({"momentum": 0.9},),
    "RMSprop": ({"momentum": 0.9}, {"centered": True}),
    "Adam": ({"amsgrad": True}, {"use_ema": True}, {"gradient_accumulation_steps": 2}),
}
CASES = [
    Part(name, FrozenMap(values)) for name in catalogue().parts["optimizer"] for values in ({}, *WITH.get(name, ()))
]
SHAPES = ((300, 200), (200,))


@pytest.mark.parametrize("part", CASES, ids=lambda part: f"{part.class_name} {dict(part.values)}")
def test_the_slots_are_those_that_keras_makes(part: Part) -> None:
    import keras

    from engine.worker import construct

    optimizer = construct.part("optimizer", part)
    weights = [keras.Variable(keras.ops.zeros(shape)) for shape in SHAPES]
    optimizer.build(weights)
    made = sum(prod(variable.shape) for variable in optimizer.variables)
    assert made / sum(prod(shape) for shape in SHAPES) == pytest.approx(slots(part), abs=0.02)
