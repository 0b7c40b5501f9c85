"""A node as it is asked about, with what arrives at it; and why it cannot be. Asks Keras nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.axes import Names, times
from engine.catalogue import Catalogue, LayerSpec
from engine.errors import BuildError
from engine.graph import End, Graph, Node
from engine.mends import Mend
from engine.report import Problem, Severity, TensorSpec
from engine.values import FrozenMap, Part, Value
from engine.wiring import listed
from engine.worker.symbolic import Shape, Signal


@dataclass(frozen=True, slots=True)
class Arrival:
    """What arrives at a port, from which node, and the names of a sample's axes where they are followed."""

    port: str
    source: Node
    signal: Signal
    axes: Names = ()

    @property
    def shape(self) -> Shape:
        return self.signal.shape


@dataclass(frozen=True, slots=True)
class Site:
    """A node as it is asked about: its layer's values and its call's, and what arrives.

    `first` is what the layer was built for, where this node calls it again.
    """

    node: Node
    spec: LayerSpec
    catalogue: Catalogue
    graph: Graph
    values: FrozenMap[Value]
    arrivals: tuple[Arrival, ...]
    first: Node | None = None

    @property
    def whole(self) -> Node:
        """The node with all the values of its layer."""
        return replace(self.node, values=self.values)

    def value(self, name: str) -> Value:
        return self.values[name] if name in self.values else self.spec.parameter(name).default

    def has(self, name: str) -> bool:
        return any(parameter.name == name for parameter in self.spec.parameters)

    def end(self, arrival: Arrival) -> End:
        """The port at which something arrives."""
        return End(self.node.id, arrival.port)

    @property
    def received(self) -> str:
        """What arrives, from where: `8×8×32 from conv1`; ports are named where there are several."""
        return listed([f"{self._port(arrival)}{told(arrival)}" for arrival in self.arrivals])

    @property
    def received_by_name(self) -> str:
        """What arrives with its axes: `8×8×32 from conv1 (height × width × channels)`; a row's are no news."""
        return listed([f"{self._port(arrival)}{told(arrival)}{named(arrival)}" for arrival in self.arrivals])

    @property
    def within(self) -> Site | None:
        """The layer within a wrapper as a node of its own, asked of what the wrapper hands it; None where none is."""
        inner = self.values.get("layer") if self.spec.wraps else None
        spec = self.catalogue.known(inner.class_name) if isinstance(inner, Part) else None
        if spec is None or not isinstance(inner, Part) or not self.arrivals:
            return None
        (first, *_), steps = self.arrivals, self.node.layer == "TimeDistributed"
        shape = (first.shape[0], *first.shape[2:]) if steps else first.shape
        handed = replace(first, port=spec.inputs[0].name, signal=replace(first.signal, shape=shape, mask=None))
        node = replace(self.node, layer=inner.class_name, values=inner.values)
        return replace(self, node=node, spec=spec, values=inner.values, arrivals=(handed,), first=None)

    def _port(self, arrival: Arrival) -> str:
        return f"{arrival.port} " if len({other.port for other in self.arrivals}) > 1 else ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a node cannot be, as an EngineError says it; the parameter at fault, where it is one; what might mend it.

    `alone` says that it is the node's values by themselves, whatever arrives.
    """

    expected: str
    received: str = ""
    hint: str = ""
    parameter: str = ""
    detail: str = ""
    mends: tuple[Mend, ...] = ()
    alone: bool = False

    def problem(self, site: Site, severity: Severity = "error") -> Problem:
        nodes = [site.node.id, *(arrival.source.id for arrival in site.arrivals if not self.alone)]
        if site.first is not None and not self.alone:
            nodes.append(site.first.id)
        return Problem(severity, self.error(site).sentence, tuple(dict.fromkeys(nodes)), self.parameter, self.detail)

    def error(self, site: Site) -> BuildError:
        return BuildError(
            self.expected, received=self.received, hint=self.hint, node=site.node.id, detail=self.detail
        )  # fmt: skip


def told(arrival: Arrival) -> str:
    return f"{label(arrival.signal.shape)} from {arrival.source.name}"


def named(arrival: Arrival) -> str:
    """Tell the axes of what arrives, where all are known and they are several."""
    return f" ({times(arrival.axes)})" if len(arrival.axes) > 1 and all(arrival.axes) else ""


def label(shape: Shape) -> str:
    """Spell the shape of one sample: `8×8×32`."""
    return TensorSpec(shape).label
