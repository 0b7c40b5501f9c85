"""One line of Keras code that makes and calls a layer as the palette gives it, to be read. Knows no graph."""

from __future__ import annotations

import ast

from engine.catalogue import Catalogue
from engine.code import operations
from engine.code.spell import called, construction, where
from engine.graph import Graph
from engine.specs import LayerSpec, PortSpec


def example(catalogue: Catalogue, name: str) -> str:
    """Spell a new node of a layer, wired to what it needs: `y = layers.Dense(64)(x)`."""
    spec = catalogue.layer(name)
    values = catalogue.new_node(Graph(), name).values
    if spec.operation:
        ports = [port for port in spec.inputs if not port.optional]
        tensors = {port.name: [ast.Name(word) for word in ("ab" if port.many else [port.name])] for port in ports}
        return f"y = {ast.unparse(operations.spelled(spec, tensors, values))}"
    made = construction(catalogue, _path(spec), name, [p for p in spec.parameters if not p.call], values, {})
    if not spec.inputs:
        return f"x = {ast.unparse(made)}"
    return f"y = {ast.unparse(called(made, _wired([port for port in spec.inputs if not port.optional]), {}))}"


def _path(spec: LayerSpec) -> str:
    return where("layer", spec) if spec.inputs else "keras.Input"


def _wired(ports: list[PortSpec]) -> list[ast.expr]:
    """Name what goes into each port; what one argument takes together stands in a list."""
    if ports[0].many:
        return [ast.List([ast.Name("a"), ast.Name("b")])]
    names: list[ast.expr] = [ast.Name("x" if port.name == "input" else port.name) for port in ports]
    return [ast.List(names)] if ports[0].index is not None else names
