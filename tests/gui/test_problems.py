"""The problem list: each problem once, errors first, a click or Enter leads to its node."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.project import Project
from engine.report import Fix, Problem, Report
from gui.document import Document
from gui.problem_rows import GAP, INSET, NAME_WIDTH, NODE, wrapped
from gui.problems import ProblemList
from gui.selection import Selection
from tests.gui.blocked import blocked
from tests.gui.drawings import classifier, node

LONG = "conv2d cannot take what pooling gives, which is smaller than its kernel. " * 6


class Desk:
    """A document with a problem list, and the nodes that it led to."""

    def __init__(self, qtbot: QtBot) -> None:
        self.document = Document(catalogue())
        self.document.start(Project(classifier()))
        self.selection = Selection(self.document)
        self.list = ProblemList(self.document, self.selection)
        self.went: list[str] = []
        self.list.activated_node.connect(self.went.append)
        qtbot.addWidget(self.list)
        self.list.resize(800, 240)
        self.list.show()

    def report(self, *problems: Problem) -> None:
        self.document.take_report(self.document.generation, Report(problems=problems))

    @property
    def sentences(self) -> list[str]:
        return [problem.sentence for problem in self.list.rows.problems]

    def height(self, row: int) -> int:
        return self.list.view.visualRect(self.list.rows.index(row, 0)).height()


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_a_sound_drawing_has_no_problems(desk: Desk) -> None:
    assert desk.sentences == []
    assert desk.list.empty.isVisible()
    assert desk.list.empty.text() == "No problems"


def test_errors_stand_before_warnings_each_once(desk: Desk) -> None:
    desk.report(
        Problem("warning", "Nothing uses this.", ("n2",)),
        Problem("error", "This cannot be.", ("n3",)),
        Problem("error", "This cannot be.", ("n3",)),
        Problem("error", "This cannot be.", ("n2",)),
    )
    assert desk.sentences == ["This cannot be.", "This cannot be.", "Nothing uses this."]
    assert desk.list.view.isVisible()


def test_what_can_be_said_at_once_is_there_before_the_checker(desk: Desk) -> None:
    desk.document.edit("Add", desk.document.graph.with_node(node("n9", "Dense", units=3)))
    assert any("dense_n9" in sentence for sentence in desk.sentences)
    desk.document.undo.undo()
    assert desk.sentences == []


def test_a_problem_of_a_node_that_is_gone_is_dropped(desk: Desk) -> None:
    desk.report(Problem("error", "This cannot be.", ("n3",)))
    desk.document.edit("Delete", desk.document.graph.without(["n3"]))
    assert all(problem.nodes != ("n3",) for problem in desk.document.problems())


def test_a_click_leads_to_the_node(desk: Desk) -> None:
    desk.report(Problem("error", "This cannot be.", ("n3", "n2")), Problem("error", "Neither can this.", ("n2",)))
    view = desk.list.view
    at = view.visualRect(desk.list.rows.index(1, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert (desk.went, desk.selection.ids) == (["n2"], frozenset({"n2"}))
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Up)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert (desk.went, desk.selection.ids) == (["n2", "n3"], frozenset({"n3"}))


def test_a_problem_of_the_whole_drawing_leads_nowhere(desk: Desk) -> None:
    desk.report(Problem("error", "The drawing has no input."))
    desk.list.view.setCurrentIndex(desk.list.rows.index(0, 0))
    QTest.keyClick(desk.list.view, Qt.Key.Key_Return)
    assert (desk.went, desk.selection.ids) == ([], frozenset())


def test_the_chosen_row_stays_chosen_when_others_come(desk: Desk) -> None:
    desk.report(Problem("error", "This cannot be.", ("n3",)))
    desk.list.view.setCurrentIndex(desk.list.rows.index(0, 0))
    desk.report(Problem("error", "Something new.", ("n2",)), Problem("error", "This cannot be.", ("n3",)))
    assert desk.list.view.currentIndex().row() == 1


def test_a_long_sentence_takes_two_lines_until_it_is_chosen(desk: Desk, qtbot: QtBot) -> None:
    desk.report(Problem("error", LONG, ("n3",), detail="ValueError: ..."), Problem("error", "Short.", ("n2",)))
    desk.list.view.setCurrentIndex(desk.list.rows.index(1, 0))
    qtbot.waitUntil(lambda: desk.height(0) > 0)
    folded = desk.height(0)
    desk.list.view.setCurrentIndex(desk.list.rows.index(0, 0))
    qtbot.waitUntil(lambda: desk.height(0) > folded)
    assert LONG in desk.list.rows.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "Keras said: ValueError" in desk.list.rows.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_a_text_is_wrapped_and_told_to_go_on(qapp: object) -> None:
    lines = wrapped(LONG, 13, 300, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert " ".join(wrapped(LONG, 13, 300, None)).split() == LONG.split()
    assert wrapped("Short.", 13, 300, 2) == ["Short."]


def test_a_sentence_can_be_copied(desk: Desk) -> None:
    desk.report(Problem("error", "This cannot be.", ("n3",)))
    desk.list.view.setCurrentIndex(desk.list.rows.index(0, 0))
    QTest.keyClick(desk.list.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "This cannot be."


FIX = Fix("Set units of dense_n3 to 10", None, {"epochs": 3})


def test_the_first_mend_is_a_button_of_its_row(desk: Desk, qtbot: QtBot) -> None:
    desk.report(Problem("error", "Neither.", ("n2",)), Problem("error", "This cannot be.", ("n3",), fixes=(FIX,)))
    view = desk.list.view
    view.setCurrentIndex(desk.list.rows.index(0, 0))
    qtbot.waitUntil(lambda: view.painter.open > 0)
    box = view.visualRect(desk.list.rows.index(1, 0))
    at = QPoint(box.right() - INSET - NAME_WIDTH - 3 * GAP, box.center().y())
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert desk.document.recipe.epochs == 3
    assert desk.document.undo.undoText() == FIX.title
    assert desk.went == [], "to mend is not to go there"


def test_the_row_that_is_open_offers_every_mend_and_what_keras_said(desk: Desk) -> None:
    other = Fix("Delete dense_n3", None, {"epochs": 5})
    desk.report(Problem("error", "This cannot be.", ("n3",), detail="ValueError", fixes=(FIX, other)))
    desk.list.view.setCurrentIndex(desk.list.rows.index(0, 0))
    opened = desk.list.view.opened
    assert opened is not None
    assert [button.text() for button in opened.card.buttons] == [FIX.title, other.title]
    opened.card.buttons[1].click()
    assert desk.document.recipe.epochs == 5


def test_mends_of_another_drawing_are_not_done(desk: Desk) -> None:
    desk.report(Problem("error", "This cannot be.", ("n3",), fixes=(FIX,)))
    before = desk.document.recipe
    desk.document.edit("Add", desk.document.graph.with_node(node("n9", "Dense", units=3)))
    desk.list.view.mended.emit(FIX)
    assert desk.document.recipe == before


def test_the_problem_that_is_meant(desk: Desk) -> None:
    first, second = (Problem("error", f"{id} cannot be.", (id,), fixes=(FIX,)) for id in ("n2", "n3"))
    desk.report(first, second)
    assert desk.list.meant() == first
    desk.selection.set(("n3",))
    assert desk.list.meant() == second
    desk.report()
    assert desk.list.meant() is None


def test_going_to_a_problem_inside_a_block_leads_there(qtbot: QtBot) -> None:
    document = Document(catalogue())
    document.start(Project(blocked()))
    selection = Selection(document)
    made = ProblemList(document, selection)
    qtbot.addWidget(made)
    made.show()
    flat = "two/units/2/conv"
    wrong = Problem("error", "two.units.unit2.conv (Conv2D) is wrong", (flat,))
    document.take_report(document.generation, Report(problems=(wrong,)))
    index = made.rows.index(0, 0)
    assert index.data(NODE) == "two/units/unit2/conv"
    assert index.data() == "two/units/unit2/conv (Conv2D) is wrong"
    went: list[str] = []
    made.activated_node.connect(went.append)
    made.view.gone_to.emit(index)
    assert [(step.instance, step.unit) for step in document.steps] == [("two", 1), ("units", 2)]
    assert selection.ids == {"conv"}
    assert went == ["conv"]
    assert made.rows.rowCount() == 1, "inside, all are still told"


def test_where_nobody_looks_problems_are_told_a_turn_later_or_when_somebody_does(desk: Desk) -> None:
    desk.list.hide()
    desk.report(Problem("error", "This cannot be.", ("n3",)))
    assert desk.sentences == []
    QApplication.processEvents()
    assert desk.sentences == ["This cannot be."]
    desk.report()
    assert desk.sentences == ["This cannot be."]
    desk.list.show()
    assert desk.sentences == []
