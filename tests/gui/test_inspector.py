"""The inspector: what is selected is shown and edited, one undo step an edit, errors at their place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.graph import REROUTE, Frame, Graph, Node, Note
from engine.graph_json import graph_to_json
from engine.project import Project
from engine.report import Fix, NodeReport, Problem, Report, TensorSpec
from engine.values import FrozenMap, Value
from gui.cards import Fact, ProblemCard
from gui.document import Document
from gui.editors.choices import BoolEditor, ChoiceEditor
from gui.editors.typed import TypedEditor
from gui.inspector import Inspector
from gui.selection import Selection
from tests.gui.drawings import node, wired


def drawing() -> Graph:
    return wired(
        node("n1", "InputLayer", shape=(8, 8, 1)),
        node("n2", "Conv2D", filters=32, kernel_size=(3, 3), activation="relu"),
        node("n3", "Conv2D", filters=64, kernel_size=(3, 3)),
        node("n4", "Flatten"),
        node("n5", "Dense", units=10),
    ).with_node(Node("n6", "Conv2D", "again", shares="n2"))


@dataclass
class Desk:
    """A document, a selection and the inspector between them."""

    document: Document
    selection: Selection
    inspector: Inspector

    def select(self, *ids: str) -> None:
        self.selection.set(ids)

    def field(self, name: str) -> TypedEditor:
        assert self.inspector.form is not None
        editor = self.inspector.form.rows[name].editor
        assert isinstance(editor, TypedEditor)
        return editor

    def value(self, id: str, name: str) -> Value:
        return self.document.catalogue.value(self.document.graph.node(id), name)

    def report(self, *problems: Problem) -> None:
        nodes = {
            "n2": NodeReport(FrozenMap({"output": TensorSpec((None, 6, 6, 32))}), 320, 320),
            "n3": NodeReport(FrozenMap({"output": TensorSpec((None, 4, 4, 64))}), 18496, 18000),
        }
        self.document.take_report(self.document.generation, Report(FrozenMap(nodes), problems))

    @property
    def rows(self) -> set[str]:
        return set(self.inspector.form.rows) if self.inspector.form is not None else set()

    @property
    def told(self) -> dict[str, str]:
        return {fact.title: fact.words for fact in self.inspector.facts.items if isinstance(fact, Fact)}

    @property
    def cards(self) -> list[ProblemCard]:
        return [card for card in self.inspector.problems.items if isinstance(card, ProblemCard)]


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    document = Document(catalogue())
    document.start(Project(drawing()))
    selection = Selection(document)
    inspector = Inspector(document, selection)
    qtbot.addWidget(inspector)
    inspector.resize(300, 800)
    inspector.show()
    return Desk(document, selection, inspector)


# -- what is shown


def test_nothing_selected_shows_the_drawing(desk: Desk) -> None:
    desk.report()
    assert desk.inspector.heading.title.text() == "Untitled"
    assert desk.told["Layers"] == "6"
    assert desk.told["Parameters"] == "18,816 in all, 18,320 trainable"


def test_the_drawing_has_the_name_of_its_file(desk: Desk, tmp_path: Path) -> None:
    desk.document.save(tmp_path / "net.loom")
    assert desk.inspector.heading.title.text() == "net.loom"


def test_one_node_shows_its_parameters_in_keras_order(desk: Desk) -> None:
    desk.select("n2")
    assert desk.inspector.heading.name.text() == "conv2d_n2"
    assert desk.inspector.heading.kind.text().startswith("Conv2D · ")
    assert desk.inspector.form is not None
    assert [*desk.inspector.form.rows][:4] == ["filters", "kernel_size", "strides", "padding"]
    assert set(desk.inspector.form.folds) == {"Initializers", "Regularizers, constraints", "More"}
    assert desk.field("filters").value() == 32


@pytest.mark.parametrize("layer", sorted(catalogue().layers))
def test_every_layer_can_be_inspected(desk: Desk, layer: str) -> None:
    new = catalogue().new_node(desk.document.graph, layer)
    desk.document.edit("Add", desk.document.graph.with_node(new))
    desk.select(new.id)
    for fold in desk.inspector.form.folds.values() if desk.inspector.form is not None else ():
        fold.button.setChecked(True)
    names = {parameter.name for parameter in catalogue().layer(layer).parameters} - {"name"}
    assert desk.rows == names
    assert desk.document.undo.count() == 1, "showing changes nothing"


def test_facts_follow_the_report(desk: Desk) -> None:
    desk.select("n2")
    assert "Output" not in desk.told
    desk.report()
    assert desk.told == {"Output": "batch × 6 height × 6 width × 32 channels", "Parameters": "320 trainable"}


def test_a_layer_that_is_not_in_the_catalogue_is_told(desk: Desk) -> None:
    stranger = Node("n9", "Mystery", "mystery")
    desk.document.edit("Add", desk.document.graph.with_node(stranger))
    desk.select("n9")
    assert "not in the catalogue" in desk.inspector.heading.kind.text()
    assert desk.inspector.form is None


# -- edits


def test_an_edit_is_one_undo_step_and_undo_is_shown(desk: Desk) -> None:
    desk.select("n2")
    desk.field("filters").offer(16)
    assert desk.value("n2", "filters") == 16
    assert desk.document.undo.undoText() == "Set filters of conv2d_n2"
    desk.document.undo.undo()
    assert desk.field("filters").value() == 32
    assert desk.field("filters").field.text() == "32"


def test_steps_that_follow_each_other_are_one_undo_step(desk: Desk) -> None:
    desk.select("n2")
    for _ in range(5):
        desk.field("filters").step(1)
    assert (desk.value("n2", "filters"), desk.document.undo.count()) == (37, 1)


def test_a_bad_value_stays_at_its_place_and_the_document_unchanged(desk: Desk) -> None:
    desk.select("n2")
    before = desk.document.graph
    desk.field("filters").offer(0)
    assert desk.field("filters").refusal.startswith("filters expects a whole number of at least 1")
    assert desk.document.graph is before
    desk.field("kernel_size").offer(5)
    assert desk.field("filters").refusal, "another edit does not wipe what is being mended"
    desk.select("n3")
    assert desk.field("filters").refusal == "", "another node does"


def test_a_reset_takes_the_value_out(desk: Desk) -> None:
    desk.select("n2")
    assert desk.inspector.form is not None
    row = desk.inspector.form.rows["activation"]
    assert row.label.property("role") == "changed"
    row.reset.emit()
    assert "activation" not in desk.document.graph.node("n2").values
    assert row.editor.value() == "linear"
    assert row.label.property("role") == "second"


def test_a_name_is_edited_in_its_place(desk: Desk) -> None:
    desk.select("n2")
    name = desk.inspector.heading.name
    name.selectAll()
    QTest.keyClicks(name, "stem")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert desk.document.graph.node("n2").name == "stem"
    name.selectAll()
    QTest.keyClicks(name, "flatten_n4")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert "Each layer needs a name of its own" in desk.inspector.heading.refusal.text()
    assert (desk.document.graph.node("n2").name, name.text()) == ("stem", "flatten_n4")
    QTest.keyClick(name, Qt.Key.Key_Escape)
    assert (name.text(), desk.inspector.heading.refusal.isHidden()) == ("stem", True)


def test_a_frozen_layer_and_its_dtype(desk: Desk) -> None:
    desk.select("n5")
    assert desk.inspector.form is not None
    desk.inspector.form.folds["More"].button.click()
    desk.inspector.form.rows["trainable"].editor.offer(False)
    desk.inspector.form.rows["dtype"].editor.offer("float16")
    assert dict(desk.document.graph.node("n5").values) == {"units": 10, "trainable": False, "dtype": "float16"}


# -- several at once


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
    assert (filters.field.text(), filters.field.placeholderText()) == ("", "mixed")
    assert isinstance(bias, BoolEditor)
    assert (bias.tick.checkState(), bias.tick.text()) == (Qt.CheckState.PartiallyChecked, "mixed")
    assert isinstance(activation, ChoiceEditor)
    assert (activation.choice.currentIndex(), activation.choice.placeholderText()) == (-1, "mixed")
    assert activation.toolTip() == "<b>relu</b> in 1 layer<br><b>linear</b> in 1 layer"
    bias.tick.click()
    assert [desk.value(id, "use_bias") for id in ("n2", "n3")] == [True, True]
    assert (bias.is_mixed, bias.tick.text(), desk.document.undo.undoText()) == (False, "", "Set use bias of 2 layers")


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
    assert desk.inspector.parameters.left_out.text() == "8 parameters that not all of them have are left out."
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


# -- shared layers


def test_a_shared_layer_says_whose_weights_it_uses(desk: Desk) -> None:
    desk.select("n6")
    sharing = desk.inspector.heading.sharing
    assert "Shares the weights of" in sharing.text()
    assert "conv2d_n2" in sharing.text()
    assert desk.field("filters").value() == 32, "it has its owner's values"
    desk.field("filters").offer(48)
    assert (desk.value("n2", "filters"), dict(desk.document.graph.node("n6").values)) == (48, {})
    assert desk.document.undo.undoText() == "Set filters of conv2d_n2"
    sharing.linkActivated.emit("n2")
    assert desk.selection.ids == {"n2"}
    assert "again" in sharing.text()
    desk.select("n3")
    assert sharing.isHidden()


# -- problems


def test_problems_of_the_node_are_told_and_marked(desk: Desk) -> None:
    desk.select("n2")
    desk.report(
        Problem("error", "The kernel is too large.", ("n2",), "kernel_size", "ValueError: ..."),
        Problem("error", "Another node's.", ("n3",)),
    )
    assert [card.problem.sentence for card in desk.cards] == ["The kernel is too large."]
    assert desk.inspector.form is not None
    assert desk.inspector.form.rows["kernel_size"].label.property("role") == "bad"
    desk.report()
    assert desk.cards == []
    assert desk.inspector.form.rows["kernel_size"].label.property("role") == "second"


def test_a_fix_is_an_edit_that_leaves_nodes_where_they_stand(desk: Desk) -> None:
    desk.select("n2")
    mended = desk.document.graph.with_value("n2", "padding", "same")
    desk.report(Problem("error", "Too small.", ("n2",), fixes=(Fix("Set padding to same", graph_to_json(mended)),)))
    desk.document.edit("Move", desk.document.graph.moved({"n2": (50.0, 60.0)}))
    desk.cards[0].buttons[0].click()
    assert desk.document.undo.undoText() == "Set padding to same"
    assert desk.document.graph.node("n2").values["padding"] == "same"
    assert desk.document.graph.node("n2").at == (50.0, 60.0)


def test_a_fix_of_an_older_drawing_waits_for_the_next_report(desk: Desk) -> None:
    desk.select("n2")
    fix = Fix("Set padding to same", graph_to_json(desk.document.graph))
    desk.report(Problem("error", "Too small.", ("n2",), fixes=(fix,)))
    assert desk.cards[0].buttons[0].isEnabled()
    desk.field("filters").offer(4)
    assert not desk.cards[0].buttons[0].isEnabled()


def test_a_frame_or_a_note_is_named_and_the_totals_are_not(desk: Desk) -> None:
    graph = desk.document.graph
    frame, note = Frame("f1", "Encoder", (0.0, 0.0), (200.0, 100.0)), Note("t1", "Why", (0.0, 0.0), (100.0, 60.0))
    desk.document.edit("Annotate", graph.with_frames([frame]).with_notes([note]))
    title = desk.inspector.heading.title
    desk.select("f1")
    assert title.text() == "Encoder"
    assert not desk.inspector.facts.items
    desk.document.edit("Title", desk.document.graph.with_frames([Frame("f1", "Stem", frame.at, frame.size)]))
    assert title.text() == "Stem"
    desk.select("t1")
    assert title.text() == "Note"
    desk.select("f1", "t1")
    assert title.text() == "1 frame and 1 note"
    desk.select()
    assert title.text() == desk.document.name
    assert desk.inspector.facts.items
