"""Tidy, align, distribute and snap on the canvas: each one named step, and what is seen of it."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from math import inf

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from engine.graph import Graph, Point
from engine.layout import arranged
from engine.project import Project
from gui import motion
from gui.app import make_window
from gui.canvas import aligning, measure, tidying
from gui.canvas.gestures import Move, Pointer
from gui.canvas.tidying import Tidying
from gui.settings import Settings
from tests.gui.canvas.conftest import NONE, Hand
from tests.nets import residual

CTRL = Qt.KeyboardModifier.ControlModifier


def at(hand: Hand) -> dict[str, Point]:
    return {id: node.at for id, node in hand.graph.nodes.items()}


def shown(hand: Hand) -> dict[str, Point]:
    return {id: hand.canvas.drawing.nodes.at(id) for id in hand.graph.nodes}


def tidying_of(hand: Hand) -> Tidying:
    return hand.canvas.arranging.tidying


@pytest.fixture
def moves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let things move as they do on a screen, however busy the machine is."""
    monkeypatch.setattr(motion, "UNSEEN", frozenset())
    monkeypatch.setattr("gui.canvas.glide.SLOWEST", inf)


@pytest.fixture
def large(hand: Hand) -> Hand:
    """A drawing too large to be placed at once."""
    hand.document.start(Project(residual(8)))
    assert len(hand.graph.nodes) > tidying.AT_ONCE
    return hand


# -- tidy


def test_tidy_is_one_step_that_undo_takes_back(hand: Hand) -> None:
    before = at(hand)
    hand.key(Qt.Key.Key_T)
    assert (hand.steps, hand.title) == (1, "Tidy 7 layers")
    assert at(hand) != before
    hand.agree()
    hand.document.undo.undo()
    assert at(hand) == before


def test_tidy_moves_the_selected_nodes_alone(hand: Hand) -> None:
    hand.selection.set(["n4", "n5", "n6"])
    before = at(hand)
    hand.key(Qt.Key.Key_T)
    moved = {id for id in before if at(hand)[id] != before[id]}
    assert moved
    assert moved <= {"n4", "n5", "n6"}
    assert hand.title == "Tidy 3 layers"


def test_what_is_tidy_is_no_step(hand: Hand) -> None:
    hand.key(Qt.Key.Key_T)
    hand.key(Qt.Key.Key_T)
    assert hand.steps == 1


def test_tidy_leaves_room_for_thumbnails(hand: Hand) -> None:
    hand.document.start(Project(residual(2)))
    hand.key(Qt.Key.Key_T, Qt.KeyboardModifier.ShiftModifier)
    tops: defaultdict[float, list[float]] = defaultdict(list)
    for x, y, _, _ in hand.canvas.drawing.nodes.frames.tolist():
        tops[x].append(y)
    gaps = [below - above for column in tops.values() for above, below in pairwise(sorted(column))]
    assert min(gaps) >= measure.height(0, True)


def test_an_empty_drawing_cannot_be_tidied_and_says_so(hand: Hand) -> None:
    hand.document.start(Project(Graph()))
    said: list[str] = []
    hand.canvas.said.connect(said.append)
    hand.key(Qt.Key.Key_T)
    assert said == ["Nothing is drawn yet. Add a layer first."]


def test_a_large_drawing_is_placed_beside_the_event_loop(large: Hand, qtbot: QtBot) -> None:
    before, loop = at(large), threading.current_thread()
    seen: list[threading.Thread] = []

    def watched(*values: object, **more: object) -> object:
        seen.append(threading.current_thread())
        return arranged(*values, **more)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tidying, "arranged", watched)
        large.key(Qt.Key.Key_T)
        assert at(large) == before
        qtbot.waitUntil(lambda: large.steps == 1)
    assert seen
    assert loop not in seen
    large.document.undo.undo()
    assert at(large) == before


def test_an_answer_for_another_drawing_is_dropped(large: Hand, qtbot: QtBot) -> None:
    said: list[str] = []
    large.canvas.said.connect(said.append)
    large.key(Qt.Key.Key_T)
    large.document.edit("Rename", large.graph.renamed("n1", "image"))
    qtbot.waitUntil(lambda: not tidying_of(large).busy)
    assert (large.steps, large.title) == (1, "Rename")
    assert "Tidy it again" in said[0]


def test_escape_ends_the_work(large: Hand, qtbot: QtBot) -> None:
    large.selection.set(large.graph.nodes)
    large.key(Qt.Key.Key_T)
    assert tidying_of(large).busy
    large.key(Qt.Key.Key_Escape)
    assert not tidying_of(large).busy
    assert large.selection.ids, "Esc ends the work, not the selection"
    qtbot.wait(50)
    assert large.steps == 0


def test_long_work_is_told_of_once(large: Hand, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    may_end = threading.Event()

    def slow(*values: object, **more: object) -> object:
        may_end.wait(10)
        return arranged(*values, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(tidying, "LONG", 0.02)
    monkeypatch.setattr(tidying, "arranged", slow)
    said: list[str] = []
    large.canvas.said.connect(said.append)
    large.key(Qt.Key.Key_T)
    qtbot.waitUntil(lambda: bool(said))
    qtbot.wait(50)
    may_end.set()
    qtbot.waitUntil(lambda: large.steps == 1)
    assert said == [f"{len(large.graph.nodes)} layers are being arranged. Esc ends that."]


# -- on the way


def test_nodes_glide_while_the_document_has_them_in_place(hand: Hand, qtbot: QtBot, moves: None) -> None:
    before = shown(hand)
    hand.key(Qt.Key.Key_T)
    after = at(hand)
    assert hand.steps == 1
    assert tidying_of(hand).glide.moving
    qtbot.waitUntil(lambda: shown(hand) not in (before, after))
    qtbot.waitUntil(lambda: not tidying_of(hand).busy)
    assert shown(hand) == after
    hand.agree()


@pytest.mark.parametrize("end", ["escape", "undo", "edit", "press", "start"])
def test_whatever_comes_ends_the_way(hand: Hand, qtbot: QtBot, moves: None, end: str) -> None:
    hand.key(Qt.Key.Key_T)
    hand.canvas.arranging.tidying.glide._step(0.4)
    assert shown(hand) != at(hand)
    ends: dict[str, Callable[[], object]] = {
        "escape": lambda: hand.key(Qt.Key.Key_Escape),
        "undo": hand.document.undo.undo,
        "edit": lambda: hand.document.edit("Delete", hand.graph.without(["n1"])),
        "press": lambda: hand.click(QPointF(-900, -900)),
        "start": lambda: hand.document.start(Project(residual(1))),
    }
    ends[end]()
    assert not tidying_of(hand).busy
    assert shown(hand) == at(hand)
    hand.agree()


def test_many_nodes_are_in_place_at_once(hand: Hand, moves: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.canvas.glide.MOST", 3)
    hand.key(Qt.Key.Key_T)
    assert not tidying_of(hand).busy


def test_a_slow_step_is_the_last(hand: Hand, moves: None, monkeypatch: pytest.MonkeyPatch) -> None:
    hand.key(Qt.Key.Key_T)
    monkeypatch.setattr("gui.canvas.glide.SLOWEST", 0.0)
    hand.canvas.arranging.tidying.glide._step(0.1)
    assert shown(hand) == at(hand)


# -- align, distribute


@pytest.mark.parametrize("side", aligning.SIDES)
def test_align_brings_a_side_into_line(hand: Hand, side: aligning.Side) -> None:
    hand.selection.set(["n3", "n4", "n7"])
    before = at(hand)
    hand.canvas.keyboard.do(f"align_{side}")
    axis, share = aligning.SIDES[side]
    nodes = hand.canvas.drawing.nodes
    frames = [nodes.frames[nodes.row[id]] for id in ("n3", "n4", "n7")]
    assert len({round(frame[axis] + share * frame[axis + 2]) for frame in frames}) == 1
    assert all(at(hand)[id][1 - axis] == before[id][1 - axis] for id in before)
    assert hand.steps == 1
    assert hand.title.startswith("Align")
    hand.document.undo.undo()
    assert at(hand) == before


def test_distribute_leaves_equal_gaps_and_the_ends_where_they_are(hand: Hand) -> None:
    hand.document.edit("Move", hand.graph.moved({"n1": (0.0, 0.0), "n2": (190.0, 0.0), "n3": (804.0, 0.0)}))
    hand.selection.set(["n1", "n2", "n3"])
    hand.canvas.keyboard.do("distribute_across")
    assert [at(hand)[id][0] for id in ("n1", "n2", "n3")] == [0.0, 402.0, 804.0]
    assert hand.title == "Distribute 3 layers"


def test_distribute_without_room_lays_side_by_side(hand: Hand) -> None:
    hand.document.edit("Move", hand.graph.moved({"n1": (0.0, 0.0), "n2": (0.0, 4.0), "n3": (0.0, 8.0)}))
    hand.selection.set(["n1", "n2", "n3"])
    hand.canvas.keyboard.do("distribute_down")
    assert [at(hand)[id][1] for id in ("n1", "n2", "n3")] == [0.0, 52.0, 104.0]


@pytest.mark.parametrize(("action", "least"), [("align_left", "two"), ("distribute_across", "three")])
def test_too_few_selected_is_said(hand: Hand, action: str, least: str) -> None:
    said: list[str] = []
    hand.canvas.said.connect(said.append)
    hand.selection.set(["n1"])
    hand.canvas.keyboard.do(action)
    assert said == [f"At least {least} layers are needed, 1 selected. Select more first."]
    assert hand.steps == 0


# -- the grid


def test_dragging_snaps_to_the_grid_and_ctrl_lets_go(hand: Hand) -> None:
    hand.canvas.keyboard.do("snap")
    hand.drag(hand.head("n4"), hand.head("n4") + QPointF(-70, 31))
    assert at(hand)["n4"] == (-72.0, 264.0)
    hand.canvas.keyboard.do("snap")
    hand.drag(hand.head("n4"), hand.head("n4") + QPointF(-31, 31))
    assert at(hand)["n4"] == (-103.0, 295.0)


def test_ctrl_lets_a_dragged_node_off_the_grid(hand: Hand) -> None:
    hand.canvas.keyboard.do("snap")
    gesture = Move(hand.canvas.drawing, "n4")
    gesture.start(Pointer(QPointF(), QPoint(), NONE, 1.0))
    for keys, expected in ((NONE, (-72.0, 264.0)), (CTRL, (-70.0, 271.0))):
        gesture.move(Pointer(QPointF(-70, 31), QPoint(-70, 31), keys, 1.0))
        assert shown(hand)["n4"] == expected
    gesture.cancel()


def test_snapping_puts_selected_nodes_on_the_grid(hand: Hand) -> None:
    hand.document.edit("Move", hand.graph.moved({"n1": (13.0, -11.0)}))
    hand.selection.set(["n1"])
    hand.canvas.keyboard.do("snap_selected")
    assert at(hand)["n1"] == (24.0, 0.0)
    assert hand.title == "Snap inputlayer_n1"


def test_tidy_keeps_to_the_grid_while_nodes_snap(hand: Hand) -> None:
    hand.canvas.keyboard.do("snap")
    hand.key(Qt.Key.Key_T)
    assert all(x % measure.GRID == y % measure.GRID == 0 for x, y in at(hand).values())


def test_snapping_is_remembered_and_its_action_shows_it(qtbot: QtBot) -> None:
    window = make_window()
    qtbot.addWidget(window, before_close_func=lambda window: window.document.undo.setClean())
    action = window.actions_by_id["snap"]
    before = action.isChecked()
    action.trigger()
    assert action.isChecked() is window.canvas.drawing.on_grid is Settings().snap is not before
    window.canvas.keyboard.do("snap")
    assert action.isChecked() is window.canvas.drawing.on_grid is Settings().snap is before
