"""Going into blocks: which drawing is seen of a project, and how an edit of it is one of the project. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.catalogue import Catalogue
from engine.errors import GraphError
from engine.folding import Sight
from engine.graph import Graph
from engine.unfold import Unfolded, unfolded
from engine.values import FrozenMap
from engine.ways import block_of
from engine.wiring import title


@dataclass(frozen=True, slots=True)
class Step:
    """One block further in: the instance that was entered, by its id in the drawing before, and its block's name."""

    instance: str
    block: str


Steps = tuple[Step, ...]


def entered(root: Graph, steps: Steps, id: str) -> Steps:
    """Go into an instance of the drawing that is seen, or raise GraphError."""
    node = shown(root, steps).node(id)
    block = block_of(node, root.blocks)
    if block is None:
        raise GraphError("Only a block has an inside", received=title(node), node=id)
    return (*steps, Step(id, block.name))


def valid(root: Graph, steps: Steps) -> Steps:
    """Return the steps that can still be taken: those before the first whose instance is gone or another's."""
    for place, step in enumerate(steps):
        node = shown(root, steps[:place]).nodes.get(step.instance)
        block = None if node is None else block_of(node, root.blocks)
        if block is None or block.name != step.block:
            return steps[:place]
    return steps


def shown(root: Graph, steps: Steps) -> Graph:
    """Return the drawing that is seen: with all blocks of the project, for instances stand in blocks too."""
    return replace(root.blocks[steps[-1].block].graph, blocks=root.blocks) if steps else root


def with_shown(root: Graph, steps: Steps, graph: Graph) -> Graph:
    """Put an edited drawing in the place of the one that is seen; its blocks become the project's."""
    if not steps:
        return graph
    block = graph.blocks.get(steps[-1].block, root.blocks[steps[-1].block])
    inside = replace(block, graph=replace(graph, blocks=FrozenMap()))
    return replace(root, blocks=graph.blocks.with_item(block.name, inside))


def sight(root: Graph, steps: Steps, catalogue: Catalogue) -> Sight:
    """Return what is seen as a place in the flat drawing: the first unit where an instance is repeated."""
    flat, before = unfolded(root, catalogue), ""
    for step in steps:
        before = _inside(flat, before, step, tuple(root.blocks[step.block].graph.nodes))
    return Sight(shown(root, steps), before)


def _inside(flat: Unfolded, before: str, step: Step, ids: Sequence[str]) -> str:
    """What stands before the ids of an instance's nodes: its id, and the number of the first unit of a row."""
    alone, first = f"{before}{step.instance}/", f"{before}{step.instance}/1/"
    known = flat.graph.nodes.keys() | flat.exits.keys()
    return first if any(first + id in known for id in ids) else alone
