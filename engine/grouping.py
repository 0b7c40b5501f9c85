"""Blocks made of drawings, and drawings of blocks: group, ungroup, expose a value. Edits graphs; knows no Qt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, count
from typing import Final

from engine.blocks_json import check_identifier, inner_blocks
from engine.catalogue import Catalogue
from engine.errors import GraphError
from engine.graph import BLOCK, INLET, OUTLET, Block, BlockParameter, Edge, End, Graph, Node, Point, reachable
from engine.kinds import ParameterSpec
from engine.unfold import opened
from engine.values import Formula, FrozenMap, Value
from engine.ways import block_of
from engine.wiring import title

#: How far a block's ends stand from what they feed, and are fed by, in its own drawing.
ASIDE: Final = 200.0
#: The longest name of a node that comes out of a block, a number after it not counted.
NAME_LENGTH: Final = 56


def grouped(graph: Graph, ids: Collection[str], name: str) -> tuple[Graph, str]:
    """Put nodes into a new block and an instance of it in their place; return its id too.

    Each tensor that comes in has an inlet, each that leaves an outlet; what nothing inside takes leaves too.

    Raises:
        GraphError: The name cannot be or is taken, nothing is chosen, a way leads out of the nodes and into them
            again, or a layer is shared across the edge of the block.
    """
    check_identifier(name, "A block's name")
    if name in graph.blocks:
        raise GraphError("A block has a name of its own", received=f"{name!r}, which another has")
    inner = {id: node for id, node in graph.nodes.items() if id in ids}
    if not inner:
        raise GraphError("A block is made of one layer or more", received="none", hint="Select some first")
    _refuse_way_back(graph, inner.keys())
    _refuse_shared(graph, inner)
    into, out = _ends(graph, inner.keys())
    block, entries, exits = _block(graph, name, inner, into, out)
    (id,) = graph.free_ids(1)
    node = Node(id, BLOCK + name, graph.free_name(name.lower()), at=_middle(inner.values()))
    outer = graph.without(inner)
    edges = [edge for edge in graph.edges if edge.source.node not in inner and edge.target.node not in inner]
    edges += [Edge(end, End(id, entries[end])) for end in into]
    edges += [
        Edge(End(id, exits[edge.source]), edge.target)
        for edge in graph.edges
        if edge.source.node in inner and edge.target.node not in inner
    ]
    outer = replace(outer.with_node(node), edges=tuple(edges))
    return replace(outer, blocks=graph.blocks.with_item(name, block)), id


def _ends(graph: Graph, inner: Collection[str]) -> tuple[list[End], list[End]]:
    """Where what comes in comes from, and where what leaves begins, each once, in the order of the wires."""
    into = [e.source for e in graph.edges if e.target.node in inner and e.source.node not in inner]
    out = [e.source for e in graph.edges if e.source.node in inner and e.target.node not in inner]
    feeding = {edge.source.node for edge in graph.edges}
    out += [End(id, "output") for id in inner if id not in feeding and graph.nodes[id].layer != OUTLET]
    return list(dict.fromkeys(into)), list(dict.fromkeys(out))


def _block(
    graph: Graph, name: str, inner: Mapping[str, Node], into: list[End], out: list[End]
) -> tuple[Block, dict[End, str], dict[End, str]]:
    """Draw the definition; return the port of each tensor that comes in and of each that leaves."""
    drawn = Graph(FrozenMap(inner))
    edges = [edge for edge in graph.edges if edge.source.node in inner and edge.target.node in inner]
    left, right = min(n.at[0] for n in inner.values()), max(n.at[0] for n in inner.values())
    entries, exits = {}, {}
    for end in into:
        fed = [edge for edge in graph.edges if edge.source == end and edge.target.node in inner]
        at = left - ASIDE, graph.nodes[fed[0].target.node].at[1]
        drawn, entries[end], id = _with_port(drawn, INLET, "x" if len(into) == 1 else graph.nodes[end.node].name, at)
        edges += [Edge(End(id, "output"), edge.target) for edge in fed]
    for end in out:
        at = right + ASIDE, graph.nodes[end.node].at[1]
        drawn, exits[end], id = _with_port(drawn, OUTLET, "y" if len(out) == 1 else graph.nodes[end.node].name, at)
        edges.append(Edge(end, End(id, "input")))
    return Block(name, replace(drawn, edges=tuple(edges))), entries, exits


def _with_port(graph: Graph, layer: str, stem: str, at: Point) -> tuple[Graph, str, str]:
    (id,) = graph.free_ids(1)
    name = graph.free_name(stem)
    return graph.with_node(Node(id, layer, name, at=at)), name, id


def _refuse_way_back(graph: Graph, inner: Collection[str]) -> None:
    """Raise GraphError where a way leads out of some nodes and into them again: the block would feed itself."""
    beyond = {e.target.node for e in graph.edges if e.source.node in inner and e.target.node not in inner}
    before = {e.source.node for e in graph.edges if e.target.node in inner and e.source.node not in inner}
    between = reachable(graph, beyond) & reachable(graph, before, upstream=True)
    for id in graph.nodes:
        if id in between and id not in inner:
            raise GraphError(
                "A block is left and not entered again", received=f"{title(graph.nodes[id])}, which lies between",
                hint="Select it too", node=id,
            )  # fmt: skip


def _refuse_shared(graph: Graph, inner: Mapping[str, Node]) -> None:
    for node in graph.nodes.values():
        if node.shares is not None and (node.id in inner) is not (node.shares in inner):
            raise GraphError(
                "Nodes that share a layer are in one block", node=node.id,
                received=f"{title(node)} without {title(graph.nodes[node.shares])}", hint="Select both",
            )  # fmt: skip


def _middle(nodes: Iterable[Node]) -> Point:
    places = [node.at for node in nodes]
    return round(sum(x for x, _ in places) / len(places)), round(sum(y for _, y in places) / len(places))


# -- ungroup


def ungrouped(graph: Graph, id: str, catalogue: Catalogue) -> tuple[Graph, frozenset[str]]:
    """Put the nodes of an instance, all units of a row, in its place; return their ids too.

    Blocks inside stay blocks. Formulas become the values that they have in this instance.

    Raises:
        EngineError: It is no instance, it shares the layers of another or another shares its, or it cannot be unfolded.
    """
    node = graph.node(id)
    block = block_of(node, graph.blocks)
    if block is None:
        raise GraphError("Only an instance of a block is ungrouped", received=title(node), node=id)
    if node.shares is not None or any(other.shares == id for other in graph.nodes.values()):
        raise GraphError("An instance that shares layers stays one", received=title(node), node=id)
    inside = opened(graph.with_node(replace(node, mode="")), id, catalogue)
    nodes = dict(zip((each.id for each in inside.nodes), _renewed(graph, node, inside.nodes), strict=True))
    made = graph.without([id]).with_nodes(nodes.values())
    edges = [edge for edge in graph.edges if id not in (edge.source.node, edge.target.node)]
    edges += [Edge(_at(nodes, edge.source), _at(nodes, edge.target)) for edge in inside.edges]
    for edge in graph.edges:
        if edge.target.node == id:
            edges += [Edge(edge.source, _at(nodes, end)) for end in inside.entries.get(edge.target.port, ())]
        elif edge.source.node == id and edge.source.port in inside.exits:
            edges.append(Edge(_at(nodes, inside.exits[edge.source.port]), edge.target))
    made = replace(made, edges=tuple(dict.fromkeys(edges)))
    ends = {each.id for old, each in nodes.items() if _is_end(old, block)}
    return _without_dots(made, ends), frozenset(each.id for each in nodes.values()) - ends


def _renewed(graph: Graph, node: Node, inside: Sequence[Node]) -> list[Node]:
    """The nodes of an instance with ids and names of the drawing that they come into, about the instance's place."""
    ids = dict(zip((each.id for each in inside), graph.free_ids(len(inside)), strict=True))
    taken = {other.name for other in graph.nodes.values()} - {node.name}
    left, top = min(each.at[0] for each in inside), min(each.at[1] for each in inside)
    made = []
    for each in inside:
        name = _free(each.name.replace(".", "_")[:NAME_LENGTH], taken)
        taken.add(name)
        at = node.at[0] + each.at[0] - left, node.at[1] + each.at[1] - top
        made.append(replace(each, id=ids[each.id], name=name, at=at, shares=each.shares and ids[each.shares]))
    return made


def _free(stem: str, taken: Collection[str]) -> str:
    names = chain([stem], (f"{stem}_{number}" for number in count(1)))
    return next(name for name in names if name not in taken)


def _at(nodes: Mapping[str, Node], end: End) -> End:
    return End(nodes[end.node].id, end.port)


def _is_end(flat: str, block: Block) -> bool:
    """Whether a node of an opened instance stood for a port of it."""
    node = block.graph.nodes.get(flat.rpartition("/")[2])
    return node is not None and node.layer in (INLET, OUTLET)


def _without_dots(graph: Graph, ids: Collection[str]) -> Graph:
    """Take dots away; their wires lead past them, in their places."""
    before = {edge.target.node: edge.source for edge in graph.edges if edge.target.node in ids}

    def source(end: End) -> End | None:
        while end.node in ids:
            if end.node not in before:
                return None
            end = before[end.node]
        return end

    past = ((source(edge.source), edge.target) for edge in graph.edges if edge.target.node not in ids)
    kept = [Edge(begin, end) for begin, end in past if begin is not None]
    return replace(graph.without(ids), edges=tuple(dict.fromkeys(kept)))


# -- parameters


def exposed(graph: Graph, block: str, id: str, parameter: ParameterSpec, value: Value, name: str = "") -> Graph:
    """Let instances of a block set a value of one of its nodes: it becomes a parameter, with the value as its default.

    Args:
        name: What the block calls it; the parameter's own name where nothing is said.

    Raises:
        GraphError: The name cannot be, or the block has a parameter of that name and of another kind.
    """
    name = check_identifier(name or parameter.name, "A parameter's name")
    found = graph.blocks[block]
    known = {each.name: each for each in found.parameters}
    if name in known and known[name].kind != parameter.kind:
        raise GraphError("The block has a parameter of that name and of another kind", received=repr(name))
    parameters = found.parameters
    if name not in known:
        parameters = (*parameters, BlockParameter(name, parameter.kind, value))
    inner = found.graph.with_value(id, parameter.name, Formula(name))
    return with_block(graph, replace(found, graph=inner, parameters=parameters))


def with_block(graph: Graph, block: Block) -> Graph:
    """Put a definition in the place of the one of its name: all its instances are others."""
    return replace(graph, blocks=graph.blocks.with_item(block.name, block))


def without_unused(graph: Graph) -> Graph:
    """Forget the blocks of which there is no instance, in the drawing or in another block that is kept."""
    wanted: set[str] = set()
    left = [*inner_blocks(graph.nodes)]
    while left:
        name = left.pop()
        if name in graph.blocks and name not in wanted:
            wanted.add(name)
            left += inner_blocks(graph.blocks[name].graph.nodes)
    kept = FrozenMap({name: block for name, block in graph.blocks.items() if name in wanted})
    return graph if len(kept) == len(graph.blocks) else replace(graph, blocks=kept)
