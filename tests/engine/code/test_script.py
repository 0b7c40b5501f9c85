"""The script reads as a good engineer would have written it, whatever the drawing; a person's text stays text."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from engine.catalogue import catalogue
from engine.choices import Keeping, Plateau, Stopping
from engine.code.script import IMPORTS, script
from engine.errors import ExportError, RecipeError
from engine.graph import Edge, End, Graph
from engine.project import Project
from engine.recipe import DataChoice, Recipe
from engine.templates import start
from engine.values import Part
from tests.engine.code.drawings import DRAWINGS, Sketch, cnn, part, project

KERAS = catalogue()
STYLES = tuple(IMPORTS)


def spell(project: Project, name: str = "net", style: str = "keras") -> str:
    return script(project, KERAS, data_file=f"{name}_data.npz", name=name, style=style)


# -- as a whole


def test_the_digits_read_as_written_by_hand() -> None:
    expected = (Path(__file__).parent / "digits.expected.txt").read_text(encoding="utf-8")
    assert spell(start("digits-cnn", "", KERAS), "digits") == expected


def test_ruff_has_nothing_to_say(tmp_path: Path) -> None:
    for name in DRAWINGS:
        for style in STYLES:
            (tmp_path / f"{name}_{style}.py").write_text(spell(project(name), name, style), encoding="utf-8")
    base = [sys.executable, "-m", "ruff"]
    for command in (
        ["format", "--diff"],
        # All rules but those on copyright, packages, print, and two that contradict two others.
        ["check", "--select", "ALL", "--ignore", "CPY,INP,T20,D203,D213"],
    ):
        asked = [*base, *command, "--isolated", "--no-cache", "--line-length", "100", "."]
        done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", DRAWINGS)
def test_the_text_is_the_same_each_time(name: str) -> None:
    assert spell(project(name)) == spell(project(name))


@pytest.mark.parametrize("style", STYLES)
def test_importing_the_script_only_defines(style: str) -> None:
    tree = ast.parse(spell(project("cnn"), style=style))
    guard = tree.body[-1]
    assert isinstance(guard, ast.If)
    assert ast.unparse(guard.test) == "__name__ == '__main__'"
    functions = [item.name for item in tree.body if isinstance(item, ast.FunctionDef)]
    assert functions == ["load_data", "shuffled", "build_model", "main"]
    kinds = {type(item).__name__ for item in tree.body[1:-1]}
    assert kinds <= {"Import", "ImportFrom", "Assign", "FunctionDef"}


BATCHES = [
    "import math", "from collections.abc import Iterator", "from itertools import count",
    "from operator import itemgetter",
]  # fmt: skip


@pytest.mark.parametrize(
    ("style", "lines"),
    [
        ("keras", ["from pathlib import Path", "import keras", "import numpy as np", "from keras import layers"]),
        (
            "tensorflow",
            [
                "from pathlib import Path", "import numpy as np", "from tensorflow import keras",
                "from tensorflow.keras import layers",
            ],
        ),
    ],
)  # fmt: skip
def test_the_style_decides_the_imports(style: str, lines: list[str]) -> None:
    tree = ast.parse(spell(project("cnn"), style=style))
    imports = [ast.unparse(item) for item in tree.body if isinstance(item, ast.Import | ast.ImportFrom)]
    assert imports == [*BATCHES, *lines]


# -- the recipe


def main_of(recipe: Recipe) -> str:
    return spell(Project(cnn(), recipe)).partition("def main")[2]


def test_loss_metrics_and_optimizer_are_words_where_they_hold_no_values() -> None:
    recipe = Recipe(
        loss=Part("MeanSquaredError"), optimizer=Part("RMSprop"), metrics=(Part("MeanAbsoluteError"), Part("Accuracy"))
    )
    lines = main_of(recipe)
    assert 'optimizer="rmsprop"' in lines
    assert 'loss="mean_squared_error"' in lines
    assert 'metrics=["mean_absolute_error", keras.metrics.Accuracy()]' in lines
    assert "metrics" not in main_of(Recipe(metrics=()))


def test_values_and_schedules_are_spelled() -> None:
    schedule = part("PiecewiseConstantDecay", boundaries=(10, 20), values=(0.1, 0.01, 0.001))
    lines = main_of(Recipe(loss=part("Huber", delta=2.0), optimizer=part("Lamb", learning_rate=schedule)))
    flat = lines.replace("\n", "").replace("    ", "")
    assert "loss=keras.losses.Huber(delta=2.0)," in flat
    assert (
        "optimizer=keras.optimizers.Lamb(learning_rate=keras.optimizers.schedules.PiecewiseConstantDecay("
        "boundaries=[10, 20],values=[0.1, 0.01, 0.001],),)" in flat
    )
    assert "optimizer=keras.optimizers.Lamb()" in main_of(Recipe(optimizer=part("Lamb"))).replace("\n", "")


def test_numbers_stand_on_top() -> None:
    lines = spell(Project(cnn(), Recipe(seed=7, batch_size=16, epochs=3))).splitlines()
    assert {"SEED = 7", "BATCH_SIZE = 16", "EPOCHS = 3"} <= set(lines)
    assert "    keras.utils.set_random_seed(SEED)" in lines


def test_samples_that_are_not_kept_apart_are_not_asked_for() -> None:
    all_for_training = main_of(Recipe(DataChoice(validation=0, test=0)))
    assert "validation_data" not in all_for_training
    assert "evaluate" not in all_for_training
    assert "validation_batch_size" not in all_for_training
    assert 'shuffled(data["x_train"], data["y_train"]),' in all_for_training


def test_steps_per_execution_is_at_most_an_epoch() -> None:
    assert "steps_per_execution" not in main_of(Recipe())
    assert "steps_per_execution=8" in main_of(Recipe(steps_per_execution=8))
    assert "steps_per_execution=40" in main_of(Recipe(steps_per_execution=1000))


def test_what_ends_a_run_and_what_lowers_its_rate_are_spelled() -> None:
    recipe = Recipe(stopping=Stopping("val_accuracy", 3, 0.5, restore=False), plateau=Plateau("loss", 0.1, 2, 1e-5))
    flat = main_of(recipe).replace("\n", "").replace("    ", "")
    lowers = 'monitor="loss",factor=0.1,patience=2,min_delta=0.0,min_lr=1e-5'
    assert f"keras.callbacks.ReduceLROnPlateau({lowers},)" in flat
    stops = 'monitor="val_accuracy",patience=3,min_delta=0.5,restore_best_weights=False'
    assert f"keras.callbacks.EarlyStopping({stops},)" in flat
    assert "callbacks" not in main_of(Recipe())


def test_of_the_metrics_of_one_output_among_several_it_is_said_which_way_is_better() -> None:
    text = spell(project("two_inputs"))
    assert re.search(r'monitor="val_fine_loss",\s+mode="min"', text)
    assert re.search(r'monitor="coarse_accuracy",\s+mode="max"', text)


def test_weights_that_the_recipe_keeps_are_kept_by_keras_own_checkpoint() -> None:
    text = spell(Project(cnn(), Recipe(keeping=Keeping("val_accuracy", 2, 3), stopping=Stopping())))
    flat = text.replace("\n", "").replace("    ", "")
    kept = 'Checkpoints(monitor="val_accuracy", mode="max", every=2, most=3)'
    assert f"callbacks=[{kept},keras.callbacks.EarlyStopping(" in flat, "as the program: before the run is ended"
    assert "class Checkpoints(keras.callbacks.ModelCheckpoint):" in text
    assert 'CHECKPOINTS = FOLDER / "net_checkpoints"' in text
    assert "heckpoint" not in spell(Project(cnn(), Recipe())).lower()


# -- what has no script


def test_the_first_problem_is_said() -> None:
    graph = cnn().without_edges(cnn().edges[:1])
    with pytest.raises(ExportError) as caught:
        spell(Project(graph))
    assert caught.value.sentence.startswith("conv1 (Conv2D) has no input.")
    assert caught.value.node == "n2"


def test_a_circle_is_refused() -> None:
    graph = cnn().without_edges(cnn().edges[:1]).with_edge(Edge(End("n2", "output"), End("n2", "input")))
    with pytest.raises(ExportError, match="circle"):
        spell(Project(graph))


@pytest.mark.parametrize("graph", [Graph(), Sketch().add("InputLayer", "a", shape=(3,)).graph])
def test_a_drawing_without_a_network_is_refused(graph: Graph) -> None:
    with pytest.raises(ExportError):
        spell(Project(graph))


def test_a_recipe_or_a_style_that_cannot_be_is_refused() -> None:
    with pytest.raises(RecipeError, match="batch_size"):
        spell(Project(cnn(), Recipe(batch_size=0)))
    with pytest.raises(RecipeError, match="data"):
        spell(Project(cnn(), Recipe(DataChoice("my photos"))))
    with pytest.raises(ExportError, match="keras, tensorflow"):
        spell(project("cnn"), style="torch")


def test_a_layer_that_keras_has_not_makes_no_script() -> None:
    graph = cnn()
    graph = graph.with_node(replace(graph.node("n2"), layer="os.system"))
    with pytest.raises(ExportError):
        spell(Project(graph))
