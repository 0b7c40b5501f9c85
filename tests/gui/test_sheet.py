"""The sheet of shortcuts: it names every action, every key and every gesture, and finds them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.actions import BY_ID
from gui.canvas.chords import CHORDS
from gui.mouse import OTHERS, gestures, how
from gui.sheet import Sheet
from gui.sheet_section import Line
from gui.shortcuts import Shortcuts, shown
from tests.gui.windows import comes_to_front, shown_window


@pytest.fixture
def sheet(qtbot: QtBot) -> Sheet:
    made = Sheet(Shortcuts())
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.open_anew()
    return made


def lines(sheet: Sheet) -> list[Line]:
    return [line for section in sheet.sections.values() if not section.isHidden() for line in section.lines]


def test_it_names_every_action_with_all_its_keys(sheet: Sheet) -> None:
    mouse = set(gestures())
    listed = {line.words: line.hows for line in lines(sheet) if (line.words, *line.hows) not in mouse}
    for spec in BY_ID.values():
        assert listed[spec.title] == tuple(map(shown, spec.keys))


def test_it_names_every_gesture(sheet: Sheet) -> None:
    words = [line.words for line in lines(sheet)]
    assert {chord.words for chord in CHORDS} | {words for words, _ in OTHERS} <= set(words)
    assert len({way for _, way in gestures()}) == len(gestures()), "no two gestures are made in the same way"


def test_how_a_press_is_made() -> None:
    ways = {chord.gesture: how(chord) for chord in reversed(CHORDS)}
    assert ways["lasso"] == "Alt + drag the ground"
    assert ways["move"] == "Drag a layer"
    assert ways["pan"] == "Middle drag"


@pytest.mark.parametrize(
    ("typed", "words"), [("select no", "Select nothing"), ("ctrl+y", "Redo"), ("REDO", "Redo"), ("f11", "Canvas alone")]
)
def test_search_leaves_what_fits(sheet: Sheet, typed: str, words: str) -> None:
    QTest.keyClicks(sheet.field, typed)
    assert [line.words for line in lines(sheet)] == [words]


def test_nothing_found_says_so(sheet: Sheet) -> None:
    QTest.keyClicks(sheet.field, "qqqq")
    assert lines(sheet) == []
    assert sheet._nothing.isVisible()
    sheet.open_anew()
    assert lines(sheet)
    assert not sheet._nothing.isVisible()


def test_it_follows_the_keys(sheet: Sheet) -> None:
    sheet._shortcuts.choose("Blender-like")
    assert Line("Duplicate", ("Shift+D",)) in lines(sheet)


def test_the_columns_leave_nothing_uncovered(sheet: Sheet) -> None:
    shown_sections = [section for section in sheet.sections.values() if not section.isHidden()]
    for section in shown_sections:
        assert section.height() == section.heightForWidth(section.width())
        assert not any(section.geometry().intersects(o.geometry()) for o in shown_sections if o is not section)


def test_a_question_mark_opens_it_and_escape_closes_it(qtbot: QtBot) -> None:
    window = shown_window(qtbot)
    QTest.keyClick(window.canvas, Qt.Key.Key_Question)
    sheet = window.findChild(Sheet)
    assert sheet is not None
    assert comes_to_front(sheet)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
