"""Mends of nodes that stand in blocks: an edit of the definition, or of the instance that says the value. No Keras."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from engine import entering
from engine.catalogue import Catalogue
from engine.entering import Step, Steps
from engine.errors import EngineError, GraphError
from engine.graph import Edge, End, Graph
from engine.mends import Mend, Set, Together
from engine.values import Formula
from engine.ways import inlets, outlets

#: The fields of mends that hold a node's id, where they are texts.
IDS: Final = ("node", "source", "nodes")
Inner = tuple[Steps, str]


def possible(mend: Mend, graph: Graph, catalogue: Catalogue) -> tuple[str, Graph] | None:
    """Return a mend's title and the drawing after it; None where it cannot be."""
    try:
        if is_inner(mend):
            return made(mend, graph, catalogue)
        return mend.title(graph), mend.mended(graph, catalogue)
    except EngineError:
        return None


def ids(mend: Mend) -> Iterator[str]:
    """Yield the ids of the nodes that a mend speaks of."""
    for name, value in _parts(mend):
        yield from _ids(name, value)


def made(mend: Mend, graph: Graph, catalogue: Catalogue) -> tuple[str, Graph]:
    """Return a mend's title and the outermost drawing after it, where it speaks of nodes of the flat one.

    Raises:
        EngineError: It cannot be.
    """
    if isinstance(mend, Together):
        raise GraphError("Mends within blocks are made one by one", received="several")
    ways = {id: entering.way(graph, id) for id in ids(mend)}
    steps = _common([way for way, _ in ways.values()])
    inner, steps = _at_instance(mend, graph, ways, steps) or (_moved(mend, graph, ways, len(steps)), steps)
    known, seen = catalogue.with_blocks(graph.blocks), entering.shown(graph, steps)
    title, after = inner.title(seen), inner.mended(seen, known)
    entering.check_no_circle(graph, steps, after)
    where = f" in the block {steps[-1].block}" if steps else ""
    return title + where, entering.with_shown(graph, steps, after)


def _common(ways: Sequence[Steps]) -> Steps:
    """The steps that all ways begin with, whichever unit of a row they lead to."""
    common: Steps = ()
    for column in zip(*ways, strict=False):
        here = {(step.instance, step.block) for step in column}
        if len(here) > 1:
            break
        common = (*common, Step(*here.pop()))
    return common


def _at_instance(mend: Mend, graph: Graph, ways: dict[str, Inner], steps: Steps) -> tuple[Mend, Steps] | None:
    """A value that the block hands on as it is given: it is set where the instance says it."""
    if not isinstance(mend, Set) or not steps:
        return None
    held = entering.shown(graph, steps).node(ways[mend.node][1]).values.get(mend.name)
    block = graph.blocks[steps[-1].block]
    if not isinstance(held, Formula) or all(held.text != parameter.name for parameter in block.parameters):
        return None
    outer = Set(steps[-1].instance, held.text, mend.value)
    return _at_instance(outer, graph, {outer.node: (steps[:-1], outer.node)}, steps[:-1]) or (outer, steps[:-1])


def _moved(mend: Mend, graph: Graph, ways: dict[str, Inner], deep: int) -> Mend:
    """Let a mend speak of the drawing so many blocks deep: what is deeper is an instance there, with its ports."""
    changed: dict[str, Any] = {name: _there(name, value, graph, ways, deep) for name, value in _parts(mend)}
    moved: Mend = replace(mend, **changed)  # type: ignore[type-var]  # every mend is a dataclass
    return moved


def _parts(mend: Mend) -> Iterator[tuple[str, Any]]:
    if is_dataclass(mend):
        for each in fields(mend):
            yield each.name, getattr(mend, each.name)


def _ids(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, End):
        yield value.node
    elif isinstance(value, Edge):
        yield from (value.source.node, value.target.node)
    elif isinstance(value, str) and name in IDS:
        yield value
    elif isinstance(value, tuple) and name in (*IDS, "edges"):
        for item in value:
            yield from _ids(name, item)


def _there(name: str, value: Any, graph: Graph, ways: dict[str, Inner], deep: int) -> Any:
    if isinstance(value, End):
        return _end(value, graph, ways, deep, output=name == "source")
    if isinstance(value, Edge):
        return Edge(
            _end(value.source, graph, ways, deep, output=True), _end(value.target, graph, ways, deep, output=False)
        )
    if isinstance(value, str) and name in IDS:
        return _id(value, ways, deep)
    if isinstance(value, tuple) and name in (*IDS, "edges"):
        return tuple(_there(name, item, graph, ways, deep) for item in value)
    return value


def _id(id: str, ways: dict[str, Inner], deep: int) -> str:
    steps, inner = ways[id]
    return steps[deep].instance if len(steps) > deep else inner


def _end(end: End, graph: Graph, ways: dict[str, Inner], deep: int, *, output: bool) -> End:
    """The port, in the drawing so many blocks deep, by which a port is reached."""
    steps, id = ways[end.node]
    port = end.port
    for step in reversed(steps[deep:]):
        id, port = step.instance, _port(graph, step, End(id, port), output=output)
    return End(id, port)


def _port(graph: Graph, step: Step, end: End, *, output: bool) -> str:
    """The port of an instance that leads to a port inside, or comes from one."""
    block = graph.blocks[step.block]
    names = {node.id: node.name for node in (outlets(block) if output else inlets(block))}
    for edge in block.graph.edges:
        here, there = (edge.source, edge.target) if output else (edge.target, edge.source)
        if here == end and there.node in names:
            return names[there.node]
    raise GraphError("The wire leads to a port of the block", received="none that does", node=step.instance)


def is_inner(mend: Mend) -> bool:
    """Whether a mend speaks of a node that stands in a block."""
    return any("/" in id for id in ids(mend))
