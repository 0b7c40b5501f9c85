"""Each operation of keras.ops: what is shown, what runs, what is saved and what is exported are one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from engine.catalogue import catalogue
from engine.code.model import body
from engine.code.wrap import block
from engine.graph import Graph
from engine.worker.build import build
from engine.worker.check import Checker
from tests.worker.operated import Case, cases, drawn

CHECKER = Checker()


def _data(case: Case) -> list[Any]:
    random = np.random.default_rng(1)
    if case.dtype == "bool":
        return [random.random((3, *shape)) > 0.5 for shape in case.shapes]
    if case.dtype == "int32":
        return [random.integers(0, 4, (3, *shape)).astype("int32") for shape in case.shapes]
    return [random.random((3, *shape)).astype("float32") for shape in case.shapes]


def _all(model: keras.Model, data: list[Any]) -> list[Any]:
    return [np.asarray(result) for result in keras.tree.flatten(model(data if len(data) > 1 else data[0]))]


def _exported(graph: Graph) -> keras.Model:
    source = "\n".join(["def build_model():", *block(body(graph, catalogue()), 4)])
    space: dict[str, Any] = {"keras": keras, "layers": keras.layers, "ops": keras.ops}
    exec(source, space)  # noqa: S102 - the code that was spelled here is what is tested
    model: keras.Model = space["build_model"]()
    return model


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_what_is_shown_runs_is_saved_and_is_exported(case: Case, tmp_path: Path) -> None:
    graph, data = drawn(case), _data(case)
    report = CHECKER.check(graph)
    assert not [problem.sentence for problem in report.problems]
    built = build(graph, catalogue())
    ports = [port.name for port in catalogue().outputs(graph.node("op"))]
    starts = built.model.inputs
    whole = keras.Model(starts if len(starts) > 1 else starts[0], [built.tensors["op", port] for port in ports])
    results = _all(whole, data)
    shown = [report.nodes["op"].outputs[port] for port in ports]
    assert [(3, *spec.shape[1:]) for spec in shown] == [result.shape for result in results]
    assert [spec.dtype for spec in shown] == [result.dtype.name for result in results]
    first = results[0]
    built.model.save(tmp_path / "m.keras")
    again = keras.models.load_model(tmp_path / "m.keras")
    np.testing.assert_array_equal(_all(again, data)[0], first)
    np.testing.assert_allclose(_all(_exported(graph), data)[0], first, rtol=1e-6)
