"""Bypass, disable, collapse, colours and dots, as a person gives them: keys, menus, mouse, undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from engine.graph import REROUTE, Edge, End
from gui.canvas import measure
from gui.canvas.menu import COLOUR, fill_menu, rows
from gui.canvas.overlay import Socket
from gui.canvas.swatches import Swatches
from gui.needs import Standing
from tests.gui.canvas.conftest import LEFT, NONE, Hand

WIRE = Edge(End("n1", "output"), End("n2", "input"))
MIDWAY = QPointF(210, 26)


def double_click(hand: Hand, at: QPointF) -> None:
    hand.click(at)
    QTest.mouseDClick(hand.canvas.viewport(), LEFT, NONE, hand.view(at))
    hand.release(at)


def dot(hand: Hand, at: QPointF = MIDWAY) -> str:
    """Put a dot on the wire between the first two layers, and move it to a place."""
    double_click(hand, MIDWAY)
    made = next(id for id, node in hand.graph.nodes.items() if node.layer == REROUTE)
    if at != MIDWAY:
        hand.drag(MIDWAY, at)
    return made


# -- layers


@pytest.mark.parametrize(
    ("key", "mode", "verb"), [(Qt.Key.Key_B, "bypass", "Bypass"), (Qt.Key.Key_D, "disable", "Disable")]
)
def test_a_key_turns_layers_off_and_on(hand: Hand, key: Qt.Key, mode: str, verb: str) -> None:
    hand.selection.set(["n2"])
    hand.key(key)
    assert hand.title == f"{verb} flatten_n2"
    hand.selection.set(["n2", "n3"])
    hand.key(key)
    assert [hand.graph.node(id).mode for id in ("n2", "n3")] == [mode, mode], "what is mixed is turned off first"
    assert hand.title == f"{verb} 2 layers"
    hand.key(key)
    assert [hand.graph.node(id).mode for id in ("n2", "n3")] == ["", ""]
    assert hand.title == "Turn on 2 layers"
    for _ in range(3):
        hand.document.undo.undo()
    assert all(not node.mode for node in hand.graph.nodes.values())


def test_what_a_disabled_layer_alone_feeds_shows_it(hand: Hand) -> None:
    hand.selection.set(["n2"])
    hand.key(Qt.Key.Key_D)
    nodes, wires = hand.canvas.drawing.nodes, hand.canvas.drawing.wires
    assert [nodes.face(id).part for id in ("n1", "n2", "n3")] == ["", "disable", "absent"]
    assert all(wires.face(edge).idle for edge in wires.of(["n2"]))
    hand.key(Qt.Key.Key_D)
    assert [nodes.face(id).part for id in ("n1", "n2", "n3")] == ["", "", ""]
    assert not any(face.idle for face in wires.faces)


def test_collapsed_layers_are_one_line_and_their_wires_end_in_the_middle(hand: Hand) -> None:
    graph = hand.document.catalogue.with_value(hand.graph, "n5", "return_state", True)
    hand.document.edit("On", graph)
    hand.selection.set(["n5", "n2"])
    hand.key(Qt.Key.Key_H)
    assert hand.title == "Collapse 2 layers"
    nodes = hand.canvas.drawing.nodes
    assert nodes.frame("n5").height() == measure.SLIM
    places = {nodes.port(End("n5", name), output=True) for name in ("output", "state_h", "state_c")}
    assert places == {(252.0 + measure.WIDTH, 240.0 + measure.HEAD / 2)}, "the wires stay level"
    hand.agree()
    hand.key(Qt.Key.Key_H)
    assert hand.title == "Open 2 layers"
    assert nodes.frame("n5").height() > measure.HEAD


def test_a_double_click_on_the_chevron_opens_and_elsewhere_renames(hand: Hand) -> None:
    hand.selection.set(["n2"])
    hand.key(Qt.Key.Key_H)
    double_click(hand, hand.canvas.drawing.chevron("n2").center())
    assert not hand.graph.node("n2").collapsed
    assert hand.title == "Open flatten_n2"
    double_click(hand, hand.head("n2"))
    assert hand.canvas.editor.answer.about == "n2"
    hand.canvas.editor.leave()


def test_a_wire_over_a_collapsed_layer_opens_it_while_it_is_drawn(hand: Hand) -> None:
    hand.selection.set(["n5"])
    hand.key(Qt.Key.Key_H)
    start = hand.port("n2", "output", output=True)
    hand.press(start)
    hand.move(start + QPointF(30, 60))
    hand.move(QPointF(300, 254))
    assert hand.canvas.drawing.nodes.frame("n5").height() > measure.HEAD
    hand.canvas.cancel()
    assert hand.canvas.drawing.nodes.frame("n5").height() == measure.SLIM
    hand.release(QPointF(300, 254))


# -- colours


def test_a_colour_is_chosen_by_keys_and_undone_by_name(hand: Hand) -> None:
    hand.selection.set(["n1", "n2", "n3"])
    hand.key(Qt.Key.Key_C)
    shown = hand.canvas.findChild(Swatches)
    assert shown is not None
    assert shown.isVisible()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Return):
        QTest.keyClick(next(button for button in shown.buttons.values() if button.hasFocus()), key)
    assert shown.isHidden()
    assert hand.canvas.hasFocus()
    assert {hand.graph.node(id).colour for id in ("n1", "n2", "n3")} == {"teal"}
    assert hand.title == "Colour 3 layers teal"
    assert hand.canvas.drawing.nodes.face("n1").hue == "teal"
    hand.document.undo.undo()
    assert hand.graph.node("n1").colour == ""


def test_escape_and_a_press_elsewhere_choose_no_colour(hand: Hand) -> None:
    for by_key in (True, False):
        hand.selection.set(["n2"])
        hand.key(Qt.Key.Key_C)
        shown = hand.canvas.findChild(Swatches)
        assert shown is not None
        if by_key:
            QTest.keyClick(shown.buttons[""], Qt.Key.Key_Escape)
        else:
            hand.click(MIDWAY)
        assert shown.isHidden()
    assert hand.steps == 0


def test_every_colour_is_a_command_and_stands_in_a_submenu(hand: Hand) -> None:
    hand.selection.set(["n2"])
    hand.canvas.commands["colour_blue"]()
    assert hand.title == "Colour flatten_n2 blue"
    hand.canvas.commands["colour_none"]()
    assert hand.title == "Take the colour off flatten_n2"
    menu = QMenu(hand.canvas)
    fill_menu(menu, rows(Standing(layers=1)), hand.canvas.keyboard.do, hand.canvas.keyboard.shortcuts)
    inner = next(action.menu() for action in menu.actions() if action.text() == COLOUR.rpartition(" ")[2])
    assert isinstance(inner, QMenu)
    red = next(action for action in inner.actions() if action.text().startswith("Colour red"))
    assert not red.icon().isNull()
    red.trigger()
    assert hand.graph.node("n2").colour == "red"


def test_nothing_selected_is_said(hand: Hand) -> None:
    said: list[str] = []
    hand.canvas.said.connect(said.append)
    hand.key(Qt.Key.Key_C)
    hand.key(Qt.Key.Key_B)
    assert len(said) == 2
    assert hand.steps == 0


# -- dots


def test_a_double_click_on_a_wire_puts_a_dot_there(hand: Hand) -> None:
    made = dot(hand)
    assert hand.title == "Add a dot after inputlayer_n1"
    assert hand.selection.ids == {made}
    assert hand.canvas.drawing.nodes.frame(made).center() == MIDWAY
    assert WIRE not in hand.graph.edges
    hand.document.undo.undo()
    assert WIRE in hand.graph.edges


def test_dots_come_by_key_on_the_chosen_wire_or_between_the_selected_layers(hand: Hand) -> None:
    hand.canvas.pointer = None
    hand.canvas.drawing.hover(None, None, None)
    hand.canvas.drawing.choose_wires([WIRE])
    hand.key(Qt.Key.Key_R)
    assert len(hand.graph.nodes) == 8
    hand.document.undo.undo()
    hand.selection.set(["n1", "n2", "n3"])
    hand.key(Qt.Key.Key_R)
    assert hand.title == "Add 2 dots after 2 layers"
    assert len(hand.graph.nodes) == 9


def test_a_dot_is_dragged_and_wired_beside_it(hand: Hand) -> None:
    made = dot(hand, QPointF(210, 120))
    assert hand.graph.node(made).at == (200.0, 110.0)
    place = hand.canvas.drawing.nodes.grip(End(made, "output"), output=True)
    assert place is not None
    assert hand.canvas.under(QPointF(*place))[0] == Socket(End(made, "output"), True)
    assert hand.canvas.under(QPointF(210, 120))[:2] == (None, made)
    hand.drag(QPointF(*place), hand.port("n5", "input", output=False))
    assert Edge(End(made, "output"), End("n5", "input")) in hand.graph.edges


def test_a_dot_is_deleted_with_its_wires_and_is_not_renamed(hand: Hand) -> None:
    said: list[str] = []
    hand.canvas.said.connect(said.append)
    made = dot(hand)
    hand.key(Qt.Key.Key_F2)
    assert said == ["A dot shows no name. Select a layer to rename."]
    hand.key(Qt.Key.Key_Delete)
    assert made not in hand.graph.nodes
    assert hand.graph.into("n2") == ()


def test_wires_bend_at_a_dot_with_what_it_is_wired_to(hand: Hand) -> None:
    """Moving a layer changes the course of the wire on the far side of a dot, while dragging and after it."""
    made = dot(hand, QPointF(100, 140))
    wires = hand.canvas.drawing.wires
    edge = Edge(End("n1", "output"), End(made, "input"))
    before = wires.path(wires.row[edge]).length()
    hand.press(hand.head("n2"))
    hand.move(hand.head("n2") + QPointF(-60, 80))
    hand.move(QPointF(120, 330))
    assert wires.path(wires.row[edge]).length() != before
    hand.canvas.cancel()
    assert wires.path(wires.row[edge]).length() == pytest.approx(before)
    hand.release(QPointF(120, 330))


def test_a_layer_and_its_dots_move_together(hand: Hand) -> None:
    made = dot(hand, QPointF(210, 100))
    hand.selection.set(["n1", made, "n2"])
    hand.drag(hand.head("n1"), hand.head("n1") + QPointF(40, 33), Qt.KeyboardModifier.ControlModifier)
    hand.selection.set(["n1", made, "n2"])
    hand.drag(QPointF(250, 133), QPointF(290, 166))
    hand.agree()


def test_looks_are_copied_too(hand: Hand) -> None:
    hand.selection.set(["n2"])
    for name in ("bypass", "collapse", "colour_pink", "duplicate"):
        hand.canvas.commands[name]()
    copied = hand.graph.node(next(iter(hand.selection.ids)))
    assert (copied.mode, copied.colour, copied.collapsed) == ("bypass", "pink", True)
    hand.canvas.desk.copy()
    hand.canvas.paste()
    pasted = hand.graph.node(next(iter(hand.selection.ids)))
    assert (pasted.mode, pasted.colour, pasted.collapsed) == ("bypass", "pink", True)


def test_a_dissolved_dot_leaves_the_wires_as_they_were(hand: Hand) -> None:
    before = hand.graph.edges
    dot(hand)
    hand.key(Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert hand.graph.edges == before


def test_arrows_walk_over_dots(hand: Hand) -> None:
    made = dot(hand)
    hand.selection.set(["n1"])
    hand.key(Qt.Key.Key_Right)
    assert hand.selection.ids == {made}
    hand.key(Qt.Key.Key_Right)
    assert hand.selection.ids == {"n2"}


def test_a_dot_on_no_wire_is_carried_onto_one(hand: Hand) -> None:
    made = dot(hand, QPointF(210, 130))
    hand.drag(QPointF(210, 130), QPointF(210, 180), Qt.KeyboardModifier.AltModifier)
    assert WIRE in hand.graph.edges, "it came off its wires, which closed"
    hand.drag(QPointF(210, 180), QPointF(212, 27))
    assert [edge.target.node for edge in hand.graph.out_of(made)] == ["n2"]
    hand.document.undo.undo()
    assert WIRE in hand.graph.edges
