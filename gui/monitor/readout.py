"""A card of values beside a place of a plot: each curve's, the nearest to the pointer first. Knows no run."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any, Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel, QWidget

from gui.monitor.lines import tint_of
from gui.monitor.told import Reading, Told
from gui.theme import LABEL, colour, font, themes

#: Room between the card and the line at which it stands.
BESIDE: Final = 10
#: What a card needs above and below its lines.
MARGIN: Final = 16
#: Values that the line above a plot has room for.
IN_LINE: Final = 2


class Readout(QLabel):
    """The card; it lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._plot = parent
        self.told, self._most = Told(), 0
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
            self.setText(_table(self.told, self._most))

    def show_at(self, told: Told, x: int, room: QRect) -> None:
        """Stand beside a column of the parent, on the side where there is more room, at the head of it."""
        most = max(2, (room.height() - MARGIN) // self.fontMetrics().lineSpacing() - 1 - len(told.notes))
        if (told, most) != (self.told, self._most):
            self.told, self._most = told, most
            self.setText(_table(told, most))
            self.adjustSize()
        before, after = x - BESIDE - self.width(), x + BESIDE
        left = after if x < room.center().x() or before < room.left() else before
        left = max(0, min(left, self._plot.width() - self.width()))
        self.move(left, room.top())
        self.show()
        self.raise_()


@dataclass(slots=True)
class Post:
    """An upright line in a plot and the card beside it."""

    line: Any
    card: Readout

    def stand(self, x: float, told: Told, reach: tuple[float, float], room: QRect) -> None:
        """Stand at x of what reaches so far in a room of pixels; nan, and what is out of sight, shows no card."""
        x0, x1 = reach
        self.line.setVisible(x == x)
        if not x0 <= x <= x1:
            self.card.hide()
            return
        self.line.setValue(x)
        self.card.show_at(told, round(room.left() + (x - x0) / (x1 - x0) * room.width()), room)


def line_of(told: Told) -> str:
    """Spell what a card would say in one line of rich text, each figure in its curve's colour."""
    words = [escape(told.where.partition(" · ")[0])]
    words += [
        f'<span style="color:{tint_of(reading.token).name()}">{_short(reading)} {escape(reading.value)}</span>'
        for reading in told.readings[:IN_LINE]
    ]
    return " &nbsp;".join(words) if told.where else ""


def _short(reading: Reading) -> str:
    """A run that is laid over has a long name, for which there is no room: its colour says which."""
    return "●" if reading.token.isdigit() else escape(reading.name)


def _table(told: Told, most: int) -> str:
    where = f'<div style="color:{colour("second").name()}">{escape(told.where)}</div>'
    rows = "".join(_row(reading) for reading in told.readings[:most])
    left = len(told.readings) - most
    notes = (f"and {left} more", *told.notes) if left > 0 else told.notes
    below = "".join(f"<div>{escape(note)}</div>" for note in notes)
    return f'{where}<table cellspacing="0" cellpadding="0">{rows}</table>{below}'


def _row(reading: Reading) -> str:
    cells = (
        f'<td style="color:{tint_of(reading.token).name()}">●&nbsp;</td>',
        f"<td>{escape(reading.name)}&nbsp;&nbsp;</td>",
        f'<td align="right">{escape(reading.value)}</td>',
    )
    return f"<tr>{''.join(cells)}</tr>"
