"""What a view of the results has in common with the others: it is shown things, says things, writes a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.results.shown import Shown


class View(QWidget):
    """One way to look at a verdict.

    `said` carries words about what the pointer is at, `followed` a sample, by its place in its part of the data.
    """

    said = Signal(str)
    followed = Signal(int)
    #: What it is called, what it is for, the kinds that it can show.
    TITLE: ClassVar[str] = ""
    TIP: ClassVar[str] = ""
    KINDS: ClassVar[frozenset[str]] = frozenset()
    #: What is read where nothing is pointed at: what the colours mean.
    rest: str = ""

    def show_verdict(self, shown: Shown) -> None:
        """Show a verdict of one of its kinds."""
        raise NotImplementedError

    def rows(self) -> Iterator[str]:
        """Yield what is shown as lines of a table, with commas between."""
        raise NotImplementedError


def line(*cells: object) -> str:
    """Spell a line of a table; what holds a comma or a quotation mark is quoted."""
    return ",".join(_cell(str(cell)) for cell in cells) + "\n"


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\n\r') else text
