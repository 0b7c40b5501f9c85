"""Weights are kept on the way: each so many epochs, the best always, a bounded number; a model can be had of each."""

from __future__ import annotations

import ast
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from engine import record
from engine.code.callbacks import CHECKPOINTS, overseeing
from engine.messages import Epoch, Evaluate, Evaluated, Export, Exported, Failed
from engine.recipe import Keeping, Recipe
from engine.worker.keeping import Checkpoints
from tests.worker.drawings import SMALL, dense
from tests.worker.rehearsal import Bench

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")


def kept(folder: Path) -> list[int]:
    return [epoch for _, epoch in record.checkpoints(folder)]


def test_weights_are_kept_bounded_with_the_best_among_them(bench: Bench, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    recipe = replace(SMALL, epochs=6, keeping=Keeping("loss", every=2, most=2))
    bench.train(dense(), recipe, folder=str(folder))
    losses = [epoch.metrics["loss"] for epoch in bench.ear.of(Epoch)]
    best = int(np.argmin(losses)) + 1
    assert kept(folder)[0] == 0, "the last weights stand first"
    assert len(kept(folder)) == 3
    assert best in kept(folder)

    epoch = kept(folder)[1]
    path, out = record.checkpoint(folder, epoch), tmp_path / "out.keras"
    bench.trainer.export(Export(dense(), recipe, str(out), str(path)))
    assert bench.ear.of(Exported)
    one, whole = keras.models.load_model(out), keras.models.load_model(folder / record.MODEL)
    same = [np.array_equal(a, b) for a, b in zip(one.get_weights(), whole.get_weights(), strict=True)]
    assert not all(same), "these are the weights of another epoch"
    bench.trainer.evaluate(Evaluate(str(folder), str(path)))
    assert bench.ear.of(Evaluated)[-1].samples > 0
    assert not bench.ear.of(Failed)


def test_what_an_earlier_run_kept_moves_aside(tmp_path: Path) -> None:
    for _ in range(2):
        old = record.checkpoint(tmp_path, 7)
        old.parent.mkdir(exist_ok=True)
        old.write_bytes(b"weights")
        (tmp_path / record.CHECKPOINTS / "stray.h5").touch()
        assert kept(tmp_path) == [7]
        record._put_aside(tmp_path)
        assert kept(tmp_path) == []
        assert kept(tmp_path / record.PREVIOUS) == [7]


def test_without_a_wish_no_weights_are_kept(bench: Bench, tmp_path: Path) -> None:
    bench.train(dense(), replace(SMALL, epochs=1), folder=str(tmp_path / "run"))
    assert kept(tmp_path / "run") == [0]


#: Values of a metric epoch by epoch: falling, rising, with what is no number, and without end.
COURSES = {
    "falls": [1.0, 0.8, 0.6, 0.4, 0.3, 0.2, 0.1],
    "rises": [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7],
    "turns": [1.0, 0.5, 0.9, 0.8, 0.4, 0.6, 0.7],
    "is the same": [0.5] * 7,
    "is no number": [math.nan, 0.5, math.inf, -math.inf, 0.4, math.nan, 0.6],
}


@pytest.mark.parametrize("course", COURSES)
@pytest.mark.parametrize("metric", ["val_loss", "accuracy"])
@pytest.mark.parametrize(("every", "most"), [(1, 1), (1, 3), (2, 2), (3, 2), (10, 2), (2, 9)])
def test_a_script_keeps_what_the_program_keeps(
    tmp_path: Path, course: str, metric: str, every: int, most: int
) -> None:  # fmt: skip
    """The class that exported code carries and the worker's own keep the weights of the same epochs."""
    model, keeping = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)]), Keeping(metric, every, most)
    ours = Checkpoints(keeping, tmp_path / "ours", model)
    scope: dict[str, Any] = {"keras": keras, "np": np, "Path": Path, "CHECKPOINTS": tmp_path / "theirs"}
    exec(CHECKPOINTS, scope)  # noqa: S102 - what a script carries
    (spelled,) = overseeing(Recipe(keeping=keeping))
    theirs = eval(ast.unparse(spelled), scope)  # noqa: S307 - spelled by us
    theirs.set_model(model)
    for epoch, value in enumerate(COURSES[course]):
        ours.epoch(epoch + 1, {metric: value})
        theirs.on_epoch_end(epoch, {metric: value})
    folder = tmp_path / "ours" / record.CHECKPOINTS
    kept = [sorted(path.name for path in each.glob("*")) for each in (folder, tmp_path / "theirs")]
    assert kept[0] == kept[1]
    assert len(kept[0]) <= most
