"""The scene follows document, report, selection and theme, and shows what changed alone."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from engine.graph import REROUTE, Edge, End, Node
from engine.many import with_mode
from engine.project import Project
from engine.report import NodeReport, Problem, Report, TensorSpec
from engine.values import FrozenMap
from gui.canvas import measure
from gui.theme import DARK, LIGHT, themes
from tests.gui.canvas.conftest import Hand
from tests.gui.drawings import classifier

AXES = ("height", "width", "channels")


def report(shapes: Mapping[str, tuple[int, ...]], *problems: Problem, parameters: int = 0) -> Report:
    nodes = {
        id: NodeReport(
            FrozenMap({"output": TensorSpec((None, *shape), axes=AXES[: len(shape)])}), parameters, parameters
        )
        for id, shape in shapes.items()
    }
    return Report(FrozenMap(nodes), problems)


def tell(hand: Hand, found: Report) -> None:
    hand.document.take_report(hand.document.generation, found)


def test_shapes_and_counts_come_from_the_report(hand: Hand) -> None:
    wires = hand.canvas.drawing.wires
    assert [wires.face(edge).label for edge in hand.graph.edges] == ["", "", ""]
    tell(hand, report({"n1": (8, 8, 1), "n2": (64,)}, parameters=18496))
    assert [wires.face(edge).label for edge in hand.graph.edges] == ["8×8×1", "64", ""]
    assert hand.canvas.drawing.nodes.face("n2").count == "18.5k"


def test_a_dot_that_nothing_feeds_shows_what_the_report_says_of_it(hand: Hand) -> None:
    hand.document.edit("Add a dot", hand.graph.with_node(Node("n9", REROUTE, "dot", at=(0.0, 300.0))))
    for shape, flow in (((8, 8, 1), "image"), ((64,), "vector")):
        tell(hand, report({"n9": shape}))
        assert hand.canvas.drawing.nodes.face("n9").flow == flow


def test_a_report_leaves_the_faces_that_it_does_not_change(hand: Hand) -> None:
    nodes = hand.canvas.drawing.nodes
    before = {id: nodes.face(id) for id in nodes.ids}
    tell(hand, report({"n1": (8, 8, 1)}, parameters=7))
    assert [id for id in nodes.ids if nodes.face(id) is not before[id]] == ["n1"]


def test_an_edit_leaves_the_faces_that_it_does_not_change(hand: Hand) -> None:
    nodes = hand.canvas.drawing.nodes
    before = {id: nodes.face(id) for id in nodes.ids}
    hand.document.edit("Rename", hand.graph.renamed("n4", "other"))
    assert [id for id in nodes.ids if nodes.face(id) is not before[id]] == ["n4"]


def test_a_problem_stands_on_its_node_and_breaks_its_wire(hand: Hand) -> None:
    first, second = hand.graph.edges[:2]
    tell(hand, report({}, Problem("error", "They do not fit.", ("n3", "n2")), Problem("warning", "Odd.", ("n1",))))
    nodes, wires = hand.canvas.drawing.nodes, hand.canvas.drawing.wires
    assert (nodes.face("n3").badge, nodes.face("n1").badge, nodes.face("n2").badge) == ("error", "warning", None)
    assert wires.face(second).broken
    assert not wires.face(first).broken
    assert "They do not fit." in hand.canvas.tip(hand.head("n3"))
    assert "They do not fit." in hand.canvas.tip(QPointF(462, 26))
    tell(hand, report({}))
    assert nodes.face("n3").badge is None
    assert not wires.face(second).broken


def test_what_can_be_said_at_once_needs_no_report(hand: Hand) -> None:
    assert hand.canvas.drawing.nodes.face("n7").badge == "error", "Subtract has no wire"


def test_a_wire_to_a_port_that_has_gone_stays_and_is_broken(hand: Hand) -> None:
    graph = hand.document.catalogue.with_value(hand.graph, "n5", "return_state", True)
    edge = Edge(End("n5", "state_h"), End("n6", "inputs"))
    hand.document.edit("Wire a state", graph.with_edge(edge))
    assert not hand.canvas.drawing.wires.face(edge).broken
    hand.document.set_value("n5", "return_state", False)
    assert hand.canvas.drawing.wires.face(edge).broken
    hand.agree()
    hand.document.undo.undo()
    assert not hand.canvas.drawing.wires.face(edge).broken


def test_nodes_that_share_a_layer_change_with_its_owner(hand: Hand) -> None:
    nodes = hand.canvas.drawing.nodes
    hand.document.edit("Share", hand.graph.with_node(Node("n8", "Dense", "again", at=(756.0, 0.0), shares="n3")))
    hand.document.set_value("n3", "units", 77)
    assert nodes.face("n8").brief == "77"
    hand.document.edit("Delete", hand.graph.without(["n8"]))
    assert not nodes.face("n3").shared
    hand.document.undo.undo()
    assert nodes.face("n3").shared


def test_a_wire_that_bends_with_others_is_told_what_is_new_of_it(hand: Hand) -> None:
    """The LSTM gets other ports: its wire to the dot is laid anew, and the wire from the dot with it."""
    dot, catalogue = Node("n9", REROUTE, "dot", at=(430.0, 300.0)), hand.document.catalogue
    wires = [Edge(End("n5", "output"), End("n9", "input")), Edge(End("n9", "output"), End("n6", "inputs"))]
    graph = hand.graph.with_node(dot).without_edges([Edge(End("n5", "output"), End("n6", "inputs"))])
    hand.document.edit("Put a dot on a wire", graph.with_edge(wires[0]).with_edge(wires[1]))
    assert not hand.canvas.drawing.wires.face(wires[1]).idle
    changed = catalogue.with_value(hand.graph, "n5", "return_state", True)
    hand.document.edit("Give the state, and disable what it feeds", with_mode(changed, ["n6"], "disable"))
    assert hand.canvas.drawing.wires.face(wires[1]).idle


def test_another_project_takes_the_place_of_this_one(hand: Hand) -> None:
    hand.selection.set(["n7"])
    hand.document.start(Project(classifier()))
    hand.agree()
    assert set(hand.canvas.drawing.nodes.ids) == {"n1", "n2", "n3"}
    assert hand.canvas.empty.isHidden()
    hand.document.start(Project())
    assert not hand.canvas.empty.isHidden()
    hand.canvas.fit_all()
    hand.canvas.grab()
    hand.canvas.add_layer("Dense", None)
    assert hand.canvas.empty.isHidden()


def test_a_thumbnail_makes_room_for_itself(hand: Hand) -> None:
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    frame = hand.canvas.drawing.nodes.frame
    low = frame("n4").height()
    hand.canvas.show_thumbnail("n4", picture)
    assert frame("n4").height() == low + measure.THUMB + measure.FOOT
    assert hand.steps == 0
    shot = hand.canvas.grab().toImage()
    middle = hand.view(frame("n4").topLeft() + QPointF(measure.WIDTH / 2, measure.HEAD + measure.THUMB / 2))
    assert shot.pixelColor(middle) == QColor("red")
    hand.canvas.show_thumbnail("n4", None)
    assert frame("n4").height() == low
    hand.canvas.show_thumbnail("gone", picture)
    hand.canvas.show_thumbnail("n4", QImage())


def test_a_thumbnail_leaves_with_its_node(hand: Hand) -> None:
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    hand.canvas.show_thumbnail("n4", picture)
    hand.document.edit("Delete", hand.graph.without(["n4"]))
    hand.document.undo.undo()
    assert not hand.canvas.drawing.nodes.face("n4").thumbnail


def test_the_theme_repaints_the_ground(hand: Hand) -> None:
    before = themes().current
    try:
        for theme in (LIGHT, DARK):
            themes().use(theme)
            shot = hand.canvas.grab().toImage()
            assert shot.pixelColor(hand.view(QPointF(-50, 130))) == QColor(theme.window)
            assert shot.pixelColor(hand.view(QPointF(120, 8))) == QColor(theme.field if theme is DARK else theme.panel)
    finally:
        themes().use(before)


def test_focus_node_selects_it_and_brings_it_near(hand: Hand) -> None:
    hand.canvas.look_at(QPointF(9000, 9000))
    hand.canvas.focus_node("n7")
    assert hand.selection.ids == {"n7"}
    assert hand.canvas.area().contains(hand.canvas.drawing.nodes.frame("n7"))
    hand.canvas.zoom_to(0.1)
    hand.canvas.focus_node("n1")
    assert hand.canvas.zoom == 1.0
    hand.canvas.focus_node("gone")
    assert hand.selection.ids == {"n1"}


def test_a_node_that_goes_while_it_is_dragged_can_come_back(hand: Hand) -> None:
    at = hand.head("n2")
    hand.press(at)
    hand.move(at + QPointF(80, 60))
    hand.document.edit("Delete", hand.graph.without(["n2"]))
    hand.release(at + QPointF(80, 60))
    hand.document.undo.undo()
    assert hand.canvas.drawing.nodes.at("n2") == (252.0, 0.0)


@pytest.mark.parametrize("far", [1e8, -1e8])
def test_a_node_far_out_can_be_seen(hand: Hand, far: float) -> None:
    hand.document.edit("Move", hand.graph.moved({"n1": (far, far)}))
    hand.canvas.focus_node("n1")
    assert hand.canvas.area().contains(hand.canvas.drawing.nodes.frame("n1"))
    hand.canvas.fit_all()
    hand.canvas.grab()


def test_a_wire_tells_its_axes_its_kind_of_number_and_the_parameters_so_far(hand: Hand) -> None:
    tell(hand, report({"n1": (8, 8, 1), "n2": (64,)}, parameters=1200))
    words = hand.canvas.tip(QPointF(210, 26))
    assert "batch · height 8 · width 8 · channels 1, float32" in words
    assert "inputlayer_n1 → flatten_n2" in words
    assert "Parameters so far: 1,200" in words
    assert "Parameters so far: 2,400" in hand.canvas.tip(QPointF(462, 26))
    assert hand.canvas.tip(QPointF(462, 150)) == ""
    assert "lstm_n5 gives output" in hand.canvas.tip(hand.port("n5", "output", output=True))


def test_changed_values_are_shown_with_an_answer_that_is_near(hand: Hand) -> None:
    drawing = hand.canvas.drawing
    redrawn: list[None] = []
    drawing.redrawn.connect(lambda: redrawn.append(None))
    drawing.answer_near = lambda: True
    hand.document.set_value("n3", "units", 77)
    assert (drawing.behind, redrawn) == (True, [])
    tell(hand, report({"n1": (8, 8, 1)}, parameters=7))
    assert (drawing.behind, len(redrawn)) == (False, 1)
    assert "77" in drawing.nodes.face("n3").brief
    assert drawing.nodes.face("n1").count == "7"


def test_they_are_shown_alone_where_it_does_not_come_and_where_somebody_asks(hand: Hand, qtbot: QtBot) -> None:
    drawing = hand.canvas.drawing
    drawing.answer_near = lambda: True
    hand.document.set_value("n3", "units", 77)
    qtbot.waitUntil(lambda: not drawing.behind)
    assert "77" in drawing.nodes.face("n3").brief
    hand.document.set_value("n3", "units", 78)
    assert "78" in drawing.nodes.face("n3").brief
    hand.document.edit("Take it away", hand.graph.without({"n3"}))
    assert not drawing.behind, "what comes and goes is shown at once"


def test_a_number_is_shown_until_a_tensor_stands_in_its_place(hand: Hand) -> None:
    graph = hand.graph.with_node(Node("n9", "ops.add", "add", FrozenMap({"y": 2.0}), (0.0, 300.0)))
    hand.document.edit("Add", graph.with_edge(Edge(End("n1", "output"), End("n9", "x"))))
    assert "2" in hand.canvas.drawing.nodes.face("n9").brief
    hand.document.edit("Wire", hand.graph.with_edge(Edge(End("n1", "output"), End("n9", "y"))))
    assert "2" not in hand.canvas.drawing.nodes.face("n9").brief
