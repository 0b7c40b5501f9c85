"""What is done to chosen runs in the real window: restored in one step, compared on the canvas, written as files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from engine.graph import Graph
from engine.recipe import Recipe
from engine.runs.store import NAME, Store
from gui.runs.commands import VIEWS
from gui.settings import runs_folder
from gui.window import Window
from tests.engine.runs.kept import begun, epochs
from tests.gui.windows import shown_window

ID = "20260101-100000-000-before"


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    made = shown_window(qtbot)
    (runs_folder() / NAME).unlink(missing_ok=True)
    yield made
    made.document.undo.setClean()
    made.close()
    for path in runs_folder().glob(NAME + "*"):
        path.unlink()


def keep(window: Window, graph: Graph, recipe: Recipe) -> None:
    """Keep a run of a drawing, and show the page with it chosen."""
    store = Store(runs_folder() / NAME)
    store.begin(begun(ID, graph=graph, recipe=recipe, folder=runs_folder() / ID))
    store.add_epochs(ID, epochs())
    store.close()
    window.wire_pages()
    window.commands.open_page("runs")
    for _ in range(200):
        if window.pages.runs.rows.shown:
            break
        QTest.qWait(20)
    window.pages.runs.table.select([ID])


def edited(window: Window) -> Graph:
    """Take a layer of the drawing out and set another otherwise; return the drawing from before."""
    document = window.document
    before = document.root
    dropout = next(node.id for node in before.nodes.values() if node.layer == "Dropout")
    dense = next(node.id for node in before.nodes.values() if node.layer == "Dense")
    document.edit("Other", before.without([dropout]).with_value(dense, "units", 7))
    return before


def test_a_drawing_is_restored_as_one_step(window: Window) -> None:
    document = window.document
    recipe = replace(document.recipe, batch_size=99, seed=1)
    before = edited(window)
    after, steps = document.root, document.undo.index()
    keep(window, before, recipe)
    window.actions_by_id["run_restore"].trigger()
    assert (document.root, document.recipe) == (before, recipe)
    assert document.undo.index() == steps + 1
    document.undo.undo()
    assert document.root == after
    assert document.recipe.batch_size != 99


def test_drawings_stand_apart_over_the_canvas_until_escape(qtbot: QtBot, window: Window) -> None:
    before = edited(window)
    keep(window, before, window.document.recipe)
    window.actions_by_id["run_compare"].trigger()
    apart = window.commands.runs._apart
    assert apart is not None
    assert apart.isVisible()
    assert apart.marks is not None
    names = {id: node.name for id, node in before.nodes.items()}
    assert {names[id]: kind for id, kind in apart.marks.kinds.items()} == {"dropout": "removed", "hidden": "changed"}
    assert apart.ground is not None
    for id in apart.marks.kinds:
        frame = apart.ground.viewportTransform().mapRect(apart.ground.drawing.nodes.frame(id))
        assert apart.ground.viewport().rect().contains(frame.toRect())
    assert apart.marks.geometry() == apart.ground.viewport().geometry()
    QTest.keyClick(apart, Qt.Key.Key_Escape)
    assert not apart.isVisible()
    assert window.document.root != before


def test_files_for_tensorboard_and_a_report_are_written(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(window, window.document.root, window.document.recipe)
    window.actions_by_id["run_events"].trigger()
    qtbot.waitUntil(lambda: "tensorboard --logdir" in window.notice.text)
    assert len(list((runs_folder() / ID / "tensorboard").glob("*/events.out.tfevents.*"))) == 2
    monkeypatch.setattr(window.files, "ask_path", lambda *_: tmp_path / "report.html")
    window.actions_by_id["run_report"].trigger()
    qtbot.waitUntil(lambda: "report.html" in window.notice.text)
    assert "before" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_deletion_is_taken_back_by_the_notice(qtbot: QtBot, window: Window) -> None:
    keep(window, window.document.root, window.document.recipe)
    page = window.pages.runs
    window.actions_by_id["run_delete"].trigger()
    qtbot.waitUntil(lambda: not page.rows.shown)
    assert window.notice.more == "Put back"
    window.notice.asked.emit()
    qtbot.waitUntil(lambda: len(page.rows.shown) == 1)


def test_without_a_chosen_run_an_action_says_what_to_do(window: Window) -> None:
    window.wire_pages()
    window.actions_by_id["run_restore"].trigger()
    assert "Choose a run" in window.notice.text
    assert window.pages.opened == "runs"


def test_chosen_runs_are_laid_over_the_curves_and_taken_off(qtbot: QtBot, window: Window) -> None:
    keep(window, window.document.root, window.document.recipe)
    view = window.pages.curves
    QTest.keyClick(window.pages.runs.table, Qt.Key.Key_O)
    qtbot.waitUntil(lambda: len(view.laid) == 1)
    assert window.pages.opened == "curves"
    view.draw_now()
    assert "before" in view.legend._laid.text()
    assert "loss 0.333 · 0.400" in view.legend._laid.text()
    assert view.plots["loss"]._laid.shown
    assert view.manner.across == "epoch", "the axis is that of the run which is laid over"
    window.actions_by_id["curves_bare"].trigger()
    assert view.laid == ()
    assert not view.legend.clear.isVisible()


def test_columns_and_the_filter_are_reached_by_actions(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(window, window.document.root, window.document.recipe)
    offered: list[list[str]] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: offered.append([each.text() for each in menu.actions()]))
    window.commands.open_page("curves")
    window.actions_by_id["runs_columns"].trigger()
    assert window.pages.opened == "runs"
    assert "Test looks" in offered[0]
    window.actions_by_id["runs_filter"].trigger()
    assert window.focusWidget() is window.pages.runs.search


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_of_the_runs_is_seen_by_its_action_without_a_run_chosen_before(window: Window, view: str) -> None:
    keep(window, window.document.root, window.document.recipe)
    window.pages.runs.table.select([])
    window.actions_by_id[f"runs_{view}"].trigger()
    assert window.pages.runs.pane.view == view
    assert [row.id for row in window.pages.runs.chosen] == [ID]
