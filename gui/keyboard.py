"""The page of the settings for keys: a set to choose, every action with its keys, one of them to change."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QListView, QPushButton, QVBoxLayout, QWidget

from gui.key_editor import KeyEditor
from gui.key_rows import ID, KeyRowPainter, KeyRows
from gui.keysets import SETS
from gui.monitor.switch import Switch
from gui.shortcuts import Shortcuts
from gui.theme import icon

_TO_LIST = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp})
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2})


class KeyboardPage(QWidget):
    """Changes keys as they are chosen; nothing waits for an OK."""

    def __init__(self, shortcuts: Shortcuts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shortcuts = shortcuts
        self.sets = Switch("Set of shortcuts", {name: name for name in SETS}, "What you changed stays, over any set")
        self.sets.choose(shortcuts.chosen)
        self.reset_all = QPushButton("Reset all")
        self.reset_all.setToolTip("Forget every key that you changed")
        self.reset_all.setAutoDefault(False)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search for an action or a key")
        self.search.setAccessibleName("Search for an action or a key")
        self._sign = self.search.addAction(icon("search", "third"), QLineEdit.ActionPosition.LeadingPosition)
        self.rows = KeyRows(shortcuts, self)
        self.list = QListView()
        self.editor = KeyEditor(shortcuts)
        self._set_up_list()
        self._lay_out()
        self._wire()
        self._refresh()

    def _set_up_list(self) -> None:
        self.list.setModel(self.rows)
        self.list.setItemDelegate(KeyRowPainter(self.list))
        self.list.setAccessibleName("Actions and their keys")
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.installEventFilter(self)
        self.search.installEventFilter(self)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(QLabel("Set"))
        above.addWidget(self.sets)
        above.addStretch(1)
        above.addWidget(self.reset_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(above)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self.editor)

    def _wire(self) -> None:
        self.sets.chosen.connect(self._shortcuts.choose)
        self.reset_all.clicked.connect(self._shortcuts.reset_all)
        self.search.textChanged.connect(self._find)
        self.list.selectionModel().currentChanged.connect(self._show)
        self.list.doubleClicked.connect(lambda _index: self._begin())
        self._shortcuts.changed.connect(self._refresh)
        self._find("")

    def retint(self, _theme: object = None) -> None:
        """Follow the theme."""
        self._sign.setIcon(icon("search", "third"))
        self._refresh()

    @property
    def current(self) -> str:
        """The action whose keys are offered; empty where nothing was found."""
        index = self.list.currentIndex()
        return str(index.data(ID)) if index.isValid() else ""

    def go(self, id: str) -> None:
        """Offer the keys of an action."""
        self.list.setCurrentIndex(self.rows.index(self.rows.row_of(id), 0))

    def _find(self, text: str) -> None:
        before = self.current
        self.rows.search(text)
        self.list.setCurrentIndex(self.rows.index(max(self.rows.row_of(before), 0), 0))
        self.editor.show_action(self.current)

    def _show(self, _index: QModelIndex, _old: QModelIndex) -> None:
        self.editor.show_action(self.current)

    def _refresh(self) -> None:
        self.list.viewport().update()
        self.reset_all.setEnabled(self._shortcuts.changes > 0)
        self.editor.show_action(self.current)

    def _begin(self) -> None:
        """Wait for a new key of the action at hand."""
        if self.current:
            self.editor.add.setFocus(Qt.FocusReason.OtherFocusReason)
            self.editor.add.wait(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lead from the search into the list, and from the list to a new key."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = Qt.Key(event.key())
        if watched is self.search and key in _TO_LIST:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if key in _ENTER and (watched is self.list or key != Qt.Key.Key_F2):
            self._begin()
            return True
        return False
