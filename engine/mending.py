"""A mend as it travels: the title of a button, and the drawing and recipe after it. Knows no Keras, no Qt."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from engine.catalogue import Catalogue
from engine.graph import Graph
from engine.graph_json import graph_from_json, graph_to_json
from engine.inner_mends import possible
from engine.mends import Mend
from engine.recipe import Recipe, recipe_from_json, recipe_to_json
from engine.report import Fix

#: Problems that are given fixes, at most.
MOST: Final = 8
#: A fix spells a drawing whole. In one larger than this only the first problem has any.
ROOM: Final = 2000


def spelled(mend: Mend, graph: Graph, catalogue: Catalogue, recipe: Recipe) -> Fix | None:
    """Spell a mend as a button's title, and the drawing and the recipe after it; None where it cannot be."""
    made = possible(mend, graph, catalogue)
    if made is None:
        return None
    title, after = made
    chosen = mend.chosen(recipe)
    return Fix(
        title, None if after is graph else graph_to_json(after), None if chosen is recipe else recipe_to_json(chosen)
    )  # fmt: skip


def room(graph: Graph) -> int:
    """How many problems of a drawing may have fixes."""
    return max(1, min(MOST, ROOM // max(1, len(graph.nodes))))


def fixed(graph: Graph, fix: Fix) -> Graph:
    """Return a drawing after a fix; what stood in it keeps the looks that it has now, for a report knows older ones.

    Raises:
        GraphError: What the fix holds is no drawing.
    """
    if fix.graph is None:
        return graph
    after = graph_from_json(fix.graph)
    looks = [
        replace(node, at=now.at, colour=now.colour, collapsed=now.collapsed)
        for node in after.nodes.values()
        if (now := graph.nodes.get(node.id)) is not None
    ]
    return replace(after.with_nodes(looks), frames=graph.frames, notes=graph.notes)


def fixed_recipe(recipe: Recipe, fix: Fix, catalogue: Catalogue) -> Recipe:
    """Return a recipe after a fix."""
    return recipe if fix.recipe is None else recipe_from_json(fix.recipe, catalogue)
