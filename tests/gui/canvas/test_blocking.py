"""Blocks on the canvas: grouped, opened, left and ungrouped by keys and mouse; the way above; what a face tells."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from engine.entering import Step
from engine.project import Project
from engine.report import NodeReport, Report, TensorSpec
from engine.values import FrozenMap
from gui.canvas import measure
from tests.engine.drawings import chain, layer
from tests.gui.blocked import blocked
from tests.gui.canvas.conftest import Hand

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier,
)  # fmt: skip


@pytest.fixture
def blocks(hand: Hand) -> Hand:
    """A drawing with blocks."""
    hand.document.start(Project(blocked()))
    hand.canvas.zoom_to(1.0)
    hand.canvas.look_at(hand.canvas.drawing.bounds().center())
    return hand


def test_what_is_selected_becomes_a_block_whose_instance_is_named(hand: Hand) -> None:
    hand.selection.set(["n2", "n3"])
    hand.key(Qt.Key.Key_G, CTRL)
    (instance,) = hand.selection.ids
    assert hand.graph.nodes[instance].layer == "block:block1"
    assert list(hand.graph.blocks["block1"].graph.nodes)[:2] == ["n2", "n3"]
    assert (hand.steps, hand.title) == (1, "Group 2 layers")
    assert hand.canvas.editor.isVisible()
    hand.canvas.editor.leave()
    hand.agree()
    hand.document.undo.undo()
    assert not hand.graph.blocks


def test_a_new_block_has_the_name_that_its_instance_is_given(hand: Hand) -> None:
    hand.selection.set(["n2", "n3"])
    hand.key(Qt.Key.Key_G, CTRL)
    hand.canvas.editor.setText("stem")
    hand.canvas.editor.commit()
    (instance,) = hand.selection.ids
    assert (hand.graph.nodes[instance].name, hand.graph.nodes[instance].layer) == ("stem", "block:stem")
    assert list(hand.graph.blocks) == ["stem"]
    assert (hand.steps, hand.title) == (2, "Rename block1 to stem")
    hand.agree()
    hand.document.undo.undo()
    assert list(hand.graph.blocks) == ["block1"]


def test_what_cannot_be_a_block_is_said(hand: Hand, said: list[str]) -> None:
    hand.selection.set(["n1", "n3"])
    hand.key(Qt.Key.Key_G, CTRL)
    assert hand.steps == 0
    assert "left and not entered again" in said[0]


def test_a_block_is_put_back_as_layers(hand: Hand) -> None:
    before = len(hand.graph.nodes)
    hand.selection.set(["n2", "n3"])
    hand.key(Qt.Key.Key_G, CTRL)
    hand.canvas.editor.leave()
    hand.key(Qt.Key.Key_G, CTRL | SHIFT)
    assert len(hand.graph.nodes) == before
    assert not hand.graph.blocks
    assert hand.title.startswith("Ungroup")
    assert len(hand.selection.ids) == 2
    hand.agree()


def test_return_opens_a_block_and_escape_leaves_it_selected(blocks: Hand) -> None:
    blocks.selection.set(["one"])
    blocks.key(Qt.Key.Key_Return)
    assert [step.instance for step in blocks.document.steps] == ["one"]
    assert set(blocks.canvas.drawing.nodes.ids) == {"x", "units", "pool", "y"}
    blocks.agree()
    blocks.key(Qt.Key.Key_Escape)
    assert blocks.document.steps == ()
    assert blocks.selection.ids == {"one"}
    blocks.agree()


def test_escape_leaves_what_is_selected_first(blocks: Hand) -> None:
    blocks.document.enter("one")
    blocks.selection.set(["pool"])
    blocks.key(Qt.Key.Key_Escape)
    assert len(blocks.document.steps) == 1
    assert not blocks.selection.ids
    blocks.key(Qt.Key.Key_Up, ALT)
    assert not blocks.document.steps


def test_a_double_click_opens_a_block_and_names_a_layer(blocks: Hand) -> None:
    at = blocks.view(blocks.head("one"))
    QTest.mouseDClick(blocks.canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert len(blocks.document.steps) == 1
    blocks.canvas.look_at(blocks.canvas.drawing.bounds().center())
    at = blocks.view(blocks.head("pool"))
    QTest.mouseDClick(blocks.canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert blocks.canvas.editor.isVisible()
    blocks.canvas.editor.leave()


def test_leaving_where_nothing_is_open_is_said(blocks: Hand, said: list[str]) -> None:
    blocks.key(Qt.Key.Key_Up, ALT)
    assert "No block is open" in said[0]
    blocks.key(Qt.Key.Key_PageDown, ALT)
    assert "in a row" in said[1]


def test_an_edit_inside_is_undone_where_it_was_made(blocks: Hand) -> None:
    blocks.document.enter("one")
    blocks.selection.set(["pool"])
    blocks.key(Qt.Key.Key_Delete)
    assert "pool" not in blocks.graph.nodes
    blocks.key(Qt.Key.Key_Escape)
    blocks.key(Qt.Key.Key_Z, CTRL)
    assert len(blocks.document.steps) == 1
    assert "pool" in blocks.graph.nodes
    blocks.agree()


# -- the way above


def buttons(hand: Hand) -> list[QPushButton]:
    return [button for button in hand.canvas.crumbs.findChildren(QPushButton) if button.isVisible()]


def test_the_way_is_shown_and_leads_back(blocks: Hand) -> None:
    crumbs = blocks.canvas.crumbs
    assert not crumbs.isVisible()
    blocks.document.enter("two")
    blocks.document.enter("units")
    assert crumbs.names() == ["Untitled", "two", "units"]
    assert [button.text() for button in buttons(blocks)] == ["Untitled", "two"]
    assert crumbs.values() == "filters 16 · project yes"
    QTest.mouseClick(buttons(blocks)[1], Qt.MouseButton.LeftButton)
    assert [step.instance for step in blocks.document.steps] == ["two"]
    assert crumbs.values() == "width 8"
    QTest.mouseClick(buttons(blocks)[0], Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert not crumbs.isVisible()


def test_the_way_leaves_room_for_what_stands_at_the_other_corner(blocks: Hand) -> None:
    crumbs, canvas = blocks.canvas.crumbs, blocks.canvas
    blocks.document.enter("two")
    blocks.document.enter("units")
    wished = crumbs.width()
    crumbs.leave(canvas.width() - wished)
    assert crumbs.minimumSizeHint().width() <= crumbs.width() < wished
    assert crumbs.geometry().right() < wished, "what the parameters are gives way"
    crumbs.leave(0)
    assert crumbs.width() == wished


def test_the_legend_of_colours_leaves_the_way_free(blocks: Hand) -> None:
    blocks.canvas.commands["heat_parameters"]()
    legend = blocks.canvas.heating.legend
    blocks.document.enter("two")
    assert legend.isVisible()
    assert not legend.geometry().intersects(blocks.canvas.crumbs.geometry())


def test_the_units_of_a_row_are_seen_one_after_the_other(blocks: Hand) -> None:
    blocks.document.enter("two")
    blocks.document.enter("units")
    blocks.key(Qt.Key.Key_PageDown, ALT)
    assert blocks.document.steps[-1] == Step("units", "residual", 2)
    assert blocks.canvas.crumbs.values() == "filters 16 · project no"
    assert blocks.canvas.drawing.nodes.face("short").aside
    blocks.agree()
    blocks.key(Qt.Key.Key_PageDown, ALT)
    assert blocks.document.steps[-1].unit == 1
    assert not blocks.canvas.drawing.nodes.face("short").aside
    blocks.key(Qt.Key.Key_PageUp, ALT)
    assert blocks.document.steps[-1].unit == 2


# -- what a face tells


def report() -> Report:
    image, inner = TensorSpec((None, 8, 8, 1)), TensorSpec((None, 8, 8, 8))
    nodes = {"image": NodeReport(FrozenMap({"output": image}))}
    nodes |= {f"one/units/{unit}/sum": NodeReport(FrozenMap({"output": inner}), 50) for unit in (1, 2)}
    nodes["one/pool"] = NodeReport(FrozenMap({"output": TensorSpec((None, 4, 4, 8))}))
    return Report(FrozenMap(nodes))


def test_a_folded_block_tells_what_is_inside(blocks: Hand) -> None:
    blocks.document.take_report(blocks.document.generation, report())
    face = blocks.canvas.drawing.nodes.face("one")
    assert (face.kind, face.brief, face.count, face.stack) == ("stage", "8 layers", "100", 1)
    assert [line.words for line in face.under] == ["8×8×1 → 4×4×8"]
    assert [line.words for line in blocks.canvas.drawing.nodes.face("two").under][:1] == ["width 8"]
    assert blocks.canvas.drawing.nodes.frame("one").height() == measure.height(1, thumbnail=False)
    blocks.document.enter("one")
    face = blocks.canvas.drawing.nodes.face("units")
    assert (face.stack, face.times) == (2, "×2")
    blocks.agree()


def test_an_edit_of_the_definition_is_seen_on_the_instances(blocks: Hand) -> None:
    blocks.document.enter("one")
    blocks.document.edit("Delete", blocks.graph.without(["pool"]))
    blocks.document.leave()
    assert blocks.canvas.drawing.nodes.face("two").brief == "7 layers"
    blocks.agree()


def test_what_hangs_on_a_parameter_says_so(blocks: Hand) -> None:
    blocks.document.enter("one")
    blocks.document.enter("units")
    assert [line.words for line in blocks.canvas.drawing.nodes.face("short").under] == ["when project"]
    blocks.canvas.crumbs.go(1)
    assert [line.words for line in blocks.canvas.drawing.nodes.face("short").under] == ["when project · not here"]


# -- looked into, and folded


def test_a_block_is_looked_into_where_it_stands(blocks: Hand) -> None:
    blocks.document.take_report(blocks.document.generation, report())
    blocks.selection.set(["one"])
    blocks.key(Qt.Key.Key_P)
    peek = blocks.canvas.blocking.peek
    assert peek.isVisible()
    assert peek.ground is not None
    assert set(peek.ground.drawing.nodes.ids) == {"x", "units", "pool", "y"}
    assert peek.ground.drawing.nodes.face("units").times == "×2"
    assert (blocks.document.steps, blocks.steps) == ((), 0)
    QTest.keyClick(peek, Qt.Key.Key_Escape)
    assert not peek.isVisible()
    assert blocks.canvas.hasFocus()
    assert blocks.selection.ids == {"one"}


def test_the_look_into_a_block_opens_it(blocks: Hand) -> None:
    blocks.selection.set(["one"])
    blocks.key(Qt.Key.Key_P)
    QTest.keyClick(blocks.canvas.blocking.peek, Qt.Key.Key_Return)
    assert len(blocks.document.steps) == 1
    assert not blocks.canvas.blocking.peek.isVisible()


def test_only_a_block_is_looked_into(blocks: Hand, said: list[str]) -> None:
    blocks.selection.set(["flatten"])
    blocks.key(Qt.Key.Key_P)
    assert "One block is needed" in said[0]


def test_what_repeats_is_told_and_folded_in_one_step(hand: Hand, qtbot: QtBot) -> None:
    kinds = [layer("InputLayer", shape=(8, 8, 3))]
    kinds += [layer("Conv2D", filters=4, kernel_size=(3, 3), padding="same"), layer("ReLU")] * 4 + [layer("Flatten")]
    hand.document.start(Project(chain(*kinds)))
    offered: list[str] = []
    hand.canvas.offered.connect(offered.append)
    hand.key(Qt.Key.Key_R, CTRL | ALT)
    qtbot.waitUntil(lambda: bool(offered))
    assert offered == ["1 repeated part: 4 units of 2 layers become one block."]
    assert hand.steps == 0
    hand.canvas.blocking.repeats.fold()
    assert (len(hand.graph.nodes), hand.steps, hand.title) == (3, 1, "Fold what repeats")
    (id,) = hand.selection.ids
    assert hand.graph.nodes[id].values == {"repeat": 4}
    hand.agree()


def test_where_nothing_repeats_that_is_said(hand: Hand, said: list[str], qtbot: QtBot) -> None:
    hand.key(Qt.Key.Key_R, CTRL | ALT)
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].startswith("Nothing repeats here")
