"""The catalogue: which layers there are, their parameters and ports. Reads resources/layers.json; knows no Keras."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from engine.errors import EngineError, ValueProblem
from engine.graph import Graph, Node, Point
from engine.kinds import PARTS, ParameterSpec, spell
from engine.values import FrozenMap, Json, Part, Value

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
#: The kinds of Keras object beside layers, as keys of layers.json.
PART_KINDS = ("initializer", "regularizer", "constraint", "optimizer", "schedule", "loss", "metric")


@dataclass(frozen=True, slots=True)
class PortSpec:
    """Where a wire may end.

    Attributes:
        name: Shown, and written in the file.
        argument: The argument of the layer's call that the tensor goes into; for an output, empty.
        index: Its place where that argument takes a list of named tensors, else None.
        many: It takes any number of wires, in order, as one list.
        optional: The layer can be called without it.
        when: The parameter that must be true for the port to exist; empty where it always does.
    """

    name: str
    argument: str = ""
    index: int | None = None
    many: bool = False
    optional: bool = False
    when: str = ""


@dataclass(frozen=True, slots=True)
class PartSpec:
    """A Keras object that a parameter or a recipe can hold: Adam, L2, GlorotUniform, Huber."""

    name: str
    kind: str
    summary: str = ""
    parameters: tuple[ParameterSpec, ...] = ()

    def parameter(self, name: str) -> ParameterSpec:
        return _find(self.parameters, name, self.name)


@dataclass(frozen=True, slots=True)
class LayerSpec:
    """A layer as the palette, the inspector, the checker and the export see it.

    Attributes:
        name: The public Keras name (`keras.layers.<name>`).
        group: Its group in the palette.
        stem: What a new node is called, as Keras would: `conv2d`, `multi_head_attention`.
        summary: One line, from Keras's docstring.
        inputs, outputs: Its ports, in order.
        parameters: In Keras's order; call arguments last.
        ranks: Ranks, batch included, of a first input on which the layer was seen to run; empty where any.
        brief: The parameters that a node shows.
        aliases: Other words by which people look for it.
        wraps: It takes another layer as its `layer` parameter.
    """

    name: str
    group: str
    stem: str
    summary: str = ""
    inputs: tuple[PortSpec, ...] = ()
    outputs: tuple[PortSpec, ...] = ()
    parameters: tuple[ParameterSpec, ...] = ()
    ranks: tuple[int, ...] = ()
    brief: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    wraps: bool = False

    def parameter(self, name: str) -> ParameterSpec:
        return _find(self.parameters, name, self.name)


@dataclass(frozen=True)
class Catalogue:
    """All layers by name, in palette order, and all other Keras objects by kind and name."""

    keras: str
    layers: Mapping[str, LayerSpec]
    parts: Mapping[str, Mapping[str, PartSpec]]
    activations: tuple[str, ...]

    def layer(self, name: str) -> LayerSpec:
        """Return a layer's spec, or raise EngineError."""
        try:
            return self.layers[name]
        except KeyError:
            raise EngineError(
                "The layer must be one of the catalogue", received=repr(name)[:80],
                hint="Choose a layer from the palette in its place",
            ) from None  # fmt: skip

    def part(self, kind: str, name: str) -> PartSpec:
        if kind == "layer":
            spec = self.layer(name)
            return PartSpec(name, "layer", spec.summary, tuple(p for p in spec.parameters if not p.call))
        try:
            return self.parts[kind][name]
        except KeyError:
            raise ValueProblem(f"Expected one of Keras's {kind}s", received=repr(name)[:80]) from None

    def groups(self) -> dict[str, list[LayerSpec]]:
        groups: dict[str, list[LayerSpec]] = {}
        for spec in self.layers.values():
            groups.setdefault(spec.group, []).append(spec)
        return groups

    # -- values

    def check(self, parameter: ParameterSpec, value: Value) -> Value:
        """Return a value in canonical form, the values inside a Part included, or raise ValueProblem."""
        value = parameter.check(value)
        if isinstance(value, Part):
            kind = parameter.kind if parameter.kind in PARTS else "schedule"
            return self.check_part(kind, value)
        return value

    def check_part(self, kind: str, part: Part) -> Part:
        """Return a Part whose values are canonical and differ from the defaults, or raise ValueProblem."""
        spec = self.part(kind, part.class_name)
        return Part(part.class_name, self._kept(spec.parameters, part.values, part.class_name))

    def values(self, node: Node) -> FrozenMap[Value]:
        """Return the values of a node in canonical form, defaults left out, or raise ValueProblem."""
        spec = self.layer(node.layer)
        parameters = [p for p in spec.parameters if p.call] if node.shares else spec.parameters
        return self._kept(parameters, node.values, node.layer)

    def _kept(self, parameters: Iterable[ParameterSpec], values: Mapping[str, Value], owner: str) -> FrozenMap[Value]:
        known = {parameter.name: parameter for parameter in parameters}
        for name in values:
            if name not in known:
                raise ValueProblem(f"{owner} has no parameter of that name", received=repr(name)[:80])
        kept: dict[str, Value] = {}
        for name, parameter in known.items():
            if name not in values:
                if parameter.required:
                    raise ValueProblem(f"{owner} needs {name}: {parameter.expectation}")
                continue
            value = self.check(parameter, values[name])
            if parameter.required or not same(value, parameter.default):
                kept[name] = value
        return FrozenMap(kept)

    def value(self, node: Node, name: str) -> Value:
        """Return what a node holds for a parameter, its default included."""
        if name in node.values:
            return node.values[name]
        return self.layer(node.layer).parameter(name).default

    def with_value(self, graph: Graph, id: str, name: str, value: Value) -> Graph:
        """Set a parameter; a default is not kept. Raise ValueProblem, naming the node, where it cannot be."""
        parameter = self.layer(graph.node(id).layer).parameter(name)
        try:
            value = self.check(parameter, value)
        except ValueProblem as problem:
            problem.node = id
            raise
        if not parameter.required and same(value, parameter.default):
            return graph.without_value(id, name)
        return graph.with_value(id, name, value)

    # -- nodes

    def new_node(self, graph: Graph, layer: str, at: Point = (0.0, 0.0)) -> Node:
        """Make a node as the palette gives it: required values and start values, a free id and name."""
        spec = self.layer(layer)
        values = {
            p.name: p.initial for p in spec.parameters if p.required or (p.start is not None and p.start != p.default)
        }
        return Node(graph.free_id(), layer, graph.free_name(spec.stem), FrozenMap(values), at)

    def inputs(self, node: Node) -> tuple[PortSpec, ...]:
        spec = self.layer(node.layer)
        return tuple(port for port in spec.inputs if self._there(node, port))

    def outputs(self, node: Node) -> tuple[PortSpec, ...]:
        """The output ports that a node has with the values it holds (`return_state` adds some)."""
        spec = self.layer(node.layer)
        inner = node.values.get("layer")
        if spec.wraps and isinstance(inner, Part) and inner.class_name in self.layers:
            return spec.outputs + self._wrapped_states(spec, inner)
        return tuple(port for port in spec.outputs if self._there(node, port))

    def _there(self, node: Node, port: PortSpec) -> bool:
        return not port.when or bool(self.value(node, port.when))

    def _wrapped_states(self, spec: LayerSpec, inner: Part) -> tuple[PortSpec, ...]:
        """The states that Bidirectional hands out: the forward layer's, then the backward layer's."""
        node = Node("", inner.class_name, "", inner.values)
        states = [port for port in self.layer(inner.class_name).outputs if port.when and self._there(node, port)]
        if spec.name != "Bidirectional":
            return ()
        return tuple(
            replace(port, name=f"{way}_{port.name}", when="") for way in ("forward", "backward") for port in states
        )

    def brief(self, node: Node) -> str:
        """The parameters that matter, in one line: `32 · 3×3 · relu`; defaults of no news left out."""
        spec = self.layer(node.layer)
        words = []
        for name in spec.brief:
            parameter, value = spec.parameter(name), self.value(node, name)
            if value is None or (not parameter.required and name not in node.values and parameter.kind != "sizes"):
                continue
            words.append(_brief_word(parameter, value))
        return " · ".join(word for word in words if word)


def same(a: Value, b: Value) -> bool:
    """Whether two values are one: equal, and of one type (Python holds True == 1 == 1.0)."""
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, bool) is not isinstance(b, bool):
        return False
    return a == b


def _brief_word(parameter: ParameterSpec, value: Value) -> str:
    if isinstance(value, bool):
        return parameter.label if value else ""
    if parameter.kind == "activation" and value == "linear":
        return ""
    if isinstance(value, Part):
        return value.class_name
    return spell(value)


def _find(parameters: Iterable[ParameterSpec], name: str, owner: str) -> ParameterSpec:
    for parameter in parameters:
        if parameter.name == name:
            return parameter
    raise ValueProblem(f"{owner} has no parameter of that name", received=repr(name)[:80])


# -- reading layers.json


def read(text: str) -> Catalogue:
    """Read a catalogue from JSON text."""
    data = json.loads(text)
    parts = {
        kind: {name: _read_part(name, kind, body) for name, body in data["parts"][kind].items()} for kind in PART_KINDS
    }
    layers = {name: _read_layer(name, body) for name, body in data["layers"].items()}
    return Catalogue(data["keras"], layers, parts, tuple(data["activations"]))


@cache
def catalogue() -> Catalogue:
    """Return the catalogue that ships with the program, read once."""
    return read((RESOURCES / "layers.json").read_text(encoding="utf-8"))


def _read_part(name: str, kind: str, body: Mapping[str, Json]) -> PartSpec:
    return PartSpec(name, kind, body.get("summary", ""), _read_parameters(body))


def _read_layer(name: str, body: Mapping[str, Json]) -> LayerSpec:
    return LayerSpec(
        name=name,
        group=body["group"],
        stem=body["stem"],
        summary=body.get("summary", ""),
        inputs=tuple(PortSpec(**port) for port in body["inputs"]),
        outputs=tuple(PortSpec(**port) for port in body["outputs"]),
        parameters=_read_parameters(body),
        ranks=tuple(body.get("ranks", ())),
        brief=tuple(body.get("brief", ())),
        aliases=tuple(body.get("aliases", ())),
        wraps=body.get("wraps", False),
    )


def _read_parameters(body: Mapping[str, Json]) -> tuple[ParameterSpec, ...]:
    return tuple(ParameterSpec.from_json(item) for item in body["parameters"])
