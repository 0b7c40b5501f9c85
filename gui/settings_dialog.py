"""The settings: a page of choices, another of keys. Keeps nothing itself; what is chosen holds at once."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from gui.keyboard import KeyboardPage
from gui.monitor.switch import Switch
from gui.settings import Settings
from gui.shortcuts import Shortcuts
from gui.theme import themes

THEMES: Final = {"dark": "Dark", "light": "Light", "system": "As the system"}
IMPORTS: Final = {"keras": "import keras", "tensorflow": "from tensorflow import keras"}
MOTION: Final = {"system": "As the system", "less": "Less"}
MEASURING: Final = {"on": "While training", "off": "Not"}
SNAP: Final = {"free": "Freely", "grid": "On the grid"}
PAGES: Final = ("general", "keyboard")
_LABEL: Final = 160


class SettingsDialog(QDialog):
    """Emits `theme_chosen`, `imports_chosen`, and whether less is to move, layers are to snap and to be measured.

    Keys are changed in the shortcuts that it is given.
    """

    theme_chosen = Signal(str)
    imports_chosen = Signal(str)
    less_motion_chosen = Signal(bool)
    snap_chosen = Signal(bool)
    measuring_chosen = Signal(bool)

    def __init__(self, settings: Settings, shortcuts: Shortcuts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Settings")
        self._settings = settings
        self.theme = Switch("Theme", THEMES)
        self.imports = Switch("Import", IMPORTS)
        self.motion = Switch("Motion", MOTION)
        self.snap = Switch("Dragged layers", SNAP)
        self.measuring = Switch("Measure the layers", MEASURING)
        self.keyboard = KeyboardPage(shortcuts)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.addTab(self._general(), "General")
        self.pages.addTab(self.keyboard, "Keyboard")
        self._lay_out()
        self.theme.chosen.connect(self.theme_chosen)
        self.imports.chosen.connect(self.imports_chosen)
        self.motion.chosen.connect(lambda word: self.less_motion_chosen.emit(word == "less"))
        self.snap.chosen.connect(lambda word: self.snap_chosen.emit(word == "grid"))
        self.measuring.chosen.connect(lambda word: self.measuring_chosen.emit(word == "on"))
        themes().changed.connect(self.keyboard.retint)

    def _general(self) -> QWidget:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(16, 20, 20, 20)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, _LABEL)
        rows = (
            ("Theme", self.theme, "The colours of the window."),
            ("Motion", self.motion, "Whether layers glide and views travel, or are in place at once."),
            ("Dragged layers", self.snap, "Where layers come to stand; Ctrl held while dragging frees them."),
            ("Measure the layers", self.measuring, "Gradients, updates, histograms: a small share of the time."),
            ("Import in the code", self.imports, "How the script that you export imports Keras; both train the same."),
        )
        for row, (name, control, told) in enumerate(rows):
            _place(grid, 3 * row, name, control, told)
        grid.setRowStretch(3 * len(rows), 1)
        grid.setColumnStretch(2, 1)
        return page

    def _lay_out(self) -> None:
        close = QPushButton("Close")
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        below = QHBoxLayout()
        below.setContentsMargins(16, 0, 20, 16)
        below.addStretch(1)
        below.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.pages, 1)
        column.addLayout(below)
        self.resize(760, 600)

    def open_at(self, page: str) -> None:
        """Show what is set now, with a page of `PAGES` in front."""
        settings = self._settings
        for switch, kept in (
            (self.theme, settings.theme),
            (self.imports, settings.imports),
            (self.motion, "less" if settings.less_motion else "system"),
            (self.snap, "grid" if settings.snap else "free"),
            (self.measuring, "on" if settings.measuring else "off"),
        ):
            switch.blockSignals(True)  # it is chosen already
            switch.choose(kept)
            switch.blockSignals(False)
        self.pages.setCurrentIndex(PAGES.index(page))
        self.show()
        self.activateWindow()
        first = self.keyboard.search if page == "keyboard" else self.pages.tabBar()
        first.setFocus(Qt.FocusReason.PopupFocusReason)


def _place(grid: QGridLayout, row: int, name: str, control: QWidget, told: str) -> None:
    """Put one setting into a grid: its name, beside it the control, what it does below."""
    line = QLabel(told)
    line.setProperty("role", "third")
    grid.addWidget(QLabel(name), row, 0, Qt.AlignmentFlag.AlignVCenter)
    grid.addWidget(control, row, 1, Qt.AlignmentFlag.AlignLeft)
    grid.addWidget(line, row + 1, 1)
    grid.setRowMinimumHeight(row + 2, 16)
