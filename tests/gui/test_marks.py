"""The switch and the swatches of the inspector: how layers take part, and their colours, for one and for many."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.graph import COLOURS, MODES
from engine.project import Project
from gui.document import Document
from gui.inspector import Inspector
from gui.marks import Marks
from gui.selection import Selection
from gui.steps import OTHER, icon_name
from gui.theme import RESOURCES
from tests.gui.drawings import classifier


@pytest.fixture
def inspector(qtbot: QtBot) -> Inspector:
    document = Document(catalogue())
    document.start(Project(classifier()))
    made = Inspector(document, Selection(document))
    qtbot.addWidget(made)
    made.resize(300, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


def select(inspector: Inspector, *ids: str) -> Marks:
    inspector._selection.set(ids)
    return inspector.marks


def pressed(marks: Marks) -> list[str]:
    return [mode for mode, button in marks.switch.buttons.items() if button.isChecked()]


def click(marks: Marks, name: str) -> None:
    QTest.mouseClick(marks.swatches, Qt.MouseButton.LeftButton, pos=marks.swatches.place(name).toPoint())


def test_every_mode_and_colour_can_be_chosen(inspector: Inspector) -> None:
    document, marks = inspector._document, select(inspector, "n2")
    assert set(marks.switch.buttons) == set(MODES)
    for mode in (*MODES[1:], ""):
        QTest.mouseClick(marks.switch.buttons[mode], Qt.MouseButton.LeftButton)
        assert document.graph.node("n2").mode == mode
        assert pressed(marks) == [mode]
    assert [document.undo.text(step) for step in range(3)] == [
        "Bypass flatten_n2", "Disable flatten_n2", "Turn on flatten_n2",
    ]  # fmt: skip
    for name in (*COLOURS[1:], ""):
        click(marks, name)
        assert document.graph.node("n2").colour == name
    assert document.undo.text(3) == "Colour flatten_n2 red"
    assert document.undo.undoText() == "Uncolour flatten_n2"


def test_many_are_set_in_one_step_and_what_differs_is_not_shown_as_one(inspector: Inspector) -> None:
    document, marks = inspector._document, select(inspector, "n2")
    click(marks, "teal")
    marks.switch.buttons["disable"].click()
    select(inspector, "n2", "n3")
    assert pressed(marks) == []
    assert marks.swatches.accessibleDescription() == "mixed"
    steps = document.undo.count()
    marks.switch.buttons["bypass"].click()
    assert [document.graph.node(id).mode for id in ("n2", "n3")] == ["bypass", "bypass"]
    click(marks, "pink")
    assert marks.swatches.accessibleDescription() == "pink"
    assert document.undo.count() == steps + 2
    assert document.undo.undoText() == "Colour 2 layers pink"
    document.undo.undo()
    assert marks.swatches.accessibleDescription() == "mixed", "undo is followed, though no shape changes"


def test_choosing_what_is_so_already_is_no_step(inspector: Inspector) -> None:
    marks = select(inspector, "n2")
    marks.switch.buttons[""].click()
    click(marks, "")
    assert inspector._document.undo.count() == 0
    assert pressed(marks) == [""]


def test_the_keyboard_chooses_a_colour(inspector: Inspector) -> None:
    marks = select(inspector, "n2")
    marks.swatches.setFocus()
    for _ in range(3):
        QTest.keyClick(marks.swatches, Qt.Key.Key_Right)
    assert marks.swatches.accessibleDescription() == COLOURS[3]
    assert inspector._document.undo.count() == 0, "walking chooses nothing"
    QTest.keyClick(marks.swatches, Qt.Key.Key_Return)
    assert inspector._document.graph.node("n2").colour == COLOURS[3]


def test_nothing_selected_has_no_marks(inspector: Inspector) -> None:
    select(inspector, "n2")
    assert inspector.marks.isVisible()
    select(inspector)
    assert not inspector.marks.isVisible()


def test_every_swatch_can_be_hit_in_a_narrow_panel(inspector: Inspector) -> None:
    inspector.resize(240, 700)
    marks = select(inspector, "n2")
    QApplication.processEvents()
    middles = [marks.swatches.place(name).x() for name in COLOURS]
    assert middles[-1] < marks.swatches.width()
    for name in COLOURS[1:]:
        click(marks, name)
        assert inspector._document.graph.node("n2").colour == name


@pytest.mark.parametrize("title", ["Bypass a", "Disable a", "Turn on a", "Colour a red", "Uncolour a"])
def test_the_history_knows_their_icons(title: str) -> None:
    assert icon_name(title) != OTHER
    assert (RESOURCES / "icons" / f"{icon_name(title)}.svg").is_file()
