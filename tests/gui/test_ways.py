"""The window's ways over the drawing: find, back and forward, minimap, less motion; what of it is remembered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import motion
from gui.app import make_window
from gui.files import FIRST
from gui.settings import Settings
from gui.window import Window
from tests.gui.windows import shown_window

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    made = shown_window(qtbot)
    made.canvas.guide.corner.use("needed")
    yield made
    made.settings.keep_minimap("needed")
    made.settings.keep_less_motion(False)
    motion.use_less(False)


def test_the_keys_find_from_wherever_the_focus_is(window: Window) -> None:
    window.palette_panel.focus_search()
    QTest.keyClick(window.palette_panel.search, Qt.Key.Key_F, CTRL)
    field = window.canvas.guide.seeking.bar.field
    assert field.hasFocus()
    QTest.keyClicks(field, "conv")
    QTest.keyClick(field, Qt.Key.Key_F3)
    first = window.selection.ids
    assert len(first) == 1
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert window.canvas.hasFocus()


def test_keys_lead_back_and_forward(window: Window) -> None:
    start = window.canvas.centre()
    window.canvas.go(QPointF(9000, 0))
    QTest.keyClick(window.canvas, Qt.Key.Key_Left, ALT)
    assert (window.canvas.centre() - start).manhattanLength() < 4
    QTest.keyClick(window.canvas, Qt.Key.Key_Right, ALT)
    assert (window.canvas.centre() - QPointF(9000, 0)).manhattanLength() < 4


def test_the_minimap_is_checked_while_it_shows_and_is_remembered(window: Window) -> None:
    action, corner = window.actions_by_id["minimap"], window.canvas.guide.corner
    window.canvas.look_at(QPointF(9000, 0))
    corner.settle()
    assert action.isChecked()
    QTest.keyClick(window.canvas, Qt.Key.Key_M)
    assert not corner.visible
    assert not action.isChecked()
    assert Settings().minimap == "never"
    window.canvas.fit_all(quiet=True)
    action.trigger()
    assert corner.visible
    assert action.isChecked()
    assert Settings().minimap == "always"


def test_another_window_shows_the_minimap_as_it_was_left(window: Window, qtbot: QtBot) -> None:
    window.settings.keep_minimap("always")
    window.settings.keep_less_motion(True)
    other = make_window()
    qtbot.addWidget(other, before_close_func=lambda made: made.document.undo.setClean())
    assert other.canvas.guide.corner.mode == "always"
    assert other.actions_by_id["less_motion"].isChecked()


def test_less_motion_is_kept(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(motion, "UNSEEN", frozenset())
    assert motion.milliseconds(150) == 150
    window.actions_by_id["less_motion"].trigger()
    QApplication.processEvents()
    assert motion.milliseconds(150) == 0
    assert Settings().less_motion
    window.actions_by_id["less_motion"].trigger()
    assert motion.milliseconds(150) == 150


def test_opening_a_drawing_fits_it_at_once_and_forgets_places(window: Window) -> None:
    window.canvas.go(QPointF(9000, 0))
    window.files.start_from(FIRST)
    QApplication.processEvents()
    assert window.canvas.area().contains(window.canvas.drawing.nodes.bounds())
    assert window.canvas.journey.visited.places == ()
