"""Asks a checker in a process of its own, on Keras's numpy backend as it runs beside the window."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.graph import Graph
from engine.graph_json import graph_from_json, graph_to_json
from engine.report import Report, report_from_json, report_to_json

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


def ask(graphs: Mapping[str, Graph]) -> Asked:
    """Start a checker, ask it about drawings in turn, and end it."""
    text = json.dumps({name: graph_to_json(graph) for name, graph in graphs.items()})
    command = [sys.executable, "-W", "error", "-m", "tests.worker.asking"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    reports = {name: report_from_json(report) for name, report in said["reports"].items()}
    return Asked(said["backend"], reports, said["asked"], frozenset(said["modules"]), said["megabytes"])


def _main() -> None:
    from engine.worker.backend import use_numpy

    backend = use_numpy()
    from engine.worker.check import Checker

    checker, reports, asked = Checker(), {}, {}
    for name, data in json.load(sys.stdin).items():
        before = checker.asked
        reports[name] = report_to_json(checker.check(graph_from_json(data)))
        asked[name] = checker.asked - before
    modules = sorted({name.partition(".")[0] for name in sys.modules})
    said = {"backend": backend, "reports": reports, "asked": asked, "modules": modules, "megabytes": _megabytes()}
    print(json.dumps(said))


def _megabytes() -> float:
    """The most memory that this program held (Linux; elsewhere 0). `ru_maxrss` counts what started it as well."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


if __name__ == "__main__":
    _main()
