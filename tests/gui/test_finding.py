"""A value is found in a long form, folds tell of what is in them, and all is reset in one step."""

from __future__ import annotations

from typing import Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.graph import Node
from engine.project import Project
from engine.values import FrozenMap, Part, Value
from gui.document import Document
from gui.editors.form import Form
from gui.editors.parts import PartEditor
from gui.editors.typed import TypedEditor
from gui.inspector import Inspector
from gui.selection import Selection
from tests.gui.drawings import node, wired
from tests.gui.windows import shown_window

WRAPPED: Final[FrozenMap[Value]] = FrozenMap({"layer": Part("LSTM").with_value("units", 3)})


class Desk:
    """A drawing with a long form and a short one, and the inspector."""

    def __init__(self, qtbot: QtBot) -> None:
        self.document = Document(catalogue())
        graph = wired(
            node("n1", "InputLayer", shape=(8, 4)),
            node("n2", "LSTM", units=8, go_backwards=True, kernel_initializer=Part("Zeros")),
            node("n3", "Dense", units=4),
        ).with_nodes([Node("n4", "Bidirectional", "both", WRAPPED), Node("n5", "LSTM", "again", shares="n2")])
        self.document.start(Project(graph))
        self.selection = Selection(self.document)
        self.inspector = Inspector(self.document, self.selection)
        qtbot.addWidget(self.inspector)
        self.inspector.resize(300, 900)
        self.inspector.show()

    @property
    def form(self) -> Form:
        assert self.inspector.form is not None
        return self.inspector.form

    def seen(self) -> set[str]:
        """The parameters whose rows are shown."""
        return {name for name, row in self.form.rows.items() if row.isVisible()}

    def seek(self, words: str) -> set[str]:
        """Look for words; the folds open in the turns of the event loop that follow."""
        self.inspector.parameters.finder.setText(words)
        for _ in range(6):
            QApplication.processEvents()
        return self.seen()


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_only_long_forms_have_the_line(desk: Desk) -> None:
    desk.selection.set(("n2",))
    assert desk.inspector.parameters.finder.isVisible()
    desk.selection.set(("n3",))
    assert not desk.inspector.parameters.finder.isVisible()
    desk.inspector.parameters.seek()
    assert desk.inspector.parameters.finder.isVisible(), "whoever asks for it has it"


def test_values_are_found_in_folds_too(desk: Desk) -> None:
    desk.selection.set(("n2",))
    before = desk.seen()
    assert desk.seek("recur") == {
        "recurrent_activation", "recurrent_dropout", "recurrent_initializer", "recurrent_regularizer",
        "recurrent_constraint",
    }  # fmt: skip
    assert desk.seek("rec drop") == {"recurrent_dropout"}
    assert desk.seek("changed") == {"go_backwards", "kernel_initializer"}
    assert desk.seek("Regularizers") >= {"kernel_regularizer", "bias_constraint"}
    assert not desk.form.folds["More"].isVisible()
    assert desk.seek("") == before
    assert not any(fold.button.isChecked() for fold in desk.form.folds.values()), "what was opened to find is closed"
    assert desk.form.folds["More"].isVisible()


def test_what_keras_says_counts_where_no_name_does(desk: Desk) -> None:
    desk.selection.set(("n2",))
    assert "go_backwards" in desk.seek("reversed")
    assert desk.inspector.parameters.not_found.isHidden()
    assert desk.seek("qwertz") == set()
    assert desk.inspector.parameters.not_found.isVisible()
    assert "reversed" not in " ".join(desk.seek("units"))
    assert desk.inspector.parameters.not_found.isHidden()


def test_values_of_a_wrapped_layer_are_found(desk: Desk) -> None:
    desk.selection.set(("n4",))
    assert desk.seek("unit forget") == {"layer"}
    editor = desk.form.rows["layer"].editor
    assert isinstance(editor, PartEditor)
    assert editor.form is not None
    assert {name for name, row in editor.form.rows.items() if row.isVisible()} == {"unit_forget_bias"}
    desk.seek("")
    assert editor.form.rows["units"].isVisible()


def test_enter_goes_to_the_first_and_escape_back_to_all(desk: Desk, qtbot: QtBot) -> None:
    desk.selection.set(("n2",))
    finder = desk.inspector.parameters.finder
    desk.inspector.parameters.seek()
    QTest.keyClicks(finder, "units")
    QTest.keyClick(finder, Qt.Key.Key_Return)
    units = desk.form.rows["units"].editor
    assert isinstance(units, TypedEditor)
    qtbot.waitUntil(units.field.hasFocus)
    finder.setFocus()
    QTest.keyClick(finder, Qt.Key.Key_Escape)
    assert (finder.text(), "dropout" in desk.seen()) == ("", True)
    QTest.keyClick(finder, Qt.Key.Key_Escape)
    qtbot.waitUntil(units.field.hasFocus)


def test_another_selection_begins_anew(desk: Desk) -> None:
    desk.selection.set(("n2",))
    desk.seek("recur")
    desk.selection.set(("n3",))
    desk.selection.set(("n2",))
    assert desk.inspector.parameters.finder.text() == ""
    assert {"units", "dropout"} <= desk.seen()
    assert not {"recurrent_initializer"} & desk.seen()


def test_an_edit_while_finding_keeps_what_was_found(desk: Desk) -> None:
    desk.selection.set(("n2",))
    desk.seek("dropout")
    desk.form.rows["dropout"].editor.offer(0.25)
    assert desk.seen() == {"dropout", "recurrent_dropout"}
    assert desk.document.graph.node("n2").values["dropout"] == 0.25


# -- folds


def test_a_fold_tells_what_is_changed_and_wrong_in_it(desk: Desk) -> None:
    desk.selection.set(("n2",))
    initial, more = desk.form.folds["Initializers"].button, desk.form.folds["More"].button
    assert (initial.text(), initial.property("state")) == ("Initializers · 1 set", "changed")
    assert more.text() == "More"
    desk.form.show_faults({"dtype"})
    assert (more.text(), more.property("state")) == ("More · 1 wrong", "bad")
    more.click()
    assert desk.form.rows["dtype"].label.property("role") == "bad"
    desk.form.show_faults(())
    assert (more.text(), more.property("state")) == ("More", "")


# -- reset


def test_all_values_are_reset_in_one_step(desk: Desk) -> None:
    desk.selection.set(("n2", "n3"))
    desk.form.rows["activation"].editor.offer("relu")
    desk.inspector.parameters.reset_all()
    assert dict(desk.document.graph.node("n2").values) == {"units": 8}
    assert dict(desk.document.graph.node("n3").values) == {"units": 4}
    assert desk.document.undo.undoText() == "Reset the values of 2 layers"
    desk.document.undo.undo()
    assert desk.document.graph.node("n2").values["go_backwards"] is True


def test_a_reset_of_what_is_shared_is_its_owner_s(desk: Desk) -> None:
    desk.selection.set(("n5",))
    desk.inspector.parameters.reset_all()
    assert dict(desk.document.graph.node("n2").values) == {"units": 8}


@pytest.mark.usefixtures("qtbot")
def test_keys_and_menu_find_and_reset(qtbot: QtBot) -> None:
    window = shown_window(qtbot)
    conv = next(n.id for n in window.document.graph.nodes.values() if n.layer == "Conv2D")
    window.selection.set((conv,))
    QTest.keyClick(window.canvas, Qt.Key.Key_E, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(window.inspector.parameters.finder.hasFocus)
    assert "activation" in window.document.graph.node(conv).values
    window.actions_by_id["reset_values"].trigger()
    assert "activation" not in window.document.graph.node(conv).values
