"""Every kind of layer can be looked into, and nothing that it holds is moved by that."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from math import isnan, nan
from typing import Any

import keras
import numpy as np
import pytest

from engine.graph import Edge, End, Graph, Node
from engine.values import FrozenMap, Part, Value
from engine.worker import figuring
from engine.worker.prepare import feed
from tests.worker.drawings import SMALL, drawing, two_ways
from tests.worker.looking import gauge_of, looked, made

# -- dead and saturated

UNITS = np.array([[0, 1, 5, 0.3], [0, 2, 5, 0.3], [0, 3, 5, 0.3001]], "float32")


def activity(values: Any, activation: str = "", axis: int = -1) -> Mapping[str, float]:
    found = np.asarray(figuring.activity(keras.ops.convert_to_tensor(values), activation, axis))
    return dict(zip(figuring.ACTIVITY, map(float, found), strict=True))


def test_a_unit_is_dead_that_puts_out_one_number_whatever_comes() -> None:
    assert activity(UNITS)["dead"] == 0.5
    images = np.zeros((3, 2, 2, 4), "float32")
    images[1, 0, 1, 2] = 1
    assert activity(images)["dead"] == 0.75
    assert activity(np.moveaxis(images, -1, 1), axis=1)["dead"] == 0.75


def test_of_one_number_nobody_can_tell_whether_it_is_dead() -> None:
    assert isnan(activity(UNITS[:1])["dead"])
    assert activity(np.ones((5,), "float32"))["dead"] == 1


@pytest.mark.parametrize(
    ("activation", "values", "share"),
    [
        ("sigmoid", [[0.0, 0.5], [0.995, 0.02]], 0.5),
        ("tanh", [[-1.0, 0.0], [0.97, 0.985]], 0.5),
        ("softmax", [[0.999, 0.001], [0.6, 0.4]], 0.5),
        ("relu", [[0.0, 9.0], [0.0, 9.0]], nan),
        ("", [[0.0, 1.0]], nan),
    ],
)
def test_what_lies_at_the_bounds_of_an_activation_is_saturated(
    activation: str, values: list[list[float]], share: float
) -> None:
    found = activity(np.array(values, "float32"), activation)["saturated"]
    assert found == pytest.approx(share, nan_ok=True)


def test_whole_numbers_and_yes_and_no_are_figures_too() -> None:
    assert activity(np.array([[1, 2], [3, 2]]))["mean"] == 2
    assert activity(np.array([[True, False], [False, False]]))["mean"] == 0.25


# -- every kind of network

Drawn = tuple[str, str, dict[str, Value]]

IMAGE: Drawn = ("image", "InputLayer", {"shape": (8, 8, 1)})
END: Drawn = ("digit", "Dense", {"units": 10, "activation": "softmax"})


def chain(*nodes: Drawn) -> Graph:
    names = [name for name, _, _ in (IMAGE, *nodes, END)]
    wires = " ".join(f"{a}>{b}" for a, b in pairwise(names))
    return drawing(IMAGE, *nodes, END, wires=wires)


FLAT: Drawn = ("flatten", "Flatten", {})
ROWS: Drawn = ("rows", "Reshape", {"target_shape": (8, 8)})


def test_a_frozen_layer_has_weights_and_no_gradient() -> None:
    run = made(chain(FLAT, ("still", "Dense", {"units": 6, "trainable": False})))
    rows, shapes, _ = looked(gauge_of(run))
    assert rows["still"]["weight_norm"] > 0
    assert isnan(rows["still"]["gradient_norm"])
    assert shapes["still"].names == ("kernel", "bias")


def test_weights_on_which_the_loss_does_not_depend_have_no_gradient() -> None:
    graph = chain(FLAT, ("hidden", "Dense", {"units": 6, "activation": "relu"}))
    run = made(graph)
    run.built.layers["hidden"].activation = lambda x: keras.ops.stop_gradient(x)
    rows, _, norm = looked(gauge_of(run))
    assert isnan(rows["hidden"]["gradient_norm"])
    assert rows["digit"]["gradient_norm"] == pytest.approx(norm)


def test_moving_figures_are_no_weights_and_stay() -> None:
    run = made(chain(("norm", "BatchNormalization", {}), ("drop", "Dropout", {"rate": 0.5}), FLAT))
    before = [np.asarray(weight).copy() for weight in run.model.weights]
    lots = [np.asarray(v).copy() for v in run.model.non_trainable_variables]
    _, shapes, _ = looked(gauge_of(run))
    assert shapes["norm"].names == ("gamma", "beta", "gamma gradient", "beta gradient")
    assert all(np.array_equal(a, b) for a, b in zip(before, run.model.weights, strict=True))
    assert all(np.array_equal(a, b) for a, b in zip(lots, run.model.non_trainable_variables, strict=True))


def test_what_metrics_counted_stays() -> None:
    run = made(two_ways())
    x, y, _ = feed(run.feeding, run.data.train)
    run.model.train_on_batch(x, y)
    before = [np.asarray(variable).copy() for variable in run.model.metrics_variables]
    assert any(np.any(value) for value in before)
    looked(gauge_of(run))
    assert all(np.array_equal(a, b) for a, b in zip(before, run.model.metrics_variables, strict=True))


@pytest.mark.parametrize(
    ("graph", "names"),
    [
        (chain(ROWS, ("lstm", "LSTM", {"units": 3})), ("kernel", "recurrent_kernel", "bias")),
        (
            chain(ROWS, ("both", "Bidirectional", {"layer": Part("GRU", FrozenMap({"units": 3}))})),
            ("forward_gru/gru_cell/kernel",),
        ),
        (chain(FLAT, ("l2", "Dense", {"units": 3, "kernel_regularizer": Part("L2", FrozenMap({"l2": 0.1}))})), ()),
        (chain(FLAT, ("half", "Dense", {"units": 3, "dtype": "mixed_float16", "activation": "tanh"})), ("kernel",)),
    ],
)
def test_every_kind_of_layer_is_measured(graph: Graph, names: tuple[str, ...]) -> None:
    run = made(graph)
    rows, shapes, norm = looked(gauge_of(run))
    node = [*graph.nodes][-2]
    # Keras numbers the layers within a wrapper through all that it has made.
    assert set(names) <= {re.sub(r"_\d+/", "/", name) for name in shapes[node].names}
    assert rows[node]["gradient_norm"] > 0
    assert norm >= rows[node]["gradient_norm"]


def test_numbers_of_words_and_their_lookups_are_measured() -> None:
    words: Drawn = ("words", "Embedding", {"input_dim": 20, "output_dim": 3})
    run = made(chain(FLAT, ("whole", "ops.cast", {"dtype": "int32"}), words, ("again", "Flatten", {})))
    rows, _, _ = looked(gauge_of(run))
    assert rows["words"]["gradient_norm"] > 0
    assert not isnan(rows["whole"]["mean"])


def test_nodes_that_share_a_layer_have_its_weights_each() -> None:
    graph = drawing(IMAGE, FLAT, ("one", "Dense", {"units": 64}), ("two", "Dense", {}), END, wires="image>flatten")
    graph = graph.with_node(Node("two", "Dense", "two", shares="one"))
    for source, target in (("flatten", "one"), ("one", "two"), ("two", "digit")):
        graph = graph.with_edge(Edge(End(source, "output"), End(target, "input")))
    rows, shapes, norm = looked(gauge_of(made(graph)))
    assert rows["one"]["weight_norm"] == rows["two"]["weight_norm"]
    assert shapes["one"].counts == shapes["two"].counts
    assert rows["one"]["gradient_norm"] <= norm


def test_what_layers_remember_is_kept() -> None:
    graph = drawing(
        ("image", "InputLayer", {"shape": (8, 8, 1), "batch_size": 16}), ROWS,
        ("lstm", "LSTM", {"units": 3, "stateful": True}), END, wires="image>rows rows>lstm lstm>digit",
    )  # fmt: skip
    run = made(graph, replace(SMALL, batch_size=16))
    states = run.built.layers["lstm"].states
    states[0].assign(np.ones((16, 3)))
    first, _, _ = looked(gauge_of(run), 1)
    assert np.all(np.asarray(states[0]) == 1)
    states[0].assign(np.zeros((16, 3)))
    second, _, _ = looked(gauge_of(run), 2)
    assert first["lstm"]["mean"] == second["lstm"]["mean"], "a look begins with nothing remembered"
