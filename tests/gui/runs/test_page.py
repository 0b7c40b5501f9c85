"""The page of runs: what it lists, how it is searched and written in, what it shows of the chosen ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.runs.store import NAME, Store
from gui.runs.keeper import Keeper
from gui.runs.page import RunsPage
from tests.engine.runs.kept import begun, filled
from tests.gui.monitor.conftest import stage as stage
from tests.gui.monitor.stage import Stage

IDS = [f"20260101-10000{n}-000-net{n}" for n in range(3)]


@pytest.fixture
def keeper(stage: Stage) -> Iterator[Keeper]:
    made = Keeper(stage.runner)
    yield made
    made.close()


def opened(qtbot: QtBot, keeper: Keeper) -> RunsPage:
    page = RunsPage(keeper)
    qtbot.addWidget(page)
    page.resize(900, 300)
    with qtbot.waitSignal(keeper.woken):
        page.show()
    qtbot.waitUntil(lambda: page._awake)
    return page


@pytest.fixture
def page(qtbot: QtBot, keeper: Keeper, tmp_path: Path) -> RunsPage:
    store = Store(tmp_path / NAME)
    for place, id in enumerate(IDS):
        filled(store, id, seed=place + 1, lift=0.1 * place)
    store.close()
    return opened(qtbot, keeper)


def listed(page: RunsPage) -> list[str]:
    return [row.id for row in page.rows.shown]


def cell(page: RunsPage, id: str, column: str) -> str:
    names = [each.name for each in page.rows.columns]
    place = page.rows.place(id)
    assert place is not None
    return str(page.rows.index(place, names.index(column)).data())


def test_without_a_run_the_page_says_how_to_get_one(qtbot: QtBot, keeper: Keeper) -> None:
    page = opened(qtbot, keeper)
    assert page.empty.isVisible()
    assert "Press Train" in page.empty.words


def test_runs_stand_newest_first_and_sort(page: RunsPage) -> None:
    assert listed(page) == IDS[::-1]
    names = [column.name for column in page.rows.columns]
    page.table.sortByColumn(names.index("loss"), Qt.SortOrder.AscendingOrder)
    assert listed(page) == IDS
    page.search.setText("val_loss<0.45")
    assert listed(page) == IDS[:1]
    page.search.setText("no such word")
    assert page.empty.isVisible()


def test_tags_and_notes_are_written_in_place(qtbot: QtBot, page: RunsPage) -> None:
    names = [column.name for column in page.rows.columns]
    for column, words in (("tags", "b, a"), ("note", " look again ")):
        page.rows.setData(page.rows.index(0, names.index(column)), words)
    qtbot.waitUntil(lambda: cell(page, IDS[2], "note") == "look again")
    assert cell(page, IDS[2], "tags") == "a, b"
    assert not page.rows.setData(page.rows.index(0, names.index("loss")), "1")


def test_archived_and_deleted_runs_stand_apart_and_come_back(qtbot: QtBot, page: RunsPage) -> None:
    page.table.select([IDS[0]])
    page.archive()
    qtbot.waitUntil(lambda: IDS[0] not in listed(page))
    page.table.select([IDS[1]])
    deleted = page.delete()
    qtbot.waitUntil(lambda: listed(page) == [IDS[2]])
    page.put_back(deleted)
    qtbot.waitUntil(lambda: listed(page) == [IDS[2], IDS[1]])
    page.scope.setCurrentIndex(1)
    assert listed(page) == [IDS[0]]
    page.table.select(IDS)
    page.archive()
    qtbot.waitUntil(lambda: listed(page) == [])
    assert "No run is archived" in page.empty.words


def test_the_chosen_runs_stay_chosen_while_others_come(qtbot: QtBot, page: RunsPage, keeper: Keeper) -> None:
    page.table.select(IDS[:2])
    keeper.do(lambda store: [filled(store, "20260101-100009-000-late", seed=9)])
    qtbot.waitUntil(lambda: len(listed(page)) == 4)
    assert {row.id for row in page.chosen} == set(IDS[:2])


def test_runs_that_differ_in_their_seed_are_drawn_with_their_mean(page: RunsPage) -> None:
    page.table.select(IDS)
    lines = page.pane.chart.lines
    assert [line.faint for line in lines] == [True, True, True, False]
    assert lines[-1].band is not None
    assert lines[-1].y[-1] == pytest.approx(1.2 / 3 + 0.1)
    assert "±" in page.pane.told.text()
    words = page.pane.chart.words_at(QPointF(page.pane.chart.width() / 2, page.pane.chart.height() / 2))
    assert len(words.splitlines()) == 4


def test_two_runs_are_compared_in_words(page: RunsPage) -> None:
    page.pane.switch.choose("differences")
    assert page.pane.hint.isVisible()
    page.table.select(IDS[:2])
    text = page.pane.differences.toPlainText()
    assert "Seed" in text
    assert "the same network" in text
    assert page.pane.show_apart.isEnabled()


def test_parallel_axes_are_those_in_which_runs_differ(page: RunsPage) -> None:
    page.pane.switch.choose("parallel")
    titles = [axis.title for axis in page.pane.parallel.axes]
    assert {"Seed", "loss", "val_loss"} <= set(titles)
    assert "Batch" not in titles
    parallel = page.pane.parallel
    assert parallel.run_at(parallel.line(IDS[1])[0] + QPointF(1, 0)) in IDS
    parallel.pressed.emit(IDS[1])
    assert [row.id for row in page.chosen] == [IDS[1]]


def test_keys_ask_for_what_is_done(qtbot: QtBot, page: RunsPage) -> None:
    asked: list[str] = []
    page.asked.connect(asked.append)
    page.search.setFocus()
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert asked == ["run_restore", "run_delete"]
    assert [row.id for row in page.chosen] == [IDS[2]]


def test_columns_are_chosen(page: RunsPage) -> None:
    names = [column.name for column in page.rows.columns]
    assert page.table.isColumnHidden(names.index("device"))
    page.table.show_column("device", True)
    page.table.show_column("seed", False)
    assert not page.table.isColumnHidden(names.index("device"))
    page.search.setText("net1")
    assert page.table.isColumnHidden(names.index("seed"))
    menu = page.table.columns_menu()
    assert {action.text(): action.isChecked() for action in menu.actions()}["Device"]


def test_a_run_that_goes_is_seen_as_it_goes(qtbot: QtBot, page: RunsPage, keeper: Keeper, stage: Stage) -> None:
    stage.begin()
    stage.play()
    id = keeper.run
    qtbot.waitUntil(lambda: id in listed(page) and cell(page, id, "state") == "finished", timeout=10_000)
    assert cell(page, id, "epochs") == "12"


def test_a_page_made_after_a_run_began_lists_it(qtbot: QtBot, keeper: Keeper, stage: Stage) -> None:
    stage.begin()
    qtbot.waitUntil(lambda: keeper.awake)
    page = RunsPage(keeper)
    qtbot.addWidget(page)
    assert page.empty.words.startswith("Reading")
    page.show()
    qtbot.waitUntil(lambda: listed(page) == [keeper.run])


def test_another_windows_runs_are_seen_when_the_page_is_shown(qtbot: QtBot, page: RunsPage, tmp_path: Path) -> None:
    page.hide()
    other = Store(tmp_path / NAME)
    other.begin(begun("z-other", seed=8))
    other.forget(IDS[:1])
    other.close()
    page.show()
    qtbot.waitUntil(lambda: set(listed(page)) == {"z-other", *IDS[1:]})
