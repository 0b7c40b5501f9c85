"""Every problem that shows without Keras, with its exact sentence, its nodes and its parameter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from engine.catalogue import catalogue
from engine.graph import Edge, End, Graph
from engine.report import Problem
from engine.structure import problems, stopped
from engine.templates import start
from engine.values import FrozenMap, Part, Value
from tests.engine.drawings import Kind, chain, drawing, layer
from tests.engine.strategies import PATIENT, graphs

INPUT = layer("InputLayer", shape=(8,))
SEQUENCE = layer("InputLayer", shape=(8, 2))
DENSE = layer("Dense", units=4)
GOOD = chain(INPUT, DENSE, DENSE)


def said(graph: Graph) -> list[tuple[str, tuple[str, ...], str]]:
    """What is wrong: sentence, nodes, parameter."""
    return [(problem.sentence, problem.nodes, problem.parameter) for problem in problems(graph, catalogue())]


def test_a_good_drawing_has_no_problem() -> None:
    assert said(GOOD) == []
    assert said(start("digits-cnn", "", catalogue()).graph) == []


CASES: dict[str, tuple[Graph, str, tuple[str, ...], str]] = {
    "empty": (
        Graph(), "The drawing is empty. Drag an InputLayer onto it, then a layer for it to feed.", (), "",
    ),
    "no input": (
        drawing("a > b", "b > a", a=DENSE, b=DENSE),
        "The drawing has no input. Add an InputLayer and wire it to the first layer.", (), "",
    ),
    "cycle": (
        drawing("x > j", "c > j", "j > a", "a > b", "b > c", x=INPUT, j=layer("Add"), a=DENSE, b=DENSE, c=DENSE),
        "The wires run in a circle: a → b → c → j → a. Remove one of them: data must flow one way.",
        ("a", "b", "c", "j"), "",
    ),
    "unwired": (
        drawing("x > a", x=INPUT, a=DENSE, b=DENSE), "b (Dense) has no input. Wire a layer to it.", ("b",), "",
    ),
    "unwired among others": (
        drawing("x > a.query", x=SEQUENCE, a=layer("MultiHeadAttention", num_heads=1, key_dim=2)),
        "value of a (MultiHeadAttention) has no wire. Received: query from x. Wire a layer to value.", ("a", "x"), "",
    ),
    "merge of one": (
        drawing("x > a", x=INPUT, a=layer("Add")),
        "a (Add) joins at least two wires. Received: x. Wire another layer to it, or take it out.", ("a", "x"), "",
    ),
    "merge of none": (
        drawing("x > a", x=INPUT, a=DENSE, b=layer("Add")),
        "b (Add) joins at least two wires. Received: none. Wire another layer to it, or take it out.", ("b",), "",
    ),
    "no such input": (
        drawing("x > a", "x > a.query", x=INPUT, a=DENSE),
        "a (Dense) takes no query. Remove the wire from x.", ("a", "x"), "",
    ),
    "into an input layer": (
        drawing("x > a", "x > y", x=INPUT, a=DENSE, y=INPUT),
        "y (InputLayer) takes no wire: data enters there. Remove the wire from x.", ("y", "x"), "",
    ),
    "no such output": (
        drawing("x > a", "a.state_h > b", x=SEQUENCE, a=layer("LSTM", units=2), b=DENSE),
        "b (Dense) takes state_h of a (LSTM), which gives none. Turn return state on.", ("b", "a"), "",
    ),
    "two wires in one port": (
        drawing("x > a", "y > a", x=INPUT, y=INPUT, a=DENSE),
        "input of a (Dense) takes one wire. Received: x and y. Remove all wires but one.", ("a", "x", "y"), "",
    ),
    "half a state": (
        drawing("x > a", "h > a.state_h", x=SEQUENCE, h=INPUT, a=layer("LSTM", units=8)),
        "a (LSTM) takes its initial state whole: state_h and state_c. Received: state_h from "
        "h. Wire state_c too, or none of them.", ("a", "h"), "",
    ),
    "unknown layer": (
        chain(INPUT, layer("Dens", units=1)),
        "l1 (Dens) is no layer that this version knows. Put a layer from the palette in its place.", ("l1",), "",
    ),
    "unknown parameter": (
        chain(INPUT, layer("Dense", units=1, unit=2)),
        "l1 (Dense) has no parameter named 'unit'. Remove it.", ("l1",), "unit",
    ),
    "missing value": (
        chain(INPUT, layer("Dense")), "l1 (Dense) needs units: a whole number of at least 1.", ("l1",), "units",
    ),
    "bad name": (
        replace(GOOD, nodes=GOOD.nodes.with_item("l1", replace(GOOD.node("l1"), name="1st"))),
        "A name starts with a letter and holds letters, digits, '_', '.' and '-', at most 64. Received: '1st'.",
        ("l1",), "name",
    ),
    "one name twice": (
        replace(GOOD, nodes=GOOD.nodes.with_item("l2", replace(GOOD.node("l2"), name="l1"))),
        "2 layers are named l1: each needs a name of its own. Rename this one.", ("l2", "l1"), "name",
    ),
    "owner gone": (
        chain(INPUT, layer("Dense", shares="gone")),
        "l1 (Dense) calls the layer of a node that is gone. Put a layer from the palette in its place.", ("l1",), "",
    ),
    "owner of another kind": (
        drawing("x > a", "x > b", x=INPUT, a=DENSE, b=layer("ReLU", shares="a")),
        "b (ReLU) cannot call the layer of a (Dense) again. Put a layer from the palette in its place.", ("b", "a"), "",
    ),
    "an input shared": (
        drawing("x > a", "y > b", x=INPUT, y=layer("InputLayer", shares="x"), a=DENSE, b=DENSE),
        "y (InputLayer) cannot call the layer of x (InputLayer) again. Put a layer from the palette in its place.",
        ("y", "x"), "",
    ),
    "a constructor's value where a layer is shared": (
        drawing("x > a", "x > b", x=INPUT, a=DENSE, b=layer("Dense", shares="a", units=4)),
        "b (Dense) has no parameter named 'units'. Remove it.", ("b",), "units",
    ),
    "wire to nowhere": (
        replace(GOOD, edges=(*GOOD.edges, Edge(End("l0", "output"), End("gone", "input")))),
        "A wire leads to a layer that is not there: gone. Remove the wire.", (), "",
    ),
    "idle input": (
        drawing("x > a", x=INPUT, y=INPUT, a=DENSE),
        "y (InputLayer) feeds no layer and is left out of the model. Wire it to one, or delete it.", ("y",), "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_problem_and_its_sentence(case: str) -> None:
    graph, *expected = CASES[case]
    assert said(graph)[0] == tuple(expected)


def test_only_idle_inputs_are_no_more_than_warned_of() -> None:
    severities = {case: problems(graph, catalogue())[0].severity for case, (graph, *_) in CASES.items()}
    assert [case for case, severity in severities.items() if severity == "warning"] == ["idle input"]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("units", 0, "l1 (Dense): units expects a whole number of at least 1. Received: 0."),
        ("units", -3, "l1 (Dense): units expects a whole number of at least 1. Received: -3."),
        ("units", 10**12, "l1 (Dense): units expects a whole number of at least 1. Received: 1000000000000. "
         "No length, count or seed goes beyond 2,147,483,647."),
        ("units", "many", "l1 (Dense): units expects a whole number of at least 1. Received: 'many'."),
        ("units", True, "l1 (Dense): units expects a whole number of at least 1. Received: yes."),
        ("units", 2.5, "l1 (Dense): units expects a whole number of at least 1. Received: 2.5."),
        ("units", None, "l1 (Dense): units expects a whole number of at least 1. Received: none."),
    ],
)  # fmt: skip
def test_silly_values(name: str, value: Value, sentence: str) -> None:
    assert said(GOOD.with_value("l1", name, value)) == [(sentence, ("l1",), name)]


def test_every_silly_value_of_a_node_is_told_and_those_within_objects() -> None:
    graph = GOOD.with_value("l1", "units", 0).with_value("l1", "use_bias", "x")
    graph = graph.with_value("l2", "kernel_regularizer", Part("L2", FrozenMap({"l2": "much"})))
    assert [(nodes, parameter) for _, nodes, parameter in said(graph)] == [
        (("l1",), "units"), (("l1",), "use_bias"), (("l2",), "kernel_regularizer")
    ]  # fmt: skip


def test_problems_come_in_the_order_of_the_wires_warnings_last() -> None:
    graph = drawing("x > b", "b > a", x=INPUT, y=INPUT, a=layer("Dense", units=0), b=layer("Dense", units=0))
    assert [nodes for _, nodes, _ in said(graph)] == [("b",), ("a",), ("y",)]


def test_what_stops_shapes_and_what_does_not() -> None:
    stops = [Problem("error", "", ("a", "b")), Problem("error", "", ("c",), "units"), Problem("error", "")]
    others = [Problem("error", "", ("d",), "name"), Problem("warning", "", ("e",))]
    assert stopped([*stops, *others]) == {"a", "c"}


def test_an_optional_list_may_stay_unwired() -> None:
    inner = Part("LSTM", FrozenMap({"units": 2}))
    assert said(chain(SEQUENCE, layer("Bidirectional", layer=inner))) == []


@PATIENT
@given(graphs())
def test_nothing_that_can_be_drawn_breaks_it(graph: Graph) -> None:
    for problem in problems(graph, catalogue()):
        assert set(problem.nodes) <= set(graph.nodes)
        assert problem.sentence.endswith(".")
        assert "None" not in problem.sentence


@pytest.mark.parametrize("feeding", [layer("Nothing"), layer("Dense", shares="gone", units=4)])
def test_half_a_state_from_what_nobody_knows_is_a_problem_and_no_crash(feeding: Kind) -> None:
    graph = drawing("x > a", x=SEQUENCE, a=layer("LSTM", units=8), h=layer("Dense", units=8))
    (kind, shares, values) = feeding
    graph = graph.with_edge(Edge(End("h", "output"), End("a", "state_h")))
    broken = replace(graph.nodes["h"], layer=kind, shares=shares, values=values)
    graph = replace(graph, nodes=graph.nodes.with_item("h", broken))
    assert any("a (LSTM) takes its initial state whole" in sentence for sentence, _, _ in said(graph))
