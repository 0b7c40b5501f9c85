"""Editors: what is typed and chosen becomes a checked value, or stays with the reason why it cannot be."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue, same
from engine.kinds import KINDS, ParameterSpec
from engine.values import Value
from gui.editors import curves
from gui.editors.choices import CURVE, ActivationEditor, BoolEditor, ChoiceEditor, CurveChoice
from gui.editors.fields import commit_pending
from gui.editors.lists import EDGES
from gui.editors.optional import OptionalEditor
from gui.editors.sections import help_html
from gui.editors.table import EDITORS, editing, make_editor
from gui.editors.typed import SizesEditor, TypedEditor
from tests.gui.hands import wheel_on
from tests.gui.shown import BIAS, DECAY, KERNEL, PADDING, UNITS, Make, every_parameter, maker, typed


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    return maker(qtbot)


def wheel(widget: TypedEditor, notches: int) -> QWheelEvent:
    return wheel_on(widget.field, notches)


# -- the table


def test_every_kind_has_an_editor() -> None:
    assert set(EDITORS) == set(KINDS)


def test_every_parameter_of_the_catalogue_can_be_shown(qtbot: QtBot) -> None:
    context = editing(catalogue())
    for parameter in every_parameter():
        editor = make_editor(parameter, context)
        qtbot.addWidget(editor)
        said: list[Value] = []
        editor.changed.connect(said.append)
        for value in (parameter.default, parameter.initial):
            editor.set_value(value)
            assert same(editor.value(), value), parameter
        assert said == [], f"{parameter.name} spoke though no person did anything"


def test_every_parameter_has_its_tooltip() -> None:
    for parameter in every_parameter():
        assert parameter.name in help_html(parameter)
    assert "<code>units</code>" in help_html(UNITS)


# -- typing


def test_a_typed_number_is_said_once_when_it_is_done(make: Make) -> None:
    made = make(UNITS)
    made.type("128")
    assert (made.said, made.editor.value(), made.editor.refusal) == ([128], 128, "")


def test_a_value_out_of_bounds_is_refused_with_the_text_kept(make: Make) -> None:
    made = make(UNITS)
    made.type("0")
    assert made.editor.refusal == "units expects a whole number of at least 1. Received: 0."
    assert (made.said, made.editor.value(), typed(made.editor).field.text()) == ([], 64, "0")
    assert typed(made.editor).field.property("refused") is True
    made.type("8")
    assert (made.said, made.editor.refusal) == ([8], "")
    assert typed(made.editor).field.property("refused") is False


def test_escape_brings_back_what_stood_there(make: Make, qtbot: QtBot) -> None:
    made = make(UNITS)
    made.type("many")
    QTest.keyClick(typed(made.editor).field, Qt.Key.Key_Escape)
    assert (typed(made.editor).field.text(), made.editor.refusal, made.said) == ("64", "", [])


def test_the_same_value_typed_again_is_no_news(make: Make) -> None:
    made = make(KERNEL)
    made.type("3x3")
    assert made.said == []
    assert typed(made.editor).field.text() == "3 × 3"


def test_leaving_the_field_takes_what_was_typed(make: Make, qtbot: QtBot) -> None:
    made = make(UNITS)
    field = typed(made.editor).field
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.selectAll()
    QTest.keyClicks(field, "12")
    field.clearFocus()
    assert made.said == [12]


def test_a_value_from_elsewhere_is_not_said(make: Make) -> None:
    made = make(UNITS)
    made.editor.set_value(7)
    made.editor.show_value(9)
    assert (made.said, made.editor.value()) == ([], 9)


def test_a_text_being_typed_is_kept_while_the_value_stays(make: Make) -> None:
    made = make(UNITS)
    typed(made.editor).field.setText("12")
    made.editor.show_value(64)
    assert typed(made.editor).field.text() == "12"
    made.editor.show_value(64, fresh=True)
    assert typed(made.editor).field.text() == "64"


# -- steps


def test_arrow_keys_step(make: Make, qtbot: QtBot) -> None:
    made = make(UNITS)
    QTest.keyClick(typed(made.editor).field, Qt.Key.Key_Up)
    QTest.keyClick(typed(made.editor).field, Qt.Key.Key_PageDown)
    assert made.said == [65, 55]


def test_a_wheel_steps_only_with_the_focus(make: Make, qtbot: QtBot) -> None:
    made = make(UNITS)
    field = typed(made.editor).field
    field.clearFocus()
    assert not wheel(typed(made.editor), 1).isAccepted()
    assert made.said == []
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    assert wheel(typed(made.editor), 2).isAccepted()
    assert made.said == [66]


def test_sizes_that_differ_step_where_the_cursor_stands(make: Make, qtbot: QtBot) -> None:
    made = make(KERNEL, (3, 5))
    field = typed(made.editor).field
    field.setCursorPosition(5)
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert made.said == [(3, 6)]


def test_the_link_makes_sizes_equal(make: Make, qtbot: QtBot) -> None:
    made = make(KERNEL, (3, 5))
    editor = made.editor
    assert isinstance(editor, SizesEditor)
    assert not editor.linked
    QTest.mouseClick(editor.link, Qt.MouseButton.LeftButton)
    assert (made.said, editor.linked, editor.link.isEnabled()) == ([(3, 3)], True, False)


# -- ticks and choices


def test_a_tick_and_a_choice(make: Make, qtbot: QtBot) -> None:
    made = make(BIAS)
    assert isinstance(made.editor, BoolEditor)
    QTest.mouseClick(made.editor.tick, Qt.MouseButton.LeftButton, pos=QPoint(8, 15))
    assert made.said == [False]
    chosen = make(PADDING)
    assert isinstance(chosen.editor, ChoiceEditor)
    QTest.keyClick(chosen.editor.choice, Qt.Key.Key_Down)
    assert chosen.said == ["same"]


def test_nothing_is_a_word_of_a_list_where_it_may_be(make: Make) -> None:
    made = make(ParameterSpec("dtype", "dtype", optional=True, choices=("float32", "float16")))
    assert isinstance(made.editor, ChoiceEditor)
    assert made.editor.choice.currentText() == "default"
    made.editor.choice.chosen.emit("float16")
    made.editor.choice.chosen.emit("default")
    assert made.said == ["float16", None]


def test_an_optional_value_is_a_tick_and_a_field(make: Make, qtbot: QtBot) -> None:
    made = make(DECAY)
    editor = made.editor
    assert isinstance(editor, OptionalEditor)
    assert not editor.inner.isEnabled()
    editor.tick.click()
    assert (made.said, editor.inner.isEnabled()) == ([], True), "it waits for a number to be typed"
    made.type("0.01")
    editor.tick.click()
    assert (made.said, editor.inner.isEnabled()) == ([0.01, None], False)


def test_mixed_values_show_as_such_until_one_is_given(make: Make) -> None:
    for parameter, word in ((UNITS, "units"), (BIAS, "bias"), (PADDING, "padding"), (KERNEL, "kernel")):
        made = make(parameter)
        made.editor.set_mixed()
        assert made.editor.is_mixed, word
        made.editor.offer(parameter.initial)
        assert (made.editor.is_mixed, made.said) == (False, [parameter.initial]), word


def test_escape_leaves_mixed_values_mixed(make: Make, qtbot: QtBot) -> None:
    made = make(UNITS)
    made.editor.set_mixed()
    field = typed(made.editor).field
    field.setFocus()
    QTest.keyClicks(field, "1")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert (made.editor.is_mixed, field.text(), made.said) == (True, "", [])


# -- activations


def test_every_activation_is_drawn() -> None:
    assert set(catalogue().activations) == set(curves.FORMULAS) | set(curves.ACROSS)


@pytest.mark.parametrize("name", sorted(curves.FORMULAS))
def test_a_curve_fills_its_box(name: str) -> None:
    points = curves.points(name)
    assert [x for x, _ in points] == sorted(x for x, _ in points)
    assert (min(y for _, y in points), max(y for _, y in points)) == (0.0, 1.0)


def test_an_activation_shows_its_curve(make: Make) -> None:
    relu, tanh = (
        make(ParameterSpec("activation", "activation", "linear", choices=catalogue().activations), name).editor
        for name in ("relu", "tanh")
    )
    assert isinstance(relu, ActivationEditor)
    for editor in (relu, tanh):
        editor.resize(160, 30)
    assert relu.grab().toImage() != tanh.grab().toImage()


# -- keys


def test_undo_goes_to_the_document_unless_something_is_being_typed(make: Make) -> None:
    made = make(UNITS)
    field = typed(made.editor).field
    undo = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    undo.ignore()
    QApplication.sendEvent(field, undo)
    assert not undo.isAccepted(), "the window's undo is free to act"
    QTest.keyClicks(field, "1")
    QApplication.sendEvent(field, undo)
    assert undo.isAccepted()


def test_what_is_being_typed_is_taken_before_it_is_used(make: Make, qtbot: QtBot) -> None:
    made = make(UNITS)
    field = typed(made.editor).field
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.selectAll()
    QTest.keyClicks(field, "9")
    assert made.said == []
    commit_pending()
    assert made.said == [9]


def test_a_curve_makes_room_for_a_word_that_needs_it(make: Make) -> None:
    made = make(catalogue().layer("LSTM").parameter("activation"), "hard_sigmoid")
    assert isinstance(made.editor, ActivationEditor)
    choice = made.editor.choice
    assert isinstance(choice, CurveChoice)
    room = choice.fontMetrics().horizontalAdvance("hard_sigmoid") + EDGES
    choice.setFixedWidth(room + 2)
    assert (choice.seen(), choice.beside) == ("hard_sigmoid", 0)
    choice.setFixedWidth(room + CURVE.width() + 10)
    assert (choice.seen(), choice.beside > 0) == ("hard_sigmoid", True)
