"""The details of a run: the weights that it kept and what is done with each, by mouse and by keys; its facts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from engine.messages import Evaluate, Export
from gui.runs.details import NO_WEIGHTS, Details
from gui.runs.pane import CHOOSE_ONE
from gui.theme import DARK, LIGHT, themes
from gui.window import Window
from tests.gui.fakes import Links
from tests.gui.runs.test_commands import ID
from tests.gui.runs.test_commands import window as window
from tests.gui.runs.test_weights import files as files
from tests.gui.runs.test_weights import links as links


@pytest.fixture
def details(window: Window, links: Links, files: list[Path]) -> Iterator[Details]:
    window.actions_by_id["runs_details"].trigger()
    yield window.pages.runs.pane.details
    themes().use(DARK)


def cells(details: Details, column: int) -> list[str]:
    items = [details.list.item(row, column) for row in range(details.list.rowCount())]
    return [item.text() for item in items if item is not None]


def test_weights_are_listed_with_what_they_are(details: Details, window: Window) -> None:
    assert window.pages.runs.pane.view == "details"
    assert window.focusWidget() is details.list, "by keys alone one is at the weights"
    assert cells(details, 0) == ["3", "2", "3"]
    assert cells(details, 1) == ["last", "", ""]
    assert cells(details, 2) == ["0.4", "0.6", "0.4"]
    assert cells(details, 3) == ["7 bytes"] * 3, "as amounts of memory are spelled everywhere"
    assert all(cells(details, 4))
    assert details.none.isHidden()


def test_facts_are_those_of_all_columns(details: Details) -> None:
    for words in ("Test looks", "Optimizer", "Adam", "Seed", "Folder", ID):
        assert words in details.facts.text().replace("\u200b", ""), words


def test_the_chosen_weights_are_exported_and_measured_by_buttons(
    details: Details, window: Window, links: Links, files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(window.files, "ask_path", lambda title, *_: asked.append(title) or tmp_path / "o.keras")  # type: ignore[func-returns-value]
    QTest.keyClick(details.list, Qt.Key.Key_Down)
    details.buttons["run_export"].click()
    links.last.ready()
    (said,) = [each for each in links.last.sent if isinstance(each, Export)]
    assert (said.weights, asked) == (str(files[1]), ["Export the model of before, epoch 2"])
    QTest.keyClick(details.list, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    details.buttons["run_evaluate"].click()
    links.last.ready()
    assert isinstance(links.last.sent[-1], Evaluate)
    assert links.last.sent[-1].weights == str(files[2])


def test_the_window_s_own_actions_mean_the_chosen_weights(details: Details, window: Window, links: Links) -> None:
    details.list.setCurrentCell(0, 0)
    window.actions_by_id["run_evaluate"].trigger()
    links.last.ready()
    assert isinstance(links.last.sent[-1], Evaluate)
    assert links.last.sent[-1].weights == "", "the last weights stand in the run's model"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_offers_what_can_be_done(details: Details, monkeypatch: pytest.MonkeyPatch, key: Qt.Key) -> None:
    offered: list[list[str]] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: offered.append([each.text() for each in menu.actions()]))
    QTest.keyClick(details.list, key)
    assert offered == [["Export…", "Evaluate", "Restore"]]


def test_the_drawing_of_the_run_is_restored(details: Details, window: Window) -> None:
    document = window.document
    before = document.root
    document.edit("Other", before.without([next(iter(before.nodes))]))
    details.buttons["run_restore"].click()
    assert document.root == before


def test_without_weights_it_says_so_and_the_drawing_can_still_be_restored(window: Window, links: Links) -> None:
    window.actions_by_id["runs_details"].trigger()
    details = window.pages.runs.pane.details
    assert details.none.text() == NO_WEIGHTS
    assert not details.none.isHidden()
    assert not details.buttons["run_export"].isEnabled()
    assert window.focusWidget() is details.buttons["run_restore"]


def test_what_is_chosen_stays_so_while_the_list_changes(details: Details, window: Window, files: list[Path]) -> None:
    details.list.setCurrentCell(2, 0)
    files[1].unlink()
    window.pages.runs.pane.refresh()
    assert cells(details, 0) == ["3", "3"]
    assert details.chosen is not None
    assert details.chosen.path == files[2]


def test_where_no_run_is_chosen_it_says_what_to_do(details: Details, window: Window) -> None:
    window.pages.runs.table.select([])
    assert window.pages.runs.pane.hint.text() == CHOOSE_ONE
    assert window.pages.runs.pane.meant is None


def test_both_themes_colour_it(details: Details) -> None:
    before = details.facts.text()
    themes().use(LIGHT)
    assert details.facts.text() != before
