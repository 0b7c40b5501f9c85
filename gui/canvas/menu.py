"""The canvas's context menus as tables: what can be done to nodes, to a wire, to the ground. Knows not how."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from engine.report import Fix
from gui.actions import ACTIONS, BY_ID
from gui.document import Document
from gui.needs import Standing
from gui.shortcuts import Shortcuts
from gui.theme import icon

#: An action of the table, and its words where they are others here; an empty action draws a line. One that is a menu's
#: path stands for the whole submenu, one of INNER for a submenu of this table.
Row = tuple[str, str]
COLOUR: Final = "Layer > Colour"
ARRANGE: Final = "Layer > Arrange"
_LINE: Final[Row] = ("", "")
#: As many rows, lines not counted, as a menu has at most before it is searched instead of read.
MOST: Final = 10
#: As many mends as it begins with at most; the problem list has them all.
MENDS: Final = 2
INNER: Final[Mapping[str, tuple[Row, ...]]] = {
    "Clipboard": (
        ("cut", ""),
        ("copy", ""),
        ("paste", ""),
        _LINE,
        ("copy_values", ""),
        ("paste_values", ""),
        _LINE,
        ("duplicate_wired", ""),
    ),
    "Mode": (("bypass", ""), ("disable", ""), ("collapse", ""), ("pin_picture", "")),
    "Wires": (
        ("insert_after", ""),
        ("search", "Add a layer after it…"),
        ("start_wire", ""),
        ("dot", "Add dots to the wires"),
        _LINE,
        ("dissolve", ""),
        ("detach", ""),
        ("cut_wires", ""),
    ),
}
NODES: Final[tuple[Row, ...]] = (
    ("replace", ""),
    ("duplicate", ""),
    ("Clipboard", ""),
    _LINE,
    ("Mode", ""),
    ("Wires", ""),
    (ARRANGE, "Arrange"),
    (COLOUR, "Colour"),
    _LINE,
    ("delete", ""),
)
NODE: Final[tuple[Row, ...]] = (("rename", ""), ("help", "Help"))
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
PAIR: Final[tuple[Row, ...]] = (("wire", ""), ("group", ""))
MANY: Final[tuple[Row, ...]] = (("group", ""), ("frame_selection", ""))
#: One instance of a block.
BLOCK: Final[tuple[Row, ...]] = (
    ("enter", "Open the block"),
    ("peek", ""),
    ("Layer > Block", "Block"),
    ("rename", ""),
    _LINE,
    ("duplicate", ""),
    ("Clipboard", ""),
    ("Mode", ""),
    ("Wires", ""),
    (COLOUR, "Colour"),
    _LINE,
    ("delete", ""),
)
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
    if now.blocks == 1 == now.layers:
        return BLOCK
    if now.layers:
        return {1: NODE, 2: PAIR}.get(now.layers, MANY) + NODES
    if now.frames or now.notes:
        return (FRAME if now.frames else NOTE) + ANNOTATIONS
    return WIRE if now.wires else GROUND


def fill_menu(
    menu: QMenu,
    shown: tuple[Row, ...],
    do: Callable[[str], object],
    shortcuts: Shortcuts,
    why_not: Callable[[str], str] = lambda _id: "",
) -> None:
    """Fill a menu with actions of the table; `do` is called with the id of the one that is chosen.

    What `why_not` gives a reason for is dimmed.
    """
    for id, words in shown:
        if not id:
            menu.addSeparator()
        elif id in BY_ID:
            _add(menu, id, f"{words or BY_ID[id].text}\t{shortcuts.label(id)}", do).setEnabled(not why_not(id))
        else:
            fill_menu(menu.addMenu(words or id), inner(id), do, shortcuts, why_not)


def offer_mends(menu: QMenu, document: Document, ids: Collection[str], keys: str) -> None:
    """Begin a menu with what mends the problems of the one layer that is selected; the first has keys of its own."""
    if len(ids) != 1 or not document.mendable:
        return
    found = [problem for problem in document.problems() if set(problem.nodes[:1]) & set(ids)]
    for place, fix in enumerate([fix for problem in found for fix in problem.fixes][:MENDS]):
        words = fix.title.replace("&", "&&")
        action = menu.addAction(icon("wand-sparkles"), words if place else f"{words}\t{keys}")
        action.triggered.connect(partial(_mend, document, fix))
    if not menu.isEmpty():
        menu.addSeparator()


def _mend(document: Document, fix: Fix, _checked: bool = False) -> None:
    document.mend(fix)


def inner(id: str) -> tuple[Row, ...]:
    """Return the rows of a submenu."""
    return INNER[id] if id in INNER else tuple((spec.id, "") for spec in ACTIONS if spec.menu == id)


def _add(menu: QMenu, id: str, words: str, do: Callable[[str], object]) -> QAction:
    action = menu.addAction(words)
    if BY_ID[id].icon:
        action.setIcon(icon(BY_ID[id].icon))
    action.triggered.connect(partial(_call, do, id))
    return action


def _call(do: Callable[[str], object], id: str, _checked: bool = False) -> None:
    do(id)
