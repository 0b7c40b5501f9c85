"""A card of values beside a place of a plot: each curve's, the nearest to the pointer first. Knows no run."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from gui.monitor.lines import tint_of
from gui.monitor.told import Reading, Told
from gui.theme import LABEL, colour, font, themes

#: Room between the card and the line at which it stands.
BESIDE: Final = 10
#: Curves that a card tells of at most; of the others it says how many there are.
MOST: Final = 12


class Readout(QLabel):
    """The card; it lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.told = Told()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setFont(font(LABEL))
        self.hide()
        themes().changed.connect(self.retint)
        self.retint()

    def retint(self) -> None:
        self.setStyleSheet(
            f"background: {colour('raised').name()}; color: {colour('text').name()};"
            f"border: 1px solid {colour('line').name()}; border-radius: 6px; padding: 4px 8px;"
        )
        if self.told.where:
            self.setText(_table(self.told))

    def show_at(self, told: Told, x: int, room: tuple[int, int, int, int]) -> None:
        """Stand beside a column of the parent, on the side where there is more room, inside left, top, wide, high."""
        if told != self.told:
            self.told = told
            self.setText(_table(told))
            self.adjustSize()
        left, top, wide, _ = room
        before = x - BESIDE - self.width()
        after = x + BESIDE
        self.move(after if x < left + wide / 2 or before < left else before, top)
        self.show()
        self.raise_()


def _table(told: Told) -> str:
    rows = [f'<tr><td colspan="3" style="color:{colour("second").name()}">{escape(told.where)}</td></tr>']
    rows += [_row(reading) for reading in told.readings[:MOST]]
    left = len(told.readings) - MOST
    notes = [f"and {left} more", *told.notes] if left > 0 else told.notes
    rows += [f'<tr><td colspan="3">{escape(note)}</td></tr>' for note in notes]
    return f'<table cellspacing="0" cellpadding="1">{"".join(rows)}</table>'


def _row(reading: Reading) -> str:
    cells: Iterable[str] = (
        f'<td style="color:{tint_of(reading.token).name()}">●&nbsp;</td>',
        f"<td>{escape(reading.name)}&nbsp;&nbsp;</td>",
        f'<td align="right">{escape(reading.value)}</td>',
    )
    return f"<tr>{''.join(cells)}</tr>"
