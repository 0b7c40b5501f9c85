"""Spells a drawing as the lines of a function that builds it. Knows no recipe and no data."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from engine import wiring
from engine.catalogue import Catalogue
from engine.code import blocks, level, names
from engine.code.level import Line
from engine.code.scope import Scope, wires_into
from engine.code.spell import call
from engine.graph import End, Graph
from engine.resolve import resolved

MODEL = "model"


def body(drawing: Graph, catalogue: Catalogue) -> list[Line]:
    """Spell the statements that build a drawing's model and return it; the drawing must have no errors."""
    return spelled(drawing, catalogue)[0]


def spelled(drawing: Graph, catalogue: Catalogue) -> tuple[list[Line], list[str]]:
    """Spell those statements, and the functions of blocks that they call, where it can be spelled by its blocks."""
    flat = resolved(drawing, catalogue)
    inputs = wiring.model_inputs(flat, catalogue)
    made = blocks.structure(drawing, catalogue)
    ends: Sequence[End] = wiring.model_outputs(flat, catalogue)
    scope, functions = _flat(flat, catalogue, ends), list[str]()
    if made is not None:
        known = blocks.signatures(made)
        scope, ends, functions = blocks.scope(made, known), made.ends, [*blocks.functions(made, known)]
    called = names.layer_names(flat, catalogue)
    frozen = [called[node.id] for node in flat.nodes.values() if level.freezes_late(node)]
    model = _model(scope, inputs, ends)
    ending = _frozen(model, frozen) if frozen else [ast.Return(model)]
    return [*level.lines(scope, inputs), "", *ending], functions


def _flat(graph: Graph, catalogue: Catalogue, ends: Sequence[End]) -> Scope:
    variables = names.variables(graph, catalogue, names.given(catalogue), ends)
    return Scope(graph, catalogue, variables, wires_into(graph), names.layer_names(graph, catalogue))


def _frozen(model: ast.expr, layers: Sequence[str]) -> Iterator[Line]:
    yield level.assigned(MODEL, model)
    yield "These layers hold others, which are there only now: freeze them too."
    for name in layers:
        layer = ast.Call(ast.Attribute(ast.Name(MODEL), "get_layer"), [ast.Constant(name)], [])
        yield ast.Assign([ast.Attribute(layer, "trainable")], ast.Constant(value=False), lineno=0)
    yield ast.Return(ast.Name(MODEL))


def _model(scope: Scope, inputs: Sequence[str], ends: Sequence[End]) -> ast.expr:
    graph, catalogue, tensors = scope.graph, scope.catalogue, scope.names.tensors
    starts = [tensors[End(id, catalogue.layer(graph.node(id).layer).outputs[0].name)] for id in inputs]
    words = {"inputs": _one_or_all(starts), "outputs": _one_or_all([tensors[end] for end in ends])}
    return call("keras.Model", [], words)


def _one_or_all(words: Sequence[str]) -> ast.expr:
    return ast.Name(words[0]) if len(words) == 1 else ast.List([ast.Name(word) for word in words])
