"""Every object that a value or a recipe may hold is chosen by keys, and each of its parameters set and reset."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue, same
from engine.kinds import ParameterSpec
from engine.values import Part
from gui.editors.parts import PartEditor
from gui.editors.table import editing, make_editor
from gui.recipe_parts import RecipePartEditor, recipe_part
from tests.gui.hands import another, choose, press_reset, put

pytestmark = pytest.mark.once

#: A layer's parameter that may hold any object of the kind.
HOLDERS = {
    "initializer": ("Dense", "kernel_initializer"),
    "regularizer": ("Dense", "kernel_regularizer"),
    "constraint": ("Dense", "kernel_constraint"),
}
#: Wrapped layers beside the recurrent ones; every layer's own form is walked elsewhere.
WRAPPED = ("Dense", "Conv2D", "BatchNormalization", "Dropout")


def holding(kind: str, qtbot: QtBot) -> PartEditor:
    owner, name = HOLDERS[kind]
    return shown(make_editor(catalogue().layer(owner).parameter(name), editing(catalogue())), qtbot)


def shown(editor: object, qtbot: QtBot) -> PartEditor:
    assert isinstance(editor, PartEditor)
    qtbot.addWidget(editor)
    editor.resize(300, 900)
    editor.show()
    return editor


def walk(editor: PartEditor, name: str) -> None:
    """Choose an object, then set and reset each of its parameters."""
    choose(editor.choice, name)
    assert held(editor).class_name == name
    for fold in editor.form.folds.values() if editor.form is not None else ():
        if not fold.button.isChecked():  # it is remembered from object to object
            fold.button.click()
    QApplication.processEvents()  # a form that is put into a shown editor is shown in the next turn
    for parameter in shown_of(editor, name):
        change_and_reset(editor, parameter)


def shown_of(editor: PartEditor, name: str) -> list[ParameterSpec]:
    parameters = catalogue().part(editor.kind, name).parameters
    return [p for p in parameters if editor.form is not None and p.name in editor.form.rows]


def change_and_reset(editor: PartEditor, parameter: ParameterSpec) -> None:
    assert editor.form is not None
    name, row = parameter.name, editor.form.rows[parameter.name]
    before = held(editor).values.get(name, parameter.default)
    value = another(parameter, before)
    put(row.editor, value)
    now = held(editor).values[name]
    assert same(now, value) or isinstance(now, Part), f"{name}: {row.editor.refusal}"
    if not parameter.required:
        press_reset(row)
        assert name not in held(editor).values


def held(editor: PartEditor) -> Part:
    value = editor.value()
    assert isinstance(value, Part)
    return value


@pytest.mark.parametrize("kind", HOLDERS)
def test_every_object_of_a_layer_is_set_and_reset(qtbot: QtBot, kind: str) -> None:
    editor = holding(kind, qtbot)
    for name in catalogue().parts[kind]:
        walk(editor, name)


@pytest.mark.parametrize("name", catalogue().layer("Bidirectional").parameter("layer").choices)
def test_a_layer_run_both_ways_is_set_and_reset(qtbot: QtBot, name: str) -> None:
    parameter = catalogue().layer("Bidirectional").parameter("layer")
    walk(shown(make_editor(parameter, editing(catalogue())), qtbot), name)


@pytest.mark.parametrize("name", WRAPPED)
def test_a_layer_run_at_each_step_is_set_and_reset(qtbot: QtBot, name: str) -> None:
    parameter = catalogue().layer("TimeDistributed").parameter("layer")
    walk(shown(make_editor(parameter, editing(catalogue())), qtbot), name)


@pytest.mark.parametrize("name", catalogue().parts["schedule"])
def test_every_schedule_is_set_and_reset(qtbot: QtBot, name: str) -> None:
    editor = shown(
        make_editor(catalogue().part("optimizer", "SGD").parameter("learning_rate"), editing(catalogue())), qtbot
    )
    editor.offer(catalogue().new_part("schedule", "CosineDecay"))
    walk(editor, name)


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind in ("loss", "optimizer", "metric") for name in catalogue().parts[kind]]
)
def test_every_object_of_a_recipe_is_set_and_reset(qtbot: QtBot, kind: str, name: str) -> None:
    walk(shown(RecipePartEditor(recipe_part(catalogue(), kind), editing(catalogue())), qtbot), name)
