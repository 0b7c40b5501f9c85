"""The canvas's context menus as tables: what can be done to nodes, to a wire, to the ground. Knows not how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtWidgets import QMenu

from gui.theme import icon

#: Command, words, key and icon; an empty command draws a line.
Row = tuple[str, str, str, str]
_LINE: Final[Row] = ("", "", "", "")
NODES: Final[tuple[Row, ...]] = (
    ("cut", "Cut", "Ctrl+X", "scissors"),
    ("copy", "Copy", "Ctrl+C", "copy"),
    ("duplicate", "Duplicate", "Ctrl+D", "square-stack"),
    _LINE,
    ("fit_selection", "Show the selection", "F", "scan"),
    _LINE,
    ("delete", "Delete", "Del", "trash-2"),
)
NODE: Final[tuple[Row, ...]] = (
    ("rename", "Rename", "F2", ""),
    ("search", "Add a layer after it…", "Tab", "plus"),
    _LINE,
)
PAIR: Final[tuple[Row, ...]] = (("wire", "Wire the two", "W", "link"), _LINE)
WIRE: Final[tuple[Row, ...]] = (("delete", "Delete the wire", "Del", "unlink"),)
GROUND: Final[tuple[Row, ...]] = (
    ("search", "Add a layer…", "Tab", "plus"),
    ("paste", "Paste", "Ctrl+V", "clipboard-paste"),
    _LINE,
    ("select_all", "Select all", "Ctrl+A", ""),
    ("fit_all", "Show all", "Home", "maximize"),
)


def rows(nodes: int, wires: int) -> tuple[Row, ...]:
    """Return the rows for what is selected."""
    if nodes:
        return {1: NODE, 2: PAIR}.get(nodes, ()) + NODES
    return WIRE if wires else GROUND


def fill_menu(menu: QMenu, shown: tuple[Row, ...], commands: Mapping[str, Callable[[], object]]) -> None:
    for name, words, key, picture in shown:
        if not name:
            menu.addSeparator()
            continue
        action = menu.addAction(f"{words}\t{key}")
        if picture:
            action.setIcon(icon(picture))
        action.triggered.connect(lambda _checked=False, name=name: commands[name]())
