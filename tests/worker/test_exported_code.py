"""An exported script builds the network that the worker builds, and trains, evaluates and saves it."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import pytest

from engine.catalogue import catalogue
from engine.choices import Keeping
from engine.code import spell
from engine.code.export import export_script
from engine.graph import Graph
from engine.project import save
from engine.recipe import ACCURACY
from engine.templates import start
from engine.values import FrozenMap, Part
from engine.worker import construct, layers
from tests.engine.code.drawings import DRAWINGS, QUICK, RECIPES, project

KERAS = catalogue()
ROOT = Path(__file__).resolve().parents[2]
#: Half of the drawings import Keras the other way.
STYLES = {name: ("keras", "tensorflow")[index % 2] for index, name in enumerate(DRAWINGS)}
#: Their functions make layers unit by unit, the worker as the wires lead: random weights come in another order.
OTHER_ORDER = {"towers"}
QUIET = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}


def python(*arguments: str, cwd: Path = ROOT) -> str:
    """Run Python in a fresh process and return what it printed."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=QUIET, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout


# -- whole scripts


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Run every drawing's script in one fresh process: most of the time is TensorFlow's start."""
    folder = tmp_path_factory.mktemp("exported")
    for name in DRAWINGS:
        export_script(project(name), KERAS, folder / f"{name}.py", STYLES[name])
        save(project(name), folder / f"{name}.loom")
    lines = python("-m", "tests.worker.exported", str(folder)).splitlines()
    return {line["name"]: line for line in map(json.loads, lines)}


@pytest.mark.worker
@pytest.mark.parametrize("name", DRAWINGS)
def test_the_script_builds_what_the_worker_builds(ran: dict[str, dict[str, Any]], name: str) -> None:
    found = ran[name]
    assert found["same_config"]
    assert found["same_weights"]
    assert found["same_trainable"]
    if name not in OTHER_ORDER:
        assert found["fresh"] <= 1e-6, "from one seed, both begin with the same weights"
    assert found["trained"] <= 1e-6, "with the trained weights copied"


@pytest.mark.worker
@pytest.mark.parametrize("name", DRAWINGS)
def test_the_script_trains_and_evaluates(ran: dict[str, dict[str, Any]], name: str) -> None:
    found = ran[name]
    assert found["moved"] > 0
    figures = dict(re.findall(r"^test (\w+): (\S+)$", found["said"], re.MULTILINE))
    assert float(figures["loss"]) > 0
    accuracy = next(float(value) for metric, value in figures.items() if metric.endswith("accuracy"))
    assert 0 <= accuracy <= 1


@pytest.mark.worker
def test_plain_python_runs_it_from_anywhere(tmp_path: Path) -> None:
    digits = start("digits-cnn", "", KERAS)
    here = tmp_path / "in {braces}"  # which mean something in the names of weights that are kept
    here.mkdir()
    recipe = replace(QUICK, keeping=Keeping("loss", every=1, most=1))
    path, _ = export_script(replace(digits, recipe=recipe), KERAS, here / "digits.py")
    said = python(str(path), cwd=tmp_path)
    assert re.search(r"^test accuracy: 0\.\d{4}$", said, re.MULTILINE)
    assert sorted(item.name for item in here.iterdir()) == [
        "digits.keras", "digits.py", "digits_checkpoints", "digits_data.npz",
    ]  # fmt: skip
    assert [item.name for item in (here / "digits_checkpoints").iterdir()] == ["epoch-0001.weights.h5"]
    assert list(tmp_path.iterdir()) == [here]


# -- each class of the catalogue


def evaluated(expression: ast.expr) -> Any:
    """Return what an expression of the script is, which has the classes that Keras lacks under their own names."""
    own = {name: getattr(layers, name) for name in layers.__all__}
    return eval(ast.unparse(expression), {"keras": keras, "layers": keras.layers, **own})  # noqa: S307 - spelled by us


PARTS = [(kind, name) for kind, specs in KERAS.parts.items() for name in specs]


@pytest.mark.parametrize("layer", [name for name, spec in KERAS.layers.items() if spec.inputs and not spec.operation])
def test_a_new_layer_is_spelled_as_it_is_built(layer: str) -> None:
    node = KERAS.new_node(Graph(), layer)
    spec, values = KERAS.layer(layer), KERAS.values(node)
    made = FrozenMap({name: value for name, value in values.items() if not spec.parameter(name).call})
    expression = spell.construction(
        KERAS, layer if spec.own else f"layers.{layer}", layer, spec.parameters, made, {"name": ast.Constant(node.name)}
    )
    found = afresh(lambda: evaluated(expression)).get_config()
    assert found == afresh(lambda: construct.layer(layer, made, node.name)).get_config()


@pytest.mark.parametrize(("kind", "name"), PARTS)
def test_a_part_is_spelled_as_it_is_made(kind: str, name: str) -> None:
    """Keras's words, and values by place, mean the class that was chosen."""
    part = KERAS.check_part(kind, KERAS.new_part(kind, name))
    found = afresh(lambda: _named(kind, evaluated(spell.part(KERAS, kind, part))))
    expected = afresh(lambda: construct.part(kind, part))
    if kind == "loss" and not isinstance(found, keras.Loss):
        assert found is expected.fn, "a loss's word means the function that its class wraps"
        return
    assert type(found) is type(expected)
    assert found.get_config() == expected.get_config()


def _named(kind: str, found: Any) -> Any:
    """Find what Keras takes a word for."""
    return construct.MODULES[kind].get(found) if isinstance(found, str) else found


def afresh(make: Callable[[], Any]) -> Any:
    """Make an object with the name and the lot that it would have in a fresh process."""
    keras.utils.clear_session(free_memory=False)
    keras.utils.set_random_seed(1)
    return make()


def test_accuracy_is_keras_own_word() -> None:
    assert evaluated(spell.part(KERAS, "metric", ACCURACY)) == "accuracy"
    assert isinstance(evaluated(spell.part(KERAS, "metric", Part("Accuracy"))), keras.metrics.Accuracy)


@pytest.mark.worker
def test_the_script_keeps_weights_as_the_recipe_says(ran: dict[str, dict[str, Any]]) -> None:
    keeping = RECIPES["frozen"].keeping
    assert keeping is not None
    kept = ran["frozen"]["kept"]
    assert len(kept) == keeping.most
    assert "epoch-0004.weights.h5" in kept
    assert all(found["kept"] == [] for name, found in ran.items() if name not in RECIPES)
