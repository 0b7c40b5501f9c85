"""A drawing with blocks for the window's tests: residual units in a row, in a stage. Knows no test."""

from __future__ import annotations

from dataclasses import replace

from engine.graph import BLOCK, Block, BlockParameter, Graph
from engine.values import Formula, FrozenMap
from tests.engine.drawings import drawing, layer

INLET, OUTLET = layer("Inlet"), layer("Outlet")


def unit() -> Block:
    """A residual unit; its short cut is projected where that is asked for."""
    graph = drawing(
        "x > conv", "conv > norm", "norm > sum", "x > short", "short > sum", "sum > y",
        x=INLET, conv=layer("Conv2D", filters=Formula("filters"), kernel_size=(3, 3), padding="same"),
        norm=layer("BatchNormalization"), short=layer("Conv2D", filters=Formula("filters"), kernel_size=(1, 1)),
        sum=layer("Add"), y=OUTLET,
    )  # fmt: skip
    at = {"x": (0, 0), "conv": (252, 0), "norm": (504, 0), "short": (252, 120), "sum": (756, 0), "y": (1008, 0)}
    graph = graph.moved({id: (float(x), float(y)) for id, (x, y) in at.items()})
    graph = graph.with_node(replace(graph.nodes["short"], when="project"))
    parameters = (BlockParameter("filters", "int", 8), BlockParameter("project", "bool", False, first=True))
    return Block("residual", graph, parameters, "Two ways that are added up.")


def stage() -> Block:
    """Two units, the first of which projects; then pooling."""
    graph = drawing(
        "x > units.x", "units.y > pool", "pool > y", x=INLET, pool=layer("MaxPooling2D"), y=OUTLET,
        units=layer(BLOCK + "residual", filters=Formula("width * 2"), project=True, repeat=2),
    )  # fmt: skip
    at = {"x": (0.0, 0.0), "units": (252.0, 0.0), "pool": (504.0, 0.0), "y": (756.0, 0.0)}
    return Block("stage", graph.moved(at), (BlockParameter("width", "int", 4),))


def blocked() -> Graph:
    """A small classifier of two stages."""
    graph = drawing(
        "image > one.x", "one.y > two.x", "two.y > flatten", "flatten > digit",
        image=layer("InputLayer", shape=(8, 8, 1)), one=layer(BLOCK + "stage"), two=layer(BLOCK + "stage", width=8),
        flatten=layer("Flatten"), digit=layer("Dense", units=10, activation="softmax"),
    )  # fmt: skip
    graph = graph.moved({id: (252.0 * place, 0.0) for place, id in enumerate(graph.nodes)})
    return replace(graph, blocks=FrozenMap({"residual": unit(), "stage": stage()}))
