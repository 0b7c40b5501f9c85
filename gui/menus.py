"""The actions of the table as Qt's own: made, given keys and icons, put into menus. Knows not what they do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from gui.actions import ACTIONS, BY_ID, MENU_WORDS, MENUS
from gui.shortcuts import Shortcuts, everywhere
from gui.theme import icon

Actions = Mapping[str, QAction]
#: Stands between a submenu and what it stands in.
INTO = " > "
#: In an action's words, before a key that the menu shows and that is not the action's own: the canvas hears it.
BESIDE = "\t"


def make_actions(owner: QWidget, canvas: QWidget, slots: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """Make every QAction; the keys of a canvas action work while the canvas has the focus, the others everywhere.

    Raises:
        KeyError: Where an action of the table has no slot.
    """
    made: dict[str, QAction] = {}
    for id, spec in BY_ID.items():
        action = made[id] = QAction(spec.text, owner)
        action.setObjectName(id)
        action.setCheckable(spec.checkable)
        action.setIconVisibleInMenu(not spec.checkable)  # its tick stands there
        action.triggered.connect(partial(_call, slots[id]))
        if spec.canvas:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        (canvas if spec.canvas else owner).addAction(action)
    return made


def _call(slot: Callable[[], object], _checked: bool = False) -> None:
    slot()


def give_keys(actions: Actions, shortcuts: Shortcuts) -> None:
    """Give every action its keys of now; those that work on the canvas alone are the canvas's own to hear."""
    for id, spec in BY_ID.items():
        keys = [QKeySequence(key) for key in shortcuts.keys(id) if spec.canvas or everywhere(spec, key)]
        actions[id].setShortcuts(keys)
        label = shortcuts.label(id)
        told, _, _ = actions[id].text().partition(BESIDE)
        actions[id].setText(told if keys or not label else f"{told}{BESIDE}{label}")
        actions[id].setToolTip((spec.tip or spec.title) + (f" ({label})" if label else ""))


def fill_menus(bar: QMenuBar, actions: Actions) -> dict[str, QMenu]:
    """Add the menus of the table to a menu bar; return them by their path."""
    menus = {name: bar.addMenu(words) for name, words in zip(MENUS, MENU_WORDS, strict=True)}
    for spec in ACTIONS:
        menu = _menu(menus, spec.menu)
        if spec.id:
            menu.addAction(actions[spec.id])
        else:
            menu.addSeparator()
    return menus


def _menu(menus: dict[str, QMenu], path: str) -> QMenu:
    """Return a menu by its path, made in its place where it is not there yet."""
    if path not in menus:
        above, _, name = path.rpartition(INTO)
        menus[path] = _menu(menus, above).addMenu(name)
    return menus[path]


def say_what_can_be(menus: Mapping[str, QMenu], actions: Actions, why_not: Callable[[str], str]) -> None:
    """Let menus show what cannot be done now while they are open; their keys stay alive, and say why."""
    for menu in menus.values():
        ids = [action.objectName() for action in menu.actions() if BY_ID.get(action.objectName())]
        needy = [actions[id] for id in ids if BY_ID[id].needs]
        menu.aboutToShow.connect(partial(_enable, needy, why_not))
        menu.aboutToHide.connect(partial(_enable, needy, lambda _id: ""))


def _enable(actions: list[QAction], why_not: Callable[[str], str]) -> None:
    for action in actions:
        action.setEnabled(not why_not(action.objectName()))


def tint(actions: Actions) -> None:
    """Give every action its icon in the theme's colours."""
    for id, spec in BY_ID.items():
        if spec.icon:
            actions[id].setIcon(icon(spec.icon))
