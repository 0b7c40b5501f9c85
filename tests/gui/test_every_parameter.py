"""Every parameter of every layer is changed in the inspector with mouse and keys, read in the document, and reset."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue, same
from engine.graph import Graph
from engine.kinds import ParameterSpec
from engine.project import Project
from engine.values import Part, Value
from gui.document import Document
from gui.editors.form import Form
from gui.inspector import Inspector
from gui.selection import Selection
from tests.gui.hands import another, press_reset, put

pytestmark = pytest.mark.once

LAYERS = tuple(catalogue().layers)


@dataclass
class Desk:
    """A drawing of one layer, and the inspector that shows it with all folds open."""

    document: Document
    inspector: Inspector
    id: str

    @property
    def form(self) -> Form:
        assert self.inspector.form is not None
        return self.inspector.form

    def value(self, name: str) -> Value:
        return self.document.catalogue.value(self.document.graph.node(self.id), name)


def desk_of(qtbot: QtBot, layer: str) -> Desk:
    document = Document(catalogue())
    node = catalogue().new_node(Graph(), layer)
    document.start(Project(Graph().with_node(node)))
    selection = Selection(document)
    inspector = Inspector(document, selection)
    qtbot.addWidget(inspector)
    selection.set((node.id,))
    inspector.resize(300, 900)
    inspector.show()
    for fold in inspector.form.folds.values() if inspector.form is not None else ():
        fold.button.click()
    return Desk(document, inspector, node.id)


@pytest.mark.parametrize("layer", LAYERS)
def test_every_parameter_is_set_and_reset(qtbot: QtBot, layer: str) -> None:
    desk = desk_of(qtbot, layer)
    rows = desk.form.rows if desk.inspector.form is not None else ()
    assert set(rows) == {parameter.name for parameter in catalogue().layer(layer).parameters} - {"name"}
    assert desk.document.undo.count() == 0, "showing changes nothing"
    for parameter in catalogue().layer(layer).parameters:
        change_and_reset(desk, parameter)
    if desk.inspector.form is not None:
        names = spoken(desk.inspector.form)
        assert all(names)
        assert len(set(names)) == len(names), f"told apart by their names: {sorted(names)}"


def spoken(form: Form) -> list[str]:
    """What a screen reader calls those widgets that the Tab key reaches; a fold says its own text."""
    reached = [each for each in form.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    return [
        each.accessibleName() or (each.text() if isinstance(each, QToolButton) else "")
        for each in reached
        if each.window() is form.window() and each.focusProxy() is None and each.isVisible()
    ]


def change_and_reset(desk: Desk, parameter: ParameterSpec) -> None:
    name, row = parameter.name, desk.form.rows[parameter.name]
    before, steps = desk.value(name), desk.document.undo.index()
    value = another(parameter, before)
    put(row.editor, value)
    assert same(plain(desk.value(name)), plain(value)), f"{name}: {row.editor.refusal}"
    assert not same(desk.value(name), before), name
    assert desk.document.undo.index() > steps
    if parameter.required:
        put(row.editor, before)
        return
    assert row.label.property("role") == "changed", name
    press_reset(row)
    assert same(desk.value(name), parameter.default), name
    assert name not in desk.document.graph.node(desk.id).values


def plain(value: Value) -> Value:
    """A chosen object begins with start values; its class is what was chosen."""
    return value.class_name if isinstance(value, Part) else value
