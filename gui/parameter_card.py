"""One parameter of a block as it is defined: name, kind, default, whether of the first alone, help. Edits nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from engine.catalogue import Catalogue
from engine.graph import BlockParameter
from engine.kinds import ParameterSpec
from engine.values import Part, Value
from engine.wiring import listed
from gui.editors.base import Editor
from gui.editors.fields import Field, IconButton
from gui.editors.lists import Choice
from gui.editors.table import editing, make_editor
from gui.theme import icon

#: What the kinds are called, those first that are wanted most.
KINDS: Final[Mapping[str, str]] = {
    "int": "whole number", "float": "number", "bool": "yes or no", "sizes": "sizes", "activation": "activation",
    "choice": "choice", "shape": "shape", "text": "text", "axes": "axes", "integers": "whole numbers",
    "numbers": "numbers", "pairs": "pairs", "range": "range", "dtype": "dtype", "initializer": "initializer",
    "regularizer": "regularizer", "constraint": "constraint", "layer": "layer", "rate": "rate", "index": "index",
}  # fmt: skip
#: What a default begins with, where it is made another kind.
STARTS: Final[Mapping[str, Value]] = {
    "int": 1, "float": 0.5, "bool": False, "sizes": (1, 1), "activation": "relu", "shape": (1,), "text": "", "axes": -1,
    "integers": (1,), "numbers": (1.0,), "pairs": (1, 1), "range": (0.0, 1.0), "dtype": "float32",
    "initializer": Part("GlorotUniform"), "rate": 0.001, "index": ":",
}  # fmt: skip
FIRST: Final = "Of the first of a row alone"
FIRST_TIP: Final = "Where an instance is repeated, its own value is the first one's; the others have the default"
WIDTH: Final = 128


class ParameterCard(QWidget):
    """Shows a parameter; `changed` carries another in its place and what the step is called."""

    changed = Signal(object, str)
    moved = Signal(int)
    removed = Signal()

    def __init__(self, parameter: BlockParameter, catalogue: Catalogue) -> None:
        super().__init__()
        self._parameter, self._catalogue = parameter, catalogue
        self.key = parameter.name, parameter.kind
        self.name = Field()
        self.name.setProperty("role", "bare")
        self.name.setAccessibleName("Name of the parameter")
        self.name.setStyleSheet("font-weight: 600;")
        self.name.committed.connect(self._rename)
        self.more = IconButton("chevron-down", "Move or remove it", px=12)
        self.more.setAccessibleName(f"{parameter.name}: move or remove")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.clicked.connect(lambda: self.menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height()))))
        self.kind = Choice(tuple(KINDS.values()))
        self.kind.setAccessibleName(f"{parameter.name}: kind")
        self.kind.setFixedWidth(WIDTH)
        self.kind.chosen.connect(self._turn)
        self.first = QCheckBox(FIRST)
        self.first.setToolTip(FIRST_TIP)
        self.first.clicked.connect(self._set_first)
        self.help = Field()
        self.help.setPlaceholderText("What it is for")
        self.help.setAccessibleName(f"{parameter.name}: what it is for")
        self.help.committed.connect(self._say)
        self._values = QHBoxLayout()
        self._values.setSpacing(8)
        self._values.addWidget(self.kind)
        self._default: Editor | None = None
        self._spec: ParameterSpec | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(4)
        above.addWidget(self.name, 1)
        above.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(above)
        column.addLayout(self._values)
        self._below = QVBoxLayout()
        self._below.setSpacing(4)
        column.addLayout(self._below)
        column.addWidget(self.help)
        column.addWidget(self.first)

    @property
    def default(self) -> Editor | None:
        """The editor of the default; none where what it may be is not known."""
        return self._default

    def show_parameter(self, parameter: BlockParameter, spec: ParameterSpec, *, used: Sequence[str]) -> None:
        """Show a parameter; `used` names the layers inside that follow it."""
        self._parameter = parameter
        if parameter.name != self.name.settled:
            self.name.settle(parameter.name)
        if parameter.help != self.help.settled:
            self.help.settle(parameter.help)
        self.help.setToolTip(parameter.help)
        told = f"Followed by {listed(used)}" if used else "No layer of the block follows it yet"
        self.name.setToolTip(f"{told}.\nFormulas speak of it by this name.")
        self.kind.show_word(KINDS[parameter.kind])
        self.first.setChecked(parameter.first)
        plain = replace(spec, default=parameter.default, help="")
        if self._spec is None or plain != replace(self._spec, default=parameter.default):
            self._make_default(plain)
        if self._default is not None:
            self._default.show_value(parameter.default)

    def _make_default(self, spec: ParameterSpec) -> None:
        if self._default is not None:
            self._default.hide()
            self._default.deleteLater()
            self._default = None
        self._spec = spec
        if spec.kind == "choice" and not spec.choices:
            return
        made = make_editor(spec, editing(self._catalogue))
        made.use_row(self._below)
        made.changed.connect(self._set_default)
        self._default = made
        self._values.addWidget(made, 1)
        made.show()

    def menu(self) -> QMenu:
        """Make the menu of what can be done with it as a whole."""
        menu = QMenu(self)
        menu.addAction("Move up").triggered.connect(partial(self._move, -1))
        menu.addAction("Move down").triggered.connect(partial(self._move, 1))
        menu.addSeparator()
        menu.addAction(icon("trash-2"), "Remove").triggered.connect(lambda _checked=False: self.removed.emit())
        return menu

    # -- what a person makes of it

    def _move(self, by: int, _checked: bool = False) -> None:
        self.moved.emit(by)

    def _offer(self, title: str, after: BlockParameter) -> None:
        if after != self._parameter:
            self.changed.emit(after, title)

    def _rename(self, name: str) -> None:
        self._offer(f"Rename {self._parameter.name} to {name.strip()}", replace(self._parameter, name=name.strip()))

    def _say(self, words: str) -> None:
        self._offer(f"Explain {self._parameter.name}", replace(self._parameter, help=words.strip()))

    def _set_first(self, first: bool) -> None:
        verb = "Keep to the first" if first else "Give to all"
        self._offer(f"{verb} {self._parameter.name}", replace(self._parameter, first=first))

    def _set_default(self, value: Value) -> None:
        self._offer(f"Set {self._parameter.name}", replace(self._parameter, default=value))

    def _turn(self, word: str) -> None:
        kind = next(kind for kind, words in KINDS.items() if words == word)
        if kind != self._parameter.kind:
            after = replace(self._parameter, kind=kind, default=STARTS.get(kind))
            self._offer(f"Make {self._parameter.name} {word}", after)
