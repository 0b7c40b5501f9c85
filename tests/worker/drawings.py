"""Small drawings and recipes that the worker's tests train."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from engine.catalogue import RESOURCES, catalogue
from engine.graph import Edge, End, Graph, Node
from engine.project import load
from engine.recipe import DataChoice, Recipe
from engine.values import FrozenMap, Part, Value

DIGITS = load(RESOURCES / "templates" / "digits-cnn.loom", catalogue())
#: Few samples and steps: what most tests need of a run is that it is one.
SMALL = replace(DIGITS.recipe, data=DataChoice("digits", 0.1, 0.7), batch_size=64, epochs=1)


def drawing(*nodes: tuple[str, str, dict[str, Value]], wires: str) -> Graph:
    """Draw nodes, each its name (and id), its layer, its values; wires as "a>b a>c.input"."""
    graph = Graph()
    for name, layer, values in nodes:
        graph = graph.with_node(Node(name, layer, name, FrozenMap(values)))
    for wire in wires.split():
        source, target = (end.split(".") for end in wire.split(">"))
        into = catalogue().layer(graph.node(target[0]).layer).inputs[0].name
        start, end = End(source[0], "output"), End(target[0], target[1] if target[1:] else into)
        graph = graph.with_edge(Edge(start, end))
    return graph


def dense(units: int = 10, **values: Any) -> Graph:
    """The smallest network for the digits."""
    return drawing(
        ("image", "InputLayer", {"shape": (8, 8, 1)}),
        ("flatten", "Flatten", {}),
        ("digit", "Dense", {"units": units, "activation": "softmax", **values}),
        wires="image>flatten flatten>digit",
    )


def two_ways() -> Graph:
    """Two inputs that meet, two outputs that part."""
    return drawing(
        ("left", "InputLayer", {"shape": (8, 8, 1)}),
        ("right", "InputLayer", {"shape": (8, 8, 1)}),
        ("both", "Concatenate", {}),
        ("flatten", "Flatten", {}),
        ("first", "Dense", {"units": 10, "activation": "softmax"}),
        ("second", "Dense", {"units": 10, "activation": "softmax"}),
        wires="left>both right>both both>flatten flatten>first flatten>second",
    )


def with_optimizer(name: str, recipe: Recipe = SMALL, **values: Value) -> Recipe:
    return replace(recipe, optimizer=Part(name, FrozenMap(values)))
