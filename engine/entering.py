"""Going into blocks: which drawing is seen of a project, and how an edit of it is one of the project. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.blocks_json import refuse_circle
from engine.catalogue import Catalogue
from engine.errors import GraphError, ValueProblem
from engine.folding import Sight
from engine.graph import BLOCK, Block, Graph, Node
from engine.moulds import filled_in, unit_values
from engine.unfold import Unfolded, repeats, unfolded
from engine.values import FrozenMap, Value
from engine.ways import block_of
from engine.wiring import title


@dataclass(frozen=True, slots=True)
class Step:
    """One block further in: the instance that was entered, by its id in the drawing before, and its block's name.

    Where the instance is repeated, `unit` is the one of the row that is seen, from 1.
    """

    instance: str
    block: str
    unit: int = 1


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


def check_no_circle(root: Graph, steps: Steps, graph: Graph) -> None:
    """Raise GraphError where an edited drawing would put the block that is seen into itself."""
    if steps and any(node.layer.startswith(BLOCK) for node in graph.nodes.values()):
        refuse_circle(with_shown(root, steps, graph).blocks)


def way(root: Graph, flat: str) -> tuple[Steps, str]:
    """Return the steps to a node of the flat drawing, and its id in the drawing that is seen there."""
    *outer, id = flat.split("/")
    graph = root
    steps: Steps = ()
    for word in outer:
        node = graph.nodes.get(word)
        block = None if node is None else block_of(node, root.blocks)
        if block is not None:
            graph, steps = block.graph, (*steps, Step(word, block.name))
        elif steps and word.isdecimal():
            steps = (*steps[:-1], replace(steps[-1], unit=int(word)))
        else:
            break
    return steps, id


# -- an instance as it is seen


def instance(root: Graph, steps: Steps) -> Node:
    """Return the instance that was entered last."""
    return shown(root, steps[:-1]).node(steps[-1].instance)


def block(root: Graph, steps: Steps) -> Block | None:
    """Return the block that is seen; None where it is the outermost drawing."""
    return root.blocks[steps[-1].block] if steps else None


def row(root: Graph, steps: Steps) -> int:
    """How many units the row has that is seen, 1 where it is none."""
    try:
        return repeats(instance(root, steps)) if steps else 1
    except ValueProblem:
        return 1


def known(root: Graph, steps: Steps) -> Mapping[str, Value]:
    """Return what the parameters of the block are in the unit that is seen; their defaults where that is unknown."""
    found: Mapping[str, Value] = {}
    for place, step in enumerate(steps, 1):
        inner, node = root.blocks[step.block], instance(root, steps[:place])
        owner = node if node.shares is None else shown(root, steps[: place - 1]).node(node.shares)
        try:
            said = replace(owner, values=filled_in(owner.values, found))
        except ValueProblem:
            said = replace(owner, values=FrozenMap())
        found = unit_values(inner, said, first=step.unit <= 1)
    return found


def absent(root: Graph, steps: Steps) -> frozenset[str]:
    """Return the nodes of the drawing that is seen that hang on a parameter which is not true in this unit."""
    nodes = shown(root, steps).nodes.values()
    if not steps or not any(node.when for node in nodes):
        return frozenset()
    values = known(root, steps)
    return frozenset(node.id for node in nodes if node.when and not values.get(node.when, True))


def sight(root: Graph, steps: Steps, catalogue: Catalogue) -> Sight:
    """Return what is seen as a place in the flat drawing."""
    flat, before = unfolded(root, catalogue), ""
    for step in steps:
        before = _inside(flat, before, step, tuple(root.blocks[step.block].graph.nodes))
    return Sight(shown(root, steps), before)


def _inside(flat: Unfolded, before: str, step: Step, ids: Sequence[str]) -> str:
    """What stands before the ids of an instance's nodes: its id, and the number of a unit of a row."""
    alone = f"{before}{step.instance}/"
    there = flat.graph.nodes.keys() | flat.exits.keys()
    of_row = (f"{alone}{unit}/" for unit in (step.unit, 1))
    return next((unit for unit in of_row if any(unit + id in there for id in ids)), alone)
