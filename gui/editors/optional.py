"""Editors for values that may be nothing: a tick before a field, and default, yes or no."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from engine.kinds import ParameterSpec
from engine.values import Value
from gui.editors.base import Context, Editor
from gui.editors.limits import example
from gui.editors.lists import Choice
from gui.editors.typed import TypedEditor, beside

ANSWERS: Final = {"default": None, "yes": True, "no": False}


class OptionalEditor(Editor):
    """A tick before the field of another editor: without it the value is nothing."""

    def __init__(self, parameter: ParameterSpec, context: Context, inner: Editor) -> None:
        super().__init__(parameter, context)
        self.inner = inner
        self.steps = inner.steps
        self.tick = QCheckBox()
        self.tick.setAccessibleName(f"{self.spoken}: give a value")
        self.tick.setToolTip("Give a value")
        self.tick.clicked.connect(self._ticked)
        inner.changed.connect(self.offer)
        inner.formula_typed.connect(self.formula_typed)
        if isinstance(inner, TypedEditor):
            inner.field.left.connect(self._left)
        self._column.addWidget(beside(self.tick, inner, stretched=1))
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

    def typed_text(self) -> str:
        return self.inner.typed_text()

    def retype(self, text: str) -> None:
        self.inner.retype(text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tick where the field is pressed that waits for the tick; Qt hands on what a disabled widget gets."""
        at = self.inner.mapFrom(self, event.position().toPoint())
        if not self.inner.isEnabled() and self.inner.rect().contains(at):
            self.tick.click()
        else:
            super().mousePressEvent(event)

    def _ticked(self, ticked: bool) -> None:
        """Give the value that a start is, or wait for one to be typed."""
        start = self._start()
        if not ticked or start is not None:
            self.offer(start if ticked else None)
        else:
            self._wait()
        if ticked:
            self.inner.setFocus()
            if isinstance(self.inner, TypedEditor):
                self.inner.field.selectAll()

    def _wait(self) -> None:
        self.inner.setEnabled(True)
        if isinstance(self.inner, TypedEditor):
            self.inner.field.setPlaceholderText(example(self.parameter))

    def _left(self) -> None:
        """Take the tick out again where no value came, and none was refused."""
        if self._value is None and not self.is_mixed and not self.refusal:
            self._show(None)

    def _start(self) -> Value:
        parameter = self.parameter
        if parameter.initial is not None:
            return parameter.initial
        if parameter.kind == "int" or (parameter.kind == "float" and parameter.minimum):
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


class AnswerEditor(Editor):
    """Yes, no, or what Keras makes of neither."""

    def __init__(self, parameter: ParameterSpec, context: Context) -> None:
        super().__init__(parameter, context)
        self.choice = Choice(tuple(ANSWERS))
        self.choice.chosen.connect(lambda word: self.offer(ANSWERS[word]))
        self.put_field(self.choice)

    def _show(self, value: Value) -> None:
        self.choice.show_word(next(word for word, answer in ANSWERS.items() if answer is value))

    def _show_mixed(self) -> None:
        self.choice.setPlaceholderText(self.mixed_words)
        self.choice.show_word(None)
