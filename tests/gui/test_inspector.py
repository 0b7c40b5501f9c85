"""The inspector: what is selected is shown and edited, one undo step an edit, errors at their place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.graph import Frame, Node, Note
from engine.graph_json import graph_to_json
from engine.report import Fix, Problem
from engine.values import Part
from tests.gui.inspecting import Desk, shown_desk


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return shown_desk(qtbot)


# -- what is shown


def test_nothing_selected_shows_the_drawing(desk: Desk) -> None:
    desk.report()
    assert desk.inspector.heading.title.text() == "Untitled"
    assert desk.told["Layers"] == "6"
    assert desk.told.get("Parameters") == "18,816 in all, 18,320 trainable"


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


def test_facts_follow_the_report(desk: Desk) -> None:
    desk.select("n2")
    assert "Output" not in desk.told
    desk.report()
    assert desk.told == {
        "Output": "batch · height\u00a06 · width\u00a06 · channels\u00a032",
        "Parameters": "320 trainable",
        "Multiply-adds": "none",
        "Output memory": "4.61 kB per sample\n295 kB in training at batch 32",
        "Weight memory": "1.28 kB\n5.12 kB in training, with Adam",
    }


def test_the_costs_follow_the_recipe(desk: Desk) -> None:
    desk.report()
    desk.select("n2")
    sgd = replace(desk.document.recipe, batch_size=1, optimizer=Part("SGD"))
    desk.document.edit_recipe("Set the optimizer", sgd)
    assert desk.told["Output memory"] == "4.61 kB per sample\n9.22 kB in training at batch 1"
    assert desk.told["Weight memory"] == "1.28 kB\n2.56 kB in training, with SGD"


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


def test_the_sums_of_a_large_drawing_come_after_the_drawing(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.inspector.MANY", 2)
    before = desk.told
    desk.report()
    assert desk.told == before
    qtbot.waitUntil(lambda: desk.told.get("Parameters") == "18,816 in all, 18,320 trainable")
    desk.select("n2")
    assert desk.told["Parameters"] == "320 trainable", "what is selected is shown at once"
