"""Values that may be nothing, what a new class keeps, and refusals that come from elsewhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.kinds import ParameterSpec
from engine.project import Project
from engine.values import Part
from gui.document import Document
from gui.editors.optional import AnswerEditor, OptionalEditor
from gui.editors.parts import PartEditor
from gui.editors.succession import successor
from gui.editors.typed import SuggestEditor, TypedEditor
from gui.inspector import Inspector
from gui.selection import Selection
from tests.gui.drawings import node
from tests.gui.hands import choose, wheel_on
from tests.gui.shown import DECAY, KERNEL, PADDING, UNITS, Make, maker, typed

SEED = ParameterSpec("seed", "int", optional=True, minimum=0)
FLASH = ParameterSpec("flash_attention", "bool", optional=True)


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    return maker(qtbot)


def test_a_tick_left_without_a_value_goes_out_again(make: Make, qtbot: QtBot) -> None:
    made = make(DECAY)
    editor = made.editor
    assert isinstance(editor, OptionalEditor)
    editor.tick.click()
    field = typed(editor).field
    assert (editor.tick.isChecked(), field.placeholderText()) == (True, "such as 0.01")
    qtbot.waitUntil(field.hasFocus)
    field.clearFocus()
    assert (editor.tick.isChecked(), editor.inner.isEnabled(), made.said) == (False, False, [])


def test_a_refused_text_keeps_its_tick(make: Make, qtbot: QtBot) -> None:
    made = make(DECAY)
    editor = made.editor
    assert isinstance(editor, OptionalEditor)
    editor.tick.click()
    made.type("much")
    typed(editor).field.clearFocus()
    assert (editor.tick.isChecked(), typed(editor).field.text()) == (True, "much")
    assert editor.refusal
    QTest.keyClick(typed(editor).field, Qt.Key.Key_Escape)
    assert (typed(editor).field.text(), editor.refusal, made.said) == ("", "", [])


def test_a_press_on_the_field_ticks_it(make: Make) -> None:
    made = make(SEED)
    editor = made.editor
    assert isinstance(editor, OptionalEditor)
    editor.resize(200, 30)
    field = typed(editor).field
    QTest.mouseClick(editor, Qt.MouseButton.LeftButton, pos=field.mapTo(editor, QPoint(10, 10)))
    assert (editor.tick.isChecked(), made.said, field.selectedText()) == (True, [0], "0")


def test_yes_and_no_may_be_left_to_keras(make: Make) -> None:
    made = make(FLASH)
    assert isinstance(made.editor, AnswerEditor)
    assert made.editor.choice.currentText() == "default"
    for word in ("yes", "no", "default"):
        choose(made.editor.choice, word)
    assert made.said == [True, False, True, None], "the list goes back over yes"
    made.editor.set_mixed()
    assert (made.editor.choice.currentIndex(), made.editor.choice.placeholderText()) == (-1, "mixed")


def test_a_text_is_typed_or_one_of_those_that_are_known(make: Make) -> None:
    made = make(catalogue().layer("TableConv2D").parameter("table"))
    assert isinstance(made.editor, SuggestEditor)
    made.type("0 1; 1 2")
    next(action for action in made.editor.offers.menu().actions() if action.text() == "lecun1989").trigger()
    assert made.said == ["0 1; 1 2", "lecun1989"]
    assert made.editor.parameter.expectation == "one line of text, such as lenet5, lecun1989"


# -- a class in the place of another


@pytest.mark.parametrize(
    ("kind", "before", "name", "after"),
    [
        ("regularizer", Part("L2"), "L1L2", {"l1": 0.01, "l2": 0.01}),
        ("regularizer", Part("L2").with_value("l2", 0.5), "L1L2", {"l1": 0.01, "l2": 0.5}),
        ("regularizer", Part("L1L2").with_values({"l1": 0.25, "l2": 0.5}), "L1", {"l1": 0.25}),
        ("regularizer", None, "L2", {}),
        ("initializer", Part("RandomNormal").with_value("stddev", 0.3), "TruncatedNormal", {"stddev": 0.3}),
        ("initializer", Part("Zeros"), "Constant", {}),
        ("layer", Part("LSTM").with_values({"units": 8, "unit_forget_bias": False}), "GRU", {"units": 8}),
        ("layer", Part("Conv2D").with_values({"filters": 8, "kernel_size": (5, 5)}), "Conv1D", {"filters": 8}),
        ("optimizer", Part("Adam").with_values({"learning_rate": 0.5}), "SGD", {"learning_rate": 0.5}),
        ("metric", Part("accuracy"), "AUC", {}),
        ("optimizer", Part("Nonsense").with_value("learning_rate", 2.0), "SGD", {}),
    ],
)
def test_a_new_class_keeps_what_both_have(kind: str, before: Part | None, name: str, after: dict[str, object]) -> None:
    made = successor(catalogue(), kind, before, name)
    assert made.class_name == name
    assert {key: value for key, value in made.values.items() if key in after} == after
    assert made == catalogue().check_part(kind, made)


def test_the_values_of_a_wrapped_layer_go_over_to_another(make: Make) -> None:
    made = make(catalogue().layer("Bidirectional").parameter("layer"), Part("LSTM").with_value("units", 12))
    assert isinstance(made.editor, PartEditor)
    choose(made.editor.choice, "GRU")
    assert made.said[-1] == Part("GRU").with_value("units", 12)


def test_two_values_of_one_object_are_two_steps(qtbot: QtBot) -> None:
    document = Document(catalogue())
    regularized = node("a", "Dense", units=2, kernel_regularizer=Part("L1L2").with_values({"l1": 0.1, "l2": 0.1}))
    document.start(Project(document.graph.with_node(regularized)))
    selection = Selection(document)
    inspector = Inspector(document, selection)
    qtbot.addWidget(inspector)
    selection.set(("a",))
    assert inspector.form is not None
    inspector.form.folds["Regularizers, constraints"].button.click()
    editor = inspector.form.rows["kernel_regularizer"].editor
    assert isinstance(editor, PartEditor)
    assert editor.form is not None
    editor.form.rows["l1"].editor.offer(0.2)
    editor.form.rows["l1"].editor.offer(0.3)
    editor.form.rows["l2"].editor.offer(0.4)
    assert document.undo.count() == 2, "two edits of one value, quickly, are one"
    editor.choice.chosen.emit("L2")
    assert (document.undo.count(), document.graph.node("a").values["kernel_regularizer"]) == (
        3, Part("L2").with_value("l2", 0.4),
    )  # fmt: skip
    document.undo.undo()
    document.undo.undo()
    assert document.graph.node("a").values["kernel_regularizer"] == Part("L1L2").with_values({"l1": 0.3, "l2": 0.1})


# -- refused elsewhere


def test_what_one_layer_cannot_take_can_be_mended_or_given_up(qtbot: QtBot) -> None:
    document = Document(catalogue())
    one, other = node("a", "Dropout", rate=0.5), node("b", "LeakyReLU", negative_slope=0.5)
    start = Project(document.graph.with_nodes([one, other, node("c", "Conv1D", filters=2, kernel_size=1)]))
    document.start(start)
    selection = Selection(document)
    inspector = Inspector(document, selection)
    qtbot.addWidget(inspector)
    inspector.show()
    selection.set(("c",))
    assert inspector.form is not None
    editor = inspector.form.rows["filters"].editor
    assert isinstance(editor, TypedEditor)
    editor.field.setText("7")
    inspector.form.refuse("filters", "c (Conv1D) cannot.")
    assert (editor.field.text(), editor.refusal, editor.value()) == ("7", "c (Conv1D) cannot.", 2)
    editor.field.setFocus()
    QTest.keyClick(editor.field, Qt.Key.Key_Escape)
    assert (editor.field.text(), editor.refusal) == ("2", "")
    assert document.graph == start.graph


# -- expressions


@pytest.mark.parametrize(
    "text", ["2**5", "2^5", "16+16", "import os", "__import__('os')", "lambda: 1", "x = 3", "f(2)"]
)
@pytest.mark.parametrize("parameter", [UNITS, KERNEL, DECAY, SEED, ParameterSpec("mean", "numbers", optional=True)])
def test_nothing_typed_is_worked_out_or_run(make: Make, parameter: ParameterSpec, text: str) -> None:
    made = make(parameter)
    if isinstance(made.editor, OptionalEditor):
        made.editor.tick.click()
        made.said.clear()
    made.type(text)
    assert made.said == []
    assert made.editor.refusal.startswith(f"{parameter.name} expects")
    assert "here" in made.editor.refusal, "it says that it is not worked out"
    assert typed(made.editor).field.text() == text


def test_a_list_lets_the_page_scroll(make: Make, qtbot: QtBot) -> None:
    made = make(PADDING)
    choice = made.editor.focusProxy()
    assert choice is not None
    choice.setFocus()
    qtbot.waitUntil(choice.hasFocus)
    assert not wheel_on(choice, 1).isAccepted()
    assert made.said == []


def test_a_field_that_was_scrolled_under_the_pointer_keeps_its_value(make: Make, qtbot: QtBot) -> None:
    made = make(UNITS)
    field = typed(made.editor).field
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.move(field.x(), field.y() + 40)
    assert not wheel_on(field, 1).isAccepted()
    assert made.said == []
