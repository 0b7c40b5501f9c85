"""Layers put in, taken out or put in another's place: the drawing after each, and its title."""

from __future__ import annotations

import pytest

from engine.catalogue import catalogue
from engine.errors import GraphError
from engine.fitters import After, Append, Begin, Insert, Join, Recast, TakeOut, Unshare
from engine.graph import End, Graph
from engine.mends import Bypass, Cut, Drop, Mend, Set, Wire
from engine.values import FrozenMap, Part
from tests.engine.drawings import chain, drawing, layer

INPUT, DENSE = layer("InputLayer", shape=(8, 8, 1)), layer("Dense", units=4)
LINE = chain(INPUT, layer("Flatten"), DENSE)
END = End("l2", "output")


def wires(graph: Graph) -> list[str]:
    return [f"{edge.source.node} > {edge.target.node}.{edge.target.port}" for edge in graph.edges]


@pytest.mark.parametrize(
    ("mend", "title", "after"),
    [
        (Insert("l1", End("l2", "input"), "ReLU"), "Insert ReLU after l1", ["l0 > l1.input", "l1 > n1.input",
                                                                           "n1 > l2.input"]),
        (After("l0", "Rescaling", FrozenMap({"scale": 0.5}), "by 1/2"), "Insert Rescaling by 1/2 after l0",
         ["l0 > n1.input", "n1 > l1.input", "l1 > l2.input"]),
        (Append(END, (("Dropout", FrozenMap({"rate": 0.5})), ("Dense", FrozenMap({"units": 3})))),
         "Add Dropout and Dense with 3 units after l2",
         ["l0 > l1.input", "l1 > l2.input", "l2 > n1.input", "n1 > n2.input"]),
        (Begin(End("l2", "input"), (5,)), "Add InputLayer of 5 before l2",
         ["l0 > l1.input", "l1 > l2.input", "n1 > l2.input"]),
        (TakeOut("l1"), "Take l1 out", ["l0 > l2.input"]),
        (Recast("l2", "EinsumDense"), "Make l2 an EinsumDense", ["l0 > l1.input", "l1 > l2.input"]),
        (Wire(END, End("l0", "input")), "Wire l2 to l0", None),
        (Recast("l2", "MultiHeadAttention"), "Make l2 a MultiHeadAttention", ["l0 > l1.input", "l1 > l2.query"]),
    ],
)  # fmt: skip
def test_wires_and_titles(mend: Mend, title: str, after: list[str] | None) -> None:
    assert mend.title(LINE) == title
    if after is None:
        with pytest.raises(GraphError):
            mend.mended(LINE, catalogue())
    else:
        assert wires(mend.mended(LINE, catalogue())) == after


def test_wires_into_one_port_are_joined() -> None:
    graph = drawing("x > a", "y > a", "a > b", x=INPUT, y=INPUT, a=DENSE, b=DENSE)
    mend = Join(End("a", "input"), "Add")
    assert mend.title(graph) == "Join them by Add before a"
    after = mend.mended(graph, catalogue())
    assert wires(after) == ["x > n1.inputs", "y > n1.inputs", "a > b.input", "n1 > a.input"]


def test_a_shared_layer_becomes_two() -> None:
    graph = drawing("x > a", "x > b", x=INPUT, a=DENSE, b=layer("Dense", shares="a"))
    mend = Unshare("b")
    assert mend.title(graph) == "Give b a layer of its own"
    node = mend.mended(graph, catalogue()).node("b")
    assert node.shares is None
    assert node.values == {"units": 4}


def test_a_value_within_a_wrapped_layer_is_set() -> None:
    graph = drawing(a=layer("Bidirectional", layer=Part("LSTM", FrozenMap({"units": 3}))))
    mend = Set("a", "return_sequences", True)
    assert mend.title(graph) == "Turn return sequences on in a"
    inner = mend.mended(graph, catalogue()).node("a").values["layer"]
    assert inner == Part("LSTM", FrozenMap({"units": 3, "return_sequences": True}))


def test_axes_are_told_apart_by_commas() -> None:
    graph = drawing(a=layer("Dot"))
    assert Set("a", "axes", (2, 1)).title(graph) == "Set axes of a to 2, 1"


def test_a_value_is_dropped_and_a_node_passed_by() -> None:
    assert Drop("l2", "activation").title(LINE) == "Reset activation of l2"
    assert Drop("l2", "units").mended(LINE, catalogue()).node("l2").values == {}
    assert Bypass("l1").mended(LINE, catalogue()).node("l1").mode == "bypass"


def test_one_wire_is_cut() -> None:
    assert Cut(LINE.edges[1]).title(LINE) == "Remove the wire from l1 to l2"
    assert wires(Cut(LINE.edges[1]).mended(LINE, catalogue())) == ["l0 > l1.input"]
