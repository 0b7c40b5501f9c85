"""Working drawings with one or two things changed at random, by seed: a value, a wire, a node. Knows no checker."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final, TypeAlias

from engine import surgery, wiring
from engine.catalogue import catalogue
from engine.errors import EngineError
from engine.graph import Edge, End, Graph, Node
from engine.kinds import ParameterSpec
from engine.values import Part, Value
from tests.nets import residual, two_inputs
from tests.worker.accepted import GOOD
from tests.worker.drawings import DIGITS

Change: TypeAlias = Callable[[Graph, random.Random], Graph]
#: What stands in for another value; none so large that a layer of it does not fit into memory.
NUMBERS: Final = (-1, 0, 1, 2, 3, 4, 5, 7, 8, 16, 33, 64)
FRACTIONS: Final = (-0.5, 0.0, 0.1, 0.5, 1.0, 1.5, 30.0)
#: Layers that drawings of people are made of, to put in another's place.
COMMON: Final = (
    "Dense", "Conv1D", "Conv2D", "MaxPooling1D", "MaxPooling2D", "GlobalAveragePooling2D", "Flatten", "Reshape", "LSTM",
    "GRU", "Embedding", "Dropout", "BatchNormalization", "LayerNormalization", "Activation", "Add", "Concatenate",
    "MultiHeadAttention", "UpSampling2D", "ZeroPadding2D", "Cropping2D", "Permute", "RepeatVector", "SimpleRNN",
)  # fmt: skip
DRAWINGS: Final = {
    **{name: graph for name, graph in GOOD.items() if not name[-1].isdigit()},
    "digits": DIGITS.graph, "residual": residual(2), "two inputs": two_inputs(),
}  # fmt: skip


def mutated(seed: int) -> tuple[str, Graph]:
    """Return a drawing, what was drawn before in its name, and one or two changes made to it."""
    chance = random.Random(seed)
    name = chance.choice(sorted(DRAWINGS))
    graph = DRAWINGS[name]
    for _ in range(chance.choice((1, 1, 2))):
        graph = _changed(graph, chance) if graph.nodes else graph
    return f"{seed} {name}", graph


def _changed(graph: Graph, chance: random.Random) -> Graph:
    """Change a drawing in a way that it allows."""
    while True:
        try:
            after = chance.choice(CHANGES)(graph, chance)
        except EngineError:
            continue
        if after != graph:
            return after


def _node(graph: Graph, chance: random.Random) -> Node:
    return chance.choice([*graph.nodes.values()])


# -- a value


def _value(graph: Graph, chance: random.Random) -> Graph:
    node = _node(graph, chance)
    parameters = [p for p in catalogue().layer(node.layer).parameters if p.call or not node.shares]
    if not parameters:
        return graph
    parameter = chance.choice([p for p in parameters if p.name != "dtype"] or parameters)
    values = [*_values(parameter)]
    return graph.with_value(node.id, parameter.name, chance.choice(values)) if values else graph


def _values(parameter: ParameterSpec) -> Iterator[Value]:
    if parameter.kind in ("choice", "activation"):
        yield from (*parameter.choices, "nonsense")
    elif parameter.kind == "bool":
        yield from (True, False)
    elif parameter.kind == "float":
        yield from FRACTIONS
    elif parameter.kind in ("int", "sizes", "shape", "axes"):
        yield from NUMBERS
        yield from ((a,) * (parameter.length or 2) for a in NUMBERS)
        yield from ((5, None, 3), (4, 8), (), (6, 7, 8, 2))
    elif parameter.kind == "layer":
        yield from (Part("LSTM", catalogue().new_part("layer", "LSTM").values), catalogue().new_part("layer", "Dense"))


def _size(graph: Graph, chance: random.Random) -> Graph:
    """Another number where a number matters most."""
    node = _node(graph, chance)
    names = [name for name in ("shape", "units", "filters", "kernel_size", "strides", "groups", "axis", "padding")
             if any(parameter.name == name for parameter in catalogue().layer(node.layer).parameters)]  # fmt: skip
    if not names:
        return graph
    name = chance.choice(names)
    parameter = catalogue().layer(node.layer).parameter(name)
    old = catalogue().value(node, name)
    if isinstance(old, tuple) and old:
        place = chance.randrange(len(old))
        return graph.with_value(node.id, name, (*old[:place], chance.choice(NUMBERS[2:]), *old[place + 1 :]))
    return graph.with_value(node.id, name, chance.choice([*_values(parameter)]))


# -- a wire


def _unwire(graph: Graph, chance: random.Random) -> Graph:
    return graph.without_edges([chance.choice(graph.edges)]) if graph.edges else graph


def _wire(graph: Graph, chance: random.Random) -> Graph:
    """A wire from anywhere to anywhere, as a file might hold it."""
    source, target = _node(graph, chance), _node(graph, chance)
    exits = [port.name for port in catalogue().layer(source.layer).outputs]
    entries = [port.name for port in catalogue().layer(target.layer).inputs] or ["input"]
    return graph.with_edge(Edge(End(source.id, chance.choice(exits)), End(target.id, chance.choice(entries))))


def _move(graph: Graph, chance: random.Random) -> Graph:
    """A wire that begins elsewhere, as a person can draw it."""
    if not graph.edges:
        return graph
    edge, other = chance.choice(graph.edges), _node(graph, chance)
    ports = wiring.outputs(graph, catalogue(), other.id)
    return wiring.connect(graph.without_edges([edge]), catalogue(), End(other.id, ports[0].name), edge.target)


# -- a node


def _gone(graph: Graph, chance: random.Random) -> Graph:
    return graph.without([_node(graph, chance).id])


def _dissolved(graph: Graph, chance: random.Random) -> Graph:
    return surgery.dissolved(graph, catalogue(), [_node(graph, chance).id])


def _replaced(graph: Graph, chance: random.Random) -> Graph:
    return surgery.replaced(graph, catalogue(), _node(graph, chance).id, chance.choice(COMMON)).graph


def _inserted(graph: Graph, chance: random.Random) -> Graph:
    if not graph.edges:
        return graph
    node = catalogue().new_node(graph, chance.choice(COMMON))
    return wiring.insert_on(graph, catalogue(), chance.choice(graph.edges), node)


def _mode(graph: Graph, chance: random.Random) -> Graph:
    return graph.with_node(replace(_node(graph, chance), mode=chance.choice(("bypass", "disable"))))


def _twin(graph: Graph, chance: random.Random) -> Graph:
    """Two of one name."""
    return graph.with_node(replace(_node(graph, chance), name=_node(graph, chance).name))


CHANGES: Final[tuple[Change, ...]] = (
    _value, _value, _size, _size, _size, _unwire, _wire, _move, _gone, _dissolved, _replaced, _replaced, _inserted,
    _inserted, _mode, _twin,
)  # fmt: skip
