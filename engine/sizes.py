"""One drawing in several sizes: makes a project as large as one of the sizes that it lists. Knows no file, no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from engine.catalogue import Catalogue
from engine.errors import EngineError
from engine.graph import Block, Graph, Node
from engine.project import Project
from engine.recipe import Recipe, recipe_from_json, recipe_to_json
from engine.sizes_json import BlockSize as BlockSize
from engine.sizes_json import NodeSize as NodeSize
from engine.sizes_json import Size as Size
from engine.values import FrozenMap

T = TypeVar("T")


def sized(project: Project, name: str, catalogue: Catalogue) -> Project:
    """Return a project at another of its sizes.

    Raises:
        EngineError: There is no size of that name, or it speaks of a node, a layer, a block or a parameter that is not
            there (any more).
    """
    size = _known(project.sizes, name, f"The drawing comes in the sizes {', '.join(project.sizes) or 'none'}")
    known = catalogue.with_blocks(project.graph.blocks)
    blocks = dict(project.graph.blocks)
    for each, change in size.blocks.items():
        blocks[each] = _block(_known(blocks, each, f"The size {name} speaks of a block of the drawing"), change, known)
    graph = _drawn(replace(project.graph, blocks=FrozenMap(blocks)), size.nodes, known)
    return replace(project, graph=graph, recipe=_recipe(project.recipe, size, known), size=name)


def _block(block: Block, size: BlockSize, catalogue: Catalogue) -> Block:
    words = f"The block {block.name} has the parameters {', '.join(p.name for p in block.parameters) or 'none'}"
    for name in size.parameters:
        _known({parameter.name: parameter for parameter in block.parameters}, name, words)
    parameters = tuple(replace(p, default=size.parameters.get(p.name, p.default)) for p in block.parameters)
    return replace(block, graph=_drawn(block.graph, size.nodes, catalogue), parameters=parameters)


def _drawn(graph: Graph, sizes: Mapping[str, NodeSize], catalogue: Catalogue) -> Graph:
    graph = graph.with_nodes([_node(graph.node(id), size, catalogue) for id, size in sizes.items()])
    sharing = [node for node in graph.nodes.values() if node.shares is not None]
    followed = [replace(node, layer=graph.owner(node.id).layer) for node in sharing]
    return graph.with_nodes(followed) if followed else graph


def _node(node: Node, size: NodeSize, catalogue: Catalogue) -> Node:
    return replace(
        node,
        layer=catalogue.layer(size.layer).name if size.layer else node.layer,
        values=node.values if size.values is None else size.values,
        mode=node.mode if size.mode is None else size.mode,
    )


def _recipe(recipe: Recipe, size: Size, catalogue: Catalogue) -> Recipe:
    return recipe_from_json(recipe_to_json(recipe) | dict(size.recipe), catalogue) if size.recipe else recipe


def _known(items: Mapping[str, T], name: str, words: str) -> T:
    if name not in items:
        raise EngineError(words, received=repr(name)[:80])
    return items[name]
