"""What is shown of a node and of a wire, as frozen values made from drawing and report. Knows no paint, no scene."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from engine import wiring
from engine.catalogue import Catalogue
from engine.errors import EngineError
from engine.graph import Edge, End, Graph, Node
from engine.report import Problem, Report, Severity
from engine.specs import PortSpec
from gui.canvas import measure

#: Kinds whose own name says more than a person reads.
_SHORT: Final[Mapping[str, str]] = {"InputLayer": "Input"}
_UNKNOWN: Final = "Unknown"


@dataclass(frozen=True, slots=True)
class PortFace:
    """A port as shown: `row` is its line below the head (-1: the head's own), `label` empty where none is needed."""

    name: str
    row: int
    label: str
    many: bool = False
    optional: bool = False

    @property
    def y(self) -> float:
        return measure.row_y(self.row)


@dataclass(frozen=True, slots=True)
class Face:
    """All that is shown of a node, but for its place and whether it is selected."""

    name: str
    kind: str
    group: str
    brief: str = ""
    count: str = ""
    inputs: tuple[PortFace, ...] = ()
    outputs: tuple[PortFace, ...] = ()
    badge: Severity | None = None
    shared: bool = False
    frozen: bool = False
    thumbnail: bool = False

    @property
    def line(self) -> str:
        return f"{self.kind} · {self.brief}" if self.brief else self.kind

    @property
    def rows(self) -> int:
        return 1 + max((port.row for port in (*self.inputs, *self.outputs)), default=-1)

    @property
    def height(self) -> float:
        return measure.height(self.rows, self.thumbnail)

    def port(self, name: str, *, output: bool) -> PortFace | None:
        return next((port for port in (self.outputs if output else self.inputs) if port.name == name), None)


@dataclass(frozen=True, slots=True)
class WireFace:
    """What is shown of a wire: the shape it carries, empty where unknown, and whether a problem lies on it."""

    label: str = ""
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """All that faces are made from, indexed once for a whole drawing."""

    graph: Graph
    catalogue: Catalogue
    report: Report
    problems: Mapping[str, tuple[Problem, ...]]
    bad_pairs: frozenset[tuple[str, str]]
    wired_in: Mapping[str, frozenset[str]]
    wired_out: Mapping[str, frozenset[str]]
    sharers: frozenset[str]

    @staticmethod
    def of(
        graph: Graph, catalogue: Catalogue, report: Report, problems: Iterable[Problem], before: Facts | None = None
    ) -> Facts:
        """Index a drawing; what `before` knows of the very same wires is taken from there."""
        shown = tuple(dict.fromkeys(problems))
        if before is not None and before.graph.edges is graph.edges:
            into, out = before.wired_in, before.wired_out
        else:
            into = _ports_of(edge.target for edge in graph.edges)
            out = _ports_of(edge.source for edge in graph.edges)
        return Facts(
            graph, catalogue, report, _by_node(shown), _pairs(shown), into, out,
            frozenset(node.shares for node in graph.nodes.values() if node.shares is not None),
        )  # fmt: skip


def node_face(facts: Facts, node: Node, *, thumbnail: bool = False, opened: bool = False) -> Face:
    """Make the face of a node; `opened` shows the ports that may stay unwired too."""
    found = facts.report.nodes.get(node.id)
    face = Face(
        name=node.name,
        kind=_SHORT.get(node.layer, node.layer),
        group=_UNKNOWN,
        count=short_count(found.parameters) if found is not None and found.parameters else "",
        badge=_worst(facts.problems.get(node.id, ())),
        shared=node.shares is not None or node.id in facts.sharers,
        thumbnail=thumbnail,
    )
    into, out = facts.wired_in.get(node.id, frozenset()), facts.wired_out.get(node.id, frozenset())
    try:
        called = wiring.whole(facts.graph, facts.catalogue, node.id)
        spec = facts.catalogue.layer(node.layer)
        inputs, outputs = facts.catalogue.inputs(called), facts.catalogue.outputs(called)
        brief = facts.catalogue.brief(called)
    except EngineError:
        # A layer or value that this catalogue lacks still shows, with the ports that its wires need.
        return replace(face, inputs=_placed(_ports(into), into, True), outputs=_placed(_ports(out), out, True))
    return replace(
        face,
        group="Input" if node.layer == "InputLayer" else spec.group,
        brief=brief,
        inputs=_placed(inputs, into, opened),
        outputs=_placed(outputs, out, True),
        frozen=called.values.get("trainable") is False,
    )


def wire_face(facts: Facts, edge: Edge, *, loose: bool = False) -> WireFace:
    """Make the face of a wire; a `loose` one ends at a port that its node no longer has."""
    found = facts.report.nodes.get(edge.source.node)
    spec = found.outputs.get(edge.source.port) if found is not None else None
    broken = loose or (edge.source.node, edge.target.node) in facts.bad_pairs
    return WireFace(spec.label if spec is not None else "", broken)


def short_count(count: int) -> str:
    """Spell a number of parameters in at most four figures: `320`, `18.5k`, `1.3M`."""
    if count < 1000:
        return str(count)
    for size, letter in ((1e3, "k"), (1e6, "M"), (1e9, "G")):
        amount = count / size
        if amount < 99.95:
            return f"{amount:.1f}{letter}".replace(".0", "")
        if amount < 999.5:
            return f"{amount:.0f}{letter}"
    return f"{count / 1e12:.1f}T"


@lru_cache(4096)
def _placed(ports: tuple[PortSpec, ...], wired: frozenset[str], opened: bool) -> tuple[PortFace, ...]:
    """Give the shown ports their lines: a lone needed port stands at the head, several stand below with names."""
    shown = [port for port in ports if opened or not port.optional or port.name in wired]
    needed = sum(not port.optional for port in shown)
    at_head = needed == 1 or (needed > 1 and all(not port.argument for port in shown))
    faces: list[PortFace] = []
    row = -1 if at_head else 0
    for port in sorted(shown, key=lambda port: port.optional):
        label = "" if row < 0 else port.name.replace("_", " ")
        faces.append(PortFace(port.name, row, label, port.many, port.optional))
        row += 1
    return tuple(faces)


def _ports(names: Iterable[str]) -> tuple[PortSpec, ...]:
    return tuple(PortSpec(name) for name in sorted(names))


def _by_node(problems: Iterable[Problem]) -> dict[str, tuple[Problem, ...]]:
    found: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        for id in problem.nodes[:1]:
            found[id].append(problem)
    return {id: tuple(items) for id, items in found.items()}


def _pairs(problems: Iterable[Problem]) -> frozenset[tuple[str, str]]:
    """The pairs of nodes, feeding and fed, between which an error lies."""
    return frozenset(
        (other, problem.nodes[0]) for problem in problems if problem.severity == "error" for other in problem.nodes[1:]
    )


def _ports_of(ends: Iterable[End]) -> Mapping[str, frozenset[str]]:
    """The ports of each node among some ends."""
    alone: dict[str, frozenset[str]] = {}
    found: dict[str, frozenset[str]] = {}
    for end in ends:
        port = alone.get(end.port) or alone.setdefault(end.port, frozenset({end.port}))
        found[end.node] = found[end.node] | port if end.node in found else port
    return found


def _worst(problems: Iterable[Problem]) -> Severity | None:
    severities = {problem.severity for problem in problems}
    return "error" if "error" in severities else "warning" if severities else None
