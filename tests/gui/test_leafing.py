"""The actions on the monitor's pages: each brings its page to the front, and does there what its button does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from engine.analysis import FORMATS
from gui import leafing
from gui.monitor.layers.views import VIEWS as INSIDE
from gui.results.page import NO_VIEW
from gui.results.page import VIEWS as RESULTS
from gui.settings import Settings
from gui.studies.vacant import NOTHING_DRAWN
from gui.window import Window
from tests.gui.windows import shown_window


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    made = shown_window(qtbot)
    made.wire_pages()
    yield made
    made.settings.keep_collecting(False)


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of dialogs that ask where to write; each is cancelled."""
    asked: list[str] = []

    def cancel(_over: object, title: str, *_: object) -> tuple[str, str]:
        asked.append(title)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", cancel)
    return asked


def test_each_view_and_each_form_of_table_has_its_action() -> None:
    assert set(leafing.INSIDE) == INSIDE.keys()
    assert set(leafing.RESULTS) == RESULTS.keys()
    assert set(leafing.TABLES) == FORMATS.keys()


@pytest.mark.parametrize("view", leafing.INSIDE)
def test_a_view_of_the_layers_is_chosen(window: Window, view: str) -> None:
    window.actions_by_id[f"inside_{view}"].trigger()
    assert window.pages.opened == "layers"
    assert window.pages.layers.view == view


@pytest.mark.parametrize("view", leafing.RESULTS)
def test_a_view_of_the_results_is_chosen(window: Window, view: str) -> None:
    window.actions_by_id[f"results_{view}"].trigger()
    assert window.pages.opened == "results"
    assert isinstance(window.pages.results.view, RESULTS[view])


@pytest.mark.parametrize("kind", leafing.FILES)
def test_where_nothing_is_seen_an_export_says_so_and_asks_nothing(
    window: Window, dialogs: list[str], kind: str
) -> None:  # fmt: skip
    window.actions_by_id[f"inside_{kind}"].trigger()
    assert window.pages.opened == "layers"
    assert "nothing to export" in window.pages.layers.empty.words
    window.actions_by_id[f"results_{kind}"].trigger()
    assert window.pages.results._words.text() == NO_VIEW
    window.actions_by_id[f"study_{kind}"].trigger()
    assert window.pages.opened == "studies"
    assert window.pages.studies.words.text() == NOTHING_DRAWN
    assert dialogs == []


@pytest.mark.parametrize("table", leafing.TABLES)
def test_the_analysis_is_copied_from_wherever_one_is(window: Window, table: str) -> None:
    window.actions_by_id[f"analysis_{table}"].trigger()
    copied = QApplication.clipboard().text()
    analysis = window.pages.analysis
    assert copied == FORMATS[table](analysis.rows.analysis, analysis.rows.ids)
    assert "clipboard" in window.notice.text


def test_the_predictions_of_every_epoch_are_kept_by_action_or_button_and_it_is_remembered(window: Window) -> None:
    action, button = window.actions_by_id["results_collect"], window.pages.results.head.keep
    action.trigger()
    assert (button.isChecked(), window.pages.results.judging._collecting) == (True, True)
    assert Settings().collecting
    button.click()
    assert (action.isChecked(), Settings().collecting) == (False, False)


def test_another_window_begins_as_the_last_one_was_left(qtbot: QtBot, window: Window) -> None:
    window.actions_by_id["results_collect"].trigger()
    other = shown_window(qtbot)
    assert other.actions_by_id["results_collect"].isChecked()
    other.wire_pages()
    assert other.pages.results.head.keep.isChecked()
