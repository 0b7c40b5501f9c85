"""What is shown of a node and of a wire, as frozen values made from drawing and report. Knows no paint, no scene."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, TypeAlias

from engine import wiring
from engine.catalogue import Catalogue
from engine.errors import EngineError
from engine.graph import BLOCK, INLET, OUTLET, REROUTE, Edge, End, Node, Point
from engine.report import NodeReport, Problem, Severity, TensorSpec
from engine.resolve import Part
from engine.specs import PortSpec
from engine.ways import is_instance
from gui.canvas import measure
from gui.canvas.blockface import Line, layers, stack, under
from gui.canvas.flows import flow
from gui.canvas.known import Facts

#: Kinds whose own name says more than a person reads.
_SHORT: Final[Mapping[str, str]] = {"InputLayer": "Input", INLET: "Way in", OUTLET: "Way out"}
#: The groups of the ends of a network and of a block, of whatever group the catalogue has them.
_ENDS: Final[Mapping[str, str]] = {"InputLayer": "Input", INLET: "Input", OUTLET: "Output"}
_UNKNOWN: Final = "Unknown"
_NONE: Final[frozenset[str]] = frozenset()


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


Sockets: TypeAlias = tuple[PortFace, ...]


@dataclass(frozen=True, slots=True)
class Face:
    """All that is shown of a node, but for its place and whether it is selected.

    `flow` is the kind of data that goes through a dot. `stack` is how often the block of an instance stands in a row,
    0 for what is none; `under` are lines below its ports; what is `aside` hangs on a parameter that is not true here.
    """

    name: str
    kind: str
    group: str
    brief: str = ""
    count: str = ""
    inputs: Sockets = ()
    outputs: Sockets = ()
    badge: Severity | None = None
    shared: bool = False
    frozen: bool = False
    thumbnail: bool = False
    part: Part = ""
    colour: str = ""
    collapsed: bool = False
    dot: bool = False
    flow: str = ""
    heat: str = ""
    stack: int = 0
    under: tuple[Line, ...] = ()
    aside: bool = False

    @property
    def hue(self) -> str:
        """What it is coloured by: a figure's scale, a person's colour, its group, or for a dot what goes through it."""
        return self.heat or self.colour or (self.flow if self.dot else self.group)

    @property
    def line(self) -> str:
        return f"{self.kind} · {self.brief}" if self.brief else self.kind

    @property
    def rows(self) -> int:
        return self.port_rows + len(self.under)

    @property
    def port_rows(self) -> int:
        return 1 + max((port.row for port in (*self.inputs, *self.outputs)), default=-1)

    @property
    def times(self) -> str:
        """How often a block stands in a row, in figures; empty where it stands alone."""
        return f"×{self.stack}" if self.stack > 1 else ""

    @property
    def width(self) -> float:
        return measure.DOT if self.dot else measure.WIDTH

    @property
    def height(self) -> float:
        if self.dot:
            return measure.DOT
        return measure.SLIM if self.collapsed else measure.height(self.rows, self.thumbnail)

    def side(self, *, output: bool) -> float:
        """How far across a wire leaves or reaches it: at an edge, in the middle of a dot."""
        return self.width / 2 if self.dot else self.width if output else 0.0

    @property
    def shape(self) -> tuple[object, ...]:
        """All by which it is as large as it is and its ports stand where they do."""
        return self.inputs, self.outputs, self.dot, self.collapsed, self.thumbnail, len(self.under)

    @property
    def middle(self) -> float:
        """How far below its top a chain's wire goes through it."""
        return measure.row_y(measure.AT_DOT if self.dot else measure.AT_SLIM if self.collapsed else measure.AT_HEAD)

    def port(self, name: str, *, output: bool) -> PortFace | None:
        for port in self.outputs if output else self.inputs:
            if port.name == name:
                return port
        return None


@dataclass(frozen=True, slots=True)
class WireFace:
    """What is shown of a wire: the shape it carries, whether a problem lies on it, what kind of data it carries.

    The label is empty where the shape is unknown, or shown on the wire before; `masked` says that padding is marked in
    what it carries. An `idle` wire leads from or to what
    is left out, or into a bypassed node that passes another one on.
    """

    label: str = ""
    broken: bool = False
    flow: str = ""
    idle: bool = False
    masked: bool = False


def node_face(facts: Facts, node: Node, *, thumbnail: bool = False, opened: bool = False) -> Face:
    """Make the face of a node; an `opened` one shows all its ports, the ones that may stay unwired too."""
    if node.layer == REROUTE:
        return _dot(facts, node)
    face = _whole_face(facts, node, thumbnail, opened)
    return _collapsed(face) if node.collapsed and not opened else face


def _dot(facts: Facts, node: Node) -> Face:
    spec = facts.carried(End(node.id, "output"))
    return Face(
        name=node.name, kind="Dot", group=_UNKNOWN, part=facts.meant.part(node), colour=node.colour, dot=True,
        inputs=(PortFace("input", measure.AT_DOT, ""),), outputs=(PortFace("output", measure.AT_DOT, ""),),
        flow=flow(spec),
    )  # fmt: skip


def _collapsed(face: Face) -> Face:
    """One line of a node: all wires end in the middle of its two ends."""
    inputs, outputs = (
        tuple(replace(port, row=measure.AT_SLIM, label="") for port in ports) for ports in (face.inputs, face.outputs)
    )
    return replace(face, inputs=inputs, outputs=outputs, collapsed=True, thumbnail=False, under=())


def _whole_face(facts: Facts, node: Node, thumbnail: bool, opened: bool) -> Face:
    found = facts.report.nodes.get(node.id)
    group, brief, inputs, outputs, frozen = _meant(facts, node, opened)
    return Face(
        name=node.name,
        kind=_SHORT.get(node.layer, node.layer.removeprefix(BLOCK)),
        group=group,
        brief=layers(facts, node) if is_instance(node) else brief,
        count=_figure(facts, node, found),
        inputs=inputs,
        outputs=outputs,
        badge=_worst(facts.problems.get(node.id, ())),
        shared=node.shares is not None or node.id in facts.sharers,
        frozen=frozen,
        thumbnail=thumbnail,
        part=facts.meant.part(node),
        colour=node.colour,
        heat=facts.heat.hue(node.id) if facts.heat is not None else "",
        stack=stack(node) if is_instance(node) else 0,
        under=tuple(under(facts, node, brief)),
        aside=node.id in facts.aside,
    )


def _figure(facts: Facts, node: Node, found: NodeReport | None) -> str:
    """What stands at the right of the head: the figure that colours the drawing, else the parameters."""
    if facts.heat is not None:
        return facts.heat.short(node.id)
    return short_count(found.parameters) if found is not None and found.parameters else ""


def _meant(facts: Facts, node: Node, opened: bool) -> tuple[str, str, Sockets, Sockets, bool]:
    """What the catalogue makes of a node: its group, its brief, its ports, and whether its weights are frozen."""
    into, out = facts.wired_in.get(node.id, _NONE), facts.wired_out.get(node.id, _NONE)
    try:
        called = node if node.shares is None else wiring.whole(facts.graph, facts.catalogue, node.id)
        spec = facts.catalogue.layer(node.layer)
        inputs, outputs = facts.catalogue.inputs(called), facts.catalogue.outputs(called)
        wired = into & called.values.keys() if spec.operation else _NONE  # a tensor stands in the place of a number
        brief = facts.catalogue.brief(replace(called, values=called.values.without(*wired)) if wired else called)
    except EngineError:
        # A layer or value that this catalogue lacks still shows, with the ports that its wires need.
        return _UNKNOWN, "", _placed(_ports(into), into, True), _placed(_ports(out), out, True), False
    group = _ENDS.get(node.layer, spec.group)
    frozen = called.values.get("trainable") is False
    return group, brief, _placed(inputs, into, opened), _placed(outputs, out, True), frozen


def unwired_size(catalogue: Catalogue, node: Node) -> Point:
    """Return how large a node is that no wire leads to or from."""
    inputs, outputs = catalogue.inputs(node), catalogue.outputs(node)
    face = Face("", "", "", inputs=_placed(inputs, _NONE, False), outputs=_placed(outputs, _NONE, True))
    return face.width, face.height


def wire_face(facts: Facts, edge: Edge, loose: bool = False) -> WireFace:
    """Make the face of a wire; a `loose` one ends at a port that its node no longer has."""
    spec = facts.carried(edge.source)
    told = spec is not None and facts.graph.nodes[edge.source.node].layer != REROUTE
    broken, idle = loose or facts.broken(edge), facts.idle(edge)
    return _wire_face(spec, edge.target.port, told, broken, idle)


@lru_cache(4096)
def _wire_face(spec: TensorSpec | None, port: str, told: bool, broken: bool, idle: bool) -> WireFace:
    """Many wires look alike: they have one face."""
    label, masked = (spec.label, bool(spec.masks)) if spec is not None else ("", False)
    return WireFace(label if told else "", broken, flow(spec, port), idle, masked)


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
def _placed(ports: tuple[PortSpec, ...], wired: frozenset[str], opened: bool) -> Sockets:
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


def _worst(problems: Collection[Problem]) -> Severity | None:
    if not problems:
        return None
    severities = {problem.severity for problem in problems}
    return "error" if "error" in severities else "warning" if severities else None
