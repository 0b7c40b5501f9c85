"""What changes many nodes is worked out in slices: until it is shown all is as it was, and nobody sees the half."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from engine.graph import Edge, End, Graph
from engine.grouping import ungrouped, without_unused
from engine.project import Project
from engine.report import Problem, Report
from gui.canvas import edits
from gui.canvas.scene import Scene
from tests.gui.blocked import blocked
from tests.gui.canvas.conftest import LEFT, Hand
from tests.gui.large import network, report


@pytest.fixture
def slow(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> Hand:
    """A hand on a canvas to which three things are many, and each step a turn's work."""
    hand.document.start(Project(network(40)))
    hand.canvas.fit_all()
    QApplication.processEvents()
    monkeypatch.setattr("gui.canvas.scene.MOST", 3)
    monkeypatch.setattr("gui.canvas.coming.PART", 7)
    monkeypatch.setattr("gui.canvas.slices.LONG", -1.0)
    return hand


def scene(hand: Hand) -> Scene:
    return hand.canvas.drawing


def dropped(hand: Hand, count: int = 20) -> Graph:
    return hand.graph.without([*hand.graph.nodes][-count:])


def shut(graph: Graph, ids: list[str]) -> Graph:
    return graph.with_nodes(graph.renamed(id, f"other_{id}").nodes[id] for id in ids)


def later(hand: Hand) -> None:
    """Let the event loop turn until all is shown."""
    for _ in range(200):
        if not scene(hand).behind:
            return
        QApplication.processEvents()
    raise AssertionError("It is never shown")


def test_all_is_shown_as_it_was_until_all_is_new(slow: Hand) -> None:
    nodes, wires, _ = scene(slow).shown
    before, seen = (list(nodes.ids), list(wires.edges), nodes.frames.tolist()), []
    slow.document.edit("Delete", dropped(slow))
    assert scene(slow).behind
    while scene(slow).behind:
        seen.append((list(nodes.ids), list(wires.edges), nodes.frames.tolist()))
        QApplication.processEvents()
    assert len(seen) > 2
    assert all(each == before for each in seen)
    assert nodes.ids == list(slow.graph.nodes)
    slow.agree()


def test_few_changes_are_shown_at_once(slow: Hand) -> None:
    slow.document.edit("Rename", shut(slow.graph, ["n3"]))
    assert not scene(slow).behind
    assert scene(slow).nodes.face("n3").name == "other_n3"


@pytest.mark.parametrize(
    "ask",
    [
        lambda hand: scene(hand).nodes,
        lambda hand: scene(hand).wires,
        lambda hand: scene(hand).annotations,
        lambda hand: scene(hand).facts,
        lambda hand: scene(hand).bounds(),
        lambda hand: scene(hand).node_at(QPointF()),
        lambda hand: hand.canvas.tip(QPointF()),
        lambda hand: hand.press(QPointF(5, 5)) or hand.release(QPointF(5, 5)),
        lambda hand: hand.key(Qt.Key.Key_F),
        lambda hand: scene(hand).show_thumbnail("n1", None),
        lambda hand: scene(hand).open_node("n1"),
    ],
)
def test_whoever_asks_sees_it_whole(slow: Hand, ask: Callable[[Hand], object]) -> None:
    slow.document.edit("Delete", dropped(slow))
    QApplication.processEvents()
    ask(slow)
    assert not scene(slow).behind
    slow.agree()


def test_a_frame_that_is_painted_meanwhile_shows_what_was(slow: Hand) -> None:
    before = slow.canvas.grab().toImage()
    slow.document.edit("Rename", shut(slow.graph, ["n2", "n3", "n4", "n5"]).without(["n9", "n10", "n11"]))
    QApplication.processEvents()
    assert slow.canvas.grab().toImage() == before
    assert scene(slow).behind
    later(slow)
    assert slow.canvas.grab().toImage() != before


def test_other_blocks_are_shown_in_turns_of_their_own(slow: Hand) -> None:
    slow.document.start(Project(blocked()))
    document, nodes = slow.document, scene(slow).shown[0]
    inside, _ = ungrouped(document.root, "two", document.catalogue)
    inside, _ = ungrouped(inside, "one", document.catalogue)
    for edit in (partial(document.edit, "Ungroup", without_unused(inside)), document.undo.undo, document.undo.redo):
        before = list(nodes.ids)
        edit()
        assert scene(slow).behind
        assert nodes.ids == before
        later(slow)
        assert sorted(nodes.ids) == sorted(slow.graph.nodes)
        slow.agree()


def test_edits_that_follow_each_other_are_shown_as_one(slow: Hand) -> None:
    start = slow.graph
    slow.document.edit("Delete", dropped(slow))
    QApplication.processEvents()
    part, stack = network(12), slow.document.undo
    slow.document.edit("Paste", edits.pasted(slow.graph, part, (0.0, 900.0))[0])
    QApplication.processEvents()
    stack.undo()
    stack.undo()
    assert slow.graph == start
    later(slow)
    slow.agree()
    stack.redo()
    stack.redo()
    later(slow)
    slow.agree()


def test_what_was_dragged_stands_where_an_undo_puts_it(slow: Hand) -> None:
    slow.selection.set(slow.graph.nodes)
    later(slow)
    at = slow.canvas.drawing.nodes.frame("n1").center()
    slow.press(at)
    slow.move(at + QPointF(300, 200))
    slow.release(at + QPointF(300, 200))
    assert scene(slow).behind
    slow.document.undo.undo()
    later(slow)
    slow.agree()
    assert not scene(slow)._held


def test_an_answer_of_the_checker_joins_what_is_under_way(slow: Hand) -> None:
    slow.document.edit("Rename", shut(slow.graph, [f"n{number}" for number in range(2, 12)]))
    QApplication.processEvents()
    problem = Problem("error", "They do not fit.", ("n3", "n2"))
    slow.document.take_report(slow.document.generation, Report(report(slow.graph).nodes, (problem,)))
    assert scene(slow).behind
    later(slow)
    slow.agree()
    assert scene(slow).nodes.face("n3").badge == "error"
    assert scene(slow).wires.face(Edge(End("n2", "output"), End("n3", "input"))).broken


def test_another_project_ends_what_is_under_way(slow: Hand) -> None:
    called: list[str] = []
    slow.document.edit("Delete", dropped(slow))
    scene(slow).when_settled(lambda: called.append("never"))
    slow.document.start(Project(network(9)))
    assert not scene(slow).behind
    QApplication.processEvents()
    slow.agree()
    assert not called


def test_the_selection_is_shown_with_its_nodes(slow: Hand) -> None:
    graph, ids = edits.pasted(slow.graph, network(12), (0.0, 900.0))
    slow.document.edit("Paste", graph)
    slow.selection.set(ids)
    assert scene(slow).behind
    later(slow)
    lifted = {id for id in scene(slow).nodes.ids if scene(slow).nodes._lifted[scene(slow).nodes.row[id]]}
    assert lifted == ids


def test_many_pasted_layers_are_selected_and_brought_into_sight(slow: Hand) -> None:
    slow.selection.set(slow.graph.nodes)
    slow.canvas.copy()
    slow.canvas.pointer = None
    slow.canvas.zoom_to(1.0)
    slow.canvas.look_at(QPointF(90_000.0, 0.0))
    slow.canvas.paste()
    assert scene(slow).behind, "a paste does not wait for its picture"
    later(slow)
    slow.canvas.journey.stop()
    goal = slow.canvas.journey.goal
    assert scene(slow).bounds(slow.selection.all).contains(QPointF(goal.x, goal.y))


def test_what_waits_is_done_once_and_in_order(slow: Hand) -> None:
    done: list[str] = []

    def first() -> None:
        done.append("first")

    slow.document.edit("Delete", dropped(slow))
    for each in (first, lambda: done.append("second"), first):
        scene(slow).when_settled(each)
    assert not done
    later(slow)
    assert done == ["first", "second"]
    scene(slow).when_settled(first)
    assert done[-1] == "first"


def test_a_thumbnail_that_comes_meanwhile_stays(slow: Hand) -> None:
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    slow.document.edit("Rename", shut(slow.graph, [f"n{number}" for number in range(2, 12)]))
    QApplication.processEvents()
    slow.canvas.show_thumbnail("n4", picture)
    assert scene(slow).nodes.face("n4").thumbnail
    slow.agree()


def test_the_button_may_be_down_meanwhile(slow: Hand) -> None:
    at = scene(slow).nodes.frame("n7").center()
    slow.press(at)
    slow.move(at + QPointF(60, 40))
    slow.document.take_report(slow.document.generation, report(slow.graph))
    assert scene(slow).behind
    slow.move(at + QPointF(90, 60))
    slow.release(at + QPointF(90, 60), LEFT)
    later(slow)
    slow.agree()
