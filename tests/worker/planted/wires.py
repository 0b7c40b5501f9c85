"""Planted mistakes of wires: missing, too many, in a circle, to nothing. Knows no checker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.graph import Edge, End
from engine.recipe import Recipe
from tests.engine.drawings import chain, drawing, layer
from tests.worker.accepted import CONV, DENSE, SEQUENCE, VECTOR, attention, lstm
from tests.worker.planted.mistake import Mistake

FLAT = layer("Flatten")

MISTAKES: Final[Mapping[str, Mistake]] = {
    "a layer without input": Mistake(
        drawing("x > a", "b > c", x=VECTOR, a=DENSE, b=DENSE, c=DENSE),
        ("b (Dense) has no input",), ("b",), "Wire a to b",
    ),
    "a drawing without input": Mistake(
        chain(CONV, FLAT, DENSE), ("The drawing has no input",), (), "Add InputLayer of 8×8×1 before l0",
        recipe=Recipe(),
    ),
    "a sum of one": Mistake(
        drawing("x > a", "a > j", "j > b", x=VECTOR, a=DENSE, b=DENSE, j=layer("Add")),
        ("j (Add) joins at least two wires", "a"), ("j", "a"), "Take j out",
    ),
    "a branch that was not joined": Mistake(
        drawing("x > a", "x > b", "a > j", "j > c", x=VECTOR, a=DENSE, b=DENSE, c=DENSE, j=layer("Add")),
        ("j (Add) joins at least two wires", "a"), ("j", "a"), "Wire b to j",
    ),
    "two wires into one port": Mistake(
        drawing("x > a", "x > b", "a > c", "b > c", x=VECTOR, a=DENSE, b=layer("Dense", units=6), c=DENSE),
        ("input of c (Dense) takes one wire", "a and b"), ("c", "a", "b"), "Join them by Concatenate before c",
    ),
    "a circle": Mistake(
        drawing("x > a", "a > j", "x > p", "p > j", "j > b", "b > c", "c > d", "c > j", x=VECTOR, a=DENSE, p=DENSE,
                b=DENSE, c=DENSE, d=DENSE, j=layer("Add")),
        ("The wires run in a circle: c → j → b → c",), ("c", "j", "b"), "Remove the wire from c to j",
    ),
    "a layer that feeds itself": Mistake(
        chain(VECTOR, DENSE, DENSE).with_edge(Edge(End("l1", "output"), End("l1", "input"))),
        ("The wires run in a circle: l1 → l1",), ("l1",), "Remove the wire from l1 to l1",
    ),
    "an input that feeds nothing": Mistake(
        drawing("x > a", x=VECTOR, y=VECTOR, a=DENSE),
        ("y (InputLayer) feeds no layer",), ("y",), "Delete y", severity="warning",
    ),
    "attention without a value": Mistake(
        drawing("x > a.query", "a > d", x=SEQUENCE, a=attention(), d=DENSE),
        ("value of a (MultiHeadAttention) has no wire",), ("a", "x"), "Wire x to value of a",
    ),
    "half of the states": Mistake(
        drawing("x > e", "y > d", "e.state_h > d.state_h", x=SEQUENCE, y=SEQUENCE, e=lstm(return_state=True),
                d=lstm()),
        ("d (LSTM) takes its initial state whole", "state_h"), ("d", "e"), "Wire e to state c of d",
    ),
    "a state that is not given": Mistake(
        drawing("x > a", "a.state_h > b", x=SEQUENCE, a=lstm(), b=DENSE),
        ("b (Dense) takes state_h of a (LSTM), which gives none",), ("b", "a"), "Turn return state on in a",
    ),
    "a wire to a port that is none": Mistake(
        drawing("x > a", "x > a.query", x=VECTOR, a=DENSE),
        ("a (Dense) takes no query",), ("a", "x"), "Remove the wire from x",
    ),
    "a wire into an input": Mistake(
        drawing("x > a", "a > y", "y > b", x=VECTOR, a=DENSE, y=VECTOR, b=DENSE),
        ("y (InputLayer) takes no wire",), ("y", "a"), "Remove the wire from a",
    ),
    "an empty drawing": Mistake(
        drawing(), ("The drawing is empty",), (), why="Drag an InputLayer onto it", recipe=Recipe(),
    ),
    "no output": Mistake(
        drawing(x=layer("InputLayer", shape=(8, 8, 1))), ("The drawing has no output",), (),
        "Add Flatten and Dense with 10 units after x", recipe=Recipe(),
    ),
}  # fmt: skip
