"""Each operation of keras.ops: what is shown, what runs, what is saved and what is exported are one."""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
import pytest

from engine import wiring
from engine.catalogue import catalogue
from engine.code.model import body
from engine.code.wrap import block
from engine.errors import EngineError
from engine.graph import Graph
from engine.report import Report
from engine.worker import functions
from engine.worker.build import build
from engine.worker.check import Checker
from engine.worker.operations import Operation, function
from tests.worker.operated import Case, cases, drawn

SHIPPED = catalogue()
CASES = {case.id: case for case in cases()}
PLACES = {id: f"op{place}" for place, id in enumerate(CASES)}


@dataclass(frozen=True, slots=True)
class Whole:
    """All cases in one drawing: what was found of it, its outputs by port, and those of other models of it."""

    report: Report
    results: Mapping[tuple[str, str], Any]
    saved: Mapping[str, Any]
    exported: Mapping[str, Any]
    names: frozenset[str]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    graph = drawn(list(CASES.values()))
    built = build(graph, SHIPPED)
    data = [each for case in CASES.values() for each in _data(case)]
    ports = {key: tensor for key, tensor in built.tensors.items() if key[0] in PLACES.values()}
    results = keras.Model(built.model.inputs, list(ports.values()))(data)
    path = tmp_path_factory.mktemp("saved") / "m.keras"
    built.model.save(path)
    ends = [end.node for end in wiring.model_outputs(graph, SHIPPED)]
    return Whole(
        Checker().check(graph),
        dict(zip(ports, map(np.asarray, results), strict=True)),
        dict(zip(ends, map(np.asarray, keras.models.load_model(path)(data)), strict=True)),
        dict(zip(ends, map(np.asarray, _exported(graph)(data)), strict=True)),
        frozenset(operation.name for operation in built.model.operations),
    )


def _data(case: Case) -> list[Any]:
    random = np.random.default_rng(1)
    if case.dtype == "bool":
        return [random.random((3, *shape)) > 0.5 for shape in case.shapes]
    if case.dtype == "int32":
        return [random.integers(0, 4, (3, *shape)).astype("int32") for shape in case.shapes]
    return [random.random((3, *shape)).astype("float32") for shape in case.shapes]


def _exported(graph: Graph) -> keras.Model:
    source = "\n".join(["def build_model():", *block(body(graph, SHIPPED), 4)])
    space: dict[str, Any] = {"keras": keras, "layers": keras.layers, "ops": keras.ops}
    exec(source, space)  # noqa: S102 - the code that was spelled here is what is tested
    model: keras.Model = space["build_model"]()
    return model


def test_every_operation_is_tried() -> None:
    assert {case.name for case in CASES.values()} == SHIPPED.operations.keys()


@pytest.mark.parametrize("id", CASES)
def test_what_is_shown_runs_is_saved_and_is_exported(id: str, whole: Whole) -> None:
    name = PLACES[id]
    assert not [problem.sentence for problem in whole.report.problems if name in problem.nodes]
    assert name in whole.names, "the model calls it as the node is called"
    shown = whole.report.nodes[name].outputs
    results = {port: result for (node, port), result in whole.results.items() if node == name}
    assert {port: (3, *spec.shape[1:]) for port, spec in shown.items()} == {
        port: result.shape for port, result in results.items()
    }
    assert {port: spec.dtype for port, spec in shown.items()} == {port: r.dtype.name for port, r in results.items()}
    first = next(iter(results.values()))
    np.testing.assert_array_equal(whole.saved[name], first)
    np.testing.assert_allclose(whole.exported[name], first, rtol=1e-6)


@pytest.mark.parametrize("name", SHIPPED.operations)
def test_a_stem_is_how_keras_names_an_operation(name: str) -> None:
    case = next(case for case in CASES.values() if case.name == name)
    node = drawn([case]).node("op0")
    spec = SHIPPED.layer(name)
    tensors = [keras.KerasTensor((None, *shape), dtype=case.dtype) for shape in case.shapes]
    ports = [edge.target.port for edge in drawn([case]).edges]
    made = Operation(spec, node.values).apply(list(zip(ports, tensors, strict=True)))
    assert re.sub(r"_\d+$", "", made[0]._keras_history.operation.name) == spec.stem


def test_every_function_of_keras_is_in_the_palette_or_left_out_for_a_reason() -> None:
    said = tomllib.loads(functions.TOML.read_text(encoding="utf-8"))
    left = functions.left_out(said)
    taken = {name.removeprefix("ops.") for name in SHIPPED.operations}
    assert taken.isdisjoint(left)
    assert taken | left.keys() == set(functions.public())
    assert all(len(reason) > 10 for reason in left.values())
    assert len(taken) >= 60


def test_defaults_are_those_of_keras() -> None:
    for name, spec in SHIPPED.operations.items():
        told = inspect.signature(function(name)).parameters
        for parameter in spec.parameters:
            if parameter.name in told and not parameter.required and parameter.default is not None:
                default = told[parameter.name].default
                assert parameter.default == (tuple(default) if isinstance(default, list | tuple) else default), name


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"negative", "abs"', '"negatives", "abs"', "negatives"),
        ('"negative", "abs"', '"abs"', "negative"),
        ("transpose.axes ", "transpose.axe ", "transpose.axe"),
        ('kind = "index"', 'kind = "indexed"', "indexed"),
        ("[aliases]", "[alias]", "alias, aliases"),
    ],
)
def test_the_writer_refuses(old: str, new: str, said: str) -> None:
    text = functions.TOML.read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(EngineError, match=said):
        functions.generate(text.replace(old, new, 1), {})
