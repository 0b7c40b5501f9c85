"""Weights are kept on the way: each so many epochs, the best always, a bounded number; a model can be had of each."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from engine import record
from engine.messages import Epoch, Evaluate, Evaluated, Export, Exported, Failed
from engine.recipe import Keeping
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
