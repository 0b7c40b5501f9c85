"""Operations that Keras takes without data and cannot run: what is said, and that the first fix makes them run."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest

from engine.catalogue import catalogue
from engine.errors import EngineError
from engine.graph import Edge, End, Graph, Node
from engine.graph_json import graph_from_json
from engine.values import FrozenMap, Value
from engine.worker.build import build
from engine.worker.check import Checker

CHECKER = Checker()
SHIPPED = catalogue()
IMAGE, ROWS, ROW = (8, 8, 3), (8, 2), (8,)
#: The operation, its values, what arrives and of which type; words of the sentence, and the first fix.
WRONG: tuple[tuple[str, dict[str, Value], tuple[int, ...], str, str, str], ...] = (
    ("unstack", {"num": 3, "axis": 1}, ROWS, "float32", "as there are along its axis, 8", "Set num of op to 8"),
    ("top_k", {"k": 3}, ROWS, "float32", "the best of the 2 along the last axis", "Set k of op to 2"),
    ("norm", {"axis": None}, IMAGE, "float32", "along one axis or two", "Set axis of op to -1"),
    ("softmax", {"axis": (-1, 2)}, IMAGE, "float32", "gives shares along one axis", "Set axis of op to 2"),
    ("tril", {"k": 3}, ROWS, "float32", "at most 2 from the middle", "Set k of op to 0"),
    ("triu", {"k": -9}, ROWS, "float32", "at most 8 from the middle", "Set k of op to 0"),
    ("diagonal", {"offset": 3, "axis1": 1, "axis2": 2}, ROWS, "float32", "takes a diagonal", "Set offset of op to 0"),
    ("reshape", {"newshape": (None, 16)}, ROWS, "float32", "takes whole numbers", "Set newshape of op to -1×16"),
    ("pad", {"pad_width": (1, 1)}, ROW, "float32", "a pair for each of the 2 axes",
     "Set pad width of op to (0×0), (1×1)"),
    ("pad", {"pad_width": ((0, 0), (1, 1)), "mode": "reflect", "constant_values": 1.0}, ROW, "float32",
     "in mode constant alone", "Reset constant values of op"),
    ("mod", {"y": 0.0}, ROW, "int32", "none by 0", "Set y of op to 1"),
    ("prod", {"axis": (1, -3)}, IMAGE, "float32", "along each axis once", "Set axis of op to 1"),
    ("negative", {}, ROW, "bool", "computes with numbers. Received: yes or no", "Set dtype of x to float32"),
    ("clip", {"x_max": 0.5}, ROW, "int32", "numbers that have fractions", "Set dtype of x to float32"),
)  # fmt: skip


def drawn(name: str, values: dict[str, Value], shape: tuple[int, ...], dtype: str) -> Graph:
    held = {**SHIPPED.new_node(Graph(), f"ops.{name}").values, **values}
    arriving: FrozenMap[Value] = FrozenMap({"shape": shape, "dtype": dtype})
    graph = Graph().with_node(Node("x", "InputLayer", "x", arriving))
    graph = graph.with_node(Node("op", f"ops.{name}", "op", FrozenMap(held)))
    return graph.with_edge(Edge(End("x", "output"), End("op", "x")))


def run(graph: Graph) -> Any:
    """Run a drawing on numbers of its inputs' type."""
    model = build(graph, SHIPPED).model
    (given,) = model.inputs
    return model(keras.ops.cast(np.ones((2, *given.shape[1:])), given.dtype))


@pytest.mark.parametrize("case", WRONG, ids=lambda case: f"{case[0]}-{'-'.join(case[1])}")
def test_what_cannot_run_is_said_and_mended(
    case: tuple[str, dict[str, Value], tuple[int, ...], str, str, str],
) -> None:
    name, values, shape, dtype, words, fix = case
    graph = drawn(name, values, shape, dtype)
    found = CHECKER.check(graph)
    (problem,) = found.problems
    assert problem.severity == "error"
    assert words in problem.sentence
    assert not found.nodes["op"].outputs
    with pytest.raises(EngineError):
        run(graph)
    assert problem.fixes[0].title == fix
    mended = graph_from_json(problem.fixes[0].graph)
    assert CHECKER.check(mended).errors == ()
    run(mended)


@pytest.mark.parametrize(
    ("name", "values", "shape", "dtype"),
    [
        ("expand_dims", {"axis": 4}, IMAGE, "float32"),
        ("transpose", {"axes": 0}, (), "float32"),
        ("tril", {"k": -9}, ROWS, "float32"),
        ("clip", {"x_max": 2.0}, ROW, "int32"),
        ("relu", {}, ROW, "int32"),
        ("add", {"y": 0.5}, ROW, "bool"),
        ("negative", {}, ROW, "int64"),
    ],
)
def test_what_runs_is_shown(name: str, values: dict[str, Value], shape: tuple[int, ...], dtype: str) -> None:
    graph = drawn(name, values, shape, dtype)
    found = CHECKER.check(graph)
    assert not found.errors
    (output,) = found.nodes["op"].outputs.values()
    result = run(graph)
    assert (output.shape[1:], output.dtype) == (tuple(result.shape[1:]), keras.backend.standardize_dtype(result.dtype))
