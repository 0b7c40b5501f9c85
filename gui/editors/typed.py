"""Editors for values that are typed: numbers, sizes with their link, shares with their slider, lists, text."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from engine.errors import ValueProblem
from engine.kinds import ParameterSpec
from engine.values import Value
from gui.editors import spelling
from gui.editors.base import Context, Editor
from gui.editors.fields import Field, IconButton
from gui.editors.limits import limits
from gui.editors.slider import Slider
from gui.editors.steps import stepped

STEPPED: Final = frozenset({"int", "float", "sizes"})
#: From this share of the way up, a slider's pixels are too coarse for what is usual.
CROWDED: Final = 0.89
#: The width of the field beside a slider: room for 0.1234.
FIGURE: Final = 64


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
        self.field.show_notes(parameter.unit, limits(parameter))
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

    def typed_text(self) -> str:
        return self.field.text()

    def retype(self, text: str) -> None:
        self.field.setText(text)

    def _typed(self, text: str) -> None:
        if self.context.scope is not None and text.lstrip().startswith("="):
            self.formula_typed.emit(text)
            return
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
        self.field.setPlaceholderText(self.mixed_words)
        self.field.settle("")


class SuggestEditor(TypedEditor):
    """A line of text with a button that offers some that it may be."""

    def __init__(self, parameter: ParameterSpec, context: Context) -> None:
        super().__init__(parameter, context)
        self.offers = IconButton("chevron-down", "Choose one that is known", px=12)
        self.offers.setAccessibleName(f"{self.spoken}: choose one that is known")
        self.offers.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        for word in parameter.choices:
            menu.addAction(word, partial(self.offer, word))
        self.offers.setMenu(menu)
        self._column.insertWidget(0, beside(self.field, self.offers))


class RepeatEditor(TypedEditor):
    """How often a block stands in a row: a number with one less and one more beside it."""

    def __init__(self, parameter: ParameterSpec, context: Context) -> None:
        super().__init__(parameter, context)
        self.fewer = self._button("minus", "One less", -1)
        self.more = self._button("plus", "One more", 1)
        self._column.insertWidget(0, beside(self.field, self.fewer, self.more, gap=4))

    def _button(self, icon: str, words: str, step: int) -> IconButton:
        made = IconButton(icon, words, px=12)
        made.setAccessibleName(f"{self.spoken}: {words.lower()}")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setAutoRepeat(True)
        made.clicked.connect(lambda: self.step(step))
        return made

    def _show(self, value: Value) -> None:
        super()._show(value)
        self.fewer.setEnabled(value != self.parameter.minimum)


class ShareEditor(TypedEditor):
    """A number between two bounds, with a slider before it; a whole drag of the slider is one undo step."""

    #: The slider's steps from one bound to the other.
    STEPS: Final = 100

    def __init__(self, parameter: ParameterSpec, context: Context) -> None:
        super().__init__(parameter, context)
        self.slider = Slider()
        self.slider.setAccessibleName(f"{self.spoken}: slider")
        self.slider.setToolTip(f"Drag it, or step with the arrow keys in the field: {limits(parameter)}")
        self.slider.moved.connect(self._slid)
        self.field.show_notes("", "")
        self.field.setFixedWidth(FIGURE)
        self._column.insertWidget(0, beside(self.slider, self.field))

    def _slid(self, share: float) -> None:
        self.offer(_at_share(self.parameter, round(share * self.STEPS) / self.STEPS))

    def _show(self, value: Value) -> None:
        super()._show(value)
        self.slider.show_share(_share(self.parameter, value) if isinstance(value, int | float) else None)

    def _show_mixed(self) -> None:
        super()._show_mixed()
        self.slider.show_share(None)


def slides(parameter: ParameterSpec) -> bool:
    """Whether a slider serves: both bounds are known, and what is usual does not crowd at the upper one, as 0.99."""
    if parameter.kind != "float" or parameter.minimum is None or parameter.maximum is None:
        return False
    if may_be_none(parameter):
        return False  # beside the tick there is no room for one
    usual = parameter.initial
    return not isinstance(usual, int | float) or not CROWDED < _share(parameter, usual) < 1


def _share(parameter: ParameterSpec, value: float) -> float:
    low, high = parameter.minimum or 0.0, parameter.maximum or 0.0
    return (value - low) / ((high - low) or 1)


def _at_share(parameter: ParameterSpec, share: float) -> float:
    low, high = parameter.minimum or 0.0, parameter.maximum or 0.0
    return round(low + share * (high - low), 4)


class SizesEditor(TypedEditor):
    """Sizes as `3 × 3`, with a link that makes all of them the first."""

    def __init__(self, parameter: ParameterSpec, context: Context) -> None:
        super().__init__(parameter, context)
        self.link = IconButton("link", "Same size on every axis", px=12)
        self.link.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.link.setAccessibleName(f"{self.spoken}: the same on every axis")
        self.link.clicked.connect(self._make_square)
        row = beside(self.field, self.link)
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


def beside(*widgets: QWidget, stretched: int = 0, gap: int = 8) -> QWidget:
    """Put widgets into one line, one of them taking the room that is left."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    for place, widget in enumerate(widgets):
        layout.addWidget(widget, 1 if place == stretched else 0)
    return row
