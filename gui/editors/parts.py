"""Editors for values that are Keras objects with parameters of their own: an initializer, a wrapped layer, a rate."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from engine import within
from engine.clipping import NAMES as CLIPPING
from engine.kinds import PARTS, ParameterSpec
from engine.values import Part, Value
from engine.within import Within, one_class
from gui.editors.base import Context, Editor, Mixed
from gui.editors.choices import NONE
from gui.editors.fields import IconButton
from gui.editors.form import Form
from gui.editors.lists import Choice
from gui.editors.succession import successor
from gui.editors.typed import TypedEditor, may_be_none

GAP: Final = 8
CONSTANT: Final = "constant"
STARTS_AT: Final = "initial_learning_rate"


class PartEditor(Editor):
    """The class of an object in a list, its own parameters in a form below."""

    #: How far the form stands in from the list.
    indent = 12

    def __init__(self, parameter: ParameterSpec, context: Context) -> None:
        super().__init__(parameter, context)
        self.kind = self._kind()
        self.form: Form | None = None
        self._formed = ""
        self._opened: set[str] = set()
        self.choice = Choice(self._words())
        self._explain()
        self.choice.chosen.connect(self._chosen)
        self._place()

    def seek(self, words: Collection[str]) -> bool:
        return self.form is not None and self.form.seek(words)

    def _kind(self) -> str:
        return self.parameter.kind if self.parameter.kind in PARTS else "schedule"

    def _place(self) -> None:
        self.put_field(self.choice)

    def _words(self) -> tuple[str, ...]:
        return (NONE, *self.parameter.choices) if may_be_none(self.parameter) else self.parameter.choices

    def _explain(self) -> None:
        first = self.choice.count() - len(self.parameter.choices)
        for place, name in enumerate(self.parameter.choices, first):
            summary = self.context.catalogue.part(self.kind, name).summary
            self.choice.setItemData(place, summary, Qt.ItemDataRole.ToolTipRole)

    def _chosen(self, word: str) -> None:
        if word == (self._value.class_name if isinstance(self._value, Part) else self._formed):
            return  # chosen again: what was set stays
        self.offer(None if word == NONE else successor(self.context.catalogue, self.kind, self._value, word))

    def _edited(self, name: str, value: Value | Within) -> None:
        """Change a value of the object; where objects differ, that of each of them."""
        if isinstance(self._value, Part) and not isinstance(value, Within):
            self.offer(self._value.with_value(name, value))
        elif self.is_mixed:
            self.changed.emit(Within(name, value))

    def _reset(self, name: str) -> None:
        if isinstance(self._value, Part):
            self.offer(self._value.without_value(name))
        elif self.is_mixed:
            self.changed.emit(Within(name, reset=True))

    def _show(self, value: Value) -> None:
        self.choice.setPlaceholderText(value.class_name if isinstance(value, Part) else "")
        self.choice.show_word(self._word(value))
        self._show_form(value if isinstance(value, Part) else None)

    def _word(self, value: Value) -> str | None:
        return value.class_name if isinstance(value, Part) else NONE

    def _show_mixed(self) -> None:
        """Show the class that all are of with a form of their values; where they are of several, their names."""
        name = one_class(self._mixed.tally)
        self.choice.setPlaceholderText(self.mixed_words)
        self.choice.show_word(name or None)
        self._show_form(Part(name) if name else None)
        if self.form is not None:
            tallies = within.tallies(self.context.catalogue, self.kind, self._mixed.tally)
            shown = {name: each[0][0] if len(each) == 1 else Mixed(each) for name, each in tallies.items()}
            self.form.show_values(shown)

    def _show_form(self, part: Part | None) -> None:
        """Show the parameters of a part; the form is kept while the class stays."""
        if part is None or part.class_name != self._formed:
            self._drop_form()
        if part is None or part.class_name not in self.parameter.choices:
            return
        if self.form is None:
            self.form = self._make_form(part)
        if self.form is not None:
            self.form.show_values(part.values)

    def _make_form(self, part: Part) -> Form | None:
        parameters = self.context.catalogue.part(self.kind, part.class_name).parameters
        if self.kind == "layer":  # a wrapped layer is named, frozen and typed with the one that wraps it
            parameters = tuple(p for p in parameters if p.name not in ("name", "trainable", "dtype"))
        if self.kind == "optimizer":  # one choice for all of them stands in a section of its own
            parameters = tuple(p for p in parameters if p.name not in CLIPPING)
        if not parameters:
            return None
        form = Form(parameters, replace(self.context, within=self.spoken, scope=None), self._opened)
        form.setContentsMargins(self.indent, 4, 0, 0)
        if self.indent:
            form.setProperty("role", "nested")
            form.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        form.edited.connect(self._edited)
        form.reset.connect(self._reset)
        self._formed = part.class_name
        self.put_below(form)
        return form

    def _drop_form(self) -> None:
        if self.form is not None:
            self.form.blockSignals(True)
            self.form.hide()
            self.form.deleteLater()
        self.form, self._formed = None, ""


class RateEditor(PartEditor):
    """A learning rate: a number with a button for schedules, or a schedule with its parameters."""

    steps = True

    def _place(self) -> None:
        self.number = TypedEditor(replace(self.parameter, kind="float"), self.context)
        self.number.changed.connect(self.offer)
        self.schedules = IconButton("chart-line", "Let the rate follow a schedule")
        self.schedules.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.schedules.setMenu(self._menu())
        field = QWidget()
        line = QHBoxLayout(field)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        for widget in (self.number, self.choice, self.schedules):
            line.addWidget(widget)
        self.choice.setAccessibleName(f"{self.spoken}: constant or a schedule")
        self.schedules.setAccessibleName(f"{self.spoken}: let it follow a schedule")
        self.put_field(field)
        self.setFocusProxy(self.number)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for name in self.parameter.choices:
            action = menu.addAction(name, partial(self._chosen, name))
            action.setToolTip(self.context.catalogue.part(self.kind, name).summary)
        return menu

    def step(self, steps: int) -> None:
        if not isinstance(self._value, Part):
            self.number.step(steps)

    def refuse(self, sentence: str) -> None:
        self.number.refuse(sentence)

    def use_row(self, below: QVBoxLayout) -> None:
        super().use_row(below)
        self.number.use_row(below)

    def _words(self) -> tuple[str, ...]:
        return (CONSTANT, *self.parameter.choices)

    def _chosen(self, word: str) -> None:
        """Take a schedule or a constant; the rate that stood there is where the other begins."""
        now = self._value
        if word == CONSTANT:
            self.offer(now.values.get(STARTS_AT, self.parameter.default) if isinstance(now, Part) else now)
        elif isinstance(now, float) and STARTS_AT in (p.name for p in self._parameters(word)):
            self.offer(self.context.catalogue.new_part(self.kind, word).with_value(STARTS_AT, now))
        else:
            super()._chosen(word)

    def _parameters(self, name: str) -> tuple[ParameterSpec, ...]:
        return self.context.catalogue.part(self.kind, name).parameters

    def _word(self, value: Value) -> str:
        return value.class_name if isinstance(value, Part) else CONSTANT

    def _show(self, value: Value) -> None:
        super()._show(value)
        scheduled = isinstance(value, Part)
        self.number.setVisible(not scheduled)
        self.schedules.setVisible(not scheduled)
        self.choice.setVisible(scheduled)
        self.setFocusProxy(self.choice if scheduled else self.number)
        if not scheduled:
            self.number.set_value(value)
