"""What every editor is: a widget that shows one value, offers what a person makes of it, and says what is refused."""

from __future__ import annotations

import html
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final, TypeAlias

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from engine.catalogue import Catalogue, same
from engine.errors import ValueProblem
from engine.kinds import ParameterSpec
from engine.values import Value
from gui.editors.fields import restyle
from gui.editors.scope import Scope


@dataclass(frozen=True, slots=True)
class Mixed:
    """Stands where things that are edited together hold different values: each, with how many hold it."""

    tally: tuple[tuple[Value, int], ...] = ()


#: What a field says of many values that differ, in the place of one.
MIXED: Final = "mixed"
#: So many of them are told in a tooltip, and so many stand in the field itself.
TOLD, SEEN = 6, 3
Shown: TypeAlias = "Value | Mixed"
NOT_TOLD: Final = Mixed()


@dataclass(frozen=True, slots=True)
class Context:
    """What editors need beside their parameter: the catalogue, and the way to make an editor for a nested one.

    Attributes:
        label_width: Of the labels in a form, in pixels.
        within: What the parameters belong to, where it is not the layer itself: `kernel initializer`.
        scope: The block whose parameters a value may follow from; None where the layer stands in none.
    """

    catalogue: Catalogue
    make: Callable[[ParameterSpec, Context], Editor]
    label_width: int = 120
    within: str = ""
    scope: Scope | None = None


class Editor(QWidget):
    """Shows a value of one parameter; `changed` carries a checked value, and only what a person made.

    Subclasses show a value in `_show` and give what was typed or chosen to `offer`.
    """

    changed = Signal(object)
    #: Carries the text of a formula that was typed in the place of a value.
    formula_typed = Signal(str)
    #: Whether arrow keys, wheel and a drag on the label step it.
    steps = False

    def __init__(self, parameter: ParameterSpec, context: Context) -> None:
        super().__init__()
        self.parameter = parameter
        self.context = context
        #: Whether what is edited together holds different values.
        self.is_mixed = False
        self._mixed = NOT_TOLD
        self._value: Value = parameter.default
        self._sentence: QLabel | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._below = self._column

    @property
    def spoken(self) -> str:
        """What it is called for those who do not see where it stands."""
        within, own = self.context.within, self.parameter.label
        return f"{within}: {own}" if within else own

    # -- the value

    def value(self) -> Value:
        """Return the value that was last shown or accepted; what is refused does not count."""
        return self._value

    def set_value(self, value: Value) -> None:
        """Show a value; nothing is emitted, and a refusal is over."""
        if self.is_mixed:
            self.setToolTip("")
        self._value, self.is_mixed = value, False
        self._accept()
        self._show(value)

    def set_mixed(self, mixed: Mixed = NOT_TOLD) -> None:
        """Show that what is edited together holds different values, and in a tooltip which."""
        self._value, self.is_mixed, self._mixed = None, True, mixed
        self._accept()
        self._show_mixed()
        self.setToolTip(mixed_html(self.parameter, mixed))

    def show_value(self, shown: Shown, *, fresh: bool = False) -> None:
        """Show a value from elsewhere; where it stands here already, a text being typed is kept unless all is fresh."""
        if isinstance(shown, Mixed):
            if fresh or not self.is_mixed or shown != self._mixed:
                self.set_mixed(shown)
        elif fresh or self.is_mixed or not same(shown, self._value):
            self.set_value(shown)

    def offer(self, value: Value) -> None:
        """Take a value that a person made: check it, then show and emit it, or refuse it."""
        try:
            checked = self.check(value)
        except ValueProblem as problem:
            self.refuse(problem.sentence)
            return
        news = self.is_mixed or not same(checked, self._value)
        self.set_value(checked)
        if news:
            self.changed.emit(checked)

    def check(self, value: Value) -> Value:
        """Return a value in its canonical form, or raise ValueProblem."""
        return self.context.catalogue.check(self.parameter, value)

    def step(self, steps: int) -> None:
        """Step the value; only editors with `steps` do."""

    def seek(self, words: Collection[str]) -> bool:
        """Show only what words speak of among values within this one; say whether there is any."""
        return False

    # -- what is refused

    def refuse(self, sentence: str) -> None:
        """Show why a value cannot be, in red below, and keep the person's text."""
        if self._sentence is None:
            self._sentence = QLabel()
            self._sentence.setWordWrap(True)
            self._sentence.setProperty("role", "bad")
            self.put_below(self._sentence)
        self._sentence.setText(sentence)
        self._sentence.show()
        self._mark(refused=True)

    def refuse_back(self, sentence: str, shown: Shown) -> None:
        """Show why a value cannot be that was taken here and refused elsewhere; Escape goes back to what is shown."""
        text = self.typed_text()
        self.show_value(shown, fresh=True)
        self.retype(text)
        self.refuse(sentence)

    def typed_text(self) -> str:
        """Return the text in the field; empty where nothing is typed."""
        return ""

    def retype(self, text: str) -> None:
        """Put a text back into the field as a person's, not taken yet."""

    @property
    def refusal(self) -> str:
        """The sentence shown, empty where nothing is refused."""
        return self._sentence.text() if self._sentence is not None and not self._sentence.isHidden() else ""

    def _accept(self) -> None:
        if self.refusal and self._sentence is not None:
            self._sentence.hide()
            self._mark(refused=False)

    def _mark(self, *, refused: bool) -> None:
        field = self.focusProxy() or self
        field.setProperty("refused", refused)
        restyle(field)

    @property
    def mixed_words(self) -> str:
        """What stands in the field while values differ."""
        return mixed_words(self.parameter, self._mixed)

    # -- what a subclass says

    def _show(self, value: Value) -> None:
        raise NotImplementedError

    def _show_mixed(self) -> None:
        raise NotImplementedError

    # -- where things go

    def put_field(self, field: QWidget) -> None:
        """Place the widget that takes the focus."""
        self._column.addWidget(field)
        self.setFocusProxy(field)
        field.setAccessibleName(self.spoken)
        field.setAccessibleDescription(self.parameter.expectation)

    def put_below(self, widget: QWidget) -> None:
        """Place a widget under the field, at the width of the row where the editor stands in one."""
        self._below.addWidget(widget)

    def use_row(self, below: QVBoxLayout) -> None:
        """Let a row lend its whole width to what goes below the field."""
        while (item := self._column.takeAt(1)) is not None:
            if (widget := item.widget()) is not None:
                below.addWidget(widget)
        self._below = below


def mixed_words(parameter: ParameterSpec, mixed: Mixed) -> str:
    """Tell in a field which values there are, the commonest first, where they are few: `32 / 64`."""
    words = [parameter.spell(value)[:40] for value, _ in mixed.tally]
    return " / ".join(words) if 1 < len(words) <= SEEN else MIXED


def mixed_html(parameter: ParameterSpec, mixed: Mixed) -> str:
    """Tell in a tooltip which values there are, the commonest first: `relu in 3 layers`."""
    rows = [
        f"<b>{html.escape(parameter.spell(value)[:80])}</b> in {count:,} layer{'s' if count != 1 else ''}"
        for value, count in mixed.tally[:TOLD]
    ]
    rest = len(mixed.tally) - TOLD
    return "<br>".join([*rows, f"and {rest:,} more"] if rest > 0 else rows)
