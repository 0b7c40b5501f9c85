"""The sizes that the network on screen comes in: a menu of them, and the step to another. Knows no canvas."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu

from engine.errors import EngineError
from gui.document import Document

Refuse = Callable[[str], object]


def fill(menu: QMenu, document: Document, refuse: Refuse) -> None:
    """Put the sizes of the network into a menu, a tick at the one that it has."""
    menu.clear()
    for size in document.project.sizes:
        action = menu.addAction(size)
        action.setCheckable(True)
        action.setChecked(size == document.project.size)
        action.triggered.connect(partial(take, document, size, refuse))
    if menu.isEmpty():
        menu.addAction("This drawing comes in one size").setEnabled(False)


def take(document: Document, size: str, refuse: Refuse, _checked: bool = False) -> None:
    """Give the network another size; where it cannot have it, say why."""
    try:
        document.resize(size)
    except EngineError as error:
        refuse(error.sentence)
