"""One drawing in several sizes: from any to any other, to the file and back; what is no size is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from engine.catalogue import catalogue
from engine.errors import EngineError, ProjectError
from engine.graph import Graph
from engine.project import Project, from_text, to_text
from engine.recipe import Recipe
from engine.sizes import BlockSize, NodeSize, Size, sized
from engine.values import FrozenMap, Value
from tests.engine.drawings import drawing, layer
from tests.engine.test_unfold import instance, unit, with_blocks

KERAS = catalogue()
Edit = Callable[[dict[str, Any]], object]


def values(**given: Value) -> NodeSize:
    return NodeSize(FrozenMap(given))


def sizes(**nodes: NodeSize) -> FrozenMap[NodeSize]:
    return FrozenMap(nodes)


SMALL = Size(
    sizes(d=values(units=4), r=NodeSize(FrozenMap({"units": 2}), "LSTM"), h=NodeSize(mode="disable")),
    FrozenMap({"unit": BlockSize(sizes(n=values(epsilon=0.5)), FrozenMap({"units": 3}))}),
    FrozenMap({"batch_size": 8, "data": {"source": "digits", "test": 0.5}}),
)
LARGE = Size(
    sizes(d=values(units=400), r=NodeSize(FrozenMap({"units": 200}), "GRU"), h=NodeSize(mode="")),
    FrozenMap({"unit": BlockSize(sizes(n=values()), FrozenMap({"units": 300}))}),
    FrozenMap({"batch_size": 256, "data": {"source": "digits"}}),
)


def drawn() -> Graph:
    graph = drawing(
        "i > r", "r > u.x", "u.y > d", "d > h", i=layer("InputLayer", shape=(5, 4)), r=layer("LSTM", units=2),
        again=layer("LSTM", shares="r"), u=instance("unit"), d=layer("Dense", units=4), h=layer("Dense", units=1),
    )  # fmt: skip
    return with_blocks(graph, unit())


PROJECT = sized(Project(drawn(), Recipe(epochs=3), sizes=FrozenMap({"small": SMALL, "large": LARGE})), "small", KERAS)


def test_a_size_is_put_on() -> None:
    large = sized(PROJECT, "large", KERAS)
    nodes, block = large.graph.nodes, large.graph.blocks["unit"]
    assert (large.size, nodes["d"].values["units"], nodes["h"].mode) == ("large", 400, "")
    assert (nodes["r"].layer, nodes["again"].layer) == ("GRU", "GRU")
    assert (block.parameters[0].default, block.graph.nodes["n"].values) == (300, FrozenMap())
    assert (large.recipe.batch_size, large.recipe.epochs, large.recipe.data.test) == (256, 3, 0.15)
    assert nodes["i"] is PROJECT.graph.nodes["i"]


def test_there_and_back_is_the_same() -> None:
    assert sized(sized(PROJECT, "large", KERAS), "small", KERAS) == PROJECT
    assert PROJECT.graph.nodes["h"].mode == "disable"
    assert PROJECT.recipe.data.test == 0.5


def test_sizes_survive_the_file() -> None:
    text = to_text(PROJECT)
    again = from_text(text, KERAS)
    assert again == PROJECT
    assert to_text(again) == text
    assert list(json.loads(text)) == ["layerloom", "graph", "recipe", "size", "sizes", "view"]
    assert '    "d": {"values": {"units": 400}},' in text.splitlines()


def test_a_file_without_sizes_says_nothing_of_them() -> None:
    assert "size" not in json.loads(to_text(Project()))
    assert from_text(to_text(Project()), KERAS).sizes == FrozenMap()


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (Size(sizes(gone=values())), "The drawing has no such node"),
        (Size(sizes(d=NodeSize(layer="Dance"))), "The layer must be one of the catalogue"),
        (Size(blocks=FrozenMap({"gone": BlockSize()})), "speaks of a block"),
        (Size(blocks=FrozenMap({"unit": BlockSize(sizes(gone=values()))})), "The drawing has no such node"),
        (Size(blocks=FrozenMap({"unit": BlockSize(parameters=FrozenMap({"width": 3}))})), "has the parameters units"),
    ],
)
def test_a_size_of_what_is_gone_is_refused(size: Size, words: str) -> None:
    with pytest.raises(EngineError, match=words):
        sized(replace(PROJECT, sizes=FrozenMap({"odd": size})), "odd", KERAS)


def test_a_size_that_is_not_there_is_refused() -> None:
    with pytest.raises(EngineError, match="comes in the sizes small, large"):
        sized(PROJECT, "huge", KERAS)


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda d: d.update(size="huge"), "size is one of small, large"),
        (lambda d: d.update(size=3), "size is one of small, large"),
        (lambda d: d.update(sizes=[]), "sizes is an object"),
        (lambda d: d["sizes"].update({"": {}}), "at most 50, with short names"),
        (lambda d: d["sizes"]["small"].update(node={}), "that this version does not know"),
        (lambda d: d["sizes"]["small"].update(nodes=[]), "nodes of a size is an object"),
        (lambda d: d["sizes"]["small"]["nodes"].update(d=3), "What the node d is in a size"),
        (lambda d: d["sizes"]["small"]["nodes"]["d"].update(values={"units": {"a": 1}}), "A value is a number"),
        (lambda d: d["sizes"]["small"]["nodes"]["d"].update(mode="off"), "A node's mode is one of"),
        (lambda d: d["sizes"]["small"]["nodes"]["d"].update(layer=["LSTM"]), "A node's layer is a short text"),
        (lambda d: d["sizes"]["small"]["blocks"].update({"a b": {}}), "A block's name"),
        (lambda d: d["sizes"]["small"]["recipe"].update(loss="evil"), "loss names"),
        (lambda d: d["sizes"]["small"].update(recipe=[]), "A recipe is a JSON object"),
    ],
)
def test_what_is_no_size_is_refused(edit: Edit, words: str) -> None:
    data = json.loads(to_text(PROJECT))
    edit(data)
    with pytest.raises(ProjectError, match=words):
        from_text(json.dumps(data), KERAS)
