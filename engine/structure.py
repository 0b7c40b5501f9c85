"""All that can be said against a drawing without Keras: wires, names, values. Knows no shape, no Keras, no Qt.

Whether a recipe fits the drawing stands in `engine.fitting` and is asked for from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, TypeAlias

from engine import wiring
from engine.catalogue import Catalogue, LayerSpec, PortSpec
from engine.errors import EngineError, GraphError
from engine.fitting import recipe_problems as recipe_problems
from engine.graph import Edge, End, Graph, Node, Order, check_name, cycle, order
from engine.report import Problem
from engine.wiring import listed, title

#: The `parameter` of a problem with a node's name, which keeps no shape from being known.
NAME: Final = "name"
#: Arguments that take a list with gaps; any other list is given whole or not at all.
WITH_GAPS: Final = frozenset({"inputs", "mask"})


@dataclass(frozen=True)
class Drawing:
    """A graph and what its rules read of it again and again."""

    graph: Graph
    catalogue: Catalogue
    order: Order = field(init=False)
    into: Mapping[str, list[Edge]] = field(init=False)
    feeding: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        into: dict[str, list[Edge]] = {id: [] for id in self.graph.nodes}
        for edge in self.graph.edges:
            into.setdefault(edge.target.node, []).append(edge)
        object.__setattr__(self, "into", into)
        object.__setattr__(self, "order", order(self.graph))
        object.__setattr__(self, "feeding", frozenset(edge.source.node for edge in self.graph.edges))

    @cached_property
    def names(self) -> Mapping[str, list[str]]:
        """The ids of the nodes that bear each name."""
        names: dict[str, list[str]] = {}
        for node in self.graph.nodes.values():
            names.setdefault(node.name, []).append(node.id)
        return names

    def spec(self, id: str) -> LayerSpec | None:
        return self.catalogue.layers.get(self.graph.node(id).layer)

    def givers(self, site: Site, port: str) -> list[str]:
        """The ids of the nodes that a port has wires from, in order."""
        sources = [edge.source.node for edge in site.edges if edge.target.port == port]
        return [id for id in sources if id in self.graph.nodes]

    def lacks(self, end: End) -> bool:
        """Whether a node whose outputs are known has none of that name."""
        node, spec = self.graph.node(end.node), self.spec(end.node)
        if spec is None or (node.shares is not None and node.shares not in self.graph.nodes):
            return False
        if spec.outputs and spec.outputs[0] == PortSpec(end.port):
            return False  # the port that every layer has, and nearly every wire begins at
        return all(port.name != end.port for port in wiring.outputs(self.graph, self.catalogue, end.node))


@dataclass(frozen=True, slots=True)
class Site:
    """A node of a known layer, with its ports and the wires into it."""

    node: Node
    spec: LayerSpec
    ports: tuple[PortSpec, ...]
    edges: list[Edge]

    @property
    def title(self) -> str:
        return title(self.node)


Rule: TypeAlias = Callable[[Drawing, Site], Iterator[Problem]]


def problems(graph: Graph, catalogue: Catalogue) -> tuple[Problem, ...]:
    """Say all that is wrong: of the whole drawing first, then of each node in the order of the wires, then warnings."""
    if not graph.nodes:
        return (Problem("error", "The drawing is empty. Drag an InputLayer onto it, then a layer for it to feed."),)
    drawing = Drawing(graph, catalogue)
    found = [*_of_the_whole(drawing)]
    for id in (*drawing.order.ids, *drawing.order.cyclic):
        found += _of_a_node(drawing, graph.node(id))
    return tuple(sorted(found, key=lambda problem: problem.severity == "warning"))


def stopped(problems: Iterable[Problem]) -> frozenset[str]:
    """Return the ids of the nodes on which a problem shows that keeps their shapes from being known."""
    return frozenset(p.nodes[0] for p in problems if p.severity == "error" and p.nodes and p.parameter != NAME)


# -- the whole drawing


def _of_the_whole(drawing: Drawing) -> Iterator[Problem]:
    if not any(spec is not None and not spec.inputs for spec in map(drawing.spec, drawing.graph.nodes)):
        yield Problem("error", "The drawing has no input. Add an InputLayer and wire it to the first layer.")
    ids = cycle(drawing.graph)
    if ids:
        way = wiring.circle(drawing.graph, ids)
        yield Problem("error", f"The wires run in a circle: {way}. Remove one of them: data must flow one way.", ids)
    for id in sorted({end.node for edge in drawing.graph.edges for end in (edge.source, edge.target)}):
        if id not in drawing.graph.nodes:
            yield Problem("error", f"A wire leads to a layer that is not there: {id}. Remove the wire.")


# -- one node


def _of_a_node(drawing: Drawing, node: Node) -> Iterator[Problem]:
    yield from _name(drawing, node)
    spec = drawing.spec(node.id)
    if spec is None:
        error = GraphError(
            f"{title(node)} is no layer that this version knows", hint="Put a layer from the palette in its place"
        )
        yield _problem(error, node)
        return
    sharing = list(_sharing(drawing, node, spec))
    yield from sharing
    if not sharing:
        site = Site(node, spec, drawing.catalogue.inputs(node), drawing.into[node.id])
        for rule in RULES:
            yield from rule(drawing, site)


def _name(drawing: Drawing, node: Node) -> Iterator[Problem]:
    try:
        check_name(node.name, node.id)
    except GraphError as error:
        yield _problem(error, node, parameter=NAME)
    others = drawing.names[node.name]
    if others[-1] == node.id and len(others) > 1:
        sentence = f"{len(others)} layers are named {node.name}: each needs a name of its own. Rename this one."
        yield Problem("error", sentence, (node.id, *others[:-1]), NAME)


def _sharing(drawing: Drawing, node: Node, spec: LayerSpec) -> Iterator[Problem]:
    if node.shares is None:
        return
    owner = drawing.graph.nodes.get(node.shares)
    hint = "Put a layer from the palette in its place"
    if owner is None:
        yield _problem(GraphError(f"{title(node)} calls the layer of a node that is gone", hint=hint), node)
    elif owner.shares is not None or owner.layer != node.layer or not spec.inputs:
        error = GraphError(f"{title(node)} cannot call the layer of {title(owner)} again", hint=hint)
        yield _problem(error, node, owner.id)


def _values(drawing: Drawing, site: Site) -> Iterator[Problem]:
    node, values = site.node, site.node.values
    left = len(values)
    for parameter in site.spec.parameters:
        if node.shares and not parameter.call:
            continue
        if parameter.name in values:
            left -= 1
            try:
                drawing.catalogue.check(parameter, values[parameter.name])
            except EngineError as error:
                yield Problem("error", f"{site.title}: {error.sentence}", (node.id,), parameter.name)
        elif parameter.required:
            sentence = f"{site.title} needs {parameter.label}: {parameter.expectation}."
            yield Problem("error", sentence, (node.id,), parameter.name)
    if left:
        known = {parameter.name for parameter in site.spec.parameters if parameter.call or not node.shares}
        for name in values.keys() - known:
            sentence = f"{site.title} has no parameter named {name!r}"[:120] + ". Remove it."
            yield Problem("error", sentence, (node.id,), name)


def _wires(drawing: Drawing, site: Site) -> Iterator[Problem]:
    """Wires that end where nothing is, begin where nothing is, or are one too many."""
    names = {port.name: port for port in site.ports}
    for edge in site.edges:
        giver = drawing.graph.nodes.get(edge.source.node)
        if edge.target.port not in names:
            remedy = f"Remove the wire{f' from {giver.name}' if giver else ''}"
            error = wiring.no_input(drawing.graph, drawing.catalogue, edge.target, remedy)
            yield _problem(error, site.node, edge.source.node)
        if giver is not None and drawing.lacks(edge.source):
            yield _problem(wiring.no_output(drawing.graph, drawing.catalogue, edge.source), site.node, giver.id)
    if len(site.edges) < 2:
        return
    for name in wiring.repeated(edge.target.port for edge in site.edges):
        if name in names and not names[name].many:
            givers = drawing.givers(site, name)
            received = listed([drawing.graph.node(id).name for id in givers])
            hint = "Remove all wires but one"
            error = GraphError(f"{name} of {site.title} takes one wire", received=received, hint=hint)
            yield _problem(error, site.node, *givers)


def _unwired(drawing: Drawing, site: Site) -> Iterator[Problem]:
    """Ports that wait for a wire."""
    wired = [edge.target.port for edge in site.edges]
    for port in site.ports:
        if port.optional or wired.count(port.name) > (1 if port.many else 0):
            continue
        if port.many:
            names = [drawing.graph.node(id).name for id in drawing.givers(site, port.name)]
            error = GraphError(
                f"{site.title} joins at least two wires", received=listed(names) if names else "none",
                hint="Wire another layer to it, or take it out",
            )  # fmt: skip
        elif sum(not port.optional for port in site.ports) == 1:
            error = GraphError(f"{site.title} has no input", hint="Wire a layer to it")
        else:
            error = GraphError(f"{port.name} of {site.title} has no wire", hint=f"Wire a layer to {port.name}")
        yield _problem(error, site.node)


def _halves(drawing: Drawing, site: Site) -> Iterator[Problem]:
    """Optional ports that make up one list, of which some are wired and some are not."""
    rows: dict[str, list[str]] = {}
    for port in site.ports:
        if port.index is not None and port.argument not in WITH_GAPS:
            rows.setdefault(port.argument, []).append(port.name)
    wired = {edge.target.port for edge in site.edges} if rows else set()
    for argument, row in rows.items():
        absent = [name for name in row if name not in wired]
        if absent and len(absent) < len(row):
            error = GraphError(
                f"{site.title} takes its {argument.replace('_', ' ')} whole: {listed(row)}",
                received=listed([name for name in row if name in wired]),
                hint=f"Wire {listed(absent)} too, or none of them",
            )
            yield _problem(error, site.node)


def _idle(drawing: Drawing, site: Site) -> Iterator[Problem]:
    if not site.spec.inputs and site.node.id not in drawing.feeding:
        sentence = f"{site.title} feeds no layer and is left out of the model. Wire it to one, or delete it."
        yield Problem("warning", sentence, (site.node.id,))


#: In the order in which their problems are told.
RULES: Final[tuple[Rule, ...]] = (_values, _wires, _unwired, _halves, _idle)


def _problem(error: EngineError, node: Node, *others: str, parameter: str = "") -> Problem:
    return Problem("error", error.sentence, tuple(dict.fromkeys((node.id, *others))), parameter)


def with_problems(problems: Iterable[Problem], more: Iterable[Problem]) -> tuple[Problem, ...]:
    """Join problems, errors before warnings, each once."""
    return tuple(sorted(dict.fromkeys((*problems, *more)), key=lambda problem: problem.severity == "warning"))
