"""Scripts train on named data as the program does: the same figures, from a fresh process."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace

import pytest

from engine.catalogue import catalogue
from engine.choices import DataChoice, OutputChoice
from engine.code.export import export_script
from engine.graph import Graph
from engine.messages import Epoch, Evaluate, Evaluated
from engine.project import Project
from engine.recipe import Recipe
from engine.values import FrozenMap, Part, Value
from tests.worker.drawings import SMALL, drawing, two_ways
from tests.worker.rehearsal import Bench

#: Keras's own, while it saves: its variables know numpy 1's way of being turned into arrays.
pytestmark = [
    pytest.mark.worker,
    pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning"),
]
QUIET = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
#: Runs each script of a folder as a program of its own would run, in one process.
ALL = "import runpy, sys; [runpy.run_path(path, run_name='__main__') for path in sys.argv[1:]]"


def project(graph: Graph, source: str, recipe: Recipe = SMALL, **values: Value) -> Project:
    return Project(graph, replace(recipe, data=DataChoice(source, 0.1, 0.5, FrozenMap(values))))


def captions() -> Project:
    """A picture and the words so far give the next word, which is asked for until the caption ends."""
    graph = drawing(
        ("image", "InputLayer", {"shape": (24, 24, 3)}),
        ("words", "InputLayer", {"shape": (9,)}),
        ("flat", "Flatten", {}),
        ("seen", "Dense", {"units": 8}),
        ("each", "RepeatVector", {"n": 9}),
        ("table", "Embedding", {"input_dim": 17, "output_dim": 8}),
        ("both", "Concatenate", {}),
        ("next", "Dense", {"units": 17, "activation": "softmax"}),
        wires="image>flat flat>seen seen>each words>table each>both table>both both>next",
    )
    return project(graph, "captions", size=24, samples=200)


def heads() -> Project:
    outputs = {"second": OutputChoice(loss=Part("SparseCategoricalCrossentropy"), weight=0.3, metrics=())}
    return Project(two_ways(), replace(SMALL, outputs=FrozenMap(outputs)))


def remembering() -> Project:
    graph = drawing(
        ("letters", "InputLayer", {"shape": (10,), "batch_size": 50}),
        ("table", "Embedding", {"input_dim": 60, "output_dim": 8}),
        ("memory", "SimpleRNN", {"units": 8, "return_sequences": True, "stateful": True}),
        ("next", "Dense", {"units": 60, "activation": "softmax"}),
        wires="letters>table table>memory memory>next",
    )
    return project(graph, "text", replace(SMALL, batch_size=50, epochs=2), length=10, ordered=True)


PROJECTS = {"captions": captions, "heads": heads, "remembering": remembering}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, float]]:
    """What each script printed of its test samples."""
    folder = tmp_path_factory.mktemp("scripts")
    for name, make in PROJECTS.items():
        path, *_ = export_script(make(), catalogue(), folder / f"{name}.py")
        path.write_text(path.read_text(encoding="utf-8") + f'    print("end of {name}")\n', encoding="utf-8")
    scripts = [f"{name}.py" for name in PROJECTS]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ALL, *scripts], cwd=folder, env=QUIET, capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    said = re.split(r"end of (\w+)", done.stdout)
    return {name: figures(text) for text, name in zip(said[::2], said[1::2], strict=False)}


def figures(text: str) -> dict[str, float]:
    return {name: float(value) for name, value in re.findall(r"^test (\w+): (\S+)$", text, re.MULTILINE)}


@pytest.mark.parametrize("name", PROJECTS)
def test_a_script_comes_to_the_figures_of_the_program(
    bench: Bench, printed: Mapping[str, Mapping[str, float]], name: str
) -> None:
    made = PROJECTS[name]()
    bench.train(made.graph, made.recipe)
    assert bench.ear.of(Epoch)
    bench.trainer.evaluate(Evaluate())
    ours = bench.ear.one(Evaluated).metrics
    assert printed[name] == pytest.approx(ours, abs=2e-4)
