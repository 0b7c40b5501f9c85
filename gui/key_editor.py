"""The keys of one action to be changed: taken away, added, put back. Knows no list and no settings file."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.action import ActionSpec
from gui.actions import BY_ID
from gui.key_button import KeyButton
from gui.shortcuts import RESERVED, Shortcuts, shown
from gui.theme import BESIDE_WORDS, icon


class KeyEditor(QWidget):
    """Shows an action's keys as buttons that take them away, beside one that hears a new key.

    A key that another action has is given only when the person says so; the question stands below.
    """

    changed = Signal()

    def __init__(self, shortcuts: Shortcuts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shortcuts = shortcuts
        self._id, self._asked = "", ""
        self.title, self.sentence = QLabel(), QLabel()
        self.title.setProperty("role", "changed")
        self.sentence.setProperty("role", "second")
        self.sentence.setWordWrap(True)
        self.add = KeyButton("Add a key…")
        self.reset = QPushButton("Reset")
        self.take = QPushButton("Take it")
        self.leave = QPushButton("Leave it")
        self.keys: list[QPushButton] = []
        for button in (self.reset, self.take, self.leave):
            button.setAutoDefault(False)
        self.add.heard.connect(self.hear)
        self.reset.clicked.connect(self._reset)
        self.take.clicked.connect(self._take)
        self.leave.clicked.connect(lambda: self._ask(""))
        self._lay_out()

    def _lay_out(self) -> None:
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(self.title)
        self._row.addStretch(1)
        for button in (self.add, self.reset):
            self._row.addWidget(button)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.sentence, 1)
        below.addWidget(self.take)
        below.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._row)
        column.addLayout(below)
        self.setMinimumHeight(84)

    def show_action(self, id: str) -> None:
        """Offer the keys of an action; empty for none."""
        self._id = id
        self._fill()
        self._ask("")

    def _fill(self) -> None:
        for button in self.keys:
            self._row.removeWidget(button)
            button.deleteLater()
        self.keys = [self._key(key) for key in self._shortcuts.keys(self._id)] if self._id else []
        for place, button in enumerate(self.keys):
            self._row.insertWidget(2 + place, button)
        self.title.setText(BY_ID[self._id].title if self._id else "")
        self.add.setEnabled(bool(self._id))
        self.reset.setEnabled(bool(self._id) and self._shortcuts.is_own(self._id))

    def _key(self, key: str) -> QPushButton:
        button = QPushButton(icon("x", "third"), shown(key))
        button.setIconSize(QSize(*BESIDE_WORDS))
        button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        button.setToolTip(f"Take {shown(key)} away")
        button.setAccessibleName(f"Take {shown(key)} away from {BY_ID[self._id].title}")
        button.setAutoDefault(False)
        button.clicked.connect(partial(self._drop, key))
        return button

    # -- changes

    def hear(self, key: str) -> None:
        """Give a key to the action; ask first where another has it."""
        holder = self._shortcuts.holder(key, but=self._id)
        if key in RESERVED:
            self._ask("", RESERVED[key])
        elif holder is not None:
            self._ask(key, _question(key, holder))
        else:
            self._give(key)

    def _take(self) -> None:
        self._give(self._asked)
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self, key: str) -> None:
        self._change([*self._shortcuts.keys(self._id), key])

    def _drop(self, key: str, _checked: bool = False) -> None:
        self._change([held for held in self._shortcuts.keys(self._id) if held != key])
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _change(self, keys: list[str]) -> None:
        self._shortcuts.assign(self._id, keys)
        self.show_action(self._id)
        self.changed.emit()

    def _reset(self) -> None:
        self._shortcuts.reset(self._id)
        self.show_action(self._id)
        self.changed.emit()

    def _ask(self, key: str, sentence: str = "") -> None:
        """Show a sentence, with a question's two buttons where a key is meant."""
        self._asked = key
        self.sentence.setText(sentence)
        self.take.setVisible(bool(key))
        self.leave.setVisible(bool(key))
        if key:
            self.take.setFocus(Qt.FocusReason.OtherFocusReason)


def _question(key: str, holder: ActionSpec) -> str:
    return f"{shown(key)} is the key of “{holder.title}” ({holder.menu.replace(' > ', ' › ')}). Take it from there?"
