"""Asks a checker in a process of its own, on the backend on which it runs beside the window."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from engine.catalogue import catalogue
from engine.data.columns import Column
from engine.datasets import DataSpec
from engine.graph import Graph
from engine.graph_json import graph_from_json, graph_to_json
from engine.recipe import Recipe, recipe_from_json, recipe_to_json
from engine.report import Report, report_from_json, report_to_json
from engine.values import FrozenMap, Json

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a checker said of drawings, one after the other.

    `asked` counts the questions to Keras that each took; `megabytes` is the most memory that the process held.
    """

    backend: str
    reports: Mapping[str, Report]
    asked: Mapping[str, int]
    modules: frozenset[str]
    megabytes: float


#: A recipe, and the data that it is for where those are not the ones that it names.
Purpose: TypeAlias = tuple[Recipe, DataSpec | None]


def _spelled(spec: DataSpec) -> dict[str, Any]:
    return {**asdict(replace(spec, values=FrozenMap())), "values": dict(spec.values)}


def ask(graphs: Mapping[str, Graph], purposes: Mapping[str, Purpose] | None = None, *, full: bool = False) -> Asked:
    """Start a checker, ask it about drawings in turn, some of them with their recipe, and end it.

    A `full` one is on TensorFlow, for layers that Keras makes there alone.
    """
    told = {
        name: (recipe_to_json(recipe), spec and _spelled(spec)) for name, (recipe, spec) in (purposes or {}).items()
    }
    text = json.dumps({name: [graph_to_json(graph), *told.get(name, ())] for name, graph in graphs.items()})
    command = [sys.executable, "-W", "error", "-m", "tests.worker.asking", *(["full"] if full else [])]
    done = subprocess.run(command, input=text, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    reports = {name: report_from_json(report) for name, report in said["reports"].items()}
    return Asked(said["backend"], reports, said["asked"], frozenset(said["modules"]), said["megabytes"])


def _main() -> None:
    from engine.worker.backend import use_numpy, use_tensorflow

    backend = use_tensorflow() if "full" in sys.argv[1:] else use_numpy()
    from engine.worker.check import Checker

    checker, reports, asked = Checker(), {}, {}
    for name, (data, *purpose) in json.load(sys.stdin).items():
        before = checker.asked
        reports[name] = report_to_json(checker.check(graph_from_json(data), *_purpose(*purpose)))
        asked[name] = checker.asked - before
    modules = sorted({name.partition(".")[0] for name in sys.modules})
    said = {"backend": backend, "reports": reports, "asked": asked, "modules": modules, "megabytes": _megabytes()}
    print(json.dumps(said))


def _purpose(recipe: Json = None, spec: Json = None) -> tuple[Recipe | None, DataSpec | None]:
    if recipe is None:
        return None, None
    return recipe_from_json(recipe, catalogue()), spec and DataSpec(**{**spec, **_read(spec)})


def _read(spec: Json) -> dict[str, Any]:
    columns = {name: tuple(_column(column) for column in spec[name]) for name in ("inputs", "targets")}
    return {**columns, "values": FrozenMap(spec["values"])}


def _column(told: Json) -> Column:
    return Column(**{**told, "shape": tuple(told["shape"]), "words": tuple(told["words"])})


def _megabytes() -> float:
    """The most memory that this program held (Linux; elsewhere 0). `ru_maxrss` counts what started it as well."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


if __name__ == "__main__":
    _main()
