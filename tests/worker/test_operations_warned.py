"""Operations in a drawing: samples that mix, numbers in the place of wires, names that clash, calls that are shared."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest

from engine.catalogue import catalogue
from engine.code.model import body
from engine.code.wrap import block
from engine.graph import Edge, End, Graph, Node
from engine.report import Problem
from engine.values import FrozenMap, Value
from engine.worker.build import build
from engine.worker.check import Checker

CHECKER = Checker()
SHIPPED = catalogue()


def one(layer: str, *ports: str, shape: Any = (4, 6), **values: Value) -> Graph:
    """Draw an operation on one input, wired to some of its ports."""
    made = SHIPPED.new_node(Graph(), layer).values
    graph = Graph().with_node(Node("x", "InputLayer", "x", FrozenMap({"shape": shape})))
    graph = graph.with_node(Node("op", layer, "op", FrozenMap({**made, **values})))
    for port in ports:
        graph = graph.with_edge(Edge(End("x", "output"), End("op", port)))
    return graph


def problems(graph: Graph) -> list[Problem]:
    return [problem for problem in CHECKER.check(graph).problems if "op" in problem.nodes]


@pytest.mark.parametrize(
    ("layer", "values"),
    [
        ("ops.mean", {"axis": None}),
        ("ops.mean", {"axis": 0}),
        ("ops.softmax", {"axis": -3}),
        ("ops.cumsum", {"axis": 0}),
        ("ops.flip", {"axis": None}),
        ("ops.transpose", {"axes": None}),
        ("ops.reshape", {"newshape": (-1, 12)}),
        ("ops.expand_dims", {"axis": 0}),
        ("ops.get_item", {"key": "1:"}),
    ],
)
def test_an_operation_that_mixes_samples_is_warned_of(layer: str, values: dict[str, Value]) -> None:
    (found,) = problems(one(layer, "x", **values))
    assert found.severity == "warning"
    assert "mixes the samples of a batch" in found.sentence


@pytest.mark.parametrize(
    ("layer", "values"),
    [("ops.mean", {"axis": (1, 2)}), ("ops.flip", {"axis": 1}), ("ops.reshape", {"newshape": (-1, 24)}),
     ("ops.get_item", {"key": ":, 1:"})],
)  # fmt: skip
def test_one_that_keeps_them_apart_is_not(layer: str, values: dict[str, Value]) -> None:
    assert problems(one(layer, "x", **values)) == []


def test_a_second_operand_is_a_wire_or_a_number() -> None:
    (found,) = problems(one("ops.add", "x"))
    assert found.sentence == "y of op (ops.add) has no wire. Received: x from x. Wire a layer to y, or set it."
    assert [fix.title for fix in found.fixes] == ["Wire x to y of op", "Set y of op to 1"]
    assert problems(one("ops.add", "x", y=2.0)) == []
    assert [problem.severity for problem in problems(one("ops.add", x=1.0, y=2.0))] == ["error", "error"]


def test_a_wire_goes_before_the_number_that_stands_in_for_it() -> None:
    graph = one("ops.subtract", "x", "y", x=7.0)
    model = build(graph, SHIPPED).model
    assert not np.asarray(model(np.ones((2, 4, 6), "float32"))).any()
    assert "op = x - x" in "\n".join(block(body(graph, SHIPPED), 4))


def test_a_node_says_in_one_line_what_its_operation_does() -> None:
    briefs = {
        "axis -1": one("ops.mean", "x"),
        "x 1": one("ops.subtract", "y", x=1.0),
        "[:, 0]": one("ops.get_item", "x"),
        "bij,bjk->bik": one("ops.einsum"),
        "": one("ops.relu", "x"),
    }
    assert {brief: SHIPPED.brief(graph.node("op")) for brief, graph in briefs.items()} == {b: b for b in briefs}


def test_products_are_counted() -> None:
    graph = one("ops.matmul", "x", shape=(4, 6)).with_node(
        Node("w", "InputLayer", "w", FrozenMap({"shape": (6, 5)}))
    ).with_edge(Edge(End("w", "output"), End("op", "y")))  # fmt: skip
    assert CHECKER.check(graph).nodes["op"].multiply_adds == 4 * 6 * 5


def test_what_keras_refuses_is_a_problem() -> None:
    (found,) = problems(one("ops.matmul", "x", "y"))
    assert found.severity == "error"
    assert "cannot take" in found.sentence
    assert found.detail


def test_a_layer_that_is_called_as_keras_calls_an_operation_has_another_name_in_the_script() -> None:
    graph = one("ops.add", "x", y=1.0).with_node(Node("add", "Dense", "add", FrozenMap({"units": 3})))
    graph = graph.with_edge(Edge(End("op", "output"), End("add", "input")))
    source = "\n".join(["def build_model():", *block(body(graph, SHIPPED), 4)])
    assert 'name="add_layer"' in source
    space: dict[str, Any] = {"keras": keras, "layers": keras.layers, "ops": keras.ops}
    keras.utils.clear_session()
    exec(source, space)  # noqa: S102 - the code that was spelled here is what is tested
    assert space["build_model"]().output_shape == (None, 4, 3)


def test_nodes_that_share_an_operation_each_call_it() -> None:
    graph = one("ops.add", "x", y=1.0).with_node(Node("again", "ops.add", "again", shares="op"))
    graph = graph.with_edge(Edge(End("op", "output"), End("again", "x")))
    assert CHECKER.check(graph).errors == ()
    model = build(graph, SHIPPED).model
    assert [operation.name for operation in model.operations] == ["x", "op", "again"]
    assert np.asarray(model(np.zeros((1, 4, 6), "float32"))).max() == 2
