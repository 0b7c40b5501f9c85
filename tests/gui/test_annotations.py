"""Frames and notes through the window: drawn, saved, opened again; read by screen readers; in every set of keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine import project
from engine.catalogue import catalogue
from engine.graph import Frame, Graph, Note
from gui.keysets import SETS
from gui.shortcuts import Shortcuts
from gui.theme import DARK, LIGHT, themes
from gui.window import Window
from tests.gui.windows import shown_window


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    return shown_window(qtbot)


def test_what_is_drawn_is_what_is_opened_again(window: Window, tmp_path: Path) -> None:
    canvas, document = window.canvas, window.document
    came_with = document.graph.notes.keys()
    canvas.keyboard.do("select_all")
    canvas.keyboard.do("frame_selection")
    canvas.editor.setText("Größe & <b>")
    QTest.keyClick(canvas.editor, Qt.Key.Key_Return)
    canvas.pointer = QPointF(300, 200)
    canvas.keyboard.do("add_note")
    canvas.in_place.notes.setPlainText("# Überschrift\n\n- [x] \U0001f642\n")
    QTest.keyClick(canvas.in_place.notes, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    before = document.graph
    assert (len(before.frames), len(before.notes.keys() - came_with)) == (1, 1)
    document.save(tmp_path / "framed.loom")
    assert project.load(tmp_path / "framed.loom", catalogue()).graph == before
    window.files.new()
    assert not document.graph.frames
    window.files.open(tmp_path / "framed.loom")
    assert document.graph == before
    assert set(canvas.drawing.annotations.row) == {*before.frames, *before.notes}
    canvas.fit_all(quiet=True)
    canvas.grab()


def test_a_note_that_is_being_written_is_saved(window: Window, tmp_path: Path) -> None:
    window.document.path = tmp_path / "noted.loom"
    came_with = window.document.graph.notes.keys()
    window.canvas.keyboard.do("add_note")
    QTest.keyClicks(window.canvas.in_place.notes, "Not lost")
    window.actions_by_id["save"].trigger()
    saved = project.load(tmp_path / "noted.loom", catalogue()).graph
    assert [note.text for id, note in saved.notes.items() if id not in came_with] == ["Not lost"]


def test_ctrl_enter_in_a_note_trains_nothing(window: Window) -> None:
    before = len(window.document.graph.notes)
    window.canvas.keyboard.do("add_note")
    QTest.keyClicks(window.canvas.in_place.notes, "Done")
    QTest.keyClick(window.canvas.in_place.notes, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not window.runner.state.busy
    assert not window.runner.state.queued
    assert len(window.document.graph.notes) == before + 1


@pytest.mark.parametrize("name", SETS)
def test_every_set_has_keys_for_a_frame_and_a_note(name: str) -> None:
    shortcuts = Shortcuts()
    shortcuts.choose(name)
    assert shortcuts.keys("frame_selection") == (("Ctrl+G",) if name == "ComfyUI-like" else ("Ctrl+J",))
    assert shortcuts.keys("add_note")


def test_colours_and_themes_show_at_once(window: Window) -> None:
    canvas, document = window.canvas, window.document
    document.edit("Frame", document.graph.with_frames([Frame("f1", "A", (-60.0, 160.0), (300.0, 200.0))]))
    canvas.look_at(QPointF(90, 260))
    place = canvas.viewportTransform().map(QPointF(60, 300)).toPoint()

    def seen() -> str:
        return canvas.viewport().grab().toImage().pixelColor(place).name()

    plain = seen()
    window.selection.set(["f1"])
    canvas.keyboard.do("colour_red")
    assert document.graph.frames["f1"].colour == "red"
    red = seen()
    themes().use(LIGHT)
    light = seen()
    themes().use(DARK)
    assert len({plain, red, light}) == 3
    assert seen() == red


def test_the_drawing_of_notes_alone_is_not_empty(window: Window) -> None:
    window.document.edit("Clear", Graph())
    assert window.canvas.empty.isVisible()
    window.document.edit("Note", window.document.graph.with_notes([Note("t1", "Alone")]))
    assert not window.canvas.empty.isVisible()
    window.canvas.keyboard.do("select_all")
    assert window.selection.annotations == {"t1"}
    assert window.canvas.accessibleDescription() == "Note: Alone"
