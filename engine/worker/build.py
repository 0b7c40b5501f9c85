"""From a drawing to a functional keras.Model. Knows no recipe and no data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import keras

from engine import structure, wiring
from engine.catalogue import Catalogue
from engine.errors import BuildError, EngineError
from engine.graph import Edge, Graph, Node, order
from engine.resolve import resolved
from engine.values import FrozenMap, Value
from engine.worker import construct, rules
from engine.worker.sentences import refusal
from engine.worker.site import Arrival, Site
from engine.worker.symbolic import run, signal_of, text_of


@dataclass(frozen=True, slots=True)
class Built:
    """A model, and where each node of its drawing is in it.

    Attributes:
        model: Inputs and outputs in the order of the drawing.
        layers: By node id; nodes that share a layer have the same one.
        tensors: The symbolic tensor of each output port, by node id and port.
    """

    model: keras.Model
    layers: Mapping[str, keras.Layer]
    tensors: Mapping[tuple[str, str], Any]


def build(graph: Graph, catalogue: Catalogue) -> Built:
    """Build the model that a drawing shows; its layers bear the nodes' names.

    An input layer that feeds nothing is left out. The outputs are the first ports of the nodes that feed nothing.

    Raises:
        BuildError: The drawing has a problem, or Keras refuses a node; `detail` is Keras's own text.
    """
    check_drawing(graph, catalogue)
    graph = resolved(graph, catalogue)
    inputs, outputs = wiring.model_inputs(graph, catalogue), wiring.model_outputs(graph, catalogue)
    if not inputs or not outputs:
        raise BuildError("A model has an input and an output", hint="Wire an InputLayer to a layer")
    work = _Work(graph, catalogue)
    for id in order(graph).ids:
        if catalogue.layer(graph.node(id).layer).inputs or id in inputs:
            work.call(id)
    ends = [work.tensors[end.node, end.port] for end in outputs]
    starts = [work.tensors[id, catalogue.outputs(graph.node(id))[0].name] for id in inputs]
    model = keras.Model(_one_or_all(starts), _one_or_all(ends))
    return Built(model, work.layers, work.tensors)


def check_drawing(graph: Graph, catalogue: Catalogue) -> None:
    """Raise BuildError with the first problem of a drawing, where it has one."""
    for problem in structure.problems(graph, catalogue):
        if problem.severity == "error":
            raise BuildError(problem.sentence, node=problem.nodes[0] if problem.nodes else None)


def _one_or_all(tensors: list[Any]) -> Any:
    return tensors[0] if len(tensors) == 1 else tensors


class _Work:
    """The layers made and the tensors reached so far."""

    def __init__(self, graph: Graph, catalogue: Catalogue) -> None:
        self.graph, self.catalogue = graph, catalogue
        self.layers: dict[str, keras.Layer] = {}
        self.tensors: dict[tuple[str, str], Any] = {}
        self._first: dict[str, Node] = {}
        self._into: dict[str, list[Edge]] = {}
        for edge in graph.edges:
            self._into.setdefault(edge.target.node, []).append(edge)

    def call(self, id: str) -> None:
        """Call a node's layer on what arrives, making the layer where no node before has."""
        owner = self.graph.owner(id)
        made, called = wiring.values(self.graph, self.catalogue, id)
        site = self._site(id, owner, FrozenMap({**made, **called}))
        wrong = rules.before(site)
        if wrong is not None:
            raise wrong.error(site)
        layer = None if site.spec.operation else self.layers.get(owner.id)
        if layer is None:
            layer = self._make(site, owner, made)
        with _refusing(site):
            outputs = run(layer, site.spec, self._inputs(id), called)
        ports = self.catalogue.outputs(site.whole)
        wrong = rules.ports(site, ports, len(outputs))
        if wrong is not None:
            raise wrong.error(site)
        self.layers[id] = layer
        self.tensors |= {(id, port.name): tensor for port, tensor in zip(ports, outputs, strict=True)}

    def _make(self, site: Site, owner: Node, made: Mapping[str, Value]) -> keras.Layer:
        """Make a layer; it bears its owner's name, whichever node calls it first; an operation is a call's own."""
        name = site.node.name if site.spec.operation else owner.name
        with _refusing(replace(site, arrivals=())):
            layer = construct.layer(owner.layer, made, name)
        self._first[owner.id] = site.node
        self.layers[owner.id] = layer
        return layer

    def _edges(self, id: str) -> Sequence[Edge]:
        return wiring.by_port(self.catalogue.layer(self.graph.node(id).layer), self._into.get(id, ()))

    def _inputs(self, id: str) -> list[tuple[str, Any]]:
        return [(edge.target.port, self.tensors[edge.source.node, edge.source.port]) for edge in self._edges(id)]

    def _site(self, id: str, owner: Node, values: FrozenMap[Value]) -> Site:
        arrivals = tuple(
            Arrival(port, self.graph.node(edge.source.node), signal_of(tensor))
            for edge, (port, tensor) in zip(self._edges(id), self._inputs(id), strict=True)
        )
        node = self.graph.node(id)
        spec = self.catalogue.layer(node.layer)
        return Site(node, spec, self.catalogue, self.graph, values, arrivals, self._first.get(owner.id))


@contextmanager
def _refusing(site: Site) -> Iterator[None]:
    """Turn what Keras raises into a BuildError at a node."""
    try:
        yield
    except EngineError:
        raise
    except Exception as error:
        raise refusal(site, text_of(error)).error(site) from error
