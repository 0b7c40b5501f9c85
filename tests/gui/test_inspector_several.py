"""The inspector on several layers: one edit for all, what differs is mixed, what not all have is left out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.graph import REROUTE
from engine.values import Part
from gui.editors.choices import BoolEditor, ChoiceEditor
from gui.editors.parts import PartEditor
from tests.gui.drawings import node
from tests.gui.inspecting import Desk, shown_desk


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return shown_desk(qtbot)


def test_nodes_of_one_layer_edit_together_in_one_step(desk: Desk) -> None:
    desk.select("n2", "n3")
    assert desk.inspector.heading.title.text() == "2 layers"
    assert desk.field("filters").is_mixed
    assert desk.field("kernel_size").value() == (3, 3)
    desk.field("filters").offer(8)
    assert [desk.value(id, "filters") for id in ("n2", "n3")] == [8, 8]
    assert not desk.field("filters").is_mixed
    desk.document.undo.undo()
    assert [desk.value(id, "filters") for id in ("n2", "n3")] == [32, 64]


def test_different_layers_share_what_they_mean_alike(desk: Desk) -> None:
    desk.select("n3", "n5")
    assert {"activation", "use_bias"} <= desk.rows
    assert not {"filters", "units"} & desk.rows
    assert desk.inspector.form is not None
    activation = desk.inspector.form.rows["activation"].editor
    assert isinstance(activation, ChoiceEditor)
    activation.choice.chosen.emit("tanh")
    assert [desk.value(id, "activation") for id in ("n3", "n5")] == ["tanh", "tanh"]


def test_what_differs_is_said_to_be_mixed_and_nothing_else(desk: Desk) -> None:
    desk.document.edit("Set", desk.document.graph.with_value("n3", "use_bias", False))
    desk.select("n2", "n3")
    assert desk.inspector.form is not None
    rows = desk.inspector.form.rows
    filters, bias, activation = desk.field("filters"), rows["use_bias"].editor, rows["activation"].editor
    assert (filters.field.text(), filters.field.placeholderText()) == ("", "32 / 64")
    assert isinstance(bias, BoolEditor)
    assert (bias.tick.checkState(), bias.tick.text()) == (Qt.CheckState.PartiallyChecked, "mixed")
    assert isinstance(activation, ChoiceEditor)
    assert (activation.choice.currentIndex(), activation.choice.placeholderText()) == (-1, "relu / linear")
    assert activation.toolTip() == "<b>relu</b> in 1 layer<br><b>linear</b> in 1 layer"
    bias.tick.click()
    assert [desk.value(id, "use_bias") for id in ("n2", "n3")] == [True, True]
    assert (bias.is_mixed, bias.tick.text(), desk.document.undo.undoText()) == (False, "", "Set use bias of 2 layers")


def objects(desk: Desk, first: Part, second: Part) -> PartEditor:
    """Let the two convolutions hold objects, and return the editor of both."""
    graph = desk.document.graph.with_value("n2", "kernel_regularizer", first)
    desk.document.edit("Set", graph.with_value("n3", "kernel_regularizer", second))
    desk.select("n2", "n3")
    assert desk.inspector.form is not None
    desk.inspector.form.folds["Regularizers, constraints"].button.click()
    editor = desk.inspector.form.rows["kernel_regularizer"].editor
    assert isinstance(editor, PartEditor)
    return editor


def test_objects_of_one_class_are_edited_together_and_each_keeps_its_other_values(desk: Desk) -> None:
    first, second = (Part("L1L2").with_values({"l1": 0.01, "l2": strength}) for strength in (0.1, 0.2))
    editor = objects(desk, first, second)
    assert editor.choice.currentText() == "L1L2"
    assert editor.form is not None
    one, two = (editor.form.rows[name].editor for name in ("l1", "l2"))
    assert (one.value(), two.is_mixed) == (0.01, True)
    one.offer(0.5)
    assert [desk.value(id, "kernel_regularizer") for id in ("n2", "n3")] == [
        each.with_value("l1", 0.5) for each in (first, second)
    ]
    assert (one.value(), two.is_mixed) == (0.5, True)
    assert desk.document.undo.undoText() == "Set kernel regularizer of 2 layers"
    editor.form.reset.emit("l2")
    assert desk.value("n2", "kernel_regularizer") == Part("L1L2").with_value("l1", 0.5)
    assert not editor.is_mixed


def test_a_value_that_objects_cannot_take_changes_none_of_them(desk: Desk) -> None:
    editor = objects(desk, *(Part("L2").with_value("l2", strength) for strength in (0.1, 0.2)))
    assert editor.form is not None
    before = desk.document.graph
    editor.form.rows["l2"].editor.offer(-1.0)
    assert "at least 0" in editor.form.rows["l2"].editor.refusal
    assert desk.document.graph is before


def test_objects_of_several_classes_are_named(desk: Desk) -> None:
    editor = objects(desk, Part("L1"), Part("L2").with_value("l2", 0.2))
    assert (editor.choice.currentIndex(), editor.form) == (-1, None)
    assert editor.choice.placeholderText() == "L1 / L2(l2 0.2)"
    editor.choice.chosen.emit("L2")
    assert [desk.value(id, "kernel_regularizer") for id in ("n2", "n3")] == [Part("L2"), Part("L2")]


def test_a_value_that_differs_can_be_reset_for_all(desk: Desk) -> None:
    desk.select("n2", "n3")
    assert desk.inspector.form is not None
    row = desk.inspector.form.rows["activation"]
    assert row.label.property("role") == "changed"
    row.reset.emit()
    assert [desk.value(id, "activation") for id in ("n2", "n3")] == ["linear", "linear"]
    assert (row.label.property("role"), row.editor.is_mixed) == ("second", False)
    assert desk.document.undo.undoText() == "Reset activation of 2 layers"


def test_each_layer_is_reset_to_its_own_default(desk: Desk) -> None:
    desk.document.edit("Add", desk.document.graph.with_node(node("n7", "LSTM", units=3)))
    desk.select("n5", "n7")
    assert desk.inspector.form is not None
    row = desk.inspector.form.rows["activation"]
    assert row.editor.is_mixed
    assert row.label.property("role") == "second", "linear and tanh are what they are by default"
    row.editor.offer("relu")
    assert row.label.property("role") == "changed"
    row.reset.emit()
    assert [desk.value(id, "activation") for id in ("n5", "n7")] == ["linear", "tanh"]


def test_a_value_that_one_cannot_take_changes_none_and_names_it(desk: Desk) -> None:
    graph = desk.document.graph.with_nodes(
        [node("a", "Conv1D", filters=1, kernel_size=1), node("b", "SeparableConv1D")]
    )
    desk.document.edit("Add", graph)
    desk.select("a", "b")
    before = desk.document.graph
    desk.inspector.parameters.edit("padding", "causal")
    assert desk.document.graph is before
    assert desk.inspector.form is not None
    assert desk.inspector.form.rows["padding"].editor.refusal.startswith("separableconv1d_b (SeparableConv1D): padding")


def test_kinds_that_differ_say_how_much_is_left_out(desk: Desk) -> None:
    desk.select("n3", "n5")
    assert desk.inspector.parameters.left_out.text() == "8 parameters more, which not all of these layers have."
    assert "kernel size" in desk.inspector.parameters.left_out.toolTip()
    desk.select("n2", "n3")
    assert desk.inspector.parameters.left_out.isHidden()
    desk.document.edit("Add", desk.document.graph.with_node(node("n7", "Nonsense")))
    desk.select("n2", "n7")
    assert desk.inspector.form is None
    assert desk.inspector.parameters.left_out.text() == "These layers have no parameter in common."


def test_several_tell_their_shapes_and_the_sum_of_their_parameters(desk: Desk) -> None:
    desk.report()
    desk.select("n2", "n3")
    assert desk.told == {
        "Outputs": "6×6×32 · 1 output\n4×4×64 · 1 output",
        "Parameters": "18,816 in all, 18,320 trainable",
        "Multiply-adds": "none",
        "Output memory": "8.7 kB per sample\n557 kB in training at batch 32",
        "Weight memory": "75.3 kB\n295 kB in training, with Adam",
    }


def test_dots_on_wires_are_passed_over_beside_layers(desk: Desk) -> None:
    desk.document.edit("Add", desk.document.graph.with_node(node("n7", REROUTE)))
    desk.select("n2", "n7")
    assert desk.inspector.heading.name.text() == "conv2d_n2"
    desk.select("n7")
    assert desk.inspector.heading.name.text() == "reroute_n7"
    assert desk.inspector.form is None


def test_thousands_need_no_more_widgets_than_two(desk: Desk) -> None:
    many = [node(f"m{number}", "Conv2D", filters=number + 1, kernel_size=(3, 3)) for number in range(3000)]
    desk.document.edit("Add", desk.document.graph.with_nodes(many))
    desk.select("n2", "n3")
    count = len(desk.inspector.findChildren(QWidget))
    desk.select(*(each.id for each in many))
    assert len(desk.inspector.findChildren(QWidget)) == count
    assert desk.field("filters").field.placeholderText() == "mixed", "too many to be told"
    desk.field("filters").offer(8)
    assert {desk.value(each.id, "filters") for each in many} == {8}
    assert desk.document.undo.undoText() == "Set filters of 3,000 layers"
    desk.document.undo.undo()
    assert desk.value("m2999", "filters") == 3000


def test_a_selection_that_shrinks_is_followed(desk: Desk) -> None:
    desk.select("n2", "n3")
    desk.document.edit("Delete", desk.document.graph.without(["n3", "n6"]))
    assert desk.inspector.heading.name.text() == "conv2d_n2"
    desk.document.edit("Delete", desk.document.graph.without(["n2"]))
    assert desk.inspector.heading.title.text() == "Untitled"
