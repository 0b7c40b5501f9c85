"""All that can be said against a drawing without Keras: wires, names, values. Knows no shape, no Keras, no Qt.

Whether a recipe fits the drawing stands in `engine.fitting` and is asked for from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final, TypeAlias

from engine import nearest, waiting, wiring
from engine.catalogue import Catalogue, LayerSpec
from engine.drawing import Drawing, Layer, Site
from engine.errors import EngineError, GraphError
from engine.fitters import Join, Recast, TakeOut
from engine.fitting import recipe_problems as recipe_problems
from engine.graph import Edge, End, Graph, Node, check_name, cycle
from engine.kinds import ParameterSpec
from engine.mends import Cut, Drop, Mend, Remove, Rename, Set, sought
from engine.report import Problem
from engine.unfold import unfolded
from engine.values import Value
from engine.wiring import listed, title

#: The `parameter` of a problem with a node's name, which keeps no shape from being known.
NAME: Final = "name"
#: The action that helps where a layer comes from a file that is off.
LAYER_FILES: Final = "layer_files"
#: Arguments that take a list with gaps; any other list is given whole or not at all.
WITH_GAPS: Final = frozenset({"inputs", "mask"})


Rule: TypeAlias = Callable[[Drawing, Site], Iterator[Problem]]


def problems(graph: Graph, catalogue: Catalogue) -> tuple[Problem, ...]:
    """Say all that is wrong: of the whole drawing first, then of each node in the order of the wires, then warnings."""
    drawing = Drawing(graph, catalogue)
    return drawing.told(found(drawing))


def found(drawing: Drawing) -> list[Problem]:
    """Find what `problems` says; what would mend a problem is noted in the drawing."""
    if not drawing.graph.nodes:
        return [empty(drawing)]
    problems = [*of_the_whole(drawing)]
    for id in (*drawing.order.ids, *drawing.order.cyclic):
        problems += of_a_node(drawing, drawing.graph.nodes[id])
    return problems


def mends(drawing: Drawing, problem: Problem) -> tuple[Mend, ...]:
    """Return what might mend a problem that was found in a drawing, by whoever has read it."""
    node = drawing.graph.nodes.get(problem.nodes[0]) if problem.nodes else None
    for found in (of_the_whole(drawing), () if node is None else of_a_node(drawing, node)):
        if problem in [*found]:
            return sought(drawing.mends.get(problem, ()))
    return ()


def empty(drawing: Drawing) -> Problem:
    """Say why there is nothing to train: of a drawing that has no nodes."""
    if drawing.shown.nodes:
        return Problem("error", "Every layer is bypassed or disabled: nothing is left to train. Turn some on again.")
    return Problem("error", "The drawing is empty. Drag an InputLayer onto it, then a layer for it to feed.")


def stopped(problems: Iterable[Problem]) -> frozenset[str]:
    """Return the ids of the nodes on which a problem shows that keeps their shapes from being known."""
    return frozenset(p.nodes[0] for p in problems if p.severity == "error" and p.nodes and p.parameter != NAME)


# -- the whole drawing


def of_the_whole(drawing: Drawing) -> Iterator[Problem]:
    """Find what is wrong with no node by itself; of a drawing that has nodes."""
    for fault in unfolded(drawing.shown, drawing.catalogue).faults:
        yield Problem("error", fault.sentence, (fault.node,))
    if not any(not spec.inputs for spec in drawing.specs):
        problem = Problem("error", "The drawing has no input. Add an InputLayer and wire it to the first layer.")
        yield drawing.noted(problem, seek=partial(waiting.beginning, drawing))
    ids = cycle(drawing.graph) if drawing.order.cyclic else ()
    if ids:
        way = wiring.circle(drawing.graph, ids)
        sentence = f"The wires run in a circle: {way}. Remove one of them: data must flow one way."
        yield drawing.noted(Problem("error", sentence, ids), seek=partial(_cuts, drawing, ids))
    for id in sorted(drawing.dangling):
        yield Problem("error", f"A wire leads to a layer that is not there: {id}. Remove the wire.")


def _cuts(drawing: Drawing, ids: Sequence[str]) -> Iterator[Mend]:
    """The wires of a circle, the one drawn last first."""
    steps = set(zip(ids, (*ids[1:], ids[0]), strict=True))
    yield from (Cut(edge) for edge in reversed(drawing.graph.edges) if (edge.source.node, edge.target.node) in steps)


# -- one node


def of_a_node(drawing: Drawing, node: Node) -> Iterable[Problem]:
    """Find what is wrong with one node.

    Read are the node, those with its name, its wires and where they begin, whether it feeds any, and, of it and of
    those that feed it, the owner of a shared layer: `engine.reader` looks again where one of these has changed.
    """
    layer = drawing.layer(node)
    if layer is None:
        if node.layer in drawing.catalogue.absent:
            return (*_name(drawing, node), _elsewhere(drawing, node))
        return (*_name(drawing, node), drawing.noted(_unknown(node), seek=partial(_nearly, drawing, node)))
    if drawing.usual(node, layer):
        return () if drawing.sound(node, layer) else _of_the_values(drawing, node, layer)
    found = (*_name(drawing, node), *_sharing(drawing, node, layer.spec))
    if any(problem.parameter != NAME for problem in found):
        return found
    site = drawing.site(node, layer)
    return (*found, *(problem for rule in RULES for problem in rule(drawing, site)))


def _of_the_values(drawing: Drawing, node: Node, layer: Layer) -> tuple[Problem, ...]:
    """Find what is wrong with the values of a node that shares no layer; what is right need not be looked at again."""
    found = tuple(_values(drawing, drawing.site(node, layer)))
    if not found:
        drawing.note_sound(node)
    return found


def _elsewhere(drawing: Drawing, node: Node) -> Problem:
    """Say where a layer is that is known by name alone."""
    error = GraphError(f"{title(node)} {drawing.catalogue.absent[node.layer]}")
    return replace(_problem(error, node), action=LAYER_FILES)


def _unknown(node: Node) -> Problem:
    hint = "Put a layer from the palette in its place"
    return _problem(GraphError(f"{title(node)} is no layer that this version knows", hint=hint), node)


def _nearly(drawing: Drawing, node: Node) -> Iterator[Mend]:
    yield from (Recast(node.id, name) for name in nearest.layers(node.layer, drawing.catalogue))
    if drawing.into[node.id] and node.id in drawing.feeding:
        yield TakeOut(node.id)


def _name(drawing: Drawing, node: Node) -> Iterator[Problem]:
    try:
        check_name(node.name, node.id)
    except GraphError as error:
        yield _problem(error, node, parameter=NAME)
    others = drawing.names[node.name]
    if others[-1] == node.id and len(others) > 1:
        sentence = f"{len(others)} layers are named {node.name}: each needs a name of its own. Rename this one."
        yield drawing.noted(Problem("error", sentence, (node.id, *others[:-1]), NAME), Rename(node.id))


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
    node, known = site.node, site.layer.parameters
    for name, value in node.values.items():
        parameter = known.get(name)
        if parameter is None or (node.shares and not parameter.call):
            sentence = f"{site.title} has no parameter named {name!r}"[:120] + ". Remove it."
            yield drawing.noted(Problem("error", sentence, (node.id,), name), Drop(node.id, name))
            continue
        try:
            drawing.catalogue.check(parameter, value)
        except EngineError as error:
            problem = Problem("error", f"{site.title}: {error.sentence}", (node.id,), name)
            yield drawing.noted(problem, seek=partial(_nearest, site, parameter, value))
    for parameter in site.layer.required:
        if parameter.name not in node.values and (parameter.call or not node.shares):
            sentence = f"{site.title} needs {parameter.label}: {parameter.expectation}."
            problem = Problem("error", sentence, (node.id,), parameter.name)
            yield drawing.noted(problem, Set(node.id, parameter.name, parameter.initial))


def _nearest(site: Site, parameter: ParameterSpec, value: Value) -> Iterator[Mend]:
    yield from (Set(site.node.id, parameter.name, near) for near in nearest.values(parameter, value))


def _wires(drawing: Drawing, site: Site) -> Iterator[Problem]:
    """Wires that end where nothing is, begin where nothing is, or are one too many."""
    names = {port.name: port for port in site.ports}
    for edge in site.edges:
        giver = drawing.graph.nodes.get(edge.source.node)
        if edge.target.port not in names:
            remedy = f"Remove the wire{f' from {giver.name}' if giver else ''}"
            error = wiring.no_input(drawing.graph, drawing.catalogue, edge.target, remedy)
            yield drawing.noted(_problem(error, site.node, edge.source.node), Remove(edges=(edge,)))
        if giver is not None and drawing.lacks(edge.source):
            hint = wiring.no_output(drawing.graph, drawing.catalogue, edge.source).hint
            error = GraphError(f"{site.title} takes {edge.source.port} of {title(giver)}, which gives none", hint=hint)
            yield drawing.noted(_problem(error, site.node, giver.id), *_given(drawing, edge))
    if len(site.edges) < 2:
        return
    for name in wiring.repeated(edge.target.port for edge in site.edges):
        if name in names and not names[name].many:
            givers = drawing.givers(site, name)
            received = listed([drawing.graph.node(id).name for id in givers])
            hint = "Remove all wires but one"
            error = GraphError(f"{name} of {site.title} takes one wire", received=received, hint=hint)
            wires = [edge for edge in site.edges if edge.target.port == name]
            joins = (Join(End(site.node.id, name), layer) for layer in ("Concatenate", "Add"))
            removals = (Remove(edges=(wire,)) for wire in wires[:2])
            yield drawing.noted(_problem(error, site.node, *givers), *joins, *removals)


def _given(drawing: Drawing, edge: Edge) -> Iterator[Mend]:
    """What makes an end of a wire right that begins at no output."""
    spec = drawing.catalogue.layer(drawing.graph.node(edge.source.node).layer)
    for port in spec.outputs:
        if port.name == edge.source.port and port.when:
            yield Set(edge.source.node, port.when, True)
    yield Remove(edges=(edge,))


def _unwired(drawing: Drawing, site: Site) -> Iterator[Problem]:
    """Ports that wait for a wire."""
    wired = [edge.target.port for edge in site.edges]
    for port in site.ports:
        if port.optional or wired.count(port.name) > (1 if port.many else 0):
            continue
        if port.number and wired and drawing.holds(site.node, port.name):
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
            received = listed([f"{edge.target.port} from {drawing.called(edge)}" for edge in site.edges])
            hint = f"Wire a layer to {port.name}" + (", or set it" if port.number else "")
            error = GraphError(f"{port.name} of {site.title} has no wire", received=received, hint=hint)
        givers = [edge.source.node for edge in site.edges if edge.source.node in drawing.graph.nodes]
        problem = _problem(error, site.node, *givers)
        yield drawing.noted(problem, seek=partial(_fed, drawing, End(site.node.id, port.name), port.number))


def _fed(drawing: Drawing, end: End, number: bool) -> Iterator[Mend]:
    """What feeds a port: what feeds another port of the node, what leads nowhere yet; or the node goes."""
    if all(edge.target.port != end.port for edge in drawing.into[end.node]):
        yield from waiting.again(drawing, end.node, end.port)
    yield from waiting.wires(drawing, end)
    if number and drawing.into[end.node]:
        yield Set(end.node, end.port, 1.0)
    yield from waiting.less(drawing, end.node)


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
            halves = [edge for edge in site.edges if edge.target.port in row]
            error = GraphError(
                f"{site.title} takes its {argument.replace('_', ' ')} whole: {listed(row)}",
                received=listed([f"{edge.target.port} from {drawing.called(edge)}" for edge in halves]),
                hint=f"Wire {listed(absent)} too, or none of them",
            )
            givers = [edge.source.node for edge in halves if edge.source.node in drawing.graph.nodes]
            whole = [mend for name in absent for mend in waiting.again(drawing, site.node.id, name)]
            none = Remove(edges=tuple(halves))
            yield drawing.noted(_problem(error, site.node, *givers), *(whole if len(absent) == 1 else ()), none)


def _idle(drawing: Drawing, site: Site) -> Iterator[Problem]:
    if not site.layer.spec.inputs and site.node.id not in drawing.feeding:
        sentence = f"{site.title} feeds no layer and is left out of the model. Wire it to one, or delete it."
        yield drawing.noted(Problem("warning", sentence, (site.node.id,)), Remove((site.node.id,)))


#: In the order in which their problems are told.
RULES: Final[tuple[Rule, ...]] = (_values, _wires, _unwired, _halves, _idle)


def _problem(error: EngineError, node: Node, *others: str, parameter: str = "") -> Problem:
    return Problem("error", error.sentence, tuple(dict.fromkeys((node.id, *others))), parameter)
