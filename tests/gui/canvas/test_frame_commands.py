"""Frames by command: titled, put around what is selected, fitted, removed, copied."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from engine.graph import Frame, Graph
from gui.canvas.clipboard import to_text
from tests.gui.canvas.conftest import LEFT, NOTE, OUTER, Hand
from tests.gui.canvas.framed import title

CTRL = Qt.KeyboardModifier.ControlModifier


# -- titles


def test_a_double_click_on_the_title_edits_it(framed: Hand) -> None:
    QTest.mouseDClick(framed.canvas.viewport(), LEFT, pos=framed.view(title(framed)))
    editor = framed.canvas.editor
    assert editor.text() == "Encoder"
    assert editor.accessibleName() == "Title of the frame"
    editor.setText("  All   of it ")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert framed.graph.frames["f1"].title == "All of it"
    assert framed.title == "Title frame All of it"
    framed.selection.set(["f1"])
    framed.key(Qt.Key.Key_F2)
    assert editor.isVisible()
    editor.setText("")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert framed.graph.frames["f1"].title == ""
    framed.selection.set(["n1"])
    framed.canvas.rename()
    assert editor.accessibleName() == "Name of the layer"


def test_a_title_that_is_too_long_is_refused(framed: Hand) -> None:
    framed.canvas.rename("f1")
    editor = framed.canvas.editor
    editor.setMaxLength(9999)
    editor.setText("x" * 201)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.isVisible()
    assert "200 letters" in editor.answer.refusal.text
    assert framed.steps == 0
    editor.leave()


def test_a_double_click_in_a_frame_searches(framed: Hand) -> None:
    QTest.mouseDClick(framed.canvas.viewport(), LEFT, pos=framed.view(QPointF(-30, -50)))
    assert framed.canvas.finder.search.isVisible()
    framed.canvas.finder.search.leave()


# -- commands


def test_the_selection_is_framed_and_its_title_asked_for(hand: Hand) -> None:
    hand.selection.set(["n1", "n2"])
    hand.key(Qt.Key.Key_J, CTRL)
    frame = hand.graph.frames["f1"]
    assert (frame.at, frame.size) == ((-24.0, -52.0), (468.0, 128.0))
    assert hand.canvas.drawing.inside(["f1"]) == {"n1", "n2"}
    assert hand.title == "Frame 2 layers"
    QTest.keyClicks(hand.canvas.editor, "Front")
    QTest.keyClick(hand.canvas.editor, Qt.Key.Key_Return)
    assert hand.graph.frames["f1"].title == "Front"
    assert hand.canvas.hasFocus()
    assert hand.selection.all == {"f1"}
    assert (hand.steps, hand.title) == (1, "Frame 2 layers"), "its first title is no step of its own"
    hand.document.undo.undo()
    assert not hand.graph.frames
    hand.document.undo.redo()
    assert hand.graph.frames["f1"].title == "Front"
    hand.canvas.desk.retitle("f1", "Back")
    assert (hand.steps, hand.title) == (2, "Title frame Back")


def test_a_title_given_after_another_step_is_a_step(hand: Hand) -> None:
    hand.selection.set(["n1", "n2"])
    hand.canvas.commands["frame_selection"]()
    hand.canvas.editor.leave()
    hand.canvas.desk.rename("n1", "first")
    hand.canvas.desk.retitle("f1", "Front")
    assert (hand.steps, hand.title) == (3, "Title frame Front")


def test_with_nothing_selected_an_empty_frame_is_added(hand: Hand) -> None:
    hand.canvas.pointer = None
    hand.canvas.commands["frame_selection"]()
    hand.canvas.editor.leave()
    assert hand.title == "Add frame"
    box = hand.canvas.drawing.annotations.box("f1")
    assert (box.center() - hand.canvas.centre()).manhattanLength() <= 2


def test_a_frame_is_fitted_to_its_contents(framed: Hand) -> None:
    framed.selection.set(["f1"])
    framed.canvas.keyboard.do("fit_frame")
    frame = framed.graph.frames["f1"]
    assert (frame.at, frame.size) == ((-44.0, -112.0), (508.0, 248.0))
    assert framed.title == "Fit frame Encoder"
    framed.document.edit("Clear", framed.graph.without([*framed.graph.nodes, "f2", "t1"]))
    said: list[str] = []
    framed.canvas.said.connect(said.append)
    framed.canvas.keyboard.do("fit_frame")
    assert said == ["Nothing lies wholly within the frame. Move layers into it first."]


def test_what_lies_in_a_frame_is_selected(framed: Hand) -> None:
    framed.selection.set(["f1"])
    framed.canvas.keyboard.do("select_inside")
    assert framed.selection.all == {"n1", "n2", "f2", "t1"}


def test_a_frame_is_removed_and_the_rest_stays(framed: Hand) -> None:
    nodes = framed.graph.nodes
    framed.selection.set(["f1"])
    framed.canvas.keyboard.do("unframe")
    assert framed.graph.frames.keys() == {"f2"}
    assert framed.graph.nodes == nodes
    assert framed.title == "Remove frame Encoder"
    framed.selection.set(["f2"])
    framed.key(Qt.Key.Key_Delete)
    assert not framed.graph.frames
    assert framed.graph.nodes == nodes
    framed.document.undo.undo()
    framed.document.undo.undo()
    framed.agree()


@pytest.mark.parametrize("id", ["fit_frame", "select_inside", "unframe", "grow_left", "open_link"])
def test_without_a_frame_it_says_what_is_needed(framed: Hand, id: str) -> None:
    said: list[str] = []
    framed.canvas.said.connect(said.append)
    framed.canvas.keyboard.do(id)
    assert len(said) == 1
    assert said[0].endswith(".")
    assert framed.steps == 0


def test_showing_all_shows_frames_and_notes(framed: Hand) -> None:
    framed.document.edit("Far", framed.graph.with_frames([Frame("f9", "Far", (4000.0, 3000.0))]))
    framed.canvas.fit_all()
    assert framed.canvas.area().contains(framed.canvas.drawing.annotations.box("f9"))
    framed.selection.set(["f9"])
    framed.canvas.fit_selection()
    assert framed.canvas.area().contains(framed.canvas.drawing.annotations.box("f9"))
    assert framed.canvas.zoom > 0.9


# -- the clipboard


def test_a_copied_frame_brings_what_lies_in_it(framed: Hand) -> None:
    framed.selection.set(["f1"])
    framed.key(Qt.Key.Key_C, CTRL)
    part = json.loads(QGuiApplication.clipboard().text())["graph"]
    assert [len(part[kind]) for kind in ("nodes", "edges", "frames", "notes")] == [2, 1, 2, 1]
    framed.canvas.pointer = None
    framed.key(Qt.Key.Key_V, CTRL)
    assert framed.title == "Paste 2 layers, 2 frames and 1 note"
    assert framed.selection.annotations == {"f3", "f4", "t2"}
    assert framed.graph.frames["f3"] == replace(OUTER, id="f3", at=(-16.0, -76.0))
    assert framed.graph.notes["t2"].text == NOTE.text
    framed.agree()
    framed.document.undo.undo()
    assert framed.graph.frames.keys() == {"f1", "f2"}


def test_of_a_frame_whose_inside_is_selected_too_exactly_that_is_copied(framed: Hand) -> None:
    framed.selection.set(["f1", "n1"])
    framed.key(Qt.Key.Key_D, CTRL)
    assert framed.title == "Duplicate 1 layer and 1 frame"
    assert len(framed.graph.nodes) == 8


def test_cutting_a_frame_takes_its_inside_and_pasting_gives_it_back(framed: Hand) -> None:
    framed.selection.set(["f1"])
    framed.key(Qt.Key.Key_X, CTRL)
    assert framed.graph.nodes.keys().isdisjoint({"n1", "n2"})
    assert not framed.graph.frames
    assert not framed.graph.notes
    framed.key(Qt.Key.Key_V, CTRL)
    assert (len(framed.graph.frames), len(framed.graph.notes)) == (2, 1)


def test_a_frame_alone_is_pasted_around_the_mouse(hand: Hand) -> None:
    QGuiApplication.clipboard().setText(
        to_text(Graph().with_frames([Frame("n1", "From elsewhere", size=(100.0, 80.0))]))
    )
    hand.move(QPointF(300, 150))
    hand.key(Qt.Key.Key_V, CTRL)
    assert hand.graph.frames["f1"].at == (250.0, 110.0)


@pytest.mark.parametrize(
    "frame",
    [
        {"id": "f1", "title": "x" * 201, "at": [0, 0], "size": [9, 9]}, {"id": "f1", "title": "", "at": [0, 0]},
        {"id": "f1", "title": "", "at": [0, 0], "size": [0, 9]}, {"id": "f1", "title": 7, "at": [0, 0], "size": [9, 9]},
    ],
)  # fmt: skip
def test_bad_frames_are_not_pasted(hand: Hand, frame: dict[str, object]) -> None:
    said: list[str] = []
    hand.canvas.said.connect(said.append)
    QGuiApplication.clipboard().setText(json.dumps({"layerloom": 1, "graph": {"frames": [frame]}}))
    hand.key(Qt.Key.Key_V, CTRL)
    assert hand.steps == 0
    assert len(said) == 1
