"""Blocks in the palette: the drawing's own and the person's, found, added and kept by what a person does."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.graph import BLOCK
from engine.project import Project
from gui.canvas import Canvas
from gui.document import Document
from gui.library import Shelves
from gui.palette import Palette
from gui.selection import Selection
from tests.gui.blocked import blocked


class Room:
    """A document with its palette, its canvas and its library."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.document = Document(catalogue())
        self.document.start(Project(blocked()))
        self.selection = Selection(self.document)
        self.palette = Palette(self.document)
        self.canvas = Canvas(self.document, self.selection)
        self.shelves = Shelves(self.document, folder)
        self.said: list[str] = []
        for signal in (self.shelves.said, self.shelves.refused, self.canvas.said):
            signal.connect(self.said.append)
        self.palette.kept.connect(self.shelves.keep)
        self.palette.forgotten.connect(self.shelves.forget)
        for widget in (self.palette, self.canvas):
            qtbot.addWidget(widget)

    def group(self, title: str) -> list[str]:
        return [spec.title for spec in self.document.catalogue.groups().get(title, [])]

    def choose(self, title: str, words: str) -> None:
        shelf = self.palette.shelf
        row = next(row for row in range(shelf.rowCount()) if shelf.index(row, 0).data() == title)
        self.palette.list.go(row)
        next(action for action in self.palette.menu().actions() if action.text() == words).trigger()


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Room:
    return Room(qtbot, tmp_path / "blocks")


def test_the_blocks_of_the_drawing_stand_first_in_the_palette(room: Room) -> None:
    shelf = room.palette.shelf
    assert [shelf.index(row, 0).data() for row in range(3)] == ["Blocks", "residual", "stage"]
    tip = shelf.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "Two ways that are added up." in tip
    room.palette.search.setText("resid")
    assert shelf.index(0, 0).data() == "residual"


def test_a_block_is_added_and_is_an_instance(room: Room) -> None:
    room.canvas.add_layer(BLOCK + "residual", QPointF(0, 400))
    (id,) = room.selection.ids
    assert room.document.graph.nodes[id].layer == BLOCK + "residual"
    assert room.document.undo.undoText() == "Add residual"


def test_a_block_is_not_put_into_itself(room: Room) -> None:
    room.document.enter("one")
    room.document.enter("units")
    room.canvas.add_layer(BLOCK + "stage", QPointF(0, 400))
    assert room.document.undo.count() == 0
    assert "does not stand in itself" in room.said[0]


def test_a_block_is_kept_and_taken_into_another_drawing_in_one_step(room: Room) -> None:
    room.choose("stage", "Keep in my library")
    assert "is in your library" in room.said[-1]
    assert room.group("Your library") == [], "the drawing has it already"
    room.document.start(Project())
    assert room.group("Blocks") == []
    assert room.group("Your library") == ["stage"]
    room.canvas.add_layer(BLOCK + "stage", QPointF(0, 0))
    assert set(room.document.root.blocks) == {"stage", "residual"}
    assert room.document.undo.count() == 1
    assert room.group("Blocks") == ["stage", "residual"]
    room.document.undo.undo()
    assert not room.document.root.blocks
    assert room.group("Your library") == ["stage"]


def test_a_block_is_removed_from_the_library(room: Room) -> None:
    room.shelves.keep("stage")
    room.document.start(Project())
    room.choose("stage", "Remove from my library")
    assert room.group("Your library") == []
    room.shelves.forget("stage")
    assert "not in your library" in room.said[-1]
    room.shelves.keep("nothing")
    assert "Only a block of this drawing" in room.said[-1]


def test_what_cannot_be_read_is_said_and_the_rest_is_there(room: Room, tmp_path: Path) -> None:
    room.shelves.keep("residual")
    (tmp_path / "blocks" / "bad.loom").write_text("{")
    room.document.start(Project())
    room.shelves.read()
    assert "bad.loom" in room.said[-1]
    assert room.group("Your library") == ["residual"]
