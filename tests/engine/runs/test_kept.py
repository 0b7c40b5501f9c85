"""The weights that a run kept are told as what they are: of which epoch, why, how large, since when."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.choices import Keeping, Stopping
from engine.recipe import Recipe
from engine.record import MODEL, checkpoint
from engine.runs.kept import Kept, kept
from engine.runs.store import Store
from engine.runs.values import EpochRow
from tests.engine.runs.kept import begun

ID = "20260101-100000-000-lenet"
#: The best in epoch 5; epoch 1 was the best until then, as 2 was.
LOSSES = (0.9, 0.7, 0.8, 0.75, 0.4, 0.6)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "runs.sqlite")


def run(store: Store, folder: Path, recipe: Recipe, named: tuple[int, ...], *, told: bool = True) -> tuple[Kept, ...]:
    """Keep a run with weights of some epochs, by their files' names; return what is said of them."""
    store.begin(begun(ID, recipe=recipe, folder=folder))
    store.add_epochs(ID, [EpochRow(n, 10 * n, 0.1, {"val_loss": loss}) for n, loss in enumerate(LOSSES, 1)])
    paths = {epoch: checkpoint(folder, epoch) if epoch else folder / MODEL for epoch in named}
    for epoch, path in paths.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"w" * (100 + epoch))
    if told:
        store.set_checkpoints(ID, [(str(path), epoch) for epoch, path in paths.items()])
    (row,) = store.rows([ID])
    return kept(store, row)


def test_each_says_why_it_was_kept(store: Store, tmp_path: Path) -> None:
    found = run(store, tmp_path / "run", Recipe(keeping=Keeping(every=3)), (0, 1, 3, 5, 6))
    assert [(each.named, each.epoch, each.kind) for each in found] == [
        (0, 6, "last"), (1, 1, "was best"), (3, 3, "every 3"), (5, 5, "best"), (6, 6, "every 3"),
    ]  # fmt: skip
    assert [each.size for each in found] == [100, 101, 103, 105, 106]
    assert all(each.written > 1e9 for each in found)
    assert found[3].metrics == {"val_loss": 0.4}


def test_the_best_may_be_one_that_is_kept_anyway(store: Store, tmp_path: Path) -> None:
    found = run(store, tmp_path / "run", Recipe(keeping=Keeping()), (4, 5))
    assert [each.kind for each in found] == ["every epoch", "best"]


@pytest.mark.parametrize(("restore", "epoch"), [(True, 5), (False, 6)])
def test_where_the_best_was_put_back_the_last_are_of_that_epoch(
    store: Store, tmp_path: Path, restore: bool, epoch: int
) -> None:  # fmt: skip
    (last,) = run(store, tmp_path / "run", Recipe(stopping=Stopping(restore=restore)), (0,))
    assert (last.epoch, last.kind) == (epoch, "best put back" if restore else "last")


def test_a_run_that_goes_on_is_read_from_its_folder_and_what_is_gone_is_left_out(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    assert [each.named for each in run(store, folder, Recipe(), (2, 3), told=False)] == [2, 3]
    checkpoint(folder, 2).unlink()
    store.set_checkpoints(ID, [(str(checkpoint(folder, epoch)), epoch) for epoch in (2, 3)])
    (row,) = store.rows([ID])
    assert [(each.named, each.kind) for each in kept(store, row)] == [(3, "")]
    assert kept(store, replace(row, folder="")) == kept(store, row)


@pytest.mark.parametrize(
    "recipe", ["{", "[]", '{"keeping": 7}', '{"keeping": {"every": "x"}}', '{"stopping": {"a": 1}}']
)
def test_a_recipe_that_makes_no_sense_tells_nothing(store: Store, tmp_path: Path, recipe: str) -> None:
    run(store, tmp_path / "run", Recipe(), (0, 2))
    (row,) = store.rows([ID])
    assert [each.kind for each in kept(store, replace(row, recipe_text=recipe))] == ["last", ""]
