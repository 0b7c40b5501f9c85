"""Looks for parameters in a form: hides what was not meant and opens the folds of what was. Knows no single editor."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from engine.kinds import ParameterSpec
from gui.editors.base import Editor
from gui.editors.fold import Fold
from gui.editors.sections import Section, speaks_of


class Line(Protocol):
    """What shows one parameter."""

    editor: Editor

    def setVisible(self, visible: bool) -> None: ...


class Searched(Protocol):
    """A form, as it is searched."""

    sections: tuple[Section, ...]

    @property
    def folds(self) -> Mapping[str, Fold]: ...
    @property
    def rows(self) -> Mapping[str, Line]: ...
    def is_changed(self, parameter: ParameterSpec) -> bool: ...
    def follow_folds(self) -> None: ...


class Search:
    """The words that a form is searched by, and what it shows of them."""

    def __init__(self, form: Searched, parent: QObject) -> None:
        self._form = form
        self.words: tuple[str, ...] = ()
        self._told = False
        #: Sections whose folds are to be built and opened, one in each turn of the event loop: each takes a while.
        self._waiting: list[Section] = []
        self._timer = QTimer(parent)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._open_next)

    def seek(self, words: Collection[str], *, told: bool = False) -> bool:
        """Show what all words speak of, all where there are none; say whether there is any."""
        self.words, self._told = tuple(words), told
        self._waiting.clear()
        found = [self._seek_in(section) for section in self._form.sections]
        if not self.words:
            self._form.follow_folds()
        return any(found)

    def _seek_in(self, section: Section) -> bool:
        names = {parameter.name for parameter in section.parameters if self._meant(parameter, section.title)}
        rows = self._form.rows
        for name in [parameter.name for parameter in section.parameters if parameter.name in rows]:
            if rows[name].editor.seek(() if name in names else self.words):
                names.add(name)
            rows[name].setVisible(name in names)
        if section.title in self._form.folds:
            self._show_fold(section, shown=bool(names))
        return bool(names)

    def _meant(self, parameter: ParameterSpec, title: str) -> bool:
        hints = f"{title} changed" if self._form.is_changed(parameter) else title
        return speaks_of(parameter, self.words, hints, told=self._told)

    def _show_fold(self, section: Section, *, shown: bool) -> None:
        fold = self._form.folds[section.title]
        fold.setVisible(shown)
        if not shown or not self.words:
            return
        if fold.content is not None:
            fold.button.setChecked(True)
        else:
            self._waiting.append(section)
            self._timer.start(0)

    def _open_next(self) -> None:
        if self._waiting:
            section = self._waiting.pop(0)
            self._form.folds[section.title].button.setChecked(True)
            self._seek_in(section)
        if self._waiting:
            self._timer.start(0)
