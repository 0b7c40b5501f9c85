"""An editor in a block: a value, or a formula over the block's parameters with what it gives now."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from engine.errors import ValueProblem
from engine.kinds import ParameterSpec
from engine.values import Formula, Value
from gui.cards import text_label
from gui.editors.base import Context, Editor, Shown
from gui.editors.fields import Field, IconButton
from gui.editors.scope import Scope
from gui.editors.typed import beside
from gui.theme import icon

BUTTON: Final = 20
WRITE: Final = "Write a formula"
TAKE: Final = "Take what it gives now: {}"
EXPOSE: Final = "Expose as a parameter of the block"


class FunctionButton(IconButton):
    """The button beside a value, quiet while that is no formula."""

    def __init__(self) -> None:
        self._lit = False
        super().__init__("square-function", "A formula, or a parameter of the block", px=14, side=BUTTON)

    def light(self, *, lit: bool) -> None:
        if lit is not self._lit:
            self._lit = lit
            self.show_icon("square-function")

    def show_icon(self, name: str) -> None:
        self.setIcon(icon(name, "text" if self._lit else "third"))


class FormulaEditor(Editor):
    """Another editor while the value is one, a line of text while it is a formula; a button turns one to the other.

    In a field that is typed in, `=` begins a formula as well.
    """

    def __init__(self, parameter: ParameterSpec, context: Context, inner: Editor, scope: Scope) -> None:
        super().__init__(parameter, context)
        self.inner, self._scope = inner, scope
        self._gives = True
        self.steps = inner.steps
        inner.changed.connect(self.offer)
        inner.formula_typed.connect(self._typed)
        self.field = Field()
        self.field.setPlaceholderText("filters * 4")
        self.field.setAccessibleName(f"{self.spoken}: formula")
        self.field.committed.connect(self._typed)
        self.field.reverted.connect(self._reverted)
        self.field.left.connect(self._left)
        self.given = text_label("")
        self.given.setProperty("role", "third")
        self.given.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.button = FunctionButton()
        self.button.setAccessibleName(f"{self.spoken}: formula or parameter of the block")
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.clicked.connect(lambda: self.menu().popup(self.button.mapToGlobal(QPoint(0, BUTTON))))
        room = QWidget()
        self._stack = QStackedLayout(room)
        self._stack.setContentsMargins(0, 0, 0, 0)
        for widget in (inner, self.field):
            self._stack.addWidget(widget)
        self._column.addWidget(beside(room, self.button, gap=4))
        self.put_below(self.given)
        self._show(self._value)

    def menu(self) -> QMenu:
        """Make the menu: what the value can be made."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if isinstance(self._value, Formula):
            found, words = self._scope.given(self._value, self.parameter)
            take = menu.addAction(TAKE.format(words) if found is not None else TAKE.format("nothing"))
            take.setEnabled(found is not None)
            take.triggered.connect(partial(self._take, found))
        else:
            menu.addAction(WRITE).triggered.connect(self.write)
            expose = menu.addAction(EXPOSE)
            expose.setEnabled(not self.is_mixed)
            expose.triggered.connect(lambda _checked=False: self._scope.expose(self.parameter.name))
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())

    def write(self, _checked: bool = False) -> None:
        """Let a formula be typed in the place of the value, which it begins with."""
        self._turn(formula=True)
        self.given.hide()
        plain = isinstance(self._value, int | float) and not isinstance(self._value, bool)
        self.field.settle("" if self.is_mixed or not plain else str(self._value))
        self.field.setFocus()
        self.field.selectAll()

    # -- as an editor

    def check(self, value: Value) -> Value:
        return value if isinstance(value, Formula) else super().check(value)

    def show_value(self, shown: Shown, *, fresh: bool = False) -> None:
        super().show_value(shown, fresh=fresh)
        self._tell()

    def step(self, steps: int) -> None:
        if not isinstance(self._value, Formula):
            self.inner.step(steps)

    def seek(self, words: Collection[str]) -> bool:
        return not isinstance(self._value, Formula) and self.inner.seek(words)

    def use_row(self, below: QVBoxLayout) -> None:
        super().use_row(below)
        self.inner.use_row(below)

    def refuse(self, sentence: str) -> None:
        if self._is_formula:
            super().refuse(sentence)
        else:
            self.inner.refuse(sentence)

    @property
    def refusal(self) -> str:
        return super().refusal if self._is_formula else self.inner.refusal

    def typed_text(self) -> str:
        return self.field.text() if self._is_formula else self.inner.typed_text()

    def retype(self, text: str) -> None:
        if self._is_formula:
            self.field.setText(text)
        else:
            self.inner.retype(text)

    def _show(self, value: Value) -> None:
        self._turn(formula=isinstance(value, Formula))
        if isinstance(value, Formula):
            self.field.settle(value.text)
        else:
            self.inner.set_value(value)
        self._tell()

    def _show_mixed(self) -> None:
        self._turn(formula=False)
        self.inner.set_mixed(self._mixed)
        self._tell()

    # -- its two faces

    @property
    def _is_formula(self) -> bool:
        return self._stack.currentWidget() is self.field

    def _turn(self, *, formula: bool) -> None:
        # Both lie in one stack, which is as tall as the taller: the other is not reckoned with.
        self._stack.setCurrentWidget(self.field if formula else self.inner)
        self.setFocusProxy(self.field if formula else self.inner)

    def _tell(self) -> None:
        """Say what the formula gives in the unit that is seen: in the field where it has room, else below."""
        found, words = self._scope.given(self._value, self.parameter)
        self._gives = found is not None
        self.given.setText(f"= {words}" if self._gives else words)
        self.field.show_notes(f"= {words}" if self._gives else "", "")
        self.field.setToolTip(f"{self._value.text} = {words}" if isinstance(self._value, Formula) else "")
        self.button.light(lit=isinstance(self._value, Formula))
        self._fit()

    def _fit(self) -> None:
        formula = isinstance(self._value, Formula) and not self.is_mixed
        self.given.setVisible(formula and not (self._gives and self.field.note()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _typed(self, text: str) -> None:
        if not text.strip().removeprefix("=").strip():
            self._take(self._scope.given(self._value, self.parameter)[0])
            return
        try:
            self.offer(self._scope.read(text, self.context.catalogue, self.parameter))
        except ValueProblem as problem:
            self.refuse(problem.sentence)

    def _take(self, value: Value, _checked: bool = False) -> None:
        """Put what the formula gives in its place."""
        if isinstance(self._value, Formula) and value is not None:
            self.offer(value)
        else:
            self._show(self._value)

    def _reverted(self) -> None:
        self.set_value(self._value)

    def _left(self) -> None:
        """Show the value again where no formula was typed, and none was refused."""
        if self._is_formula and not isinstance(self._value, Formula) and not self.refusal and not self.is_mixed:
            self._show(self._value)
