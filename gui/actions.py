"""Every action of the program as data: its words, its shortcut, its icon and its menu. Knows not what they do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from gui.theme import icon


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action: `menu` is where it stands; the keys of a `canvas` action work while the canvas has the focus."""

    id: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    checkable: bool = False
    canvas: bool = False


def _separator(menu: str) -> ActionSpec:
    return ActionSpec("", menu, "")


ACTIONS: Final = (
    ActionSpec("new", "File", "New", ("Ctrl+N",), "file-plus"),
    ActionSpec("new_digits", "File", "New from the digits network", (), "brain"),
    ActionSpec("open", "File", "Open…", ("Ctrl+O",), "folder-open"),
    _separator("File"),
    ActionSpec("save", "File", "Save", ("Ctrl+S",), "save"),
    ActionSpec("save_as", "File", "Save As…", ("Ctrl+Shift+S",), "save-all"),
    _separator("File"),
    ActionSpec("export_code", "File", "Export Python script…", ("Ctrl+E",), "code"),
    ActionSpec("export_model", "File", "Export Keras model…", (), "download"),
    _separator("File"),
    ActionSpec("quit", "File", "Quit", ("Ctrl+Q",), "log-out"),
    ActionSpec("undo", "Edit", "Undo", ("Ctrl+Z",), "undo-2"),
    ActionSpec("redo", "Edit", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo-2"),
    _separator("Edit"),
    ActionSpec("cut", "Edit", "Cut", ("Ctrl+X",), "scissors", canvas=True),
    ActionSpec("copy", "Edit", "Copy", ("Ctrl+C",), "copy", canvas=True),
    ActionSpec("paste", "Edit", "Paste", ("Ctrl+V",), "clipboard-paste", canvas=True),
    ActionSpec("duplicate", "Edit", "Duplicate", ("Ctrl+D",), "square-stack", canvas=True),
    ActionSpec("delete", "Edit", "Delete", ("Del", "Backspace"), "trash-2", canvas=True),
    _separator("Edit"),
    ActionSpec("select_all", "Edit", "Select all", ("Ctrl+A",), "", canvas=True),
    ActionSpec("find_layer", "Edit", "Find a layer", ("Ctrl+L",), "search"),
    ActionSpec("fit_all", "View", "Show all", ("Home",), "maximize", canvas=True),
    ActionSpec("fit_selection", "View", "Show the selection", ("F",), "scan", canvas=True),
    ActionSpec("zoom_in", "View", "Zoom in", ("Ctrl++", "Ctrl+="), "zoom-in"),
    ActionSpec("zoom_out", "View", "Zoom out", ("Ctrl+-",), "zoom-out"),
    ActionSpec("zoom_reset", "View", "Actual size", ("Ctrl+0",), ""),
    _separator("View"),
    ActionSpec("show_palette", "View", "Palette", ("Ctrl+1",), "panel-left", checkable=True),
    ActionSpec("show_inspector", "View", "Inspector", ("Ctrl+2",), "panel-right", checkable=True),
    ActionSpec("show_monitor", "View", "Monitor", ("Ctrl+3",), "panel-bottom", checkable=True),
    ActionSpec("canvas_only", "View", "Canvas alone", ("F11",), "maximize-2", checkable=True),
    ActionSpec("move_panels", "View", "Move panels", (), "", "Gives each panel a bar by which it moves", True),
    ActionSpec("reset_panels", "View", "Put panels back", (), "rotate-ccw"),
    _separator("View"),
    ActionSpec("dark", "View", "Dark theme", (), "moon", checkable=True),
    ActionSpec("light", "View", "Light theme", (), "sun", checkable=True),
    ActionSpec("train", "Run", "Train", ("F5", "Ctrl+Return"), "play"),
    ActionSpec("stop", "Run", "Stop", ("Shift+F5",), "square", "Stops after the step under way"),
    ActionSpec("evaluate", "Run", "Evaluate on the test set", (), "flask-conical"),
    _separator("Run"),
    ActionSpec("page_curves", "Run", "Curves", ("Alt+1",), "chart-line"),
    ActionSpec("page_maps", "Run", "Feature maps", ("Alt+2",), "grid-3x3"),
    ActionSpec("page_training", "Run", "Training recipe", ("Alt+3",), "sliders-horizontal"),
    ActionSpec("page_code", "Run", "Code", ("Alt+4",), "code"),
    ActionSpec("page_results", "Run", "Test results", ("Alt+5",), "flask-conical"),
    ActionSpec("page_problems", "Run", "Problems", ("Alt+6",), "triangle-alert"),
    ActionSpec("page_log", "Run", "Log", ("Alt+7",), "terminal"),
    ActionSpec("about", "Help", "About Layerloom", (), "info"),
)
MENUS: Final = ("File", "Edit", "View", "Run", "Help")


def make_actions(owner: QWidget, canvas: QWidget, slots: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """Make every QAction; the keys of a canvas action work while the canvas has the focus, the others everywhere.

    Raises:
        KeyError: Where an action of the table has no slot.
    """
    made: dict[str, QAction] = {}
    for spec in ACTIONS:
        if not spec.id:
            continue
        action = QAction(spec.text, owner)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        action.setCheckable(spec.checkable)
        keys = f" ({spec.keys[0]})" if spec.keys else ""
        action.setToolTip((spec.tip or spec.text.rstrip("…")) + keys)
        slot = slots[spec.id]
        action.triggered.connect(lambda _checked=False, slot=slot: slot())
        if spec.canvas:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            canvas.addAction(action)
        else:
            owner.addAction(action)
        made[spec.id] = action
    return made


def fill_menus(bar: QMenuBar, actions: Mapping[str, QAction]) -> dict[str, QMenu]:
    """Add the menus of the table to a menu bar."""
    menus = {name: bar.addMenu(name) for name in MENUS}
    for spec in ACTIONS:
        if spec.id:
            menus[spec.menu].addAction(actions[spec.id])
        else:
            menus[spec.menu].addSeparator()
    return menus


def tint(actions: Mapping[str, QAction]) -> None:
    """Give every action its icon in the theme's colours."""
    for spec in ACTIONS:
        if spec.id and spec.icon:
            actions[spec.id].setIcon(icon(spec.icon))
