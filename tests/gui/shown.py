"""An editor as a person meets it: shown, typed into, listened to."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Final, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.kinds import ParameterSpec
from engine.values import Value
from gui.editors.base import Editor
from gui.editors.optional import OptionalEditor
from gui.editors.table import editing, make_editor
from gui.editors.typed import TypedEditor

UNITS: Final = ParameterSpec("units", "int", required=True, start=64, minimum=1, help="How many `units` there are.")
RATE: Final = ParameterSpec("rate", "float", required=True, start=0.5, minimum=0, maximum=1)
DECAY: Final = ParameterSpec("weight_decay", "float", optional=True, minimum=0)
KERNEL: Final = ParameterSpec("kernel_size", "sizes", required=True, start=(3, 3), minimum=1, length=2)
PADDING: Final = ParameterSpec("padding", "choice", "valid", choices=("valid", "same"))
BIAS: Final = ParameterSpec("use_bias", "bool", True)


def every_parameter() -> list[ParameterSpec]:
    """Every different parameter of every layer and every other Keras object."""
    found = catalogue()
    layers = (parameter for spec in found.layers.values() for parameter in spec.parameters)
    parts = (p for kind in found.parts.values() for part in kind.values() for p in part.parameters)
    return list(dict.fromkeys(itertools.chain(layers, parts)))


class Made:
    """An editor, shown, and what it said."""

    def __init__(self, qtbot: QtBot, parameter: ParameterSpec, value: Value = None) -> None:
        self.editor = make_editor(parameter, editing(catalogue()))
        self.editor.set_value(value if value is not None else parameter.initial)
        self.said: list[Value] = []
        self.editor.changed.connect(self.said.append)
        qtbot.addWidget(self.editor)
        self.editor.show()
        qtbot.waitExposed(self.editor)
        self.qtbot = qtbot

    def type(self, text: str) -> None:
        """Put a text in the place of what stands there, and press Enter."""
        field = typed(self.editor).field
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)


def typed(editor: Editor) -> TypedEditor:
    inner = editor.inner if isinstance(editor, OptionalEditor) else editor
    assert isinstance(inner, TypedEditor)
    return inner


Make: TypeAlias = Callable[..., Made]


def maker(qtbot: QtBot) -> Make:
    """Return what makes an editor for a parameter, showing a value or what a new node holds."""
    return lambda parameter, value=None: Made(qtbot, parameter, value)
