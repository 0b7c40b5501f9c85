"""Frames on the canvas: found, moved with what lies in them, resized, titled, copied, taken apart."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from engine.graph import Frame, Graph, Note, Point
from gui.canvas.annotations import BAR, TAB
from gui.canvas.clipboard import to_text
from gui.canvas.grips import grip_at, title_box
from tests.gui.canvas.conftest import LEFT, Hand

ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
#: Around the nodes n1 and n2 of the drawing, a note and a smaller frame.
OUTER = Frame("f1", "Encoder", (-40.0, -100.0), (520.0, 220.0), "orange")
INNER = Frame("f2", "", (240.0, -60.0), (200.0, 130.0))
NOTE = Note("t1", "A **note**", (-20.0, 64.0), (160.0, 48.0))


@pytest.fixture
def framed(hand: Hand) -> Hand:
    graph = hand.graph.with_frames([OUTER, INNER]).with_notes([NOTE])
    hand.document.edit("Frame", graph)
    hand.document.undo.clear()
    hand.canvas.look_at(QPointF(400, 100))
    return hand


def title(hand: Hand, id: str = "f1") -> QPointF:
    """A place on a frame's bar where no other thing is."""
    bar = title_box(hand.canvas.drawing.annotations, id, hand.canvas.zoom)
    return QPointF(bar.left() + 30, bar.center().y())


def at(hand: Hand, id: str) -> Point:
    return hand.canvas.drawing.place(id)


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
    assert "200 letters" in editor.refusal.text
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


# -- painting


def test_frames_are_painted_below_nodes_at_every_zoom(framed: Hand) -> None:
    """Also as small as a point and as large as a file can say."""
    sizes = [(1.0, 1.0), (9e8, 9e8), (1.0, 9e8), (40.0, 2.0)]
    frames = [Frame(f"f{i}", "Title " * 30, (-200.0, -150.0), size, "red") for i, size in enumerate(sizes, 10)]
    framed.document.edit("Odd", framed.graph.with_frames(frames).with_notes([Note("t9", "x " * 999, size=(9e8, 9e8))]))
    for scale in (0.02, 0.2, 0.4, 0.6, 1.0, 4.0):
        framed.canvas.zoom_to(scale)
        framed.canvas.look_at(QPointF(200, 20))
        framed.canvas.grab()
        framed.canvas.grab()
        assert not framed.canvas.drawing.painter.sprites.behind
    framed.canvas.zoom_to(1.0)
    framed.canvas.look_at(QPointF(200, 20))
    image = framed.canvas.grab().toImage()
    node = framed.canvas.drawing.painter.ink.node
    assert image.pixelColor(framed.view(framed.head("n1") + QPointF(60, -20))) == node


def test_a_frame_tints_the_ground_and_a_selected_one_has_a_ring(framed: Hand) -> None:
    ink, place = framed.canvas.drawing.painter.ink, framed.view(QPointF(-40, 40))
    before = framed.canvas.grab().toImage()
    assert before.pixelColor(framed.view(QPointF(-29, -49))) != ink.ground
    framed.selection.set(["f1"])
    image = framed.canvas.grab().toImage()
    assert ink.accent.name() in {image.pixelColor(place + QPoint(x, 0)).name() for x in range(-2, 3)}


def test_panning_paints_from_kept_pictures(framed: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    framed.canvas.grab()
    drawn: list[object] = []
    monkeypatch.setattr("gui.canvas.backdrop._draw_title", lambda *_: drawn.append("title"))
    monkeypatch.setattr("gui.canvas.notepaint._draw", lambda *_: drawn.append("note"))
    framed.canvas.pan(3, 7)
    framed.canvas.grab()
    assert drawn == []
    framed.document.edit("Title", framed.graph.with_frames([replace(OUTER, title="Other")]))
    framed.canvas.grab()
    assert drawn == ["title"]


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
