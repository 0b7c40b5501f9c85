"""The weights that a run kept: chosen, exported, measured by a trainer of its own, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.messages import Evaluate, Evaluated, Export, Exported, Failed
from engine.record import MODEL, checkpoint
from engine.runs.store import NAME, Store
from gui.runs.weights import NONE, Weights
from gui.settings import runs_folder
from gui.window import Window
from tests.gui.fakes import Links
from tests.gui.runs.test_commands import ID, keep
from tests.gui.runs.test_commands import window as window


@pytest.fixture
def links(window: Window) -> Links:
    made = Links()
    keep(window, window.document.root, window.document.recipe)
    window.commands.runs._weights = Weights(window, made)  # type: ignore[arg-type]
    return made


@pytest.fixture
def files(links: Links, window: Window) -> Iterator[list[Path]]:
    """Weights of the last epoch and of two others."""
    folder = runs_folder() / ID
    paths = [folder / MODEL, checkpoint(folder, 2), checkpoint(folder, 3)]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"weights")
    store = Store(runs_folder() / NAME)
    store.set_checkpoints(ID, [(str(path), epoch) for path, epoch in zip(paths, (0, 2, 3), strict=True)])
    store.close()
    yield paths
    for path in paths:
        path.unlink(missing_ok=True)


def test_a_run_without_weights_says_so(window: Window, links: Links) -> None:
    window.actions_by_id["run_export"].trigger()
    assert window.notice.text == NONE
    assert links.made == []


def test_weights_are_listed_and_the_chosen_ones_exported(
    qtbot: QtBot, window: Window, links: Links, files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window.files, "ask_path", lambda *_: tmp_path / "out.keras")
    weights, row = window.commands.runs.weights, window.pages.runs.chosen[0]
    menu = weights.make_menu(row, weights.export)
    rows = {action.text(): action for action in menu.actions()}
    assert list(rows) == ["The last weights", "Epoch 2 · val_loss 0.6", "Epoch 3 · val_loss 0.4"]
    rows["Epoch 3 · val_loss 0.4"].trigger()
    links.last.ready()
    (said,) = [each for each in links.last.sent if isinstance(each, Export)]
    assert (said.weights, said.path, said.graph) == (str(files[2]), str(tmp_path / "out.keras"), window.document.root)
    links.last.received.emit(Exported(said.path))
    assert window.notice.text == "Wrote out.keras: before, epoch 3."
    assert not links.last.alive
    menu.deleteLater()


def test_weights_are_measured_and_the_last_ones_figures_kept(
    qtbot: QtBot, window: Window, links: Links, files: list[Path]
) -> None:
    weights, row = window.commands.runs.weights, window.pages.runs.chosen[0]
    for path, epoch, sent in ((files[1], 2, str(files[1])), (files[0], 0, "")):
        weights.evaluate(row, path, epoch)
        links.last.ready()
        assert links.last.sent[-1] == Evaluate(row.folder, sent)
        links.last.received.emit(Evaluated({"loss": 0.25 + epoch}, 300, 3 - epoch))
        assert f"on 300 test samples: loss {0.25 + epoch:g}" in window.notice.text
    qtbot.waitUntil(lambda: window.pages.keeper.store.rows([ID])[0].tested == {"loss": 0.25})
    assert window.pages.keeper.store.rows([ID])[0].looks == 3


def test_what_goes_wrong_is_said(window: Window, links: Links, files: list[Path]) -> None:
    weights, row = window.commands.runs.weights, window.pages.runs.chosen[0]
    weights.evaluate(row, files[0], 0)
    links.last.ready()
    links.last.received.emit(Failed("There must be test samples."))
    assert "There must be test samples" in window.notice.text
    weights.evaluate(row, files[0], 0)
    links.last.die("")
    assert "ended before it answered" in window.notice.text
