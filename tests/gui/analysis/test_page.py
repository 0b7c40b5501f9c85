"""The analysis page: follows while it is seen, filters, sorts, copies, and selects with the canvas both ways."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from engine.analysis import COLUMNS, Analysis
from engine.catalogue import catalogue
from engine.project import Project
from engine.report import NodeReport, Report, TensorSpec
from engine.values import FrozenMap
from gui.analysis.page import AnalysisPage
from gui.document import Document
from gui.selection import Selection
from gui.theme import TEXT, font
from tests.gui.drawings import node, wired
from tests.gui.large import network, report

TITLES = [column.title for column in COLUMNS]


class Desk:
    """A document with an analysis beside it, and the layers that it led to."""

    def __init__(self, qtbot: QtBot) -> None:
        self.document = Document(catalogue())
        self.document.start(Project(wired(
            node("n1", "InputLayer", shape=(8, 8, 1)), node("n2", "Conv2D", filters=3, kernel_size=(3, 3)),
            node("n3", "Flatten"), node("n4", "Dense", units=10),
        )))  # fmt: skip
        self.selection = Selection(self.document)
        self.page = AnalysisPage(self.document, self.selection)
        self.went: list[str] = []
        self.page.activated_node.connect(self.went.append)
        qtbot.addWidget(self.page)
        QAbstractItemModelTester(self.page.rows, self.page)
        self.page.resize(900, 300)
        self.page.show()
        self.report()

    def report(self, **more: int) -> None:
        counts = {"n1": 0, "n2": 30, "n3": 0, "n4": 1090, **more}
        spec = TensorSpec((None, 6, 6, 3))
        nodes = {id: NodeReport(FrozenMap({"output": spec}), count, count) for id, count in counts.items()}
        self.document.take_report(self.document.generation, Report(FrozenMap(nodes)))

    def cell(self, id: str, title: str) -> str:
        row = self.page.rows.row(id)
        assert row is not None
        return str(self.page.rows.index(row, TITLES.index(title)).data())

    @property
    def chosen(self) -> frozenset[str]:
        return self.page.rows.ids_of(self.page.table.selectionModel().selection())


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_the_table_shows_the_drawing_and_its_sum(desk: Desk) -> None:
    assert desk.page.rows.ids == ["n1", "n2", "n3", "n4"]
    assert desk.cell("n4", "Parameters") == "1,090"
    assert desk.page.foot.words == "4 layers"
    assert desk.page.foot.cells[TITLES.index("Parameters")] == "1,120"


def test_a_sum_has_room_in_its_column(desk: Desk) -> None:
    """What is cut at its left reads as another figure."""
    desk.report(n2=10**17, n4=10**17)
    bold = QFontMetrics(font(TEXT, bold=True))
    for place, words in enumerate(desk.page.foot.cells):
        assert bold.horizontalAdvance(words) <= desk.page.foot.place(place).width(), words


def test_words_give_way_to_figures_where_it_is_narrow(desk: Desk) -> None:
    def figures_end() -> int:
        return desk.page.foot.place(TITLES.index("Memory")).right()

    def width(title: str) -> int:
        return desk.page.table.columnWidth(TITLES.index(title))

    wide = width("Layer")
    desk.page.resize(740, 300)
    assert width("Layer") < wide
    assert figures_end() < desk.page.table.viewport().width()
    desk.page.table.setColumnWidth(TITLES.index("Layer"), 300)
    desk.page.resize(700, 300)
    assert width("Layer") == 300, "what a person sets stays"


def test_it_follows_reports_edits_and_recipe_while_it_is_seen(desk: Desk) -> None:
    before = desk.cell("n1", "Memory")
    desk.document.edit_recipe("Set", desk.document.recipe.__class__(batch_size=64))
    assert desk.cell("n1", "Memory") != before
    desk.report(n2=60)
    assert desk.cell("n2", "Parameters") == "60"
    desk.document.edit("Delete", desk.document.graph.without(["n3"]))
    assert desk.page.rows.ids == ["n1", "n2", "n4"]


def test_it_does_nothing_while_nobody_looks(desk: Desk) -> None:
    desk.page.hide()
    desk.document.edit("Delete", desk.document.graph.without(["n3"]))
    assert len(desk.page.rows.ids) == 4
    desk.page.show()
    assert len(desk.page.rows.ids) == 3


def test_the_selection_goes_both_ways(desk: Desk) -> None:
    desk.selection.set(["n2", "n3"])
    assert desk.chosen == {"n2", "n3"}
    QTest.mouseClick(
        desk.page.table.viewport(), Qt.MouseButton.LeftButton,
        pos=desk.page.table.visualRect(desk.page.rows.index(3, 0)).center(),
    )  # fmt: skip
    assert desk.selection.ids == {"n4"}


def test_what_is_selected_stays_so_when_rows_move(desk: Desk) -> None:
    desk.selection.set(["n4"])
    desk.page.table.sortByColumn(TITLES.index("Parameters"), Qt.SortOrder.DescendingOrder)
    assert desk.page.rows.ids[0] == "n4"
    assert desk.chosen == {"n4"}
    assert desk.selection.ids == {"n4"}


def test_a_filter_that_hides_what_is_selected_leaves_it_selected_in_the_drawing(desk: Desk) -> None:
    desk.selection.set(["n4"])
    desk.page.search.setText("conv")
    assert desk.page.rows.ids == ["n2"]
    assert desk.page.foot.words == "1 of 4 layers"
    assert desk.selection.ids == {"n4"}
    desk.page.search.setText("nothing like it")
    assert desk.page.empty.isVisible()


def test_keys(desk: Desk) -> None:
    desk.page.search.setFocus()
    QTest.keyClick(desk.page.search, Qt.Key.Key_Down)
    assert desk.page.table.currentIndex().row() == 0
    QTest.keyClick(desk.page.table, Qt.Key.Key_Down)
    QTest.keyClick(desk.page.table, Qt.Key.Key_Return)
    assert desk.went == ["n2"]
    QTest.keyClick(desk.page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines()[2].startswith("| conv2d_n2 |")


def test_copying_takes_all_where_nothing_is_selected(desk: Desk) -> None:
    desk.page.choose_format("csv")
    desk.page.copy()
    assert len(QGuiApplication.clipboard().text().splitlines()) == 5
    desk.page.copy("markdown")
    assert len(QGuiApplication.clipboard().text().splitlines()) == 7


def test_the_menu_sorts_and_chooses_the_format(desk: Desk) -> None:
    menu = desk.page.make_menu()
    format, sort = (action.menu() for action in menu.actions() if action.menu() is not None)
    assert isinstance(format, QMenu)
    assert isinstance(sort, QMenu)
    format.actions()[1].trigger()
    assert desk.page.format == "csv"
    next(action for action in sort.actions() if action.text() == "Parameters").trigger()
    assert desk.page.rows.ids[0] == "n4"
    sort.actions()[0].trigger()
    assert desk.page.rows.ids == ["n1", "n2", "n3", "n4"]
    menu.deleteLater()


def test_cells_are_made_when_they_are_seen(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large drawing costs what is seen of it."""
    asked: list[str] = []

    def text(_analysis: Analysis, id: str) -> str:
        asked.append(id)
        return id

    monkeypatch.setattr("gui.analysis.rows.COLUMNS", tuple(replace(column, text=text) for column in COLUMNS))
    graph = network(2000)
    desk.document.start(Project(graph))
    desk.document.take_report(desk.document.generation, report(graph))
    QTest.qWait(20)
    assert 0 < len(asked) < 4000
