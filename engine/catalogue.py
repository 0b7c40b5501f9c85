"""The catalogue: which layers there are, their parameters and ports. Reads resources/layers.json; knows no Keras."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path

from engine.errors import EngineError, ValueProblem
from engine.fittings import FITTINGS, GROUP, LIBRARY, block_specs
from engine.formula import holds
from engine.graph import Block, Graph, Node, Point
from engine.kinds import PARTS, ParameterSpec
from engine.specreader import Choices, read_layer, read_part
from engine.specs import PART_KINDS, LayerSpec, PartSpec, PortSpec
from engine.traits import traits
from engine.values import FrozenMap, Part, Value

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
#: Parameters whose number says nothing without their name.
AXES = ("axis", "axes")
#: Kinds of an operation's parameters that say what they are by themselves.
PLAIN = ("text", "index", "shape", "dtype", "choice", "sizes", "bool")
#: An operation hands out at most so many parts.
MOST_PARTS = 64
#: So many lines of `brief` are remembered.
KEPT = 10_000
__all__ = [
    "PART_KINDS", "RESOURCES", "Catalogue", "LayerSpec", "PartSpec", "PortSpec", "catalogue", "read", "read_layer",
    "same",
]  # fmt: skip


@dataclass(frozen=True)
class Catalogue:
    """All layers by name, in palette order, and all other Keras objects by kind and name.

    `absent` says of layers that are known by name alone where they are: "comes from my_layers.py, which is off".
    """

    keras: str
    layers: Mapping[str, LayerSpec]
    parts: Mapping[str, Mapping[str, PartSpec]]
    activations: tuple[str, ...]
    absent: Mapping[str, str] = field(default_factory=dict)
    _briefs: dict[tuple[object, ...], str] = field(default_factory=dict, compare=False, repr=False)

    def layer(self, name: str) -> LayerSpec:
        """Return a layer's spec, or raise EngineError."""
        spec = self.known(name)
        if spec is None:
            raise EngineError(
                "The layer must be one of the catalogue", received=repr(name)[:80],
                hint="Choose a layer from the palette in its place",
            )  # fmt: skip
        return spec

    def known(self, name: str) -> LayerSpec | None:
        """Return a layer's spec, or None where there is no such layer; the dot on a wire has one too."""
        return FITTINGS.get(name) or self.layers.get(name)

    def part(self, kind: str, name: str) -> PartSpec:
        if kind == "layer":
            spec = self.layer(name)
            return PartSpec(name, "layer", spec.summary, tuple(p for p in spec.parameters if not p.call), spec.own)
        try:
            return self.parts[kind][name]
        except KeyError:
            raise ValueProblem(f"Expected one of Keras's {kind} names", received=repr(name)[:80]) from None

    @property
    def choices(self) -> Choices:
        """What a parameter of a kind may hold wherever it appears."""
        choices = {"activation": self.activations} | {kind: tuple(self.parts[kind]) for kind in PART_KINDS}
        return choices | {"rate": choices["schedule"]}

    def with_blocks(self, blocks: Mapping[str, Block], kept: Mapping[str, Block] | None = None) -> Catalogue:
        """Return a catalogue that has blocks as layers too: a drawing's, and those `kept` of which it has no names."""
        if not blocks and not kept:
            return self
        specs = block_specs(blocks, kept or {}, self.choices, self.layers)
        return replace(self, layers={**{spec.name: spec for spec in specs}, **self.layers}, _briefs={})

    @property
    def operations(self) -> Mapping[str, LayerSpec]:
        """Those that are functions of `keras.ops`, not layers."""
        return {name: spec for name, spec in self.layers.items() if spec.operation}

    def groups(self) -> dict[str, list[LayerSpec]]:
        groups: dict[str, list[LayerSpec]] = {}
        for spec in self.layers.values():
            groups.setdefault(spec.group, []).append(spec)
        return groups

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """The layers that take nothing: a drawing begins with them."""
        return frozenset(name for name, spec in self.layers.items() if not spec.inputs)

    @cached_property
    def _suspects(self) -> frozenset[str]:
        return frozenset(name for name, spec in self.layers.items() if spec.tensorflow or spec.wraps)

    def needs_tensorflow(self, graph: Graph) -> bool:
        """Whether Keras makes one of the layers, or one that they wrap, on TensorFlow alone."""
        if self._suspects.isdisjoint(traits(graph.nodes).layers):
            return False
        return any(self._needs_tensorflow(node.layer, node.values) for node in graph.nodes.values())

    def _needs_tensorflow(self, layer: str, values: Mapping[str, Value]) -> bool:
        spec = self.layers.get(layer)
        if spec is None or not spec.wraps:
            return spec is not None and spec.tensorflow
        inner = values.get("layer")
        return isinstance(inner, Part) and self._needs_tensorflow(inner.class_name, inner.values)

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
        """Return the values of a node in canonical form, defaults left out, or raise ValueProblem.

        What follows from the parameters of a block is as it is: it is checked where it is worked out.
        """
        spec = self.layer(node.layer)
        parameters = [p for p in spec.parameters if p.call] if node.shares else spec.parameters
        formulas = {name for name, value in node.values.items() if holds(value)}
        return self._kept(parameters, node.values, node.layer, formulas)

    def _kept(
        self, parameters: Iterable[ParameterSpec], values: Mapping[str, Value], owner: str, free: Container[str] = ()
    ) -> FrozenMap[Value]:
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
            value = values[name] if name in free else self.check(parameter, values[name])
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
        return Node(graph.free_id(), layer, graph.free_name(spec.stem), _initial(spec.parameters), at)

    def new_part(self, kind: str, name: str) -> Part:
        """Make a Keras object as a form gives it when it is chosen: required values and start values."""
        return Part(name, _initial(self.part(kind, name).parameters))

    def inputs(self, node: Node) -> tuple[PortSpec, ...]:
        return self._ports(node, self.layer(node.layer).inputs)

    def outputs(self, node: Node) -> tuple[PortSpec, ...]:
        """The output ports that a node has with the values it holds (`return_state` adds some)."""
        spec = self.layer(node.layer)
        inner = node.values.get("layer")
        if spec.wraps and isinstance(inner, Part) and inner.class_name in self.layers:
            return spec.outputs + self._wrapped_states(spec, inner)
        if spec.counts:
            return _counted(spec.outputs, self.value(node, spec.counts))
        return self._ports(node, spec.outputs)

    def _ports(self, node: Node, ports: tuple[PortSpec, ...]) -> tuple[PortSpec, ...]:
        """Those of some ports that a node has: most have them all."""
        for port in ports:
            if port.when and not self._there(node, port):
                return tuple(port for port in ports if self._there(node, port))
        return ports

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
        key = node.layer, node.values, tuple(value.__class__ for value in node.values.values())  # True == 1
        if key not in self._briefs:
            if len(self._briefs) >= KEPT:
                self._briefs.clear()
            self._briefs[key] = " · ".join(self._brief_words(self.layer(node.layer), node.values))
        return self._briefs[key]

    def _brief_words(self, spec: LayerSpec, values: Mapping[str, Value]) -> Iterator[str]:
        for name in spec.brief:
            parameter = spec.parameter(name)
            value = values.get(name, parameter.default)
            named = spec.group in (GROUP, LIBRARY) or (spec.operation and parameter.kind not in PLAIN)
            told = name in values or parameter.required or parameter.kind == "sizes"
            if told and value is not None:
                word = self._brief_word(parameter, value, named=named)
                if word:
                    yield word

    def _brief_word(self, parameter: ParameterSpec, value: Value, *, named: bool) -> str:
        if isinstance(value, bool):
            return parameter.label if value else ""
        if isinstance(value, Part):
            wrapped = self.layers.get(value.class_name) if parameter.kind == "layer" else None
            return " ".join((value.class_name, *(self._brief_words(wrapped, value.values) if wrapped else ())))
        if parameter.kind == "activation" and value == "linear":
            return ""
        word = parameter.spell(value)
        return f"{parameter.label} {word}" if named or parameter.name in AXES else word


def _counted(ports: tuple[PortSpec, ...], value: Value) -> tuple[PortSpec, ...]:
    """As many outputs as a value says: so many parts, or one more than the places where the next part begins."""
    several = value if isinstance(value, tuple) else (value,)
    count = several[0] if len(several) == 1 else len(several) + 1
    more = range(2, min(count, MOST_PARTS) + 1) if isinstance(count, int) else ()
    return (*ports, *(PortSpec(f"{ports[0].name}_{place}") for place in more))


def same(a: Value, b: Value) -> bool:
    """Whether two values are one: equal, and of one type (Python holds True == 1 == 1.0)."""
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, bool) is not isinstance(b, bool):
        return False
    return a == b


def _initial(parameters: Iterable[ParameterSpec]) -> FrozenMap[Value]:
    told = (p for p in parameters if p.required or (p.start is not None and not same(p.start, p.default)))
    return FrozenMap({p.name: p.initial for p in told})


# -- reading layers.json


def read(text: str) -> Catalogue:
    """Read a catalogue from JSON text, or raise EngineError where it holds a kind or a word that is not known."""
    data = json.loads(text)
    choices = {"activation": tuple(data["activations"])} | {kind: tuple(data["parts"][kind]) for kind in PART_KINDS}
    choices["rate"] = choices["schedule"]
    parts = {
        kind: {name: read_part(name, kind, body, choices) for name, body in data["parts"][kind].items()}
        for kind in PART_KINDS
    }
    layers = {name: read_layer(name, body, choices) for name, body in data["layers"].items()}
    return Catalogue(data["keras"], layers, parts, choices["activation"])


@cache
def catalogue() -> Catalogue:
    """Return the catalogue that ships with the program, read once."""
    return read((RESOURCES / "layers.json").read_text(encoding="utf-8"))
