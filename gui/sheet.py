"""The sheet of shortcuts: every action with its keys, and what mouse and touchpad do. Changes nothing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from gui.actions import BY_ID
from gui.columns import Columns
from gui.mouse import gestures
from gui.sheet_section import Line, Section
from gui.shortcuts import Shortcuts, shown
from gui.theme import icon, themes

TITLE: Final = "Keyboard shortcuts"
#: The least width of a column.
LEAST: Final = 310
_MOUSE: Final = "Mouse and touchpad on the canvas"
_NOTHING: Final = "Nothing is called that, and no action has that key."


def groups(shortcuts: Shortcuts) -> dict[str, list[Line]]:
    """Return every action by the menu in which it stands, those without a key as well, then the mouse."""
    found: dict[str, list[Line]] = {}
    for id, spec in BY_ID.items():
        group = spec.menu.replace(" > ", " › ")
        found.setdefault(group, []).append(Line(spec.title, tuple(map(shown, shortcuts.keys(id)))))
    found[_MOUSE] = [Line(words, (how,)) for words, how in gestures()]
    return found


class Sheet(QDialog):
    """A window over the window; Escape closes it, `settings_asked` wants the keys changed."""

    settings_asked = Signal()

    def __init__(self, shortcuts: Shortcuts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shortcuts = shortcuts
        self.setWindowTitle(TITLE)
        self.field = QLineEdit()
        self.field.setPlaceholderText("Search for an action or a key")
        self.field.setAccessibleName("Search for an action or a key")
        self._sign = self.field.addAction(icon("search", "third"), QLineEdit.ActionPosition.LeadingPosition)
        self.field.textChanged.connect(self.refresh)
        self.sections = {title: Section(title) for title in groups(shortcuts)}
        self._columns = Columns(list(self.sections.values()), packed=True, least=LEAST)
        self._nothing = QLabel(_NOTHING)
        self._nothing.setProperty("role", "second")
        self._lay_out()
        shortcuts.changed.connect(self.refresh)
        themes().changed.connect(self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        above, change = QHBoxLayout(), QPushButton("Change keys…")
        change.setAutoDefault(False)
        change.clicked.connect(self.settings_asked.emit)
        above.setSpacing(8)
        above.addWidget(self.field, 1)
        above.addWidget(change)
        scroll, page = QScrollArea(), QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 8, 0)
        inner.addWidget(self._nothing)
        inner.addWidget(self._columns)
        inner.addStretch(1)
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 12, 20)
        column.setSpacing(16)
        column.addLayout(above)
        column.addWidget(scroll, 1)
        self.resize(1080, 720)

    def open_anew(self) -> None:
        """Show everything, the cursor in the search."""
        self.field.clear()
        self.show()
        self.activateWindow()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def refresh(self, _news: object = None) -> None:
        """Show the keys of now, those that fit what is searched for."""
        self._sign.setIcon(icon("search", "third"))
        query = self.field.text()
        for title, lines in groups(self._shortcuts).items():
            self.sections[title].show_lines([line for line in lines if line.fits(query)])
        self._nothing.setVisible(all(section.isHidden() for section in self.sections.values()))
        self._columns.updateGeometry()
