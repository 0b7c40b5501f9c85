"""Notes that a person puts on the curves: typed at a place, marked, kept, taken away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.happenings import Happening
from gui.monitor.curves import CurvesView
from tests.gui.monitor.stage import Stage


@pytest.fixture
def view(qtbot: QtBot, stage: Stage) -> CurvesView:
    made = CurvesView(stage.runner)
    qtbot.addWidget(made)
    made.resize(1084, 300)
    made.show()
    stage.begin()
    stage.play()
    made.draw_now()
    return made


@pytest.fixture
def noted(view: CurvesView) -> list[Happening]:
    found: list[Happening] = []
    view.noting.noted.connect(found.append)
    return found


def test_a_note_stands_at_the_step_that_was_pointed_at(view: CurvesView, noted: list[Happening]) -> None:
    plot = view.plots["loss"]
    plot.setFocus()
    plot.point(3.0, 1.0)
    QTest.keyClick(plot, Qt.Key.Key_N)
    field = view.noting.field
    assert field.isVisible()
    QTest.keyClicks(field, "look here")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert not field.isVisible()
    assert [(each.step, each.epoch, each.kind, each.text) for each in noted] == [(120, 3, "note", "look here")]
    view.draw_now()
    assert plot.notes_at(3.0) == ("look here",)


def test_without_a_pointer_it_stands_at_the_pin_else_at_the_newest_step(
    view: CurvesView, noted: list[Happening]
) -> None:
    for words in ("newest", "pinned"):
        view.noting.ask()
        view.noting.field.setText(words)
        QTest.keyClick(view.noting.field, Qt.Key.Key_Return)
        view.grid.pin_at(2.0)
    assert [(each.step, each.text) for each in noted] == [(480, "newest"), (80, "pinned")]


def test_nothing_typed_is_no_note(view: CurvesView, noted: list[Happening]) -> None:
    view.noting.ask()
    QTest.keyClick(view.noting.field, Qt.Key.Key_Return)
    view.noting.ask()
    QTest.keyClicks(view.noting.field, "never")
    QTest.keyClick(view.noting.field, Qt.Key.Key_Escape)
    assert (noted, view.series.happenings) == ([], [])
    assert not view.noting.field.isVisible()


def test_the_menu_at_a_note_takes_it_away(view: CurvesView) -> None:
    gone: list[Happening] = []
    view.noting.unnoted.connect(gone.append)
    note = Happening(120, 3, 1.0, "note", "look here")
    view.mark(note)
    view.draw_now()
    menu = view.noting.make_menu(view.plots["loss"], 3.0)
    rows = {action.text(): action for action in menu.actions()}
    rows["Take “look here” away"].trigger()
    assert (gone, view.series.happenings) == ([note], [])
    assert not rows["Take the other runs off"].isVisible()


def test_a_right_click_asks_for_the_menu_and_a_drag_does_not(view: CurvesView) -> None:
    asked: list[float] = []
    view.plots["loss"].menu_asked.connect(lambda x, _at: asked.append(x))
    view.grid.menu_asked.disconnect()
    port = view.plots["loss"]._plot.viewport()
    middle = port.rect().center()
    QTest.mouseClick(port, Qt.MouseButton.RightButton, pos=middle)
    assert len(asked) == 1
    QTest.mousePress(port, Qt.MouseButton.RightButton, pos=middle)
    QTest.mouseRelease(port, Qt.MouseButton.RightButton, pos=middle + QPoint(60, 0))
    assert len(asked) == 1
