"""What it takes to read a model back whose layers are not all Keras's own, in a sentence. Knows no Keras."""

from __future__ import annotations

from collections.abc import Iterator

from engine.catalogue import Catalogue
from engine.code import foreign, own
from engine.graph import Graph
from engine.recipe import Recipe
from engine.resolve import resolved
from engine.values import Part, Value
from engine.wiring import listed


def reloading(graph: Graph, recipe: Recipe, catalogue: Catalogue) -> str:
    """Say what `load_model` needs beside the file of a drawing's model; nothing where Keras alone reads it."""
    used = set(_classes(resolved(graph, catalogue), recipe))
    ours = [name for name in own.classes() if name in used]
    theirs = sorted(name for names in foreign.modules(graph, catalogue).values() for name in names)
    ways = []
    if ours:
        ways.append(f"first run the source of {listed(ours)}, which an exported script holds")
    if theirs:
        objects = ", ".join(f'"{name}": {name}' for name in theirs)
        ways.append(f"give load_model custom_objects={{{objects}}}")
    return f"To read it back, {' and '.join(ways)}." if ways else ""


def _classes(graph: Graph, recipe: Recipe) -> Iterator[str]:
    for node in graph.nodes.values():
        yield node.layer
        for value in node.values.values():
            yield from _within(value)
    for part in (recipe.loss, recipe.optimizer, *recipe.metrics):
        yield from _within(part)


def _within(value: Value) -> Iterator[str]:
    """The classes of an object and of those within it."""
    if isinstance(value, Part):
        yield value.class_name
        for inner in value.values.values():
            yield from _within(inner)
