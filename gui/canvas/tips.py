"""What the canvas says of a node, a port or a wire under the mouse, and to a screen reader. Knows no view."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from html import escape
from typing import Final, TypeAlias

from engine import axes
from engine.graph import REROUTE, Edge, End, Frame, Node, Note, reachable
from engine.naming import reads
from engine.report import Problem, TensorSpec
from gui.canvas.faces import node_face
from gui.canvas.flows import BY_NAME, flow
from gui.canvas.known import Facts
from gui.canvas.overlay import Socket
from gui.facts import (
    count_words,
    mask_words,
    output_words,
    part_words,
    shape_words,
    sharing_words,
    spoken_words,
)

#: How a shape is spelled.
Spell: TypeAlias = Callable[[TensorSpec], str]
NEXT: Final = "\n"
_WORD = {"error": "Error", "warning": "Warning"}


def node_tip(facts: Facts, id: str) -> str:
    """Tell of a node: its problems first."""
    return _rich(_problem_words(facts.problems.get(id, ())), _node_words(facts, id))


def node_words(facts: Facts, id: str) -> str:
    """Tell of a node in one plain line, as it is read aloud."""
    return ". ".join([*_node_words(facts, id), *_problem_words(facts.problems.get(id, ()))])


def chosen_words(facts: Facts, ids: Collection[str], edges: Collection[Edge]) -> str:
    """Tell of what is selected as it is read aloud; empty where nothing is."""
    if len(ids) == 1 and next(iter(ids)) in facts.graph.nodes:
        return node_words(facts, next(iter(ids)))
    if not ids and len(edges) == 1:
        return wire_words(facts, next(iter(edges)))
    return f"{len(ids)} layers selected" if ids else f"{len(edges)} wires chosen" if edges else ""


def wire_words(facts: Facts, edge: Edge) -> str:
    """Tell of a wire in one plain line, as it is read aloud."""
    problems, words = _wire_words(facts, edge, spoken_words)
    return ". ".join([f"Wire {words[0].replace('→', 'to')}", *words[1:], *_problem_words(problems)])


def wire_tip(facts: Facts, edge: Edge) -> str:
    """Tell of a wire: what is wrong with it, its ends, and what it carries, with the axes by name."""
    problems, words = _wire_words(facts, edge, shape_words)
    return _rich(_problem_words(problems), words)


def _wire_words(facts: Facts, edge: Edge, spell: Spell) -> tuple[list[Problem], list[str]]:
    nodes, end = facts.graph.nodes, facts.meant.source(edge.source)
    source, target = nodes[end.node], nodes[edge.target.node]
    problems = [
        problem
        for problem in facts.problems.get(target.id, ())
        if problem.severity == "error" and source.id in problem.nodes[1:]
    ]
    ends = f"{source.name}{_port(end.port)} → {_called(target)}{_port(edge.target.port)}"
    if facts.idle(edge):
        return problems, [ends, "Nothing goes through it: an end of it does not take part"]
    spec = facts.carried(end)
    words = [ends]
    if spec is not None:
        kind = BY_NAME[flow(spec, edge.target.port)].words
        words += [f"{kind}: {_typed(spell(spec), spec)}", *mask_words(facts.graph, spec), *_others_words(facts, edge)]
        so_far = sum(facts.report.nodes[id].parameters for id in _before(facts, source.id))
        words.append(f"Parameters so far: {so_far:,}")
    return problems, words


def _others_words(facts: Facts, edge: Edge) -> list[str]:
    """Say where what is joined with a wire has other axes than it, for no error tells it: lengths may agree."""
    target = facts.graph.nodes[edge.target.node]
    known = facts.catalogue.known(target.layer)
    if known is None or known.axes not in axes.JOINING:
        return []
    mine = facts.carried(edge.source)
    found = []
    for other in facts.graph.into(target.id):
        spec = facts.carried(other.source)
        if mine is not None and spec is not None and axes.differing([mine.axes, spec.axes]):
            name = facts.graph.nodes[facts.meant.source(other.source).node].name
            here, there = axes.times(mine.axes), axes.times(spec.axes)
            found.append(f"Its axes are {here}, those from {name} {there}: {target.name} joins them all the same")
    return found


def link_tip(address: str) -> str:
    """Tell where a link of a note leads, and how it is followed."""
    shown = address if len(address) <= 120 else address[:120] + "…"
    return _rich([], [shown, "Ctrl+click asks whether to open it in the browser"]) if address else ""


def annotation_words(item: Frame | Note, inside: int) -> str:
    """Tell of a frame or a note in one plain line, as it is read aloud; `inside` lie in a frame."""
    if isinstance(item, Note):
        return f"Note: {' '.join(item.text[:400].split())}" if item.text else "Empty note"
    held = {0: "nothing lies in it", 1: "one thing lies in it"}.get(inside, f"{inside} things lie in it")
    return f"Frame {item.title or 'without a title'}, {held}"


def port_tip(facts: Facts, sockets: Sequence[Socket]) -> str:
    """Tell of a port: its name, and what comes out of it; of each of those that stand in one place."""
    return _rich([], [line for socket in sockets for line in _socket_words(facts, socket, alone=len(sockets) == 1)])


def _socket_words(facts: Facts, socket: Socket, *, alone: bool) -> list[str]:
    end, word = socket.end, "gives" if socket.output else "takes"
    node = facts.graph.nodes[end.node]
    shown = f"{_called(node)} {word} {end.port.replace('_', ' ')}"
    if socket.output:
        return [shown, *_shape_words(facts, facts.meant.source(end))]
    if alone:
        return [shown, *_read_words(facts, node, socket)]
    feeding = [facts.graph.nodes[edge.source.node] for edge in facts.graph.into(end.node) if edge.target == end]
    return [shown + (f" from {', '.join(_called(node) for node in feeding)}" if feeding else ", not wired yet")]


def _read_words(facts: Facts, node: Node, socket: Socket) -> list[str]:
    """Say what a port takes the axes of a sample for, where its layer has them so."""
    known = facts.catalogue.known(node.layer)
    if known is None or "mask" in socket.end.port or "state" in socket.end.port:
        return []
    meant = reads(facts.catalogue, known, facts.graph.nodes.get(node.shares or node.id, node).values)
    return [f"Reads {axes.times(meant)}"] if meant else []


def _node_words(facts: Facts, id: str) -> list[str]:
    node = facts.graph.nodes[id]
    if node.layer == REROUTE:
        return [*_dot_words(facts, node), *part_words(facts.meant.part(node))]
    words = [f"{node.name}: {node_face(facts, node).line}", *part_words(facts.meant.part(node))]
    found = facts.report.nodes.get(id)
    if found is not None and found.outputs:
        words += [f"{title}: {shape.replace(NEXT, '. ')}" for title, shape in output_words(facts.graph, found)]
        words.append(f"Parameters: {count_words(found.parameters, found.trainable)}")
    words += heat_words(facts, id)
    sharing, others = sharing_words(facts.graph, node)
    if sharing:
        words.append(f"{sharing} {', '.join(other.name for other in others)}")
    return words


def heat_words(facts: Facts, id: str) -> list[str]:
    """Tell exactly what colours a node, where a run tells it: of a block, how its layers make one."""
    heat = facts.heat
    if heat is None or not heat.is_live or not heat.words(id):
        return []
    joined = f", {heat.figure.joined_words}" if id in facts.inside else ""
    return [f"{heat.figure.title}: {heat.words(id)} at step {heat.step:,}{joined}"]


def _dot_words(facts: Facts, node: Node) -> list[str]:
    source = facts.meant.source(End(node.id, "output"))
    if source.node == node.id:
        return ["A dot that no wire leads to"]
    return [f"A dot on a wire from {facts.graph.nodes[source.node].name}", *_shape_words(facts, source)]


def _shape_words(facts: Facts, end: End) -> list[str]:
    """Spell what comes out of a port of the network, a line each; nothing where it is not known."""
    spec = facts.carried(end)
    return [] if spec is None else [_typed(shape_words(spec), spec), *mask_words(facts.graph, spec)]


def _typed(words: str, spec: TensorSpec) -> str:
    return words + (f", {spec.dtype}" if spec.dtype == "float32" else "")


def _before(facts: Facts, id: str) -> Iterable[str]:
    """A node and all that feeds it, as far as the report knows them."""
    return reachable(facts.meant.graph, [id], upstream=True) & frozenset(facts.report.nodes)


def _called(node: Node) -> str:
    return "a dot" if node.layer == REROUTE else node.name


def _port(port: str) -> str:
    return "" if port in ("input", "inputs", "output") else f" ({port.replace('_', ' ')})"


def _problem_words(problems: Iterable[Problem]) -> list[str]:
    return [f"{_WORD[problem.severity]}: {problem.sentence}" for problem in problems]


def _headed(words: str) -> str:
    """Set the word apart that says how bad a problem is; a whole sentence in bold is hard to read."""
    severity, _, sentence = words.partition(": ")
    return f"<b>{escape(severity)}</b>: {escape(sentence)}"


def _rich(problems: Iterable[str], words: Iterable[str]) -> str:
    """Spell paragraphs as rich text, which wraps where plain text would run on."""
    lines = [_headed(words) for words in problems] + [escape(words) for words in words]
    return "<p style='margin:0'>" + "<br>".join(lines) + "</p>"
