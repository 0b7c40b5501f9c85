"""Edits of a block's definition that all its instances follow: its parameters, its name. Knows no Qt.

They take and return the outermost drawing, for instances stand in it and in other blocks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from engine import many
from engine.blocks_json import MOST_PARAMETERS, check_identifier
from engine.catalogue import Catalogue, same
from engine.errors import GraphError, ValueProblem
from engine.fittings import REPEAT
from engine.formula import held, holds, mapped, renamed, without, worked_out
from engine.graph import BLOCK, Block, BlockParameter, Graph, Node
from engine.kinds import KINDS, ParameterSpec
from engine.values import Formula, FrozenMap, Value


def with_formula(node: Node, catalogue: Catalogue, name: str, text: str, known: Mapping[str, Value]) -> Node:
    """Let a value of a node in a block follow from the block's parameters.

    Args:
        known: What these are in the unit that is seen: what the formula gives must be right there.

    Raises:
        ValueProblem: It is no formula, speaks of what is no parameter, or gives what the value cannot be.
    """
    parameter = catalogue.layer(node.layer).parameter(name)
    catalogue.check(parameter, worked_out(text, known))
    return replace(node, values=node.values.with_item(name, Formula(text.strip())))


def with_formulas(
    graph: Graph, catalogue: Catalogue, ids: Iterable[str], name: str, text: str, known: Mapping[str, Value]
) -> Graph:
    """Let a value of many nodes follow from the parameters of the block that they stand in; as `with_formula`."""
    nodes = many.holders(graph, catalogue, ids, name)
    return graph.with_nodes(with_formula(node, catalogue, name, text, known) for node in nodes)


def with_parameter(root: Graph, block: str, parameter: BlockParameter) -> Graph:
    """Add a parameter, last, or raise EngineError where there can be none of its name, kind or default."""
    found = root.blocks[block]
    if len(found.parameters) >= MOST_PARAMETERS:
        raise GraphError(f"A block has at most {MOST_PARAMETERS} parameters", received="one more")
    parameter = _checked(found, parameter)
    return _with(root, replace(found, parameters=(*found.parameters, parameter)))


def exposed_by(root: Graph, catalogue: Catalogue, block: Block, ids: Iterable[str], name: str) -> tuple[Graph, str]:
    """Let instances set a value of nodes of a block; return the name of the parameter too.

    It is called as the value is, where no other parameter is; else after the node as well.

    Raises:
        EngineError: The nodes hold different values, or there can be no such parameter.
    """
    nodes = [block.graph.node(id) for id in ids]
    specs = [catalogue.layer(node.layer).parameter(name) for node in nodes]
    values = [catalogue.value(node, name) for node in nodes]
    if not all(same(value, values[0]) for value in values):
        raise GraphError("The layers hold one value", received=f"{len(set(values))} different ones", hint="Select one")
    if holds(values[0]):
        raise GraphError("A plain value becomes a parameter", received="a formula, which follows from some")
    called = name if name not in used_names(block) else free_parameter(block, f"{_word(nodes[0].name)}_{name}")
    root = with_parameter(root, block.name, BlockParameter(called, specs[0].kind, values[0]))
    formulas = {node.id: replace(node, values=node.values.with_item(name, Formula(called))) for node in nodes}
    return _with(root, _inside(root.blocks[block.name], lambda node: formulas.get(node.id, node))), called


def used_names(block: Block) -> frozenset[str]:
    """The names that a new parameter of a block cannot have."""
    return frozenset(parameter.name for parameter in block.parameters) | {REPEAT}


def _word(name: str) -> str:
    """A node's name as an identifier may hold it."""
    return re.sub(r"\W", "_", name)


def without_parameter(root: Graph, block: str, name: str) -> Graph:
    """Take a parameter away: inside, its default stands in its place; instances forget what they said of it."""
    found = root.blocks[block]
    gone = found.parameters[_place(found, name)]

    def inner(node: Node) -> Node:
        node = _mapped(node, lambda text: without(text, name, gone.default))
        if node.when != name:
            return node
        return replace(node, when="", mode=node.mode if gone.default else node.mode or "bypass")

    kept = tuple(each for each in found.parameters if each.name != name)
    root = _with(root, replace(_inside(found, inner), parameters=kept))
    return _instances(root, block, lambda node: replace(node, values=node.values.without(name)))


def with_changed(root: Graph, block: str, name: str, parameter: BlockParameter) -> Graph:
    """Put a parameter in the place of another; where its name differs, formulas and instances follow."""
    found = root.blocks[block]
    place, new = _place(found, name), parameter.name
    others = replace(found, parameters=tuple(each for each in found.parameters if each.name != name))
    parameter = _checked(others, parameter)
    parameters = (*found.parameters[:place], parameter, *found.parameters[place + 1 :])
    if new == name:
        return _with(root, replace(found, parameters=parameters))

    def inner(node: Node) -> Node:
        node = _mapped(node, lambda text: Formula(renamed(text, name, new)))
        return replace(node, when=new) if node.when == name else node

    root = _with(root, replace(_inside(found, inner), parameters=parameters))
    return _instances(root, block, lambda node: replace(node, values=_under(node.values, name, new)))


def with_moved(root: Graph, block: str, name: str, by: int) -> Graph:
    """Move a parameter so many places down, or up; at an end it stays."""
    found = root.blocks[block]
    parameters = list(found.parameters)
    parameter = parameters.pop(place := _place(found, name))
    parameters.insert(min(max(place + by, 0), len(parameters)), parameter)
    return _with(root, replace(found, parameters=tuple(parameters)))


def renamed_block(root: Graph, old: str, new: str) -> Graph:
    """Give a block another name, or raise GraphError where it cannot be or is taken."""
    check_identifier(new, "A block's name")
    if new == old:
        return root
    if new in root.blocks:
        raise GraphError("A block has a name of its own", received=f"{new!r}, which another has")
    root = _instances(root, old, lambda node: replace(node, layer=BLOCK + new))
    blocks = {new if name == old else name: block for name, block in root.blocks.items()}
    blocks[new] = replace(blocks[new], name=new)
    return replace(root, blocks=FrozenMap(blocks))


def with_name(root: Graph, id: str, name: str) -> Graph:
    """Give a node of the outermost drawing another name, or raise GraphError.

    A block that is called as its one instance takes the name too, where a block can have it: so does a new one.
    """
    before, after = root.node(id), root.renamed(id, name)
    block = before.layer.removeprefix(BLOCK)
    inside = (node for each in root.blocks.values() for node in each.graph.nodes.values())
    count = sum(node.layer == before.layer for node in (*root.nodes.values(), *inside))
    if before.layer == block or before.name != block or count > 1:
        return after
    try:
        return renamed_block(after, block, name)
    except GraphError:
        return after


def with_note(root: Graph, block: str, note: str) -> Graph:
    """Say of a block what it is; its first line stands in the palette."""
    return _with(root, replace(root.blocks[block], note=note.strip()))


def free_parameter(block: Block, stem: str) -> str:
    """Return a name that no parameter of a block has: the stem, or with a number behind it."""
    taken = used_names(block)
    names = (stem if not number else f"{stem}_{number}" for number in range(MOST_PARAMETERS + 2))
    return next(name for name in names if name not in taken)


def used(block: Block, name: str) -> list[str]:
    """Return the names of the nodes inside that a parameter is spoken of at."""
    return [
        node.name
        for node in block.graph.nodes.values()
        if node.when == name or any(name in held(value) for value in node.values.values())
    ]


# -- the parts of these


def _checked(block: Block, parameter: BlockParameter) -> BlockParameter:
    """Return a parameter with its default in canonical form, or raise EngineError."""
    check_identifier(parameter.name, "A parameter's name")
    if parameter.name == REPEAT:
        raise GraphError(f"A parameter is not called {REPEAT}: every instance has that", received=repr(REPEAT))
    if any(parameter.name == other.name for other in block.parameters):
        raise GraphError("A parameter has a name of its own", received=f"{parameter.name!r}, which another has")
    if parameter.kind not in KINDS:
        raise GraphError(f"A parameter is of one of the kinds {', '.join(KINDS)}", received=repr(parameter.kind)[:80])
    if parameter.default is None or parameter.kind == "choice":  # what a choice may be, the layers inside know
        return parameter
    if holds(parameter.default):
        raise ValueProblem("A default is a value and no formula", received=str(parameter.default)[:80])
    return replace(parameter, default=ParameterSpec(parameter.name, parameter.kind).check(parameter.default))


def _place(block: Block, name: str) -> int:
    for place, parameter in enumerate(block.parameters):
        if parameter.name == name:
            return place
    raise GraphError(f"The block {block.name} has such a parameter", received=repr(name)[:80])


def _with(root: Graph, block: Block) -> Graph:
    return replace(root, blocks=root.blocks.with_item(block.name, block))


def _inside(block: Block, change: Callable[[Node], Node]) -> Block:
    nodes = {id: change(node) for id, node in block.graph.nodes.items()}
    return replace(block, graph=replace(block.graph, nodes=FrozenMap(nodes)))


def _mapped(node: Node, change: Callable[[str], Value]) -> Node:
    values = {name: mapped(value, change) for name, value in node.values.items()}
    return node if values == node.values else replace(node, values=FrozenMap(values))


def _under(values: FrozenMap[Value], old: str, new: str) -> FrozenMap[Value]:
    return FrozenMap({new if name == old else name: value for name, value in values.items()})


def _instances(root: Graph, block: str, change: Callable[[Node], Node]) -> Graph:
    """Change all instances of a block, in the outermost drawing and in every block."""

    def changed(node: Node) -> Node:
        return change(node) if node.layer == BLOCK + block else node

    blocks = {name: _inside(each, changed) for name, each in root.blocks.items()}
    nodes = {id: changed(node) for id, node in root.nodes.items()}
    return replace(root, nodes=FrozenMap(nodes), blocks=FrozenMap(blocks))
