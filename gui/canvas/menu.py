"""The canvas's context menus as tables: what can be done to nodes, to a wire, to the ground. Knows not how."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtWidgets import QMenu

from gui.actions import BY_ID
from gui.needs import Standing
from gui.shortcuts import Shortcuts
from gui.theme import icon

#: An action of the table, and its words where they are others here; an empty action draws a line, and one that is a
#: menu's path stands for the whole submenu.
Row = tuple[str, str]
COLOUR: Final = "Layer > Colour"
_LINE: Final[Row] = ("", "")
NODES: Final[tuple[Row, ...]] = (
    ("cut", ""),
    ("copy", ""),
    ("duplicate", ""),
    ("paste_values", ""),
    _LINE,
    ("replace", ""),
    ("detach", ""),
    ("dissolve", ""),
    _LINE,
    ("bypass", ""),
    ("disable", ""),
    ("collapse", ""),
    (COLOUR, "Colour"),
    _LINE,
    ("frame_selection", ""),
    ("fit_selection", ""),
    ("tidy", ""),
    _LINE,
    ("delete", ""),
)
NODE: Final[tuple[Row, ...]] = (
    ("rename", ""),
    ("search", "Add a layer after it…"),
    ("insert_after", ""),
    ("copy_values", ""),
    ("help", "Help"),
    _LINE,
)
FRAME: Final[tuple[Row, ...]] = (
    ("rename", "Change the title"),
    ("fit_frame", ""),
    ("select_inside", ""),
    ("unframe", ""),
    _LINE,
)
NOTE: Final[tuple[Row, ...]] = (("rename", "Change the text"), ("open_link", ""), _LINE)
#: Frames and notes, where no layer is selected beside them.
ANNOTATIONS: Final[tuple[Row, ...]] = (
    ("cut", ""),
    ("copy", ""),
    ("duplicate", ""),
    _LINE,
    (COLOUR, "Colour"),
    ("fit_selection", ""),
    _LINE,
    ("delete", ""),
)
PAIR: Final[tuple[Row, ...]] = (("wire", ""), _LINE)
WIRE: Final[tuple[Row, ...]] = (("dot", "Add a dot"), ("delete", "Delete the wire"))
GROUND: Final[tuple[Row, ...]] = (
    ("search", ""),
    ("add_note", ""),
    ("paste", ""),
    _LINE,
    ("select_all", ""),
    ("fit_all", ""),
    ("tidy", ""),
)


def rows(now: Standing) -> tuple[Row, ...]:
    """Return the rows for what is selected."""
    if now.layers:
        return {1: NODE, 2: PAIR}.get(now.layers, ()) + NODES
    if now.frames or now.notes:
        return (FRAME if now.frames else NOTE) + ANNOTATIONS
    return WIRE if now.wires else GROUND


def fill_menu(menu: QMenu, shown: tuple[Row, ...], do: Callable[[str], object], shortcuts: Shortcuts) -> None:
    """Fill a menu with actions of the table; `do` is called with the id of the one that is chosen."""
    for id, words in shown:
        if not id:
            menu.addSeparator()
            continue
        if id not in BY_ID:
            inner = tuple((spec.id, "") for spec in BY_ID.values() if spec.menu == id)
            fill_menu(menu.addMenu(words), inner, do, shortcuts)
            continue
        action = menu.addAction(f"{words or BY_ID[id].text}\t{shortcuts.label(id)}")
        if BY_ID[id].icon:
            action.setIcon(icon(BY_ID[id].icon))
        action.triggered.connect(partial(_call, do, id))


def _call(do: Callable[[str], object], id: str, _checked: bool = False) -> None:
    do(id)
