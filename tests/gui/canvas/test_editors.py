"""The name editor, the search at the cursor and the menus."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from engine.graph import Edge, End
from gui.actions import BY_ID
from gui.canvas.focus import FocusLine
from gui.canvas.menu import MOST, fill_menu, inner, rows
from gui.needs import Standing
from tests.gui.canvas.conftest import LEFT, Hand


def names(hand: Hand) -> list[str]:
    found = hand.canvas.finder.search.list
    return [found.item(row).text() for row in range(found.count())]


def test_f2_renames_in_place(hand: Hand) -> None:
    hand.selection.set(["n3"])
    hand.key(Qt.Key.Key_F2)
    editor = hand.canvas.editor
    assert editor.isVisible()
    assert editor.hasFocus()
    assert editor.selectedText() == "dense_n3"
    QTest.keyClicks(editor, "digit")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert hand.graph.node("n3").name == "digit"
    assert (hand.steps, hand.title) == (1, "Rename dense_n3 to digit")
    assert not editor.isVisible()
    assert hand.canvas.hasFocus()


def test_a_double_click_renames_too(hand: Hand) -> None:
    QTest.mouseDClick(hand.canvas.viewport(), LEFT, pos=hand.view(hand.head("n2")))
    assert hand.canvas.editor.answer.about == "n2"
    QTest.keyClick(hand.canvas.editor, Qt.Key.Key_Escape)
    assert hand.steps == 0


@pytest.mark.parametrize("name", ["flatten_n2", "1st", "a b", "", "x" * 64 + "y", "naïve"])
def test_a_refused_name_stays_with_its_reason(hand: Hand, name: str) -> None:
    hand.selection.set(["n3"])
    hand.canvas.rename()
    editor = hand.canvas.editor
    editor.setMaxLength(100)
    editor.setText(name)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.isVisible()
    assert editor.text() == name
    assert editor.answer.refusal.text.endswith(".")
    assert hand.steps == 0
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert editor.answer.refusal.text == ""
    assert hand.graph.node("n3").name == "dense_n3"


def test_a_click_elsewhere_takes_the_name(hand: Hand) -> None:
    hand.canvas.rename("n3")
    QTest.keyClicks(hand.canvas.editor, "digit")
    hand.click(hand.head("n1"))
    assert hand.graph.node("n3").name == "digit"
    assert not hand.canvas.editor.isVisible()


def test_the_editor_leaves_with_its_node_and_follows_the_ground(hand: Hand) -> None:
    hand.canvas.rename("n3")
    before = hand.canvas.editor.pos()
    hand.canvas.pan(30, 20)
    assert hand.canvas.editor.pos() - before == hand.view(QPointF(30, 20)) - hand.view(QPointF(0, 0))
    hand.document.edit("Delete", hand.graph.without(["n3"]), "somebody else")
    assert not hand.canvas.editor.isVisible()


def test_tab_searches_at_the_mouse_and_enter_adds(hand: Hand) -> None:
    hand.move(QPointF(330, 150))
    hand.key(Qt.Key.Key_Tab)
    search = hand.canvas.finder.search
    assert search.isVisible()
    assert search.field.hasFocus()
    assert len(names(hand)) == len(hand.document.catalogue.layers)
    QTest.keyClicks(search.field, "fully connected")
    assert names(hand)[0] == "Dense"
    QTest.keyClick(search.field, Qt.Key.Key_Return)
    assert hand.graph.node("n8").layer == "Dense"
    assert hand.graph.node("n8").at == (246.0, 124.0)
    assert not search.isVisible()
    assert hand.canvas.hasFocus()
    hand.key(Qt.Key.Key_Tab)
    QTest.keyClicks(search.field, "dropout")
    QTest.keyClick(search.field, Qt.Key.Key_Return)
    assert Edge(End("n8", "output"), End("n9", "input")) in hand.graph.edges, "the next one follows the last"


def test_shift_a_and_a_double_click_on_the_ground_search_too(hand: Hand) -> None:
    hand.key(Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    search = hand.canvas.finder.search
    assert search.isVisible()
    QTest.keyClick(search.field, Qt.Key.Key_Escape)
    QTest.mouseDClick(hand.canvas.viewport(), LEFT, pos=hand.view(QPointF(420, 130)))
    assert search.isVisible()
    QTest.keyClick(search.field, Qt.Key.Key_Down)
    assert search.list.currentRow() == 1
    QTest.keyClicks(search.field, "qqqq")
    assert names(hand) == []
    QTest.keyClick(search.field, Qt.Key.Key_Return)
    assert search.isVisible()
    hand.click(QPointF(420, 160))
    assert not search.isVisible()
    assert hand.steps == 0


def test_the_search_stays_inside_the_canvas(hand: Hand) -> None:
    hand.canvas.finder.ask(QPointF(1190, 690), lambda _layer: None)
    search = hand.canvas.finder.search
    assert hand.canvas.rect().contains(search.geometry())
    assert search.height() > 200


def test_shift_tab_leaves_the_canvas_and_tab_does_not(qtbot: QtBot, hand: Hand) -> None:
    frame = QWidget()
    qtbot.addWidget(frame)
    column = QVBoxLayout(frame)
    before = QLineEdit()
    column.addWidget(before)
    column.addWidget(hand.canvas)
    QWidget.setTabOrder(before, hand.canvas)
    with qtbot.waitActive(frame):
        frame.show()
        frame.activateWindow()
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert hand.canvas.hasFocus()
    line = hand.canvas.findChild(FocusLine)
    assert line is not None
    assert line.isVisible(), "the focus can be seen"
    hand.key(Qt.Key.Key_Tab)
    assert hand.canvas.finder.search.isVisible()
    assert not line.isVisible()
    QTest.keyClick(hand.canvas.finder.search.field, Qt.Key.Key_Escape)
    hand.key(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert before.hasFocus()
    hand.canvas.setParent(None)
    hand.canvas.show()


@pytest.mark.parametrize(
    "now",
    [
        Standing(), Standing(wires=1), Standing(1), Standing(2), Standing(5), Standing(frames=1), Standing(notes=1),
        Standing(frames=2, notes=1), Standing(1, frames=1),
    ],
)  # fmt: skip
def test_every_row_of_a_menu_is_a_command_and_there_are_few(hand: Hand, qtbot: QtBot, now: Standing) -> None:
    menu = QMenu(hand.canvas)
    fill_menu(menu, rows(now), hand.canvas.keyboard.do, hand.canvas.keyboard.shortcuts)
    words = [action.text() for action in menu.actions() if action.text()]
    assert len(words) == len({word.split("\t")[0] for word in words})
    assert len(words) <= MOST
    of_the_window = {id for id, spec in BY_ID.items() if not spec.canvas}
    for name, *_ in rows(now):
        assert not name or name in hand.canvas.commands or name in of_the_window or inner(name)


def test_a_menu_shows_the_keys_also_in_its_submenus_and_dims_what_cannot_be(hand: Hand, qtbot: QtBot) -> None:
    keyboard = hand.canvas.keyboard
    hand.selection.set(["n2"])
    menu = QMenu(hand.canvas)
    fill_menu(menu, rows(keyboard.standing), keyboard.do, keyboard.shortcuts, keyboard.why_not)
    submenus = {action.text(): action.menu() for action in menu.actions()}
    mode, arrange = submenus["Mode"], submenus["Arrange"]
    assert isinstance(mode, QMenu)
    assert isinstance(arrange, QMenu)
    assert [action.text() for action in mode.actions()] == [
        "Bypass\tB",
        "Disable\tD",
        "Collapse\tH",
        "Pin or hide its picture\tV",
    ]
    able = {action.text().split("\t")[0]: action.isEnabled() for action in arrange.actions()}
    assert (able["Tidy"], able["Align left"]) == (True, False)
    mode.actions()[0].trigger()
    assert hand.graph.node("n2").mode == "bypass"


def test_a_menu_is_about_what_is_below_it(hand: Hand) -> None:
    hand.canvas.select_under(QPointF(hand.view(hand.head("n2"))))
    assert hand.selection.ids == {"n2"}
    hand.canvas.select_under(QPointF(hand.view(QPointF(210, 26))))
    assert hand.selection.ids == frozenset()
    assert len(hand.canvas.drawing.overlay.chosen) == 1
    hand.canvas.select_under(QPointF(hand.view(QPointF(420, 130))))
    assert hand.canvas.drawing.overlay.chosen == frozenset()
