"""Frames on the canvas: found, moved with what lies in them, selected, resized."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt

from engine.graph import Frame, Graph
from gui.canvas.annotations import BAR, TAB
from gui.canvas.grips import grip_at, title_box
from tests.gui.canvas.conftest import INNER, LEFT, NOTE, OUTER, Hand
from tests.gui.canvas.framed import at, title

ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


# -- moving


def test_a_frame_is_dragged_with_all_that_lies_in_it_as_one_step(framed: Hand) -> None:
    start = title(framed)
    framed.press(start)
    framed.move(start + QPointF(20, 20))
    assert framed.selection.all == {"f1"}
    assert framed.canvas.drawing.overlay.carried == {"n1", "n2", "f2", "t1"}, "what goes along is shown"
    framed.move(start + QPointF(-30, 40))
    assert framed.canvas.drawing.annotations.box("t1").topLeft() == QPointF(-50, 104)
    assert framed.graph.frames["f1"].at == OUTER.at, "the document changes before the drag has ended"
    framed.release(start + QPointF(-30, 40))
    assert framed.canvas.drawing.overlay.carried == frozenset()
    assert [at(framed, id) for id in ("f1", "n1", "n2", "f2", "t1")] == [
        (-70.0, -60.0), (-30.0, 40.0), (222.0, 40.0), (210.0, -20.0), (-50.0, 104.0),
    ]  # fmt: skip
    assert at(framed, "n3") == (504.0, 0.0)
    assert (framed.steps, framed.title) == (1, "Move frame Encoder")
    framed.agree()
    framed.document.undo.undo()
    assert [at(framed, id) for id in ("f1", "n1", "t1")] == [OUTER.at, (0.0, 0.0), NOTE.at]


def test_with_alt_a_frame_goes_alone(framed: Hand) -> None:
    framed.drag(title(framed), title(framed) + QPointF(0, -50), ALT)
    assert at(framed, "f1") == (-40.0, -150.0)
    assert at(framed, "n1") == (0.0, 0.0)


def test_what_only_reaches_into_a_frame_stays(framed: Hand) -> None:
    framed.document.edit("Move", framed.graph.moved({"n2": (330.0, 0.0)}))
    framed.drag(title(framed), title(framed) + QPointF(0, -50))
    assert at(framed, "n2") == (330.0, 0.0)
    assert at(framed, "n1") == (0.0, -50.0)


def test_escape_calls_the_drag_of_a_frame_off(framed: Hand) -> None:
    start = title(framed)
    framed.press(start)
    framed.move(start + QPointF(60, 60))
    framed.key(Qt.Key.Key_Escape)
    framed.release(start)
    assert framed.canvas.drawing.annotations.box("f1").topLeft() == QPointF(*OUTER.at)
    assert framed.canvas.drawing.overlay.carried == frozenset()
    assert framed.steps == 0


def test_a_selected_frame_goes_with_a_dragged_node(framed: Hand) -> None:
    framed.selection.set(["f2", "n3"])
    framed.drag(framed.head("n3"), framed.head("n3") + QPointF(20, 64))
    assert at(framed, "f2") == (260.0, 4.0)
    assert at(framed, "n2") == (272.0, 64.0)
    assert framed.title == "Move 1 layer and 1 frame"


def test_nudging_a_frame_takes_its_inside_along(framed: Hand) -> None:
    framed.selection.set(["f1"])
    framed.key(Qt.Key.Key_Right, CTRL)
    assert at(framed, "n2") == (256.0, 0.0)
    assert framed.title == "Move frame Encoder"


# -- what is below the mouse


def test_the_empty_inside_of_a_frame_is_ground(framed: Hand) -> None:
    assert framed.canvas.grip_under(QPointF(-30, -50)) is None
    framed.press(QPointF(-30, -50))
    framed.move(QPointF(100, 20))
    assert framed.canvas.drawing.overlay.band is not None
    framed.release(QPointF(100, 20))
    assert framed.selection.all == {"n1"}


@pytest.mark.parametrize(
    ("place", "part"),
    [
        ((0, -88), "title"), ((-40, -100), "nw"), ((480, -100), "ne"), ((-40, 120), "sw"), ((480, 120), "se"),
        ((-41, 0), "w"), ((479, 0), "e"), ((200, 121), "s"), ((200, -101), "n"),
    ],
)  # fmt: skip
def test_the_parts_of_a_frame(framed: Hand, place: tuple[float, float], part: str) -> None:
    grip = grip_at(framed.canvas.drawing.annotations, QPointF(*place), 1.0)
    assert grip is not None
    assert (grip.id, grip.part) == ("f1", part)


def test_a_node_and_the_smaller_frame_come_before_the_larger(framed: Hand) -> None:
    assert framed.canvas.grip_under(framed.head("n1")) is None
    found = framed.canvas.grip_under(title(framed, "f2"))
    assert found is not None
    assert found.id == "f2"
    order = framed.canvas.drawing.annotations.visible(QRectF(-999, -999, 2999, 2999), 1.0).tolist()
    assert [framed.canvas.drawing.annotations.items[row].id for row in order] == ["f1", "f2", "t1"]
    framed.document.edit("Order", replace(framed.graph, frames=type(framed.graph.frames)({"f2": INNER, "f1": OUTER})))
    assert framed.canvas.drawing.grip_at(title(framed, "f2"), 1.0) == found, "whatever their order"


@pytest.mark.parametrize("scale", [0.05, 0.2, 0.57, 0.6, 1.0, 3.0])
def test_a_title_can_be_read_and_grabbed_at_every_zoom(framed: Hand, scale: float) -> None:
    bar = title_box(framed.canvas.drawing.annotations, "f1", scale)
    assert bar.height() * scale >= TAB - 1e-6
    assert bar.bottom() == OUTER.at[1] + BAR, "it covers nothing in the frame"
    assert bar.left() == OUTER.at[0]
    found = framed.canvas.drawing.grip_at(QPointF(bar.center().x(), bar.top() + bar.height() / 2), scale)
    assert found is not None
    assert (found.id, found.part) == ("f1", "title")


def test_titles_do_not_cover_each_other_from_afar(framed: Hand) -> None:
    frames = [
        Frame(f"f{i}", f"Frame {i}", (10.0 * i, 12.0 * i), (600.0 - 20 * i, 400.0 - 24 * i)) for i in range(1, 12)
    ]
    framed.document.edit("Nest", Graph().with_frames(frames))
    held = framed.canvas.drawing.annotations
    bars = [QRectF(*box) for box in held.bars(0.1).tolist()]
    tall = [bar for bar in bars if bar.height() * 0.1 >= TAB - 1e-6]
    assert tall
    assert not any(a.intersects(b) for a in tall for b in tall if a is not b)


def test_the_cursor_says_what_an_edge_does(framed: Hand) -> None:
    framed.move(QPointF(479, -30))
    assert framed.canvas.viewport().cursor().shape() is Qt.CursorShape.SizeHorCursor
    framed.move(QPointF(480, 120))
    assert framed.canvas.viewport().cursor().shape() is Qt.CursorShape.SizeFDiagCursor
    framed.move(title(framed))
    assert framed.canvas.viewport().cursor().shape() is Qt.CursorShape.ArrowCursor
    assert framed.canvas.drawing.overlay.grip is not None


# -- selecting


def test_a_band_selects_a_frame_that_lies_wholly_in_it(framed: Hand) -> None:
    framed.drag(QPointF(-80, -140), QPointF(470, 200))
    assert framed.selection.all == {"n1", "n2", "f2", "t1"}
    framed.drag(QPointF(-80, -140), QPointF(500, 200))
    assert framed.selection.all == {"n1", "n2", "f1", "f2", "t1"}


def test_a_lasso_selects_frames_and_notes(framed: Hand) -> None:
    framed.press(QPointF(-60, -120), LEFT, ALT)
    for corner in (QPointF(500, -120), QPointF(500, 160), QPointF(-60, 160)):
        framed.move(corner)
    framed.release(QPointF(-60, 160), LEFT, ALT)
    assert framed.selection.all == {"n1", "n2", "f1", "f2", "t1"}


def test_shift_adds_and_takes_a_frame_away(framed: Hand) -> None:
    framed.click(framed.head("n3"))
    framed.click(title(framed), SHIFT)
    assert framed.selection.all == {"n3", "f1"}
    framed.click(title(framed), SHIFT)
    assert framed.selection.all == {"n3"}
    framed.key(Qt.Key.Key_A, CTRL)
    assert framed.selection.annotations == {"f1", "f2", "t1"}
    assert framed.selection.ids == set(framed.graph.nodes)


def test_brackets_walk_through_frames_and_notes(framed: Hand) -> None:
    seen: list[str] = []
    for _ in range(4):
        framed.key(Qt.Key.Key_BracketRight)
        seen += framed.selection.annotations
    assert seen == ["f1", "f2", "t1", "f1"]
    framed.key(Qt.Key.Key_BracketLeft)
    assert framed.selection.annotations == {"t1"}
    assert framed.canvas.accessibleDescription() == "Note: A **note**"
    framed.selection.set(["f1"])
    assert framed.canvas.accessibleDescription() == "Frame Encoder, 4 things lie in it"
    framed.selection.set(["f1", "n1", "n2"])
    assert framed.canvas.accessibleDescription() == "2 layers and 1 frame selected"


def test_from_nothing_one_goes_forward_to_the_first_and_back_to_the_last(framed: Hand) -> None:
    framed.selection.set(())
    framed.canvas.keyboard.do("next_annotation")
    assert framed.selection.annotations == {"f1"}
    framed.selection.set(())
    framed.canvas.keyboard.do("previous_annotation")
    assert framed.selection.annotations == {"t1"}
    framed.document.edit("Alone", framed.graph.without(["f1", "t1"]))
    framed.canvas.keyboard.do("previous_annotation")
    assert framed.selection.annotations == {"f2"}


# -- resizing


def test_a_corner_resizes_as_one_step(framed: Hand) -> None:
    framed.drag(QPointF(480, 120), QPointF(530, 175), CTRL)
    assert (framed.graph.frames["f1"].at, framed.graph.frames["f1"].size) == (OUTER.at, (570.0, 275.0))
    assert (framed.steps, framed.title) == (1, "Resize frame Encoder")
    assert at(framed, "n1") == (0.0, 0.0)
    framed.document.undo.undo()
    assert framed.graph.frames["f1"] == OUTER


def test_the_edge_that_is_not_dragged_stays_and_no_frame_is_too_small(framed: Hand) -> None:
    framed.drag(QPointF(-40, -100), QPointF(900, 500), CTRL)
    frame = framed.graph.frames["f1"]
    assert frame.size == (96.0, 72.0)
    assert (frame.at[0] + 96, frame.at[1] + 72) == (480.0, 120.0)


def test_an_edge_is_pulled_into_line_unless_ctrl_is_held(framed: Hand) -> None:
    framed.drag(QPointF(480, 0), QPointF(507, 0))
    assert framed.graph.frames["f1"].size[0] == 544.0, "n3 begins at 504"
    framed.drag(QPointF(504, -50), QPointF(501, -50), CTRL)
    assert framed.graph.frames["f1"].size[0] == 541.0


def test_resizing_is_called_off(framed: Hand) -> None:
    framed.press(QPointF(480, 120))
    framed.move(QPointF(600, 300))
    assert framed.canvas.drawing.annotations.box("f1").size().toTuple() == (640.0, 400.0)
    framed.key(Qt.Key.Key_Escape)
    framed.release(QPointF(600, 300))
    assert framed.steps == 0
    framed.click(QPointF(480, 120))
    assert framed.steps == 0
    assert framed.selection.annotations == {"f1"}


def test_keys_resize_too(framed: Hand) -> None:
    framed.selection.set(["f1", "t1"])
    framed.key(Qt.Key.Key_Right, ALT | SHIFT)
    framed.key(Qt.Key.Key_Up, ALT | SHIFT)
    assert framed.graph.frames["f1"].size == (544.0, 196.0)
    assert framed.graph.notes["t1"].size == (184.0, 44.0), "no note is lower"
    assert framed.title == "Resize 1 frame and 1 note"
