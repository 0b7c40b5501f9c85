"""Every layer of the palette, as it comes, stands in a compiled model and trains a step on what its page says."""

from __future__ import annotations

import math

import keras
import numpy as np
import pytest

from engine.catalogue import catalogue
from engine.graph import Graph
from engine.help import pages
from engine.worker import construct
from tests.worker.shapes import dtype_of, given

SHIPPED = catalogue()
BATCH = 2
#: Ranks of the layers whose values say which they take.
RANKS = {"EinsumDense": 2, "Permute": 3, "Bidirectional": 3, "TimeDistributed": 3, "IntegerLookup": 2, "Dot": 2}


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name, spec in SHIPPED.layers.items() if spec.inputs and not spec.operation])
def test_a_new_layer_trains_one_step(name: str) -> None:
    spec, node = SHIPPED.layers[name], SHIPPED.new_node(Graph(), name)
    ports = [port for port in spec.inputs if not port.optional]
    rank = RANKS.get(name) or next((rank for rank in spec.ranks if rank >= 3), 2)
    shapes = [given(name, pages()[name].takes[port.name], rank) for port in ports] * (2 if ports[0].many else 1)
    inputs = [keras.Input(shape, dtype=dtype_of(name)) for shape in shapes]
    made = construct.layer(name, node.values)
    output = made(inputs) if ports[0].many or ports[0].index is not None else made(*inputs)
    if name == "RandomCrop":  # it hands images on whole out of training, as its page says
        output = keras.layers.CenterCrop(24, 24)(output)
    flat = keras.ops.reshape(keras.ops.cast(output, "float32"), (-1, math.prod(output.shape[1:])))
    model = keras.Model(inputs, keras.layers.Dense(1)(flat))
    assert made in model.layers, "a layer that gives its input back leaves no trace in the model"
    model.compile("sgd", "mse")
    data = [np.random.default_rng(0).integers(1, 4, (BATCH, *shape)).astype(dtype_of(name)) for shape in shapes]
    model.fit(data if len(data) > 1 else data[0], np.zeros((BATCH, 1)), verbose=0)
    assert model.predict(data if len(data) > 1 else data[0], verbose=0).shape == (BATCH, 1)
    keras.backend.clear_session()
