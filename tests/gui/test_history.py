"""The undo history: every step by its name, the state that is shown and the one in the file marked, any gone to."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.project import Project
from gui import undoing as module
from gui.document import DEEPEST, Document
from gui.history import MOST_ROWS, History, words
from gui.steps import ICONS, SAVED, TENSE, icon_name
from gui.theme import DARK, LIGHT, RESOURCES, themes
from tests.gui.drawings import classifier
from tests.gui.windows import shown_window


class Panel:
    """A history, open under a button, and its document."""

    def __init__(self, qtbot: QtBot) -> None:
        self.document = Document(catalogue())
        self.document.start(Project(classifier()))
        self.window = QWidget()
        self.window.resize(800, 700)
        self.button, self.other = QPushButton("history", self.window), QPushButton("other", self.window)
        self.button.setGeometry(600, 10, 40, 30)
        self.other.setGeometry(20, 600, 80, 30)
        self.history = History(self.document, self.window)
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()

    def set_units(self, *units: int) -> None:
        for count in units:
            self.document.set_value("n3", "units", count)

    def open(self) -> None:
        self.history.open_below(self.button)

    @property
    def rows(self) -> list[tuple[str, int, bool]]:
        model = self.history.list.model()
        rows = (model.index(row, 0) for row in range(model.rowCount()))
        return [(str(row.data()), int(row.data(TENSE)), bool(row.data(SAVED))) for row in rows]

    @property
    def row(self) -> int:
        return self.history.list.currentIndex().row()

    @property
    def units(self) -> object:
        return self.document.graph.node("n3").values["units"]

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.history, key, modifiers)

    def click(self, row: int) -> None:
        view = self.history.list
        view.scrollTo(view.model().index(row, 0))
        place = view.visualRect(view.model().index(row, 0)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


@pytest.fixture
def panel(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Panel:
    monkeypatch.setattr(module, "MERGED_WITHIN", -1.0)
    return Panel(qtbot)


def test_steps_stand_by_name_the_newest_last(panel: Panel) -> None:
    panel.set_units(11)
    panel.document.edit("Rename dense_n3 to digit", panel.document.graph.renamed("n3", "digit"))
    panel.document.undo.setClean()
    panel.set_units(12)
    panel.document.undo.undo()
    panel.open()
    assert panel.rows == [
        ("Start", -1, False),
        ("Set units of dense_n3", -1, False),
        ("Rename dense_n3 to digit", 0, True),
        ("Set units of digit", 1, False),
    ]
    assert panel.row == 2


def test_a_click_goes_there_and_stays(panel: Panel) -> None:
    panel.set_units(11, 12, 13)
    panel.open()
    panel.click(1)
    assert (panel.units, panel.history.isVisible()) == (11, True)
    assert [tense for _, tense, _ in panel.rows] == [-1, 0, 1, 1]
    panel.click(3)
    assert panel.units == 13


def test_the_keyboard_goes_there_too(panel: Panel) -> None:
    panel.set_units(11, 12, 13)
    panel.open()
    panel.key(Qt.Key.Key_Up)
    panel.key(Qt.Key.Key_Up)
    assert (panel.row, panel.units) == (1, 13), "walking along the list changes nothing yet"
    panel.key(Qt.Key.Key_Return)
    assert (panel.units, panel.history.isVisible()) == (11, False)
    panel.open()
    panel.key(Qt.Key.Key_Home)
    panel.key(Qt.Key.Key_Escape)
    assert (panel.units, panel.history.isVisible()) == (11, False)


def test_it_closes_and_gives_the_keys_back(panel: Panel) -> None:
    panel.set_units(11, 12)
    panel.other.setFocus()
    panel.open()
    assert panel.history.hasFocus()
    panel.key(Qt.Key.Key_Escape)
    assert (panel.history.isVisible(), panel.other.hasFocus()) == (False, True)
    panel.open()
    QTest.mousePress(panel.other, Qt.MouseButton.LeftButton)
    assert not panel.history.isVisible(), "a press elsewhere closes it"
    panel.open()
    panel.open()
    assert not panel.history.isVisible(), "its button closes it too"


def test_it_stands_under_its_button_within_the_window(panel: Panel) -> None:
    panel.set_units(*range(11, 60))
    panel.open()
    place = panel.history.geometry()
    assert (place.right(), place.top()) == (panel.button.geometry().right(), 52)
    panel.history.leave()
    panel.window.resize(400, 300)
    panel.button.move(100, 10)
    panel.open()
    assert panel.window.rect().contains(panel.history.geometry())


def test_undo_and_redo_work_while_it_is_open(panel: Panel) -> None:
    panel.set_units(11, 12)
    panel.open()
    panel.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (panel.units, panel.row) == (11, 1)
    panel.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert (panel.units, panel.row) == (12, 2)


def test_steps_that_were_merged_stand_once(panel: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MERGED_WITHIN", 60.0)
    panel.set_units(*range(11, 40))
    panel.open()
    assert len(panel.rows) == 2


def test_nothing_done_yet_is_said(panel: Panel) -> None:
    panel.open()
    assert panel.rows == [("Start", 0, True)]
    assert words(0, 0) == "Nothing done yet"
    assert words(1, 1) == "1 step"
    assert words(3, 12) == "12 steps, 9 undone"
    assert words(DEEPEST, DEEPEST) == "the last 1,000 steps"


def test_a_thousand_steps_take_a_panel_of_a_few(panel: Panel) -> None:
    for number in range(DEEPEST + 5):
        panel.document.edit(f"Move {number}", panel.document.graph.moved({"n1": (float(number), 1.0)}))
    panel.open()
    assert len(panel.rows) == DEEPEST + 1
    assert panel.rows[-1] == (f"Move {DEEPEST + 4}", 0, False)
    assert panel.history.list.height() == MOST_ROWS * 28
    panel.click(0)
    assert panel.document.graph.node("n1").at == (4.0, 1.0), "the oldest state that is kept"


def test_a_screen_reader_is_told_of_each_state(panel: Panel) -> None:
    panel.set_units(11, 12)
    panel.document.undo.undo()
    panel.open()
    model = panel.history.list.model()
    told = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert told == ["Start, saved", "Set units of dense_n3, the state shown", "Set units of dense_n3, undone"]


def test_every_icon_is_there() -> None:
    names = {icon_name("Something else"), *ICONS.values()}
    assert [name for name in names if not (RESOURCES / "icons" / f"{name}.svg").is_file()] == []
    assert icon_name("Delete 3 layers") == "trash-2"


def test_it_follows_the_theme(panel: Panel) -> None:
    panel.set_units(11)
    seen = []
    for theme in (DARK, LIGHT):
        themes().use(theme)
        panel.open()
        image = panel.history.grab().toImage()
        seen.append(image.pixelColor(image.width() // 2, 8).name().upper())
    themes().use(DARK)
    assert seen == [DARK.panel, LIGHT.panel]


def test_the_window_names_the_next_step_and_opens_the_list_by_key(qtbot: QtBot) -> None:
    window = shown_window(qtbot)
    undo, redo = (window.actions_by_id[id] for id in ("undo", "redo"))
    assert (undo.text(), undo.isEnabled()) == ("Undo", False)
    window.document.set_value("n6", "units", 99)
    name = window.document.graph.node("n6").name
    assert undo.text() == f"Undo set units of {name}"
    assert undo.toolTip() == f"Undo set units of {name} (Ctrl+Z)"
    QTest.keyClick(window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    history = window.findChild(History)
    assert isinstance(history, History)
    assert history.isVisible()
    QTest.keyClick(history, Qt.Key.Key_Up)
    QTest.keyClick(history, Qt.Key.Key_Return)
    assert (undo.text(), redo.text()) == ("Undo", f"Redo set units of {name}")
    assert window.canvas.hasFocus()
