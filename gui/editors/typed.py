"""Editors for values that are typed: numbers, sizes, shapes, lists, text, and the tick that makes one optional."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from engine.errors import ValueProblem
from engine.kinds import ParameterSpec
from engine.values import Value
from gui.editors import spelling
from gui.editors.base import MIXED, Context, Editor
from gui.editors.fields import Field, IconButton
from gui.editors.steps import stepped

STEPPED: Final = frozenset({"int", "float", "sizes"})


def may_be_none(parameter: ParameterSpec) -> bool:
    """Whether nothing is a value that a parameter may have."""
    return parameter.kind != "activation" and (
        parameter.optional or (parameter.default is None and not parameter.required)
    )


class TypedEditor(Editor):
    """A line of text that is read as a value when it is done."""

    def __init__(self, parameter: ParameterSpec, context: Context) -> None:
        super().__init__(parameter, context)
        self.steps = parameter.kind in STEPPED
        self.field = Field(steps=self.steps)
        self.field.committed.connect(self._typed)
        self.field.reverted.connect(self._reverted)
        self.field.stepped.connect(self.step)
        self.put_field(self.field)

    def step(self, steps: int) -> None:
        """Step from what stands in the field, typed or not."""
        self.field.commit()
        if self.is_mixed or self.refusal or self._value is None:
            return
        cursor = self.field.cursorPosition()
        self.offer(stepped(self.parameter, self._value, steps, self._place(cursor)))
        self.field.setCursorPosition(cursor)

    def _place(self, cursor: int) -> int | None:
        """Which of several numbers the cursor stands in; None (all of them) where they are equal."""
        if not isinstance(self._value, tuple) or len(set(self._value)) == 1:
            return None
        return self.field.text()[:cursor].count("×")

    def _typed(self, text: str) -> None:
        try:
            value = spelling.parse(self.parameter, text)
        except ValueProblem as problem:
            self.refuse(problem.sentence)
        else:
            self.offer(value)

    def _reverted(self) -> None:
        if self.is_mixed:
            self.set_mixed(self._mixed)
        else:
            self.set_value(self._value)

    def _show(self, value: Value) -> None:
        self.field.setPlaceholderText("")
        self.field.settle(spelling.spell(self.parameter, value))

    def _show_mixed(self) -> None:
        self.field.setPlaceholderText(MIXED)
        self.field.settle("")


class SizesEditor(TypedEditor):
    """Sizes as `3 × 3`, with a link that makes all of them the first."""

    def __init__(self, parameter: ParameterSpec, context: Context) -> None:
        super().__init__(parameter, context)
        self.link = IconButton("link", "Same size on every axis", px=12)
        self.link.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.link.clicked.connect(self._make_square)
        row = _beside(self.field, self.link)
        self._column.insertWidget(0, row)
        self.link.setVisible((parameter.length or 0) > 1)

    @property
    def linked(self) -> bool:
        """Whether all sizes are equal, so that stepping one steps all."""
        return not isinstance(self._value, tuple) or len(set(self._value)) <= 1

    def _make_square(self) -> None:
        if isinstance(self._value, tuple) and not self.linked:
            self.offer(self._value[0])

    def _show(self, value: Value) -> None:
        super()._show(value)
        self.link.setEnabled(not self.linked)
        self.link.show_icon("link" if self.linked else "unlink")
        self.link.setToolTip("One size on every axis" if self.linked else "Make every axis as the first")

    def _show_mixed(self) -> None:
        super()._show_mixed()
        self.link.setEnabled(False)


class OptionalEditor(Editor):
    """A tick before the field of another editor: without it the value is nothing."""

    def __init__(self, parameter: ParameterSpec, context: Context, inner: Editor) -> None:
        super().__init__(parameter, context)
        self.inner = inner
        self.steps = inner.steps
        self.tick = QCheckBox()
        self.tick.setAccessibleName(f"{parameter.label}: give a value")
        self.tick.clicked.connect(self._ticked)
        inner.changed.connect(self.offer)
        self._column.addWidget(_beside(self.tick, inner, stretched=1))
        self.setFocusProxy(inner)
        self._show(self._value)

    def step(self, steps: int) -> None:
        if self.tick.isChecked():
            self.inner.step(steps)

    def use_row(self, below: QVBoxLayout) -> None:
        super().use_row(below)
        self.inner.use_row(below)

    def refuse(self, sentence: str) -> None:
        self.inner.refuse(sentence)

    @property
    def refusal(self) -> str:
        return self.inner.refusal

    def _ticked(self, ticked: bool) -> None:
        """Give the value that a start is, or wait for one to be typed."""
        start = self._start()
        if not ticked or start is not None:
            self.offer(start if ticked else None)
        else:
            self.inner.setEnabled(True)
            self.inner.setFocus()

    def _start(self) -> Value:
        parameter = self.parameter
        if parameter.initial is not None:
            return parameter.initial
        if parameter.kind in ("int", "float") and parameter.minimum:
            return parameter.minimum
        return None

    def _show(self, value: Value) -> None:
        self.tick.setTristate(False)
        self.tick.setChecked(value is not None)
        self.inner.setEnabled(value is not None)
        self.inner.set_value(value)
        if value is None and isinstance(self.inner, TypedEditor):
            self.inner.field.setPlaceholderText("none")

    def _show_mixed(self) -> None:
        self.tick.setCheckState(Qt.CheckState.PartiallyChecked)
        self.inner.setEnabled(True)
        self.inner.set_mixed(self._mixed)


def _beside(*widgets: QWidget, stretched: int = 0) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for place, widget in enumerate(widgets):
        layout.addWidget(widget, 1 if place == stretched else 0)
    return row
