"""What it takes to read a model back: nothing for Keras's own layers, a sentence for the others."""

from __future__ import annotations

from dataclasses import replace

from engine.catalogue import Catalogue, catalogue
from engine.code.reload import reloading
from engine.graph import Graph, Node
from engine.recipe import Recipe
from engine.values import FrozenMap, Part, Value
from tests.gui.drawings import node, wired

CATALOGUE = catalogue()
DENSE: dict[str, Value] = {"units": 2}


def drawing(layer: str, **values: Value) -> Graph:
    return wired(node("n1", "InputLayer", shape=(8, 8, 1)), Node("n2", layer, "second", FrozenMap(values)))


def with_a_file() -> Catalogue:
    """A catalogue with a layer of a person's own, as a file of them adds it."""
    spec = replace(CATALOGUE.layer("Dense"), name="Swish", file="my_layers")
    return replace(CATALOGUE, layers={**CATALOGUE.layers, "Swish": spec})


def test_keras_alone_reads_its_own_layers() -> None:
    assert reloading(drawing("Dense", **DENSE), Recipe(), CATALOGUE) == ""


def test_layers_that_keras_lacks_need_their_source() -> None:
    words = "To read it back, first run the source of Maxout, which an exported script holds."
    assert reloading(drawing("Maxout", units=2, pieces=2), Recipe(), CATALOGUE) == words
    wrapped = Graph().with_node(Node("n1", "TimeDistributed", "each", FrozenMap({"layer": Part("Maxout")})))
    assert reloading(wrapped, Recipe(), CATALOGUE) == words


def test_a_loss_that_keras_lacks_counts_too() -> None:
    own = next(name for name, spec in CATALOGUE.parts["loss"].items() if spec.own)
    assert f"the source of {own}," in reloading(drawing("Dense", **DENSE), Recipe(loss=Part(own)), CATALOGUE)


def test_a_persons_own_layers_are_named_to_keras() -> None:
    graph = drawing("Swish", **DENSE).with_nodes([node("n3", "Maxout", units=2)])
    assert reloading(graph, Recipe(), with_a_file()) == (
        "To read it back, first run the source of Maxout, which an exported script holds "
        'and give load_model custom_objects={"Swish": Swish}.'
    )
