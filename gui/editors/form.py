"""A form: a row for each parameter, the rarer ones in folds that are built when they are opened.

Rows are made a few in each turn of the event loop: a long form would hold the window up. Knows no document.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.catalogue import same
from engine.kinds import ParameterSpec
from gui.canvas.slices import Slices
from gui.editors.base import Context, Mixed, Shown
from gui.editors.fold import Fold
from gui.editors.row import GAP, Row
from gui.editors.search import Search
from gui.editors.sections import PLAIN, Section, label, sections


class Form(QWidget):
    """Rows for parameters. `edited` carries a name and a checked value, `reset` a name.

    Args:
        opened: The titles of the folds that stand open; kept up to date, so that the next form opens alike.
    """

    edited = Signal(str, object)
    reset = Signal(str)

    def __init__(self, parameters: Iterable[ParameterSpec], context: Context, opened: set[str] | None = None) -> None:
        super().__init__()
        self.context = context
        self._rows: dict[str, Row] = {}
        self._opened = set() if opened is None else opened
        self._values: Mapping[str, Shown] = {}
        self._changed: Collection[str] | None = None
        self._faulty: Collection[str] = ()
        #: Looks for parameters in it; made when it is first asked to.
        self._search: Search | None = None
        self._folds: dict[str, Fold] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self.sections = sections(parameters)
        #: What is left to make, and what makes it, a little in each turn.
        self._to_make: deque[Callable[[], None]] = deque()
        self._slices = Slices(self)
        self._make(step for section in self.sections for step in self._steps(section))

    @property
    def rows(self) -> Mapping[str, Row]:
        """The rows by their parameters, but for those in folds that were never opened; what is left is made first."""
        self._slices.finish()
        return self._rows

    @property
    def folds(self) -> Mapping[str, Fold]:
        """The folds by their titles; what is left to make is made first."""
        self._slices.finish()
        return self._folds

    def enter(self) -> bool:
        """Put the cursor into the first value that is shown; say whether there is one."""
        first = next((row.editor for row in self._rows.values() if row.editor.isVisible()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
        return first is not None

    def show_values(
        self, values: Mapping[str, Shown], *, fresh: bool = False, changed: Collection[str] | None = None
    ) -> None:
        """Show values by name, defaults where a name is missing.

        Args:
            fresh: They are another thing's: no text being typed is kept, nor what was refused.
            changed: The names of those that are not at their defaults; without it, those that differ from them.
        """
        self._values, self._changed = values, changed
        for row in self._rows.values():
            self._fill(row, fresh=fresh)
        self._tell_folds()

    def refuse(self, name: str, sentence: str) -> None:
        """Show at a parameter's place why its value cannot be."""
        editor = self.rows[name].editor
        editor.refuse_back(sentence, self._values.get(name, editor.parameter.default))

    def show_faults(self, names: Collection[str]) -> None:
        """Mark the parameters that problems are about."""
        self._faulty = names
        for name, row in self._rows.items():
            row.show_fault(faulty=name in names)
        self._tell_folds()

    def seek(self, words: Collection[str], *, told: bool = False) -> bool:
        """Show only the parameters that all words speak of, wherever they are folded; say whether there are any.

        Args:
            words: In lower case; without any, all is shown as it was.
            told: What Keras says of the parameters counts too.
        """
        if self._search is None:
            if not words:
                return bool(self.sections)
            self._search = Search(self, self)
        return self._search.seek(words, told=told)

    def is_changed(self, parameter: ParameterSpec) -> bool:
        """Whether a parameter is shown as not at its default."""
        return self._is_changed(parameter, self._values.get(parameter.name, parameter.default))

    def _tell_folds(self) -> None:
        for section in self.sections:
            if section.title in self._folds:
                self._tell_fold(section)

    def _tell_fold(self, section: Section) -> None:
        changed = sum(self.is_changed(parameter) for parameter in section.parameters)
        faulty = sum(parameter.name in self._faulty for parameter in section.parameters)
        self._folds[section.title].show_news(changed, faulty)

    # -- what is made

    def _make(self, steps: Iterable[Callable[[], None]]) -> None:
        """Make some things, as many of them at once as a turn has time for."""
        self._to_make.extend(steps)
        self._slices.begin(self._making())

    def _making(self) -> Iterator[bool]:
        while self._to_make:
            self._to_make.popleft()()
            yield False

    def _steps(self, section: Section) -> Iterator[Callable[[], None]]:
        if section.title == PLAIN:
            yield from self._row_steps(self._column, section)
        else:
            yield partial(self._add_fold, section)

    def _row_steps(self, column: QVBoxLayout, section: Section) -> Iterator[Callable[[], None]]:
        return (partial(self._add_row, column, section.title, parameter) for parameter in section.parameters)

    def _add_fold(self, section: Section) -> None:
        fold = Fold(section.title, lambda: self._folded(section))
        if self.context.within:
            fold.button.setAccessibleName(f"{self.context.within}: {section.title}")
        fold.toggled.connect(lambda opened: self._remember(section.title, opened))
        self._folds[section.title] = fold
        self._column.addWidget(fold)
        _show(fold)
        self._tell_fold(section)
        fold.button.setChecked(section.title in self._opened)  # in its place by now: what it holds may be made at once

    def follow_folds(self) -> None:
        """Open and close the folds as the shared set says; another form may have changed it."""
        for title, fold in self._folds.items():
            fold.button.setChecked(title in self._opened)

    def _remember(self, title: str, opened: bool) -> None:
        if self._search is None or not self._search.words:
            (self._opened.add if opened else self._opened.discard)(title)

    def _folded(self, section: Section) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(GAP)
        self._make(self._row_steps(column, section))
        return content

    def _add_row(self, column: QVBoxLayout, title: str, parameter: ParameterSpec) -> None:
        row = self._row(parameter, label(parameter, title))
        self._rows[parameter.name] = row
        self._fill(row)
        row.show_fault(faulty=parameter.name in self._faulty)
        column.addWidget(row)
        _show(row)

    def _row(self, parameter: ParameterSpec, words: str) -> Row:
        name = parameter.name
        row = Row(self.context.make(parameter, self.context), words)
        row.editor.changed.connect(lambda value: self.edited.emit(name, value))
        row.reset.connect(lambda: self.reset.emit(name))
        return row

    def _fill(self, row: Row, *, fresh: bool = False) -> None:
        parameter = row.editor.parameter
        shown = self._values.get(parameter.name, parameter.default)
        row.editor.show_value(shown, fresh=fresh)
        row.show_changed(changed=self._is_changed(parameter, shown))

    def _is_changed(self, parameter: ParameterSpec, shown: Shown) -> bool:
        if self._changed is not None:
            return parameter.name in self._changed
        return not isinstance(shown, Mixed) and not parameter.required and not same(shown, parameter.default)


def _show(made: QWidget) -> None:
    """Show now what Qt would show in the turn after, measured in its style; what is hidden is shown with its parent."""
    if (parent := made.parentWidget()) is not None and parent.isVisible():
        for widget in made.findChildren(QWidget):
            widget.ensurePolished()
        made.show()
